// The podací deník and the register as files: words of their cells, and CSV as Czech spreadsheets open it.
import type { FilingJournal, JournalGap, JournalLine } from '../../contract/filing-journal.ts';
import type { RecordRow } from '../../contract/records.ts';

/** The journal in words, drawn by server/paper/filing-journal.ts. */
export interface PrintedJournal {
  readonly year: number;
  readonly lines: readonly {
    readonly place: number;
    readonly number: string;
    /** The day as it is printed. */
    readonly day: string;
    /** Words of the columns behind the number and the day. */
    readonly cells: readonly string[];
  }[];
  readonly gaps: readonly { readonly number: string; readonly words: string }[];
  readonly series: FilingJournal['series'];
  readonly outside: number;
  /** Instant. */
  readonly madeAt: string;
}

const day = (at: string | null): string => (at === null ? '' : new Date(at).toLocaleDateString('cs-CZ', { timeZone: 'Europe/Prague' }));
const year = (of: number | null): string => (of === null ? '' : String(of));
const DIRECTIONS = { in: 'doručený', out: 'vlastní' } as const;
const STATES = { open: 'otevřený', settled: 'vyřízený', closed: 'uzavřený' } as const;
const WAYS: Readonly<Record<string, string>> = {
  portal: 'portál',
  'data-box': 'datová schránka',
  email: 'e-mail',
  paper: 'listina',
  post: 'pošta',
  office: 'z úřadu',
};
const wayIn = (way: string): string => WAYS[way] ?? way;

/** UTF-8 with BOM, semicolons. */
export const csvOf = (lines: readonly (readonly string[])[]): string =>
  `\uFEFF${lines.map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`;

/** A cell that a spreadsheet would reckon with is kept as a text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function registerCsv(register: readonly RecordRow[]): string {
  const head = [
    'Číslo jednací',
    'Zapsáno',
    'Směr',
    'Věc',
    'Odesílatel nebo adresát',
    'Příloh',
    'Spisová značka',
    'Značka ve spisové službě',
  ];
  const more = ['Vypraveno', 'Doručeno', 'Stav spisu', 'Skartační režim', 'Skartace možná od roku'];
  const lines = register.map((row) => [
    row.number ?? 'čeká na číslo jednací',
    day(row.registeredAt),
    DIRECTIONS[row.direction],
    row.title,
    row.correspondent,
    String(row.parts),
    row.mark,
    row.outsideMark ?? '',
    day(row.dispatchedAt),
    day(row.deliveredAt),
    STATES[row.fileState],
    row.retention,
    year(row.shredFrom),
  ]);
  return csvOf([[...head, ...more], ...lines]);
}

export function journalCsv({ lines, gaps }: FilingJournal): string {
  const head = [
    'Pořadí',
    'Číslo jednací',
    'Zapsáno',
    'Směr',
    'Odesílatel nebo adresát',
    'Způsob',
    'Věc',
    'Příloh',
    'Spisová značka',
    'Vyřizuje',
  ];
  const more = ['Vypraveno', 'Způsob vypravení', 'Doručeno', 'Spis uzavřen', 'Skartační režim', 'Skartace možná od roku', 'Poznámka'];
  const rows = lines.map((line) => [
    String(line.place),
    line.number,
    day(line.registeredAt),
    DIRECTIONS[line.direction],
    line.correspondent,
    wayIn(line.way),
    line.title,
    String(line.parts),
    line.mark,
    line.department,
    day(line.dispatchedAt),
    line.dispatchedBy === null ? '' : wayIn(line.dispatchedBy),
    day(line.deliveredAt),
    day(line.closedAt),
    line.retention,
    year(line.shredFrom),
    '',
  ]);
  const missing = gaps.map((gap) => ['', gap.number, ...Array.from({ length: 14 }, () => ''), gapWords(gap)]);
  return csvOf([[...head, ...more], ...rows, ...missing]);
}

export function gapWords({ why, detail }: JournalGap): string {
  if (why === 'message-out') return `Číslo nese datová zpráva, která není v žádném spisu${detail === '' ? '' : `: ${detail}`}`;
  if (why === 'unregistered') return `Dokument spisu ${detail} se do deníku teprve doplňuje`;
  return 'Číslo nemá žádný dokument, příčina není známa';
}

export const printedJournal = (journal: FilingJournal, madeAt: string): PrintedJournal => ({
  year: journal.year,
  series: journal.series,
  outside: journal.outside,
  madeAt,
  gaps: journal.gaps.map((gap) => ({ number: gap.number, words: gapWords(gap) })),
  lines: journal.lines.map((line) => ({ place: line.place, number: line.number, day: day(line.registeredAt), cells: cellsOf(line) })),
});

function cellsOf(line: JournalLine): readonly string[] {
  const who = line.direction === 'in' ? line.correspondent : `Vlastní, pro: ${line.correspondent}`;
  const sent = [
    line.dispatchedAt === null ? '' : `${day(line.dispatchedAt)} ${wayIn(line.dispatchedBy ?? '')}`.trim(),
    line.deliveredAt === null ? '' : `doručeno ${day(line.deliveredAt)}`,
  ].filter(Boolean);
  const kept = [line.mark, line.retention, line.closedAt === null ? '' : `uzavřen ${day(line.closedAt)}`].filter(Boolean);
  return [who, wayIn(line.way), line.title, String(line.parts), kept.join(', '), line.department, sent.join(', ')];
}
