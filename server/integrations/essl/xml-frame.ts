// What every request to the eSSL begins with: who asks whom, when, and under which name. Types and order are those of ermsTypes.xsd.
import { escapeXml } from '../soap.ts';
import type { EsslSettings } from './config.ts';

export const ESSL_NAMESPACE = 'http://www.mvcr.cz/nsesss/2023/api';

/** Who asks whom, and when. */
export interface Frame {
  readonly settings: Pick<EsslSettings, 'source' | 'target' | 'actor'>;
  readonly at: Date;
}

export const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;
export const text = (name: string, value: string): string => tag(name, escapeXml(value));
export const optional = (name: string, value: string | undefined): string => (value === undefined || value === '' ? '' : text(name, value));

/** xs:dateTime in Prague with its offset: the interface has no zone of its own. */
export function localTime(at: Date | string): string {
  const instant = new Date(at);
  const local = instant.toLocaleString('sv-SE', { timeZone: 'Europe/Prague' });
  const minutes = (Date.parse(`${local.replace(' ', 'T')}Z`) - Math.trunc(instant.getTime() / 1000) * 1000) / 60_000;
  return `${local.replace(' ', 'T')}+${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export const identifier = ({ settings }: Frame, id: string): string =>
  tag('Identifikator', text('HodnotaID', id) + text('ZdrojID', settings.source));
export const authorised = ({ settings, at }: Frame): string =>
  tag('Autorizace', text('provedlKdo', settings.actor) + text('provedlKdy', localTime(at)));

export function request(frame: Frame, name: string, content: string): string {
  const { source, target } = frame.settings;
  return `<${name}Request xmlns="${ESSL_NAMESPACE}" Zdroj="${escapeXml(source)}" Cil="${escapeXml(target)}">${content}</${name}Request>`;
}
/** Events that are told at once (operation Udalosti). */
export const updates = (frame: Frame, content: string): string => request(frame, 'Udalosti', tag('Udalosti', content));
