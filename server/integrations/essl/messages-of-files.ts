// Files on their way to the eSSL: founded, and tied to their document. tFile and tFileLink of ermsTypes.xsd.
import { createHash } from 'node:crypto';
import type { OutgoingFile } from '../connector.ts';
import { escapeXml } from '../soap.ts';
import type { AttachFileInput } from './shapes.ts';
import { authorised, identifier, tag, updates, type Frame } from './xml-frame.ts';

const OWN = /^f-([0-9a-f-]{36})$/;

/** At most 40 characters, the same at every try: our own id of the file's document, so that the eSSL can ask for it by that. */
export const fileIds = (documentId: string, documents: readonly string[], files: readonly OutgoingFile[]): readonly string[] =>
  files.map((_file, index) => (documents[index] === undefined ? hashed(documentId, index) : `f-${documents[index]}`));

const hashed = (documentId: string, index: number): string =>
  `${createHash('sha256').update(documentId).digest('hex').slice(0, 32)}-${index + 1}`;

/** Our document that a file identifier stands for. */
export const documentOfFile = (fileId: string): string | undefined => OWN.exec(fileId)?.[1];

export function fileEvent(frame: Frame, id: string, file: OutgoingFile, event: number): string {
  return `<SouborZalozeni UdalostId="${event}">${tag('ZalozeniSouboru', fileContent(file, identifier(frame, id)))}${authorised(frame)}</SouborZalozeni>`;
}

/** tFile: the content itself. */
export function fileContent(file: OutgoingFile, id: string): string {
  const content = tag('dmEncodedContent', Buffer.from(file.content).toString('base64')) + id;
  return `<Soubor dmMimeType="${escapeXml(file.mime)}" dmFileDescr="${escapeXml(file.name)}">${content}</Soubor>`;
}

export function fileLink(frame: Frame, id: string, file: Pick<OutgoingFile, 'name'>, kind: 'main' | 'enclosure'): string {
  return `<dmFileLink dmFileMetaType="${kind}" dmFileDescr="${escapeXml(file.name)}">${identifier(frame, id)}</dmFileLink>`;
}

/** Both in one request: the file is founded and tied to its document. */
export function attachFile(frame: Frame, input: AttachFileInput, files: readonly OutgoingFile[]): string {
  const ids = fileIds(input.documentId, input.documents, files);
  const events = files.flatMap((file, index) => {
    const id = ids[index] ?? '';
    const link = `<Soubor dmFileMetaType="${index === 0 ? 'main' : 'enclosure'}" dmFileDescr="${escapeXml(file.name)}">${identifier(frame, id)}</Soubor>`;
    const tied = tag('DokumentZaevidovaniSouboru', tag('IdDokument', identifier(frame, input.documentId)) + link) + authorised(frame);
    return [
      fileEvent(frame, id, file, 2 * index + 1),
      `<SouborVlozitKDokumentu UdalostId="${2 * index + 2}">${tied}</SouborVlozitKDokumentu>`,
    ];
  });
  return updates(frame, events.join(''));
}
