// The podací deník of one year as tagged PDF: a landscape table whose head stands on every page, then the numbers that are missing and why.
// From data to bytes; knows no database.
import { BOLD, REGULAR } from './fonts.ts';
import { beginPaper, facts, heading, MARGIN, moment, type Letterhead } from './paper.ts';

export interface JournalSource {
  readonly year: number;
  readonly lines: readonly JournalSourceLine[];
  readonly gaps: readonly { readonly number: string; readonly words: string }[];
  readonly series: readonly { readonly series: string; readonly last: number }[];
  readonly outside: number;
  /** Instant. */
  readonly madeAt: string;
}
export interface JournalSourceLine {
  readonly place: number;
  readonly number: string;
  /** The day as it is printed. */
  readonly day: string;
  /** Words of the columns, in their order after the number and the day. */
  readonly cells: readonly string[];
}

type Doc = PDFKit.PDFDocument;
type Struct = PDFKit.PDFStructureElement;

interface Column {
  readonly title: string;
  readonly width: number;
}
/** Points; together they are the width of the page between its margins. */
const COLUMNS: readonly Column[] = [
  { title: 'Poř.', width: 30 },
  { title: 'Číslo jednací', width: 78 },
  { title: 'Zapsáno', width: 54 },
  { title: 'Odesílatel nebo adresát', width: 98 },
  { title: 'Způsob', width: 58 },
  { title: 'Věc', width: 138 },
  { title: 'Příloh', width: 32 },
  { title: 'Spis', width: 74 },
  { title: 'Vyřizuje', width: 68 },
  { title: 'Vypraveno, doručeno', width: 84 },
];
const SIZE = 7.5;
const GAP = 3;
const FOOT = 26;
/** Rows that are drawn before others get their turn: a year of a town is many pages. */
const AT_ONCE = 100;

export async function renderFilingJournal(source: JournalSource, head: Letterhead): Promise<Uint8Array> {
  const title = `Podací deník ${source.year}`;
  const { doc, root, finish } = beginPaper({ title, createdAt: source.madeAt, layout: 'landscape' }, head);
  heading(doc, root, 'H1', title);
  facts(doc, root, [
    ['Vedeno podle', '§ 64 zákona č. 499/2004 Sb., § 8 až 11 vyhlášky č. 259/2012 Sb.'],
    ['Dokumentů', String(source.lines.length)],
    ['Číselné řady', source.series.map(({ series, last }) => `${series}/1 až ${series}/${last}`).join(', ')],
    ['Ve spisové službě (eSSL)', source.outside === 0 ? '' : `dalších dokumentů: ${source.outside}, jsou v jejím podacím deníku`],
    ['Vyhotoveno', moment(source.madeAt)],
  ]);
  if (source.lines.length === 0) paragraph(doc, root, 'V tomto roce není v podacím deníku žádný dokument.');
  else await drawLines(doc, root, source.lines);
  drawGaps(doc, root, source.gaps);
  return finish(null);
}

async function drawLines(doc: Doc, root: Struct, lines: readonly JournalSourceLine[]): Promise<void> {
  const table = doc.struct('Table');
  root.add(table);
  drawHead(doc, table);
  for (const [index, { place, number, day, cells }] of lines.entries()) {
    drawRow(doc, table, [String(place), number, day, ...cells]);
    if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  table.end();
  doc.x = MARGIN;
  doc.moveDown(1);
}

function drawGaps(doc: Doc, root: Struct, gaps: JournalSource['gaps']): void {
  heading(doc, root, 'H2', 'Chybějící čísla');
  if (gaps.length === 0) return paragraph(doc, root, 'V číselných řadách nechybí žádné číslo.');
  facts(
    doc,
    root,
    gaps.map(({ number, words }) => [number, words]),
  );
}

/** Drawn anew on each page; for those who listen it is the head of the table once. */
function drawHead(doc: Doc, table: Struct | undefined): void {
  const top = doc.y;
  if (table) {
    const row = doc.struct('TR');
    table.add(row);
    forColumns(({ title }, left, width) => row.add(doc.struct('TH', {}, () => cell(doc, BOLD, title, { left, top, width }))));
    row.end();
  } else {
    doc.markContent('Artifact', { type: 'Pagination' });
    forColumns(({ title }, left, width) => cell(doc, BOLD, title, { left, top, width }));
    doc.endMarkedContent();
  }
  const height = Math.max(...COLUMNS.map(({ title, width }) => doc.heightOfString(title, { width: width - GAP })));
  doc.y = top + height + GAP;
  rule(doc);
}

function drawRow(doc: Doc, table: Struct, cells: readonly string[]): void {
  doc.font(REGULAR).fontSize(SIZE);
  const height = Math.max(...COLUMNS.map(({ width }, index) => doc.heightOfString(cells[index] ?? '', { width: width - GAP })));
  if (doc.y + height > doc.page.height - MARGIN - FOOT) {
    doc.addPage();
    drawHead(doc, undefined);
  }
  const top = doc.y;
  const row = doc.struct('TR');
  table.add(row);
  forColumns((_column, left, width, index) =>
    row.add(doc.struct(index === 1 ? 'TH' : 'TD', {}, () => cell(doc, REGULAR, cells[index] ?? '', { left, top, width }))),
  );
  row.end();
  doc.y = top + height + GAP;
  rule(doc);
}

function forColumns(draw: (column: Column, left: number, width: number, index: number) => void): void {
  let left = MARGIN;
  COLUMNS.forEach((column, index) => {
    draw(column, left, column.width - GAP, index);
    left += column.width;
  });
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}
function cell(doc: Doc, font: string, words: string, { left, top, width }: Place): void {
  doc
    .font(font)
    .fontSize(SIZE)
    .fillColor('#111')
    .text(words === '' ? ' ' : words, left, top, { width });
}

function rule(doc: Doc): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .moveTo(MARGIN, doc.y - 1)
    .lineTo(doc.page.width - MARGIN, doc.y - 1)
    .lineWidth(0.3)
    .strokeColor('#bbb')
    .stroke();
  doc.endMarkedContent();
  doc.y += 1;
}

function paragraph(doc: Doc, root: Struct, words: string): void {
  root.add(
    doc.struct('P', {}, () => {
      doc.font(REGULAR).fontSize(10).fillColor('#111').text(words, MARGIN);
    }),
  );
  doc.moveDown(0.8);
}
