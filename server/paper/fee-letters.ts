// Letters about yearly fees: one to a page and more, each with its table, its account and a QR code; a single one, or a whole print file. Tagged PDF.
import { setImmediate as turn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { BOLD, REGULAR, registerFonts } from './fonts.ts';
import { QR_SIZE, drawQr } from './qr.ts';

export interface FeeLetter {
  readonly recipient: readonly string[];
  readonly day: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly payment: readonly (readonly [label: string, value: string])[];
  /** Text of the QR code; null when there is nothing to pay by it. */
  readonly qr: string | null;
  readonly qrLabel: string;
  readonly notes: readonly string[];
  /** Small, for whoever sorts the letters. */
  readonly mark: string;
}
interface Head {
  readonly officeName: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
}

type Doc = PDFKit.PDFDocument;
type Struct = PDFKit.PDFStructureElement;
const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
/** The recipient stands in the window of a C6/5 envelope on the right (ČSN 01 6910). */
const WINDOW = { x: 310, y: 120 };
/** Letters drawn in one turn of the event loop. */
const A_TURN = 4;

/** `createdAt` keeps the bytes the same at every drawing. @throws Error without any letter */
export async function renderFeeLetters(letters: readonly FeeLetter[], head: Head, createdAt: string): Promise<Uint8Array> {
  const [first] = letters;
  if (!first) throw new Error('there is no letter to draw');
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    lang: 'cs-CZ',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: first.subject, Author: head.officeName, CreationDate: new Date(createdAt) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  registerFonts(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  for (const [index, letter] of letters.entries()) {
    if (index > 0) doc.addPage();
    drawLetter(doc, root, letter, head);
    if (index % A_TURN === A_TURN - 1) await turn();
  }
  root.end();
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawLetter(doc: Doc, root: Struct, letter: FeeLetter, head: Head): void {
  text(doc, root, head.officeName, { size: 13, font: BOLD });
  text(doc, root, `${head.address} · ${head.email} · ${head.phone}`, { size: 8.5 });
  letter.recipient.forEach((line, index) => {
    doc.y = WINDOW.y + index * 14;
    text(doc, root, line, { size: 11, x: WINDOW.x, width: 595.28 - MARGIN - WINDOW.x });
  });
  doc.y = WINDOW.y + 84;
  text(doc, root, letter.day, { size: 10 });
  doc.moveDown(0.8);
  text(doc, root, letter.subject, { size: 15, font: BOLD, tag: 'H1' });
  doc.moveDown(0.5);
  for (const paragraph of letter.paragraphs) text(doc, root, paragraph, { below: 6 });
  drawTable(doc, root, letter);
  drawPayment(doc, root, letter);
  for (const note of letter.notes) text(doc, root, note, { size: 9.5, below: 4 });
  text(doc, root, letter.mark, { size: 7.5 });
}

interface Style {
  readonly size?: number;
  readonly font?: string;
  readonly tag?: string;
  readonly x?: number;
  readonly width?: number;
  readonly below?: number;
}
function text(
  doc: Doc,
  parent: Struct,
  words: string,
  { size = 10.5, font = REGULAR, tag = 'P', x = MARGIN, width = WIDTH, below = 0 }: Style,
): void {
  if (words === '') return;
  const height = doc.font(font).fontSize(size).heightOfString(words, { width });
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  parent.add(
    doc.struct(tag, {}, () => {
      doc.font(font).fontSize(size).fillColor('#111').text(words, x, doc.y, { width });
    }),
  );
  doc.y += below;
  doc.x = MARGIN;
}

/** The last column is money and stands to the right. */
function drawTable(doc: Doc, root: Struct, { columns, rows }: FeeLetter): void {
  const table = doc.struct('Table');
  root.add(table);
  const widths = columns.map((_, index) => (index === 0 ? WIDTH - (columns.length - 1) * 95 : 95));
  doc.y += 4;
  for (const [index, cells] of [columns, ...rows].entries()) drawRow(doc, table, cells, { widths, isHead: index === 0 });
  table.end();
  doc.x = MARGIN;
  doc.y += 10;
}

function drawRow(
  doc: Doc,
  table: Struct,
  cells: readonly string[],
  { widths, isHead }: { readonly widths: readonly number[]; readonly isHead: boolean },
): void {
  const font = isHead ? BOLD : REGULAR;
  doc.font(font).fontSize(9.5);
  const height = Math.max(...cells.map((cell, index) => doc.heightOfString(cell || ' ', { width: (widths[index] ?? 0) - 6 })));
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  const top = doc.y;
  const row = doc.struct('TR');
  table.add(row);
  let x = MARGIN;
  cells.forEach((cell, index) => {
    const width = widths[index] ?? 0;
    const left = x;
    const align = index === cells.length - 1 ? 'right' : 'left';
    row.add(
      doc.struct(isHead ? 'TH' : 'TD', {}, () => {
        doc
          .font(font)
          .fontSize(9.5)
          .text(cell || ' ', left, top, { width: width - 6, align });
      }),
    );
    x += width;
  });
  row.end();
  doc.y = top + height + 4;
}

/** Account, symbols and amount beside the QR code: whoever has no phone types them. */
function drawPayment(doc: Doc, root: Struct, { payment, qr, qrLabel }: FeeLetter): void {
  if (doc.y + QR_SIZE + 20 > doc.page.height - MARGIN) doc.addPage();
  const top = doc.y;
  const width = WIDTH - QR_SIZE - 20;
  for (const [label, value] of payment) text(doc, root, `${label}: ${value}`, { size: 11, font: BOLD, width, below: 2 });
  const bottom = doc.y;
  if (qr !== null) {
    root.add(doc.struct('Figure', { alt: qrLabel }, () => drawQr(doc, qr, { x: 595.28 - MARGIN - QR_SIZE, y: top })));
    doc.y = Math.max(bottom, top + QR_SIZE);
  }
  doc.y += 12;
  doc.x = MARGIN;
}
