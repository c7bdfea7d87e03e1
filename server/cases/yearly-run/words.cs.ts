// The letter about a yearly fee, as a clerk would write it.
import type { LetterItem, LetterRow } from '../../store/fee-run-letters.ts';

const crowns = new Intl.NumberFormat('cs-CZ', { minimumFractionDigits: 0, maximumFractionDigits: 2 });
export const money = (halere: number): string => `${crowns.format(halere / 100)} Kč`;
export const day = (date: string): string => {
  const [year = '', month = '', of = ''] = date.split('-');
  return `${Number(of)}. ${Number(month)}. ${year}`;
};

export interface LetterFacts {
  readonly title: string;
  readonly year: number;
  readonly dueDate: string;
  readonly ordinance: string;
  readonly law: string;
  readonly office: string;
  readonly town: string;
  readonly portal: string;
}

export const letterWords = {
  subject: ({ title }: LetterFacts): string => title,
  greeting: 'Vážená paní, vážený pane,',
  lead: ({ title, dueDate, ordinance }: LetterFacts, total: number): string =>
    `posíláme vám přehled k platbě: ${title.charAt(0).toLowerCase()}${title.slice(1)}. Podle ${named(ordinance)} máte zaplatit ${money(total)}, nejpozději ${day(dueDate)}.`,
  columns: ['Za co', 'Období', 'Variabilní symbol', 'Částka'],
  row: ({ subject, amount, variableSymbol, parts }: LetterItem, { year }: LetterFacts): readonly string[] => [
    subject,
    months(parts, year),
    variableSymbol,
    money(amount),
  ],
  rule: ({ subject, rule }: LetterItem): string => `${subject}: ${rule}`,
  payment: (account: string, symbol: string, total: number, dueDate: string): readonly (readonly [string, string])[] => [
    ['Číslo účtu', account],
    ['Variabilní symbol', symbol],
    ['Částka', money(total)],
    ['Zaplaťte do', day(dueDate)],
  ],
  qr: (total: number): string => `QR kód pro platbu ${money(total)}`,
  several: 'Platíte za víc položek: celou částku můžete poslat najednou pod uvedeným symbolem, nebo každou zvlášť pod jejím vlastním.',
  notes: ({ portal, office }: LetterFacts): readonly string[] => [
    `Platbu kartou i přehled všeho, co městu platíte, najdete na ${portal}.`,
    `Nesouhlasí-li některý údaj (zemřel vám pes, odstěhovali jste se, máte nárok na osvobození), ozvěte se prosím do 15 dnů. ${office} částku přepočítá a přeplatek vrátí.`,
    'Poplatek vzniká přímo ze zákona a z vyhlášky; pokud nebude zaplacen včas nebo ve správné výši, vyměří jej úřad platebním výměrem nebo hromadným předpisným seznamem (§ 11 zákona č. 565/1990 Sb.).',
  ],
  mailSubject: 'Máte novou písemnost o platbě',
  mail: (facts: LetterFacts, total: number): string =>
    [
      'Dobrý den,',
      `v příloze posíláme přehled k platbě. K zaplacení je ${money(total)} do ${day(facts.dueDate)}.`,
      `QR kód pro platbu je v příloze, kartou můžete zaplatit na ${facts.portal}.`,
      facts.office,
    ].join('\n\n'),
  file: (facts: LetterFacts): string => `predpis-${facts.year}.pdf`,
  sheetFile: (facts: LetterFacts, sheet: number): string => `predpis-${facts.year}-tisk-${sheet}.pdf`,
  labels: ['Pořadí', 'Jméno', 'Adresa'],
} as const;

const named = (ordinance: string): string =>
  /^OZV\b/.test(ordinance) ? ordinance.replace(/^OZV/, 'obecně závazné vyhlášky') : `předpisu ${ordinance}`;

/** `celý rok 2026`, `září–prosinec 2026 (4 měsíce)`. */
function months(parts: LetterItem['parts'], year: number): string {
  const count = parts.reduce((sum, part) => sum + part.months, 0);
  if (count === 12) return `celý rok ${year}`;
  const spans = parts.map(({ firstMonth, lastMonth }) => (firstMonth === lastMonth ? `${firstMonth}.` : `${firstMonth}.–${lastMonth}.`));
  return `${spans.join(', ')} měsíc ${year}`;
}

export const recipientOf = ({ name, address }: Pick<LetterRow, 'name' | 'address'>): readonly string[] => [
  name,
  ...address
    .split(',')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
];
