// A printed sheet of facts and tables: receipts, closing protocols, statements of account, lists. From data to a tagged PDF; knows no case and no database.
import PDFDocument from 'pdfkit';
import { BOLD, REGULAR, registerFonts } from './fonts.ts';

export interface SheetTable {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly width: number; readonly end?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}
/** One piece of paper (or several letters in one print file). */
export interface Sheet {
  readonly title: string;
  /** Said beside the name of the office. */
  readonly number: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly paragraphs: readonly string[];
  readonly tables: readonly SheetTable[];
  /** Lines to be signed. */
  readonly signatures: readonly string[];
}
export interface SheetHead {
  readonly officeName: string;
  readonly address: string;
}

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
type Doc = PDFKit.PDFDocument;
type Struct = PDFKit.PDFStructureElement;

/** Each sheet begins on a page of its own. `createdAt` keeps the bytes the same at every drawing. */
export async function renderSheets(sheets: readonly Sheet[], head: SheetHead, createdAt: string): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    lang: 'cs-CZ',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: sheets[0]?.title ?? head.officeName, Author: head.officeName, CreationDate: new Date(createdAt) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  registerFonts(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  sheets.forEach((sheet, index) => {
    if (index > 0) doc.addPage();
    drawSheet(doc, root, sheet, head);
  });
  root.end();
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawSheet(doc: Doc, root: Struct, sheet: Sheet, head: SheetHead): void {
  text(doc, root, 'P', `${head.officeName}, ${head.address}`, { size: 9 });
  text(doc, root, 'H1', sheet.number === '' ? sheet.title : `${sheet.title} ${sheet.number}`, { size: 16, bold: true });
  for (const [label, value] of sheet.facts) if (value !== '') text(doc, root, 'P', `${label}: ${value}`, { size: 10 });
  for (const paragraph of sheet.paragraphs) text(doc, root, 'P', paragraph, { size: 10.5, above: 6 });
  for (const table of sheet.tables) drawTable(doc, root, table);
  for (const line of sheet.signatures) text(doc, root, 'P', `${line}: ........................................`, { size: 10, above: 26 });
}

function text(
  doc: Doc,
  root: Struct,
  tag: 'P' | 'H1' | 'H2',
  words: string,
  { size, bold, above = 2 }: { readonly size: number; readonly bold?: boolean; readonly above?: number },
): void {
  if (doc.y > doc.page.height - MARGIN - 30) doc.addPage();
  doc.y += above;
  root.add(
    doc.struct(tag, {}, () => {
      doc
        .font(bold === true ? BOLD : REGULAR)
        .fontSize(size)
        .fillColor('#111')
        .text(words, MARGIN, doc.y, { width: WIDTH });
    }),
  );
  doc.y += tag === 'H1' ? 8 : 2;
}

function drawTable(doc: Doc, root: Struct, table: SheetTable): void {
  text(doc, root, 'H2', table.caption, { size: 11.5, bold: true, above: 12 });
  const element = doc.struct('Table');
  root.add(element);
  drawRow(doc, element, table, { cells: table.columns.map(({ label }) => label), isHead: true });
  for (const cells of table.rows) drawRow(doc, element, table, { cells, isHead: false });
  element.end();
}

function drawRow(
  doc: Doc,
  element: Struct,
  table: SheetTable,
  { cells, isHead }: { readonly cells: readonly string[]; readonly isHead: boolean },
): void {
  doc.font(isHead ? BOLD : REGULAR).fontSize(9.5);
  const widths = table.columns.map(({ width }) => width * WIDTH);
  const height = Math.max(...cells.map((cell, at) => doc.heightOfString(cell === '' ? ' ' : cell, { width: (widths[at] ?? 0) - 6 })));
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  const top = doc.y;
  const row = doc.struct('TR');
  element.add(row);
  let left = MARGIN;
  cells.forEach((cell, at) => {
    const width = widths[at] ?? 0;
    const x = left;
    row.add(
      doc.struct(isHead ? 'TH' : 'TD', {}, () => {
        doc
          .font(isHead ? BOLD : REGULAR)
          .fontSize(9.5)
          .fillColor('#111')
          .text(cell === '' ? ' ' : cell, x, top, { width: width - 6, align: table.columns[at]?.end === true ? 'right' : 'left' });
      }),
    );
    left += width;
  });
  row.end();
  doc.x = MARGIN;
  doc.y = top + height + 3;
}
