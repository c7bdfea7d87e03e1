// Requests to the eSSL as XML. National standard for electronic records management 2023, interface ermsAPI (ermsIFSyn.xsd, ermsTypes.xsd); the order of elements is the schema's.
import { createHash } from 'node:crypto';
import type { OutgoingFile } from '../connector.ts';
import { escapeXml } from '../soap.ts';
import type { EsslSettings } from './config.ts';
import type { AddDocumentInput, ChangeFileInput, OpenFileInput, RegisterInput } from './shapes.ts';

export const ESSL_NAMESPACE = 'http://www.mvcr.cz/nsesss/2023/api';

/** Who asks whom, and when. */
export interface Frame {
  readonly settings: EsslSettings;
  readonly at: Date;
}

const WAYS = { portal: 'EPodatelnaWeb', 'data-box': 'DatovaSchranka', email: 'EPodatelnaMail', paper: 'Posta' } as const;
const LONGEST_TITLE = 100;
const LONGEST_REASON = 50;

const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const text = (name: string, value: string): string => tag(name, escapeXml(value));
const optional = (name: string, value: string | undefined): string => (value === undefined || value === '' ? '' : text(name, value));

/** xs:dateTime in Prague with its offset: the interface has no zone of its own. */
export function localTime(at: Date | string): string {
  const instant = new Date(at);
  const local = instant.toLocaleString('sv-SE', { timeZone: 'Europe/Prague' });
  const minutes = (Date.parse(`${local.replace(' ', 'T')}Z`) - Math.trunc(instant.getTime() / 1000) * 1000) / 60_000;
  return `${local.replace(' ', 'T')}+${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const identifier = ({ settings }: Frame, id: string): string =>
  tag('Identifikator', text('HodnotaID', id) + text('ZdrojID', settings.source));
const authorised = ({ settings, at }: Frame): string =>
  tag('Autorizace', text('provedlKdo', settings.actor) + text('provedlKdy', localTime(at)));

function request(frame: Frame, name: string, content: string): string {
  const { source, target } = frame.settings;
  return `<${name}Request xmlns="${ESSL_NAMESPACE}" Zdroj="${escapeXml(source)}" Cil="${escapeXml(target)}">${content}</${name}Request>`;
}

/** The files go in the same request, before the document that names them: all of it happens or nothing. */
export function registerDocument(frame: Frame, input: RegisterInput, files: readonly OutgoingFile[]): string {
  const before = files.map((file, index) => fileEvent(frame, fileId(input.id, index), file, index + 1)).join('');
  const profile = [
    identifier(frame, input.id),
    text('DatumCasVytvoreni', localTime(input.createdAt)),
    text('Forma', input.way === 'paper' ? 'analogova' : 'digitalni'),
    text('Nazev', input.title.slice(0, LONGEST_TITLE)),
    text('PocetListu', '0'),
    text('PocetPriloh', String(Math.max(0, files.length - 1))),
    text('DruhPriloh', files.length > 1 ? 'elektronická' : ''),
    text('PocetListuPriloh', '0'),
    input.fileId === undefined ? '' : tag('VlozenVeSpisu', tag('SpisId', identifier(frame, input.fileId))),
    input.kind === 'received' ? delivered(input) : '',
    files.length === 0 ? '' : tag('OdkazyNaSoubory', files.map((file, index) => fileLink(frame, input.id, file, index)).join('')),
  ].join('');
  return request(
    frame,
    'DokumentZalozeni',
    (before === '' ? '' : tag('UdalostiPredchazejici', before)) + tag('ProfilDokumentu', profile) + authorised(frame),
  );
}

/** At most 40 characters, the same at every try. */
export const fileId = (documentId: string, index: number): string =>
  `${createHash('sha256').update(documentId).digest('hex').slice(0, 32)}-${index + 1}`;

function fileEvent(frame: Frame, id: string, file: OutgoingFile, event: number): string {
  const content = tag('dmEncodedContent', Buffer.from(file.content).toString('base64')) + identifier(frame, id);
  const soubor = `<Soubor dmMimeType="${escapeXml(file.mime)}" dmFileDescr="${escapeXml(file.name)}">${content}</Soubor>`;
  return `<SouborZalozeni UdalostId="${event}">${tag('ZalozeniSouboru', soubor)}${authorised(frame)}</SouborZalozeni>`;
}

function fileLink(frame: Frame, documentId: string, file: OutgoingFile, index: number): string {
  const kind = index === 0 ? 'main' : 'enclosure';
  return `<dmFileLink dmFileMetaType="${kind}" dmFileDescr="${escapeXml(file.name)}">${identifier(frame, fileId(documentId, index))}</dmFileLink>`;
}

function delivered({ sender, way, createdAt }: RegisterInput): string {
  const [date = '', time = ''] = localTime(createdAt).split(/[T+]/);
  const person = [
    text('TypSubjektu', sender === undefined ? 'Neurceno' : sender.kind === 'company' ? 'Pravnicka' : 'Fyzicka'),
    sender?.kind === 'company' ? optional('ObchodniNazev', sender.name) : '',
    optional('IC', sender?.ico),
    optional('Jmeno', sender?.kind === 'person' ? sender.givenName : undefined),
    optional('Prijmeni', sender?.kind === 'person' ? sender.name : undefined),
  ].join('');
  const address = sender?.dataBox
    ? tag('AdresaDS', text('IdDb', sender.dataBox))
    : tag('AdresaElektronicka', text('Typ', 'mail') + text('Kontakt', sender?.email ?? 'neuveden'));
  const shipment = text('ZpusobManipulaceId', WAYS[way]) + text('DatumDoruceni', date) + text('CasDoruceni', time);
  return tag('Doruceni', tag('Odesilatel', tag('Subjekt', person) + tag('Adresa', address)) + tag('ZasilkaInfo', shipment));
}

export function openFile(frame: Frame, input: OpenFileInput): string {
  const first =
    tag('IdDokument', identifier(frame, input.firstDocument)) + text('PoradiVeSpisu', '1') + text('StavZarazeniDoSpisu', 'Vlozen');
  const profile = [
    identifier(frame, input.id),
    text('ZpusobVedeni', 'Priorace'),
    text('DatumCasVytvoreni', localTime(input.createdAt)),
    text('Nazev', input.title.slice(0, LONGEST_TITLE)),
    tag('DokumentyVlozene', tag('DokumentIdVlozeny', first)),
  ].join('');
  return request(frame, 'SpisZalozeni', tag('ProfilSpisu', profile) + authorised(frame));
}

export const documentProfile = (frame: Frame, id: string): string =>
  request(frame, 'ProfilDokumentuZadost', tag('IdDokument', identifier(frame, id)) + authorised(frame));
export const fileProfile = (frame: Frame, id: string): string =>
  request(frame, 'ProfilSpisuZadost', tag('IdSpisu', identifier(frame, id)) + authorised(frame));

const events = (frame: Frame, content: string): string => request(frame, 'Udalosti', tag('Udalosti', content));

export function addDocument(frame: Frame, input: AddDocumentInput): string {
  const inserted = tag('IdDokument', identifier(frame, input.documentId)) + text('StavZarazeniDoSpisu', 'Vlozen');
  const content =
    tag('SpisId', identifier(frame, input.fileId)) + tag('DokumentyVlozene', tag('DokumentIdVlozeny', inserted)) + authorised(frame);
  return events(frame, `<DokumentVlozeniDoSpisu UdalostId="1">${content}</DokumentVlozeniDoSpisu>`);
}

/** Vyřízení: the matter is decided; the file may still be added to until it is closed. */
export function settleFile(frame: Frame, input: ChangeFileInput): string {
  const settled = tag('Vyrizeni', text('DatumCasVyrizeni', localTime(input.at)) + optional('Oduvodneni', input.reason));
  return events(
    frame,
    `<SpisVyrizeni UdalostId="1">${tag('SpisId', identifier(frame, input.fileId))}${settled}${authorised(frame)}</SpisVyrizeni>`,
  );
}

export function closeFile(frame: Frame, input: ChangeFileInput): string {
  const content = tag('SpisId', identifier(frame, input.fileId)) + text('DatumCasUzavreni', localTime(input.at)) + authorised(frame);
  return events(frame, `<SpisUzavreni UdalostId="1">${content}</SpisUzavreni>`);
}

export function reopenFile(frame: Frame, input: ChangeFileInput): string {
  const content =
    tag('SpisId', identifier(frame, input.fileId)) + optional('Duvod', input.reason?.slice(0, LONGEST_REASON)) + authorised(frame);
  return events(frame, `<SpisOtevreni UdalostId="1">${content}</SpisOtevreni>`);
}

export const listBatches = (frame: Frame): string => request(frame, 'DavkySeznam', '');
export const fetchBatch = (frame: Frame, order: number): string =>
  request(frame, 'DavkaZadost', tag('Davka', text('Poradi', String(order))));
