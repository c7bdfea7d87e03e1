// What may happen to the books, as plain data: drawn without knowing the books, then fitted to what is there. A list of them is a story that can be told again.
import fc from 'fast-check';
import type { Arrival, Books, Kind, Movement, Source } from './reference-ledger.ts';
import { balancesOf, freeOf, openOf } from './reference-ledger.ts';

/** What becomes of a command: it goes well, its transaction dies before the commit, its answer is lost so that it is said again, it is said twice at once, or at once with the next one. */
export type Fate = 'well' | 'dies' | 'answer-lost' | 'at-once' | 'with-next';
/** Who decides where one officer is not enough. */
export type Second = 'nobody' | 'the-same' | 'another' | 'refuses';

/** As drawn: `a`, `b` choose among what is there, `part` is per cent. */
export interface Drawn {
  readonly does: (typeof deeds)[number];
  readonly a: number;
  readonly b: number;
  readonly part: number;
  readonly crowns: number;
  readonly kind: Kind;
  readonly source: Source;
  readonly many: number;
  readonly second: Second;
  readonly fate: Fate;
}
const deeds = [
  'prescribe',
  'correct',
  'cancel',
  'write-off',
  'pay',
  'pay-unknown',
  'pay-by-wish',
  'again',
  'again-changed',
  'allocate',
  'release',
  'reverse',
  'storno',
  'move',
  'order-return',
  'returned',
  'return-failed',
  'days',
  'close',
] as const;

export type Command =
  | {
      readonly do: 'prescribe';
      readonly claims: readonly { readonly payer: number; readonly kind: Kind; readonly dueDate: string; readonly prescribed: number }[];
    }
  | { readonly do: 'correct'; readonly prescription: number; readonly total: number; readonly second: Second }
  | { readonly do: 'write-off'; readonly prescription: number; readonly amount: number; readonly second: Second }
  | { readonly do: 'receive'; readonly arrival: Arrival }
  | { readonly do: 'storno'; readonly arrival: Arrival }
  | { readonly do: 'move'; readonly movement: Movement }
  | { readonly do: 'allocate'; readonly payment: number; readonly prescription: number; readonly amount: number }
  | { readonly do: 'release'; readonly payment: number; readonly prescription: number }
  | { readonly do: 'reverse'; readonly payment: number }
  | { readonly do: 'order-return'; readonly payment: number; readonly source: Source; readonly amount: number; readonly second: Second }
  | { readonly do: 'end-return'; readonly refund: number; readonly source: Source; readonly end: 'returned' | 'failed' }
  | { readonly do: 'pass-days'; readonly days: number }
  | { readonly do: 'close-month'; readonly month: string };

const weights: Readonly<Record<(typeof deeds)[number], number>> = {
  prescribe: 5,
  correct: 4,
  cancel: 1,
  'write-off': 1,
  pay: 8,
  'pay-unknown': 2,
  'pay-by-wish': 3,
  again: 3,
  'again-changed': 1,
  allocate: 3,
  release: 2,
  reverse: 1,
  storno: 3,
  move: 2,
  'order-return': 3,
  returned: 2,
  'return-failed': 1,
  days: 2,
  close: 2,
};
const fates: readonly fc.WeightedArbitrary<Fate>[] = [
  { arbitrary: fc.constant('well'), weight: 14 },
  { arbitrary: fc.constant('dies'), weight: 2 },
  { arbitrary: fc.constant('answer-lost'), weight: 2 },
  { arbitrary: fc.constant('at-once'), weight: 1 },
  { arbitrary: fc.constant('with-next'), weight: 2 },
];

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  does: fc.oneof(...deeds.map((deed) => ({ arbitrary: fc.constant(deed), weight: weights[deed] }))),
  a: fc.nat(29),
  b: fc.nat(29),
  // The whole is the likeliest part of anything.
  part: fc.oneof(fc.constant(100), fc.constantFrom(0, 1, 50, 99, 101, 150, 200, -1), fc.integer({ min: 1, max: 250 })),
  crowns: fc.oneof(fc.constantFrom(100, 150, 1_000, 1_500), fc.integer({ min: 1, max: 30_000 })),
  kind: fc.constantFrom('pes', 'odpad', 'zvyseni', 'pokuta', 'spravni'),
  source: fc.constantFrom('bank', 'bank', 'gopay', 'comgate', 'cash', 'terminal'),
  many: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 })),
  second: fc.constantFrom('another', 'another', 'nobody', 'the-same', 'refuses'),
  fate: fc.oneof(...fates),
});

/** The first thing that happens to any books; then whatever comes. */
export const story = (length: { readonly min: number; readonly max: number }): fc.Arbitrary<readonly Drawn[]> =>
  fc.array(drawn, { minLength: length.min, maxLength: length.max, size: 'max' });

const among = (count: number, choice: number): number => choice % count;
const share = (amount: number, part: number): number => Math.round((amount * part) / 100);
/** No two prescriptions of a story are due on one day: whose turn it is among equals is nobody's rule. */
const dueDate = (choice: number, number: number): string =>
  new Date(Date.UTC(2025, 11, 1 + (choice % 3) * 100 + number)).toISOString().slice(0, 10);

/** The command that a draw comes to in these books; where there is nothing to do it to, something is prescribed. `turn` makes ids of sources that come once. */
export const fit = (books: Books, draw: Drawn, turn: number): Command =>
  fitting(books, draw, turn) ?? { do: 'prescribe', claims: claimsOf(books, draw) };

function fitting(books: Books, draw: Drawn, turn: number): Command | undefined {
  const { does, a, b, part, second } = draw;
  if (does === 'prescribe') return { do: 'prescribe', claims: claimsOf(books, draw) };
  if (does === 'days') return { do: 'pass-days', days: 1 + among(20, a) };
  if (does === 'close') return monthToClose(books, a);
  if (does === 'move') return { do: 'move', movement: movementOf(books, draw, turn) };
  if (does === 'pay-unknown') return arrival(books, draw, turn, { amount: draw.crowns * 100, symbol: undefined });
  const prescription = among(books.prescriptions.length, a);
  if (does === 'returned' || does === 'return-failed') {
    if (books.returns.length === 0) return undefined;
    const refund = among(books.returns.length, a);
    const { source } = at(books.payments, at(books.returns, refund).payment);
    return { do: 'end-return', refund, source, end: does === 'returned' ? 'returned' : 'failed' };
  }
  if (does === 'again' || does === 'again-changed') return anotherTime(books, draw);
  if (books.prescriptions.length > 0) {
    if (does === 'correct')
      return { do: 'correct', prescription, total: share(at(books.prescriptions, prescription).prescribed, part), second };
    if (does === 'cancel') return { do: 'correct', prescription, total: 0, second };
    if (does === 'write-off') return { do: 'write-off', prescription, amount: share(openOf(books, prescription), part), second };
    if (does === 'pay')
      return arrival(books, draw, turn, { amount: share(openOf(books, prescription) || draw.crowns * 100, part), symbol: prescription });
    if (does === 'pay-by-wish') return byWish(books, draw, turn);
  }
  if (books.payments.length === 0) return undefined;
  const payment = among(books.payments.length, b);
  if (does === 'storno' && at(books.payments, payment).source === 'bank') return stornoOf(books, draw, payment);
  if (does === 'reverse' || does === 'storno') return { do: 'reverse', payment };
  if (does === 'order-return')
    return { do: 'order-return', payment, source: at(books.payments, payment).source, amount: share(freeOf(books, payment), part), second };
  if (books.prescriptions.length === 0) return undefined;
  if (does === 'allocate') {
    const amount = share(Math.min(freeOf(books, payment), openOf(books, prescription)), part);
    return { do: 'allocate', payment, prescription, amount };
  }
  if (does === 'release') return { do: 'release', payment, prescription: shareOf(books, payment, a) ?? prescription };
  return undefined;
}

const at = <T>(list: readonly T[], index: number): T => list[index] as T;
const shareOf = (books: Books, payment: number, choice: number): number | undefined => {
  const shares = books.shares.filter((one) => one.payment === payment);
  return shares[choice % Math.max(1, shares.length)]?.prescription;
};

function claimsOf(books: Books, { a, b, crowns, kind, many }: Drawn): Extract<Command, { do: 'prescribe' }>['claims'] {
  return Array.from({ length: many }, (_, index) => ({
    payer: among(3, a + index),
    kind: index % 2 === 0 ? kind : 'odpad',
    dueDate: dueDate(b + index, books.prescriptions.length + index),
    prescribed: crowns * 100 + index,
  }));
}

function arrival(
  books: Books,
  draw: Drawn,
  turn: number,
  what: { readonly amount: number; readonly symbol: number | undefined },
): Command | undefined {
  if (!(what.amount > 0)) return undefined;
  const { source } = draw;
  return { do: 'receive', arrival: { source, sourceId: `${source}-${turn}`, wish: [], receivedOn: dayOfCredit(books, draw), ...what } };
}
/** Mostly today; a statement that comes late has days of last month. */
const dayOfCredit = ({ today }: Books, { b }: Drawn): string =>
  new Date(Date.parse(today) - at([0, 0, 0, 3, 35], b % 5) * 86_400_000).toISOString().slice(0, 10);

/** Money of the account that is nobody's payment: a debit, interest, what a gateway sends of the cards that were paid, now and then the same again. */
function movementOf(books: Books, { a, b, crowns, source }: Drawn, turn: number): Movement {
  const again = books.movements[a % 12];
  if (again) return again;
  const id = `movement-${turn}`;
  const held = balancesOf(books)[source] ?? 0;
  if ((source !== 'gopay' && source !== 'comgate') || held < 2)
    return { id, account: 'bank', against: 'other:bank', amount: (b % 2 === 0 ? 1 : -1) * crowns * 100, fee: 0 };
  const fee = Math.floor(held / 100);
  return { id, account: 'bank', against: source, amount: held - fee, fee };
}

/** Of a payment that came, by its facts, as the bank writes it; now and then of one that never came. */
function stornoOf(books: Books, { a, many }: Drawn, payment: number): Command {
  const { source, sourceId, symbol, amount } = at(books.payments, payment);
  const item = `storno-${sourceId}-${many > 2 ? 'again' : a % 3}`;
  return {
    do: 'storno',
    arrival: { source, sourceId: item, symbol, receivedOn: books.today, wish: [], amount: a % 7 === 0 ? amount + 1 : amount },
  };
}

function byWish(books: Books, { source, a, b, part, many }: Drawn, turn: number): Command | undefined {
  const wanted = [...new Set([a, b, a + b].slice(0, many).map((choice) => among(books.prescriptions.length, choice)))];
  const amount = share(
    wanted.reduce((total, index) => total + openOf(books, index), 0),
    part,
  );
  if (!(amount > 0)) return undefined;
  const wish = wanted.map((prescription, index) =>
    index === 0 && b % 2 === 0 ? { prescription, amount: 1 + b * 1_000 } : { prescription },
  );
  return { do: 'receive', arrival: { source, sourceId: `${source}-${turn}`, amount, symbol: undefined, receivedOn: books.today, wish } };
}

/** A notification doubled or a statement read again: the same item, or one that calls itself the same with another amount. */
function anotherTime(books: Books, { does, b }: Drawn): Command | undefined {
  const known = books.payments[among(Math.max(1, books.payments.length), b)];
  if (!known) return undefined;
  const { source, sourceId, symbol, amount, receivedOn } = known;
  return { do: 'receive', arrival: { source, sourceId, symbol, receivedOn, wish: [], amount: does === 'again' ? amount : amount + 100 } };
}

/** The one that is over, one that is closed, one that is not over. */
function monthToClose(books: Books, choice: number): Command {
  const [year = 0, number = 0] = books.today.split('-').map(Number);
  const month = new Date(Date.UTC(year, number - 1 - at([1, 1, 1, 0, 2], choice % 5), 1)).toISOString().slice(0, 7);
  return { do: 'close-month', month };
}
