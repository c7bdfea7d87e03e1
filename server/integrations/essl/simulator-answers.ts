// Answers of the simulated eSSL as XML, whole profiles as the schema wants them.
import { escapeXml } from '../soap.ts';
import { ESSL_NAMESPACE, localTime } from './xml-frame.ts';
import type { EsslState, KeptDispatch, KeptDocument, KeptFile } from './simulator-state.ts';

const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const text = (name: string, value: string): string => tag(name, escapeXml(value));

/** The simulator's own code. */
const OWN = 'ESSL';

export interface Outcome {
  readonly code: string;
  readonly text: string;
}
export const OK: Outcome = { code: '0000', text: 'OK' };

export function answer(operation: string, content: string, attributes = ''): string {
  return `<${operation}Response xmlns="${ESSL_NAMESPACE}"${attributes}>${content}</${operation}Response>`;
}

export const status = ({ code, text: words }: Outcome): string => tag('OperaceStatus', text('Kod', code) + text('Popis', words));

export const identifier = (id: string, source: string): string => tag('Identifikator', text('HodnotaID', id) + text('ZdrojID', source));

export function documentProfile(state: EsslState, document: KeptDocument): string {
  const file = document.fileId === null ? undefined : state.files.get(document.fileId);
  const inFile = file
    ? tag(
        'VlozenVeSpisu',
        tag('SpisId', identifier(file.id, file.source)) +
          text('PoradiVeSpisu', String(file.documents.indexOf(document.id) + 1)) +
          text('StavZarazeni', 'Vlozen') +
          text('DatumCasVlozeniDoSpisu', localTime(document.createdAt)),
      )
    : '';
  const links = document.files
    .map(
      (id, index) =>
        `<dmFileLink dmFileMetaType="${index === 0 ? 'main' : 'enclosure'}" dmFileDescr="soubor ${index + 1}">${identifier(id, document.source)}</dmFileLink>`,
    )
    .join('');
  return tag(
    'ProfilDokumentu',
    [
      identifier(`D-${document.order}`, OWN), // asked for by ours, it answers with its own: both are kept
      text('DatumCasVytvoreni', document.createdAt),
      text('Forma', document.form),
      text('Nazev', document.title),
      text('CisloJednaci', document.number),
      file ? text('SpisovaZnacka', file.mark) : '',
      text('PocetListu', '0'),
      text('PocetPriloh', String(Math.max(0, document.files.length - 1))),
      text('DruhPriloh', ''),
      text('PocetListuPriloh', '0'),
      inFile,
      ...(document.dispatches ?? []).map(dispatched),
      links === '' ? '' : tag('OdkazyNaSoubory', links),
      text('VlastniKdo', 'podatelna'),
      text('StavDokumentu', document.state ?? 'nevyrizen'),
    ].join(''),
  );
}

/** The simulator does not keep to whom: the profile names nobody. */
function dispatched(sent: KeptDispatch): string {
  const nobody =
    tag('Subjekt', text('TypSubjektu', 'Neurceno')) +
    tag('Adresa', tag('AdresaElektronicka', text('Typ', 'mail') + text('Kontakt', 'neuveden')));
  const shipment = [
    text('ZpusobManipulaceId', sent.way),
    text('StavZasilky', sent.state),
    text('DatumCasVytvoreni', sent.at),
    sent.deliveredOn === undefined ? '' : text('DatumDoruceni', sent.deliveredOn),
  ].join('');
  return tag('Vypraveni', identifier(sent.id, 'PORTAL') + tag('Adresat', nobody) + tag('ZasilkaInfo', shipment));
}

export function fileProfile(file: KeptFile): string {
  const documents = file.documents
    .map((id, index) =>
      tag(
        'DokumentIdVlozeny',
        tag('IdDokument', identifier(id, file.source)) +
          text('PoradiVeSpisu', String(index + 1)) +
          text('StavZarazeniDoSpisu', 'Vlozen') +
          text('DatumCasVlozeniDoSpisu', file.createdAt),
      ),
    )
    .join('');
  return tag(
    'ProfilSpisu',
    [
      identifier(`S-${file.mark.replace(/\D+/g, '-').slice(1)}`, OWN),
      text('ZpusobVedeni', 'Priorace'),
      text('DatumCasVytvoreni', file.createdAt),
      text('Nazev', file.title),
      text('SpisovaZnacka', file.mark),
      tag('DokumentyVlozene', documents),
      text('VlastniKdo', 'podatelna'),
      text('StavSpisu', file.state),
    ].join(''),
  );
}

/** One message for each event of the request, in its order. */
export function eventResults(results: readonly { readonly id: string; readonly outcome: Outcome }[]): string {
  const lines = results.map(
    ({ id, outcome }) =>
      `<Zprava UdalostId="${escapeXml(id)}" Poradi="0">${text('Kod', outcome.code)}${text('Popis', outcome.text)}</Zprava>`,
  );
  return tag('Zpravy', lines.join(''));
}
