// Requests to the eSSL as XML. National standard for electronic records management 2023, interface ermsAPI (ermsIFSyn.xsd, ermsTypes.xsd); the order of elements is the schema's.
import type { OutgoingFile } from '../connector.ts';
import type { AddDocumentInput, ChangeFileInput, OpenFileInput, RegisterInput } from './shapes.ts';
import { fileEvent, fileIds, fileLink } from './messages-of-files.ts';
import { delivered } from './messages-of-letters.ts';
import { authorised, identifier, localTime, optional, request, tag, text, updates, type Frame } from './xml-frame.ts';

const WAYS = { portal: 'EPodatelnaWeb', 'data-box': 'DatovaSchranka', email: 'EPodatelnaMail', paper: 'Posta' } as const;
const LONGEST_TITLE = 100;
const LONGEST_REASON = 50;

/** The files go in the same request, before the document that names them: all of it happens or nothing. */
export function registerDocument(frame: Frame, input: RegisterInput, files: readonly OutgoingFile[]): string {
  const ids = fileIds(input.id, input.documents, files);
  const before = files.map((file, index) => fileEvent(frame, ids[index] ?? '', file, index + 1)).join('');
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
    input.kind === 'received' ? delivered(input, WAYS[input.way]) : '',
    files.length === 0
      ? ''
      : tag(
          'OdkazyNaSoubory',
          files.map((file, index) => fileLink(frame, ids[index] ?? '', file, index === 0 ? 'main' : 'enclosure')).join(''),
        ),
  ].join('');
  return request(
    frame,
    'DokumentZalozeni',
    (before === '' ? '' : tag('UdalostiPredchazejici', before)) + tag('ProfilDokumentu', profile) + authorised(frame),
  );
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

export function addDocument(frame: Frame, input: AddDocumentInput): string {
  const inserted = tag('IdDokument', identifier(frame, input.documentId)) + text('StavZarazeniDoSpisu', 'Vlozen');
  const content =
    tag('SpisId', identifier(frame, input.fileId)) + tag('DokumentyVlozene', tag('DokumentIdVlozeny', inserted)) + authorised(frame);
  return updates(frame, `<DokumentVlozeniDoSpisu UdalostId="1">${content}</DokumentVlozeniDoSpisu>`);
}

/** Vyřízení: the matter is decided; the file may still be added to until it is closed. */
export function settleFile(frame: Frame, input: ChangeFileInput): string {
  const settled = tag('Vyrizeni', text('DatumCasVyrizeni', localTime(input.at)) + optional('Oduvodneni', input.reason));
  return updates(
    frame,
    `<SpisVyrizeni UdalostId="1">${tag('SpisId', identifier(frame, input.fileId))}${settled}${authorised(frame)}</SpisVyrizeni>`,
  );
}

export function closeFile(frame: Frame, input: ChangeFileInput): string {
  const content = tag('SpisId', identifier(frame, input.fileId)) + text('DatumCasUzavreni', localTime(input.at)) + authorised(frame);
  return updates(frame, `<SpisUzavreni UdalostId="1">${content}</SpisUzavreni>`);
}

export function reopenFile(frame: Frame, input: ChangeFileInput): string {
  const content =
    tag('SpisId', identifier(frame, input.fileId)) + optional('Duvod', input.reason?.slice(0, LONGEST_REASON)) + authorised(frame);
  return updates(frame, `<SpisOtevreni UdalostId="1">${content}</SpisOtevreni>`);
}

export const listBatches = (frame: Frame): string => request(frame, 'DavkySeznam', '');
export const fetchBatch = (frame: Frame, order: number): string =>
  request(frame, 'DavkaZadost', tag('Davka', text('Poradi', String(order))));
