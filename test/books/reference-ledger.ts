// The books as a person with a pencil would keep them: payers, prescriptions, payments, shares, returns, closed months. Written from the law and from the
// contract of the books; imports nothing of the server, keeps no double entry and knows no database, so that it can be wrong only in other ways than they are.

export type Kind = 'pes' | 'odpad' | 'zvyseni' | 'pokuta' | 'spravni';
export type Source = 'bank' | 'gopay' | 'comgate' | 'cash' | 'terminal';
/** Whole haléře everywhere; days as '2026-03-02'. */
export interface Prescription {
  readonly payer: number;
  readonly kind: Kind;
  readonly dueDate: string;
  readonly prescribed: number;
  corrected: number;
  writtenOff: number;
}
export interface Payment {
  readonly source: Source;
  readonly sourceId: string;
  readonly amount: number;
  /** What the payer wrote: the prescription whose symbol it was, or nothing that we know. */
  readonly symbol: number | undefined;
  readonly receivedOn: string;
  reversed: boolean;
}
/** A part of a payment put on a prescription; the order is the order in which they were put. */
export interface Share {
  readonly payment: number;
  readonly prescription: number;
  amount: number;
  /** When it was put there. */
  readonly second: number;
}
export interface Return {
  readonly payment: number;
  readonly amount: number;
  state: 'ordered' | 'returned' | 'failed';
}
/** What moved on an account without being a payer's payment; a gateway's settlement is short of its fee. */
export interface Movement {
  readonly id: string;
  readonly account: string;
  readonly against: string;
  readonly amount: number;
  readonly fee: number;
}
export interface Books {
  readonly limit: number;
  readonly prescriptions: Prescription[];
  readonly payments: Payment[];
  shares: Share[];
  readonly returns: Return[];
  readonly stornos: { readonly source: Source; readonly sourceId: string; readonly stray: number }[];
  readonly movements: Movement[];
  readonly closed: string[];
  today: string;
  /** Of the command that is being carried out. */
  second: number;
}
/** What a command comes to: done, done before, refused, or to be decided by a second person first. */
export type Verdict = 'done' | 'repeated' | 'refused' | 'needs-approval';
export interface Arrival {
  readonly source: Source;
  readonly sourceId: string;
  readonly amount: number;
  readonly symbol: number | undefined;
  readonly receivedOn: string;
  readonly wish: readonly { readonly prescription: number; readonly amount?: number }[];
}

export const openBooks = (limit: number, today: string): Books => ({
  limit,
  prescriptions: [],
  payments: [],
  shares: [],
  returns: [],
  stornos: [],
  movements: [],
  closed: [],
  today,
  second: 0,
});

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new RangeError(`nothing at ${index}`);
  return found;
};

/** What is prescribed after corrections; nothing = cancelled. */
export const totalOf = (books: Books, index: number): number =>
  at(books.prescriptions, index).prescribed + at(books.prescriptions, index).corrected;
export const paidOf = (books: Books, index: number): number =>
  sum(books.shares.filter((share) => share.prescription === index).map(({ amount }) => amount));
export const openOf = (books: Books, index: number): number =>
  totalOf(books, index) - at(books.prescriptions, index).writtenOff - paidOf(books, index);
export const allocatedOf = (books: Books, index: number): number =>
  sum(books.shares.filter((share) => share.payment === index).map(({ amount }) => amount));
const returnsOf = (books: Books, index: number, state: Return['state']): number =>
  sum(books.returns.filter((one) => one.payment === index && one.state === state).map(({ amount }) => amount));
export const freeOf = (books: Books, index: number): number => {
  const payment = at(books.payments, index);
  if (payment.reversed) return 0;
  return payment.amount - allocatedOf(books, index) - returnsOf(books, index, 'ordered') - returnsOf(books, index, 'returned');
};

/** Where a payment stands; sinks are allocated, returned and reversed, everything else is somebody's work. */
export function stateOf(books: Books, index: number): string {
  if (at(books.payments, index).reversed) return 'reversed';
  if (returnsOf(books, index, 'ordered') > 0) return 'return-ordered';
  const free = freeOf(books, index);
  if (allocatedOf(books, index) > 0) return free > 0 ? 'part-allocated' : 'allocated';
  return free > 0 ? 'unmatched' : 'returned';
}

export function prescribe(books: Books, given: Pick<Prescription, 'payer' | 'kind' | 'dueDate' | 'prescribed'>): Verdict {
  if (!(given.prescribed > 0)) return 'refused';
  books.prescriptions.push({ ...given, corrected: 0, writtenOff: 0 });
  return 'done';
}

/**
 * A correction to a new total; to nothing = cancelled for good. Where more than that was paid or given up, what was given up comes back first,
 * then the money that came last is free again.
 */
export function adjust(books: Books, index: number, total: number, approved = false): Verdict {
  const prescription = at(books.prescriptions, index);
  if (total < 0 || (totalOf(books, index) === 0 && total > 0)) return 'refused';
  const change = total - totalOf(books, index);
  if (change === 0) return 'done';
  if (Math.abs(change) > books.limit && !approved) return 'needs-approval';
  prescription.corrected += change;
  const over = Math.max(0, -openOf(books, index));
  const unwritten = Math.min(over, prescription.writtenOff);
  prescription.writtenOff -= unwritten;
  takeOff(books, index, over - unwritten);
  return 'done';
}

function takeOff(books: Books, prescription: number, amount: number): void {
  let left = amount;
  const lastFirst = books.shares.filter((one) => one.prescription === prescription).sort((a, b) => a.second - b.second);
  for (const share of lastFirst.reverse()) {
    const taken = Math.min(left, share.amount);
    share.amount -= taken;
    left -= taken;
  }
  books.shares = books.shares.filter((share) => share.amount > 0);
}

/** § 158 zákona č. 280/2009 Sb.: an uncollectible arrear is written off; the debtor owes it no more in our books. */
export function writeOff(books: Books, index: number, amount: number, approved = false): Verdict {
  const prescription = at(books.prescriptions, index);
  if (!(amount > 0) || amount > openOf(books, index)) return 'refused';
  if (amount > books.limit && !approved) return 'needs-approval';
  prescription.writtenOff += amount;
  return 'done';
}

/** Credits what came once, and puts it where the payer said; what is over goes to his other debts of the same sort, the oldest due first. */
export function receive(books: Books, { wish, ...came }: Arrival): Verdict {
  if (books.payments.some(({ source, sourceId }) => source === came.source && sourceId === came.sourceId)) return 'repeated';
  if (!(came.amount > 0)) return 'refused';
  const payment = books.payments.push({ ...came, reversed: false }) - 1;
  for (const wanted of wish) put(books, payment, wanted.prescription, wanted.amount ?? Infinity);
  if (came.symbol !== undefined) put(books, payment, came.symbol, Infinity);
  const meant = [...wish.map(({ prescription }) => prescription), ...(came.symbol === undefined ? [] : [came.symbol])];
  const [first] = meant;
  if (first !== undefined && meant.every((index) => isFee(books, index)))
    for (const next of restOrder(books, first, came.receivedOn)) put(books, payment, next, Infinity);
  return 'done';
}

const FEES: readonly (readonly Kind[])[] = [['pes', 'odpad'], ['zvyseni']];
const isFee = (books: Books, index: number): boolean => FEES.flat().includes(at(books.prescriptions, index).kind);

/** § 152 a 154 zákona č. 280/2009 Sb.: only what is due, fees before their increases, earlier due first; never a fine or an administrative fee, and never what came for one. */
function restOrder(books: Books, first: number, on: string): readonly number[] {
  const { payer } = at(books.prescriptions, first);
  return FEES.flatMap((kinds) =>
    books.prescriptions
      .map((prescription, index) => ({ ...prescription, index }))
      .filter((one) => one.payer === payer && kinds.includes(one.kind) && one.dueDate <= on)
      .sort((one, other) => one.dueDate.localeCompare(other.dueDate))
      .map(({ index }) => index),
  );
}

function put(books: Books, payment: number, prescription: number, most: number): void {
  const amount = Math.min(most, freeOf(books, payment), openOf(books, prescription));
  if (amount > 0) books.shares.push({ payment, prescription, amount, second: books.second });
}

export function allocate(books: Books, payment: number, prescription: number, amount: number): Verdict {
  if (!(amount > 0) || amount > freeOf(books, payment) || amount > openOf(books, prescription)) return 'refused';
  books.shares.push({ payment, prescription, amount, second: books.second });
  return 'done';
}

export function release(books: Books, payment: number, prescription: number): Verdict {
  const kept = books.shares.filter((share) => share.payment !== payment || share.prescription !== prescription);
  if (kept.length === books.shares.length) return 'refused';
  books.shares = kept;
  return 'done';
}

/** The bank took the money back: it was never ours. What has been sent back or is on its way cannot be taken twice. */
export function reverse(books: Books, index: number): Verdict {
  const payment = at(books.payments, index);
  if (payment.reversed) return 'repeated';
  if (books.returns.some((one) => one.payment === index && one.state !== 'failed')) return 'refused';
  books.shares = books.shares.filter((share) => share.payment !== index);
  payment.reversed = true;
  return 'done';
}

/** Stories write the sender's account as the number in the item's id: a storno names the account of the payment that it takes back. */
const senderOf = (sourceId: string): string => /\d+/.exec(sourceId)?.[0] ?? '';

/** The bank's own storno of an item. Where nothing is left to be taken back, the money is gone all the same: a movement that somebody has to look at. */
export function storno(books: Books, given: Omit<Arrival, 'wish'>): Verdict {
  if (books.stornos.some(({ source, sourceId }) => source === given.source && sourceId === given.sourceId)) return 'repeated';
  const found = books.payments
    .map((payment, index) => ({ ...payment, index }))
    .filter((one) => one.source === given.source && one.amount === given.amount && one.symbol === given.symbol && !one.reversed)
    .filter((one) => senderOf(one.sourceId) === senderOf(given.sourceId))
    .filter(({ index }) => !books.returns.some((one) => one.payment === index && one.state !== 'failed'))
    .sort((one, other) => other.receivedOn.localeCompare(one.receivedOn) || other.index - one.index)[0];
  const { source, sourceId, amount } = given;
  books.stornos.push({ source, sourceId, stray: found === undefined ? amount : 0 });
  return found === undefined ? 'done' : reverse(books, found.index);
}

export function orderReturn(books: Books, payment: number, amount: number, approved = false): Verdict {
  if (!(amount > 0) || amount > freeOf(books, payment)) return 'refused';
  if (amount > books.limit && !approved) return 'needs-approval';
  books.returns.push({ payment, amount, state: 'ordered' });
  return 'done';
}

export function endReturn(books: Books, index: number, state: 'returned' | 'failed'): Verdict {
  const one = at(books.returns, index);
  if (one.state === state) return 'repeated';
  if (one.state !== 'ordered') return 'refused';
  one.state = state;
  return 'done';
}

export function move(books: Books, movement: Movement): Verdict {
  if (books.movements.some(({ id }) => id === movement.id)) return 'repeated';
  books.movements.push(movement);
  return 'done';
}

/** A month is closed when it is over, once, and all that were open before it with it. */
export function closeMonth(books: Books, month: string): Verdict {
  const last = books.closed.at(-1) ?? '';
  if (month >= books.today.slice(0, 7) || month <= last) return 'refused';
  books.closed.push(month);
  return 'done';
}

/** What stands on each account, from what is known of people and money and not from any entries. */
export function balancesOf(books: Books): Readonly<Record<string, number>> {
  const balances: Record<string, number> = {};
  const add = (account: string, amount: number): void => {
    balances[account] = (balances[account] ?? 0) + amount;
  };
  for (const [index, { kind, writtenOff }] of books.prescriptions.entries()) {
    add('receivable', openOf(books, index));
    add(`revenue:${kind}`, -totalOf(books, index));
    add(`writeoff:${kind}`, writtenOff);
  }
  for (const [index, { source, amount, reversed }] of books.payments.entries()) {
    add('payment', -freeOf(books, index));
    add(source, reversed ? 0 : amount);
  }
  for (const { account, against, amount, fee } of books.movements) {
    add(account, amount);
    add('fees:gateway', fee);
    add(against, -amount - fee);
  }
  for (const { source, stray } of books.stornos) {
    add(source, -stray);
    add('other:bank', stray);
  }
  for (const { payment, amount, state } of books.returns) {
    if (state === 'ordered') add('refund', -amount);
    // What came over the terminal goes back by transfer, everything else the way it came.
    const { source } = at(books.payments, payment);
    if (state === 'returned') add(source === 'terminal' ? 'bank' : source, -amount);
  }
  return Object.fromEntries(Object.entries(balances).filter(([, amount]) => amount !== 0));
}
