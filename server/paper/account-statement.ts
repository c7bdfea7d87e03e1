// The statement of a payer's account as tagged PDF: balance forward, movements with the running balance, totals. From data to bytes; knows no database.
import { BOLD, REGULAR } from './fonts.ts';
import { beginPaper, day, facts, heading, MARGIN, moment, type Letterhead } from './paper.ts';

export interface StatementSource {
  readonly holder: { readonly name: string };
  /** Legal days, both included. */
  readonly from: string;
  readonly to: string;
  /** Instant. */
  readonly madeAt: string;
  /** Haléře owed before the first day; an overpayment is negative. */
  readonly opening: number;
  readonly lines: readonly StatementSourceLine[];
}
export interface StatementSourceLine {
  readonly on: string;
  readonly what: string;
  readonly title: string;
  readonly variableSymbol: string;
  readonly amount: number;
  readonly moved: number;
  readonly reason: string;
}

type Doc = PDFKit.PDFDocument;
type Struct = PDFKit.PDFStructureElement;

const WORDS: Readonly<Record<string, string>> = {
  prescribe: 'Předpis',
  import: 'Převzato z původní evidence',
  correct: 'Oprava předpisu',
  cancel: 'Zrušení předpisu',
  'write-off': 'Odpis',
  receive: 'Platba',
  allocate: 'Zúčtování platby',
  release: 'Zrušení zúčtování',
  'return-ordered': 'Přeplatek poslán zpět',
  returned: 'Přeplatek vrácen',
  'return-failed': 'Vrácení se nepovedlo',
  reverse: 'Platba odvolána bankou',
  opening: 'Počáteční stav',
};

/** Left edge from the margin, width, and whether it is a number. */
interface Column {
  readonly title: string;
  readonly at: number;
  readonly width: number;
  readonly right?: boolean;
}
const COLUMNS: readonly Column[] = [
  { title: 'Den', at: 0, width: 58 },
  { title: 'Co se stalo', at: 62, width: 164 },
  { title: 'Var. symbol', at: 230, width: 62 },
  { title: 'Předepsáno', at: 294, width: 56, right: true },
  { title: 'Zaplaceno', at: 352, width: 56, right: true },
  { title: 'Zůstatek', at: 410, width: 57, right: true },
];
const GAP = 4;
const SIZE = 8.5;
const FOOT = 30;

export async function renderAccountStatement(source: StatementSource, head: Letterhead): Promise<Uint8Array> {
  const title = `Výpis z konta plátce ${plain(source.from)} – ${plain(source.to)}`;
  const { doc, root, finish } = beginPaper({ title, createdAt: source.madeAt }, head);
  heading(doc, root, 'H1', 'Výpis z konta plátce');
  const totals = totalsOf(source);
  facts(doc, root, [
    ['Plátce', source.holder.name],
    ['Období', `${dayOf(source.from)} – ${dayOf(source.to)}`],
    ['Vyhotoveno', moment(source.madeAt)],
    ['Zůstatek na začátku', said(source.opening)],
    ['Předepsáno', money(totals.prescribed)],
    ['Zaplaceno', money(totals.paid)],
    ['Zůstatek na konci', said(totals.closing)],
  ]);
  if (source.lines.length === 0) paragraph(doc, root, 'V tomto období se na kontě nic nestalo.');
  else drawLines(doc, root, source, totals);
  paragraph(
    doc,
    root,
    'Kladný zůstatek zbývá doplatit, záporný je přeplatek. Den je u předpisu den předepsání, u platby den připsání na účet.',
  );
  return finish(null);
}

interface Totals {
  readonly prescribed: number;
  readonly paid: number;
  readonly closing: number;
}
function totalsOf({ opening, lines }: StatementSource): Totals {
  const sum = (of: readonly StatementSourceLine[]): number => of.reduce((total, { amount }) => total + amount, 0);
  const prescribed = sum(lines.filter(({ amount }) => amount > 0));
  const paid = -sum(lines.filter(({ amount }) => amount < 0));
  return { prescribed, paid, closing: opening + prescribed - paid };
}

function drawLines(doc: Doc, root: Struct, source: StatementSource, totals: Totals): void {
  heading(doc, root, 'H2', 'Pohyby');
  const table = doc.struct('Table');
  root.add(table);
  drawHead(doc, table);
  let balance = source.opening;
  drawRow(doc, table, [plain(source.from), 'Zůstatek na začátku', '', '', '', money(balance)], false);
  for (const line of source.lines) {
    balance += line.amount;
    drawRow(doc, table, cellsOf(line, balance), false);
  }
  drawRow(doc, table, [plain(source.to), 'Celkem', '', money(totals.prescribed), money(totals.paid), money(totals.closing)], true);
  table.end();
  doc.x = MARGIN;
  doc.moveDown(1);
}

function cellsOf(line: StatementSourceLine, balance: number): readonly string[] {
  const word = WORDS[line.what] ?? line.what;
  const what = [
    line.title === '' ? word : `${word}: ${line.title}`,
    line.amount === 0 && line.moved !== 0 ? `(${money(line.moved)})` : '',
    line.reason,
  ]
    .filter((part) => part !== '')
    .join(' · ');
  const up = line.amount > 0 ? money(line.amount) : '';
  const down = line.amount < 0 ? money(-line.amount) : '';
  return [plain(line.on), what, line.variableSymbol, up, down, money(balance)];
}

/** Drawn anew on each page; for those who listen it is the head of the table once. */
function drawHead(doc: Doc, table: Struct | undefined): void {
  const top = doc.y;
  const draw = (column: Column): void => {
    doc
      .font(BOLD)
      .fontSize(SIZE)
      .fillColor('#111')
      .text(column.title, MARGIN + column.at, top, { width: column.width, align: column.right ? 'right' : 'left' });
  };
  if (table) {
    const row = doc.struct('TR');
    table.add(row);
    for (const column of COLUMNS) row.add(doc.struct('TH', {}, () => draw(column)));
    row.end();
  } else {
    doc.markContent('Artifact', { type: 'Pagination' });
    for (const column of COLUMNS) draw(column);
    doc.endMarkedContent();
  }
  doc.y = top + 13;
  rule(doc);
}

function drawRow(doc: Doc, table: Struct, cells: readonly string[], isTotal: boolean): void {
  const font = isTotal ? BOLD : REGULAR;
  doc.font(font).fontSize(SIZE);
  const height = Math.max(...COLUMNS.map((column, index) => doc.heightOfString(cells[index] ?? '', { width: column.width })));
  if (doc.y + height > doc.page.height - MARGIN - FOOT) {
    doc.addPage();
    drawHead(doc, undefined);
  }
  const top = doc.y;
  const row = doc.struct('TR');
  table.add(row);
  COLUMNS.forEach((column, index) => {
    row.add(
      doc.struct('TD', {}, () => {
        doc
          .font(font)
          .fontSize(SIZE)
          .fillColor('#111')
          .text(cells[index] === '' ? ' ' : (cells[index] ?? ' '), MARGIN + column.at, top, {
            width: column.width,
            align: column.right ? 'right' : 'left',
          });
      }),
    );
  });
  row.end();
  doc.y = top + height + GAP;
  rule(doc);
}

function rule(doc: Doc): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .moveTo(MARGIN, doc.y - 2)
    .lineTo(doc.page.width - MARGIN, doc.y - 2)
    .lineWidth(0.5)
    .strokeColor('#bbb')
    .stroke();
  doc.endMarkedContent();
}

function paragraph(doc: Doc, root: Struct, text: string): void {
  root.add(
    doc.struct('P', {}, () => {
      doc
        .font(REGULAR)
        .fontSize(9)
        .fillColor('#333')
        .text(text, MARGIN, doc.y, { width: doc.page.width - 2 * MARGIN });
    }),
  );
  doc.moveDown(0.8);
}

const dayOf = (date: string): string => day(`${date}T12:00:00Z`);
/** `21. 11. 2026` */
const plain = (date: string): string => {
  const [year = '', month = '', number = ''] = date.split('-');
  return `${Number(number)}. ${Number(month)}. ${year}`;
};
const money = (halere: number): string =>
  (halere / 100).toLocaleString('cs-CZ', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replaceAll('-', '−');
function said(balance: number): string {
  if (balance === 0) return 'vyrovnáno';
  return balance > 0 ? `zbývá doplatit ${money(balance)} Kč` : `přeplatek ${money(-balance)} Kč`;
}
