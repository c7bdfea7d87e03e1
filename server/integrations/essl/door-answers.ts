// What we answer to an eSSL that calls us; responses of ermsIFAsyn.xsd and ermsIFSyn.xsd.
import type { DoorDocument, OutgoingFile } from '../connector.ts';
import { escapeXml } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import { fileContent } from './messages-of-files.ts';
import { ESSL_NAMESPACE, identifier, localTime, tag, text, type Frame } from './xml-frame.ts';

interface Status {
  readonly code: string;
  readonly text: string;
}
const OK: Status = { code: '0000', text: 'OK' };
const UNKNOWN: Status = { code: 'V001', text: 'Neznámý identifikátor' };
const LONGEST_TITLE = 100;

const response = (name: string, content: string, attributes = ''): string =>
  `<${name}Response xmlns="${ESSL_NAMESPACE}"${attributes}>${content}</${name}Response>`;
const status = (told: Status): string => tag('OperaceStatus', text('Kod', told.code) + text('Popis', told.text));

export const fault = (words: string): string =>
  `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${escapeXml(words)}</faultstring></soap:Fault>`;

export const batchTaken = ({ at }: Frame, number: number, told: Status): string =>
  response('ermsAsyn', text('Kod', told.code) + text('Popis', told.text), ` Poradi="${number}" DatumZpracovani="${localTime(at)}"`);

/** We send no batches: what we tell, we tell at once (operation Udalosti). */
export function tested(id: string, lastTaken: number): string {
  const batch = (name: string, number: number): string => tag(name, text('Cislo', String(number)) + text('Stav', 'PotvrzenaBezChyb'));
  return response(
    'WsTest',
    text('WsTestId', id) + batch('PosledniPrijataDavka', lastTaken) + batch('PosledniOdeslanaDavka', 1) + status(OK),
  );
}

/** Between two systems that are not these two. */
export function unknownSystem(frame: Frame, name: string, request: Element): string {
  const told: Status = { code: 'V005', text: 'Neznámý zdrojový nebo cílový systém' };
  if (name === 'ermsAsyn') return batchTaken(frame, Math.max(1, Math.trunc(Number(request.getAttribute('Poradi'))) || 1), told);
  if (name === 'WsTestRequest') return fault(told.text);
  return response(name.replace(/Request$/, ''), status(told));
}

export function documentGiven(frame: Frame, document: DoorDocument | undefined): string {
  if (!document) return response('ProfilDokumentuZadost', status(UNKNOWN));
  const links = document.parts.map(
    (id, index) =>
      `<dmFileLink dmFileMetaType="${index === 0 ? 'main' : 'enclosure'}" dmFileDescr="${escapeXml(index === 0 ? document.title : `příloha ${index}`)}">${identifier(frame, `f-${id}`)}</dmFileLink>`,
  );
  const inFile =
    tag('SpisId', identifier(frame, document.fileId)) +
    text('PoradiVeSpisu', '1') +
    text('StavZarazeni', 'Vlozen') +
    text('DatumCasVlozeniDoSpisu', localTime(document.createdAt));
  const profile = [
    identifier(frame, document.id),
    text('DatumCasVytvoreni', localTime(document.createdAt)),
    text('Forma', 'digitalni'),
    text('Nazev', document.title.slice(0, LONGEST_TITLE)),
    document.number === null ? '' : text('CisloJednaci', document.number),
    text('SpisovaZnacka', document.mark),
    text('PocetListu', '0'),
    text('PocetPriloh', String(Math.max(0, document.parts.length - 1))),
    text('DruhPriloh', document.parts.length > 1 ? 'elektronická' : ''),
    text('PocetListuPriloh', '0'),
    tag('VlozenVeSpisu', inFile),
    tag('OdkazyNaSoubory', links.join('')),
    text('VlastniKdo', frame.settings.actor),
    text('StavDokumentu', document.isSettled ? 'vyrizen' : 'nevyrizen'),
  ].join('');
  return response('ProfilDokumentuZadost', tag('ProfilDokumentu', profile) + status(OK));
}

export const fileGiven = (frame: Frame, fileId: string, file: OutgoingFile | undefined): string =>
  response('SouborZadost', file ? fileContent(file, identifier(frame, fileId)) + status(OK) : status(UNKNOWN));
