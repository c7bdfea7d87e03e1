// Letters of dunning: one for each payer, the bulk list for the notice board, the file of enforceable debts. Words and papers; decides nothing.
import type { Letter } from '../../../books/desk/dunning.ts';
import { dunningFigures, increaseOf, type DunningStage } from '../../../domain/money/dunning.ts';
import type { OverdueLine } from '../../../queries/dunning-list.ts';
import type { PrintedSheet } from '../../house.ts';
import { crowns, czechDay } from './sheets.ts';

export interface DunningWords {
  readonly stage: DunningStage;
  readonly times: number;
  /** Legal day. */
  readonly on: string;
  /** The town's account. */
  readonly account: string;
}

const TITLES: Readonly<Record<DunningStage, string>> = {
  reminder: 'Vyrozumění o nedoplatku',
  assessment: 'Platební výměr',
  enforcement: 'Předání k vymáhání',
};

/** Lines of the same payer and channel go in one letter, in the order of the list. */
export function byPayer(lines: readonly OverdueLine[]): readonly (readonly OverdueLine[])[] {
  const groups = new Map<string, OverdueLine[]>();
  for (const line of lines) {
    const key = `${line.payerId} ${line.channel}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}

export function letterSheet(lines: readonly OverdueLine[], words: DunningWords): PrintedSheet {
  const [first] = lines;
  const isRaised = words.stage === 'assessment' && words.times > 1;
  return {
    title: TITLES[words.stage],
    number: '',
    facts: [
      ['Adresát', first?.payerName ?? ''],
      ['Adresa', first?.address ?? ''],
      ['Datum', czechDay(words.on)],
    ],
    paragraphs: letterText(lines, words),
    tables: [
      {
        caption: 'Přehled nedoplatků',
        columns: [
          { label: 'Poplatek', width: isRaised ? 0.32 : 0.44 },
          { label: 'Splatnost', width: 0.16 },
          { label: 'Variabilní symbol', width: 0.2 },
          { label: 'Nedoplatek', width: isRaised ? 0.16 : 0.2, end: true },
          ...(isRaised ? [{ label: 'Zvýšení', width: 0.16, end: true }] : []),
        ],
        rows: lines.map((line) => [
          line.title,
          czechDay(line.dueDate),
          line.variableSymbol,
          crowns(line.open),
          ...(isRaised ? [crowns(increaseOf(line.open, words.times))] : []),
        ]),
      },
    ],
    signatures: words.stage === 'assessment' ? ['Oprávněná úřední osoba'] : [],
  };
}

export function letterText(lines: readonly OverdueLine[], { stage, account, times }: DunningWords): readonly string[] {
  const total = lines.reduce((sum, line) => sum + line.open + (stage === 'assessment' ? increaseOf(line.open, times) : 0), 0);
  const pay = `Zaplaťte prosím ${crowns(total)} na účet ${account}; u každé platby uveďte variabilní symbol z přehledu.`;
  if (stage === 'reminder')
    return [
      'na Vašem poplatkovém účtu evidujeme nedoplatek. Pokud jste mezitím zaplatili, považujte tento dopis za bezpředmětný.',
      `${pay} Prosíme o úhradu do ${dunningFigures.reminderGivesDays} dnů.`,
      'Nezaplatíte-li, úřad poplatek vyměří platebním výměrem a může ho zvýšit; nedoplatek pak lze vymáhat (§ 11 zákona č. 565/1990 Sb., § 153 odst. 3 zákona č. 280/2009 Sb.).',
    ];
  return [
    'Poplatky nebyly zaplaceny včas nebo ve správné výši, úřad je proto vyměřuje podle § 11 odst. 1 zákona č. 565/1990 Sb., o místních poplatcích, a § 139 zákona č. 280/2009 Sb., daňový řád.',
    ...(times > 1 ? [`Včas nezaplacené poplatky se zvyšují podle § 11 odst. 3 zákona č. 565/1990 Sb. na ${times}násobek.`] : []),
    `${pay} Vyměřená částka je splatná do ${dunningFigures.payAfterForceDays} dnů ode dne právní moci tohoto výměru.`,
    `Proti výměru se lze odvolat do ${dunningFigures.appealDays} dnů ode dne jeho doručení u tohoto úřadu; odvolání nemá odkladný účinek (§ 109 zákona č. 280/2009 Sb.).`,
  ];
}

/** Hromadný předpisný seznam: everybody on one paper. */
export function listSheet(lines: readonly OverdueLine[], words: DunningWords): PrintedSheet {
  return {
    title: 'Hromadný předpisný seznam',
    number: '',
    facts: [
      ['Datum zpřístupnění', czechDay(words.on)],
      ['Počet položek', String(lines.length)],
    ],
    paragraphs: letterText(lines, words),
    tables: [
      {
        caption: 'Seznam',
        columns: [
          { label: 'Poplatník', width: 0.26 },
          { label: 'Poplatek', width: 0.26 },
          { label: 'Symbol', width: 0.16 },
          { label: 'Poplatek', width: 0.16, end: true },
          { label: 'Zvýšení', width: 0.16, end: true },
        ],
        rows: lines.map((line) => [
          line.payerName,
          line.title,
          line.variableSymbol,
          crowns(line.open),
          crowns(increaseOf(line.open, words.times)),
        ]),
      },
    ],
    signatures: ['Oprávněná úřední osoba'],
  };
}

const cell = (text: string): string =>
  /[";\r\n]/.test(text) || /^[=+\-@]/.test(text) ? `"${text.replace(/^([=+\-@])/, "'$1").replaceAll('"', '""')}"` : text;
/** CSV for whoever enforces: UTF-8 with BOM, semicolons. Cells that a spreadsheet would run are disarmed. */
export function enforcementFile(lines: readonly OverdueLine[]): Uint8Array {
  const head = ['dluznik', 'adresa', 'pohledavka', 'variabilni_symbol', 'splatnost', 'nedoplatek_kc', 'titul_ze_dne', 'doruceno_dne'];
  const rows = lines.map((line) => {
    const title = line.done.find(({ stage }) => stage === 'assessment');
    const owed = (line.open / 100).toFixed(2).replace('.', ',');
    return [
      line.payerName,
      line.address,
      line.title,
      line.variableSymbol,
      line.dueDate,
      owed,
      title?.madeOn ?? '',
      title?.deliveredOn ?? '',
    ];
  });
  return new TextEncoder().encode(`\u{FEFF}${[head, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`);
}

export const letterOf = (lines: readonly OverdueLine[], words: DunningWords, file: Letter['file']): Letter => ({
  channel: lines[0]?.channel ?? 'print',
  dataBox: lines[0]?.dataBox ?? null,
  email: lines[0]?.email ?? null,
  subject: TITLES[words.stage],
  text: ['Dobrý den,', ...letterText(lines, words), 'Podrobnosti najdete v příloze.'].join('\n\n'),
  prescriptionIds: lines.map(({ id }) => id),
  file,
});
