// The print file of the dispatch room: for each letter a page with the address for the window of the envelope, then its documents, ready for printing on
// both sides. Foreign PDFs are read with care: what cannot be joined is left out, named on the address page and told to the caller.
import { PDFDocument as JoinedDocument } from '@cantoo/pdf-lib';
import PDFDocument from 'pdfkit';
import { BOLD, REGULAR, registerFonts } from './fonts.ts';

export interface PostFile {
  readonly id: string;
  readonly title: string;
  readonly mime: string;
  readonly content: Uint8Array;
}
export interface PostLetter {
  readonly id: string;
  /** Name and lines of the address, as they stand in the window. */
  readonly addressee: readonly string[];
  /** `Číslo jednací`, `Spisová značka` … */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Above the address: how it is to be delivered. */
  readonly stamp: string;
  readonly files: readonly PostFile[];
}
export interface PostHead {
  readonly officeName: string;
  readonly address: string;
}
export interface PostBatch {
  readonly pdf: Uint8Array;
  readonly apart: readonly { readonly letterId: string; readonly fileId: string; readonly title: string }[];
}

/** Longest file that is joined, bytes, and most pages of one. */
const BIGGEST = 20_000_000;
const MOST_PAGES = 300;
const MM = 72 / 25.4;
/**
 * Where the address stands, millimetres from the corner of the sheet: inside the right window of a C5 envelope (sheet folded once) and of a DL one (folded
 * twice), also when the sheet slides in the envelope (windows 45 × 90 mm, 20 mm from the right edge).
 */
const WINDOW = { left: 122, top: 62, width: 72 } as const;
/** Size of letters of the address in points, and the distance of its lines in millimetres. */
const LETTERS = 11;
const SMALLEST = 6;
const LINE = 4.8;
const FOLDS = [99, 148.5, 198] as const;

/** `at` (instant) keeps the bytes of the same batch the same. */
export async function joinPostBatch(letters: readonly PostLetter[], head: PostHead, at: string): Promise<PostBatch> {
  const joined = await JoinedDocument.create({ updateMetadata: false });
  joined.setTitle('Listinné zásilky', { showInWindowTitleBar: true });
  joined.setAuthor(head.officeName);
  joined.setLanguage('cs-CZ');
  joined.setCreationDate(new Date(at));
  joined.setModificationDate(new Date(at));
  const apart: { letterId: string; fileId: string; title: string }[] = [];
  for (const letter of letters) {
    const read = await Promise.all(letter.files.map(async (file) => ({ file, document: await readable(file) })));
    const left = read.filter(({ document }) => document === undefined).map(({ file }) => file);
    apart.push(...left.map(({ id, title }) => ({ letterId: letter.id, fileId: id, title })));
    const address = await JoinedDocument.load(await addressPage(letter, left, head, at), { updateMetadata: false });
    await append(joined, address);
    for (const { document } of read) if (document) await append(joined, document);
    // Printed on both sides, the next letter must not begin on the back of this one.
    if (joined.getPageCount() % 2 === 1) joined.addPage([595.28, 841.89]);
  }
  return { pdf: await joined.save({ useObjectStreams: true }), apart };
}

/** Undefined when it is no PDF, is locked, damaged, empty or too big to be joined. A damaged file shows only when its pages are copied, so that is tried too. */
async function readable({ mime, content }: PostFile): Promise<JoinedDocument | undefined> {
  if (mime !== 'application/pdf' || content.byteLength > BIGGEST) return undefined;
  try {
    const document = await JoinedDocument.load(content, { updateMetadata: false, throwOnInvalidObject: true });
    const pages = document.getPageCount();
    if (pages === 0 || pages > MOST_PAGES) return undefined;
    await append(await JoinedDocument.create({ updateMetadata: false }), document);
    return document;
  } catch {
    // Whatever the reader says about a file from outside: it is printed by itself.
    return undefined;
  }
}

async function append(into: JoinedDocument, from: JoinedDocument): Promise<void> {
  for (const page of await into.copyPages(from, from.getPageIndices())) into.addPage(page);
}

async function addressPage(letter: PostLetter, apart: readonly PostFile[], head: PostHead, at: string): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: 'A4', margin: 20 * MM, lang: 'cs-CZ', info: { Title: 'Adresa', CreationDate: new Date(at) } });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  registerFonts(doc);
  const left = { width: 88 * MM };
  doc
    .font(BOLD)
    .fontSize(11)
    .text(head.officeName, 20 * MM, 20 * MM, left);
  doc.font(REGULAR).fontSize(10).text(head.address, left);
  doc.y = WINDOW.top * MM;
  for (const [label, value] of letter.facts)
    if (value !== '')
      doc
        .fontSize(9)
        .text(`${label}: `, 20 * MM, doc.y, { ...left, continued: true })
        .font(BOLD)
        .text(value)
        .font(REGULAR);
  drawAddress(doc, letter);
  doc.fontSize(9);
  if (apart.length > 0) {
    doc.font(BOLD).text('Přiložte zvlášť vytištěné:', 20 * MM, 110 * MM, { width: 170 * MM });
    doc.font(REGULAR).list(
      apart.map(({ title }) => title),
      { width: 165 * MM, bulletRadius: 1.5 },
    );
  }
  for (const fold of FOLDS)
    doc
      .moveTo(5 * MM, fold * MM)
      .lineTo(9 * MM, fold * MM)
      .lineWidth(0.4)
      .stroke('#777');
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawAddress(doc: PDFKit.PDFDocument, { addressee, stamp }: PostLetter): void {
  const [left, top, width] = [WINDOW.left * MM, WINDOW.top * MM, WINDOW.width * MM];
  if (stamp !== '')
    doc
      .font(BOLD)
      .fontSize(9)
      .text(stamp, left, top - 30 * MM, { width });
  doc.font(REGULAR);
  addressee.forEach((line, at) => {
    // A long name is set smaller rather than on a second line, which would fall out of the window.
    const size = Math.max(SMALLEST, Math.min(LETTERS, (LETTERS * width) / Math.max(1, doc.fontSize(LETTERS).widthOfString(line))));
    doc.fontSize(size).text(line, left, top + at * LINE * MM, { lineBreak: false });
  });
}
