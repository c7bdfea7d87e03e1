// How strictly the simulated ISDS reads a message being sent: every element of the envelope present and in order, one main file, allowed formats.
import { childElements, firstElement, isNil } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import { isAllowedName, rewrittenName } from './file-names.ts';
import { envelopeFields } from './messages.ts';
import type { EnvelopeField } from './messages.ts';
import type { Limits } from './simulator-core.ts';
import type { SimulatedFile } from './simulator-state.ts';

export type Draft =
  | { readonly ok: true; readonly envelope: Readonly<Partial<Record<EnvelopeField, string>>>; readonly files: readonly SimulatedFile[] }
  | { readonly ok: false; readonly code: string; readonly message?: string };

const limits: Readonly<Partial<Record<EnvelopeField, number>>> = {
  dmAnnotation: 255,
  dmRecipientRefNumber: 50,
  dmSenderRefNumber: 50,
  dmRecipientIdent: 50,
  dmSenderIdent: 50,
};
export function readDraft(request: Element, limits: Limits, fields: readonly EnvelopeField[] = envelopeFields): Draft {
  const envelope = readEnvelope(firstElement(request, 'dmEnvelope'), fields);
  if (!envelope.ok) return envelope;
  const files = childElements(firstElement(request, 'dmFiles'), 'dmFile').map(readFile);
  if (files.length === 0 || files.length > 100) return { ok: false, code: '2032', message: 'Zpráva neobsahuje žádný dokument.' };
  if (files.filter((file) => file.kind === 'main').length !== 1)
    return { ok: false, code: '2010', message: 'Zpráva musí mít právě jeden hlavní dokument.' };
  if (files.some(({ name }) => !isAllowedName(name))) return { ok: false, code: '1214' };
  if (files.reduce((sum, file) => sum + Buffer.byteLength(file.content, 'base64'), 0) > limits.ordinary) return { ok: false, code: '1200' };
  return { ok: true, envelope: envelope.envelope, files };
}

export function readEnvelope(element: Element | undefined, fields: readonly EnvelopeField[] = envelopeFields): Draft {
  const children = childElements(element);
  const envelope: Partial<Record<EnvelopeField, string>> = {};
  for (const [index, name] of fields.entries()) {
    const child = children[index];
    if (child?.localName !== name) return { ok: false, code: '2004', message: `Chybí element ${name} nebo je na jiném místě.` };
    if (isNil(child)) continue;
    const value = child.textContent ?? '';
    if (value.length > (limits[name] ?? Infinity)) return { ok: false, code: '2005', message: `Element ${name} je příliš dlouhý.` };
    envelope[name] = value;
  }
  const extra = children.slice(fields.length).find((child) => !['dmOVM', 'dmPublishOwnID'].includes(child.localName ?? ''));
  if (extra) return { ok: false, code: '2004', message: `Neočekávaný element ${extra.localName}.` };
  if (!envelope.dmAnnotation) return { ok: false, code: '2004', message: 'Chybí věc zprávy.' };
  return { ok: true, envelope, files: [] };
}

function readFile(file: Element): SimulatedFile {
  return {
    name: rewrittenName(file.getAttribute('dmFileDescr') ?? ''),
    mime: file.getAttribute('dmMimeType') ?? '',
    kind: file.getAttribute('dmFileMetaType') ?? '',
    content: Buffer.from(firstElement(file, 'dmEncodedContent')?.textContent ?? '', 'base64').toString('base64'),
  };
}
