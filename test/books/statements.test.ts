// Statements into the books: every movement once, the ledger's bank account stands where the statement closes, whatever is read twice or late.
import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importStatement, orderReturn, type Imported, type StatementToImport } from '../../server/books/index.ts';
import { Problem } from '../../server/domain/problem.ts';
import { keepMessages } from '../../server/store/inbox.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { RULE, booksOf, type Books } from './a-payer.ts';

const database = await cloneDatabase();
let town: TestTown;
let books: Books;
beforeAll(async () => {
  town = await openTestTown(database);
  books = booksOf(town);
});
afterAll(async () => {
  await town.close();
});

type Item = StatementToImport['items'][number];
let accounts = 0;
/** Each test has an account of its own in the same town. */
const newAccount = (): string => `${1_000_000 + ++accounts}/0800`;
const item = (account: string, given: Partial<Item> & Pick<Item, 'amount'>): Item => ({
  id: `${account}:${randomUUID()}`,
  date: '2026-03-02',
  currency: 'CZK',
  isHeld: false,
  isReversal: false,
  vs: '',
  ks: '',
  ss: '',
  counterAccount: '',
  name: '',
  message: '',
  ...given,
});
const statement = (
  account: string,
  opening: number,
  items: readonly Item[],
  given: Partial<StatementToImport> = {},
): StatementToImport => ({
  format: 'gpc',
  account,
  number: 1,
  from: '2026-03-02',
  to: '2026-03-02',
  currency: 'CZK',
  opening,
  closing: opening + items.filter(({ currency }) => currency === 'CZK').reduce((sum, one) => sum + one.amount, 0),
  items,
  problems: [],
  ...given,
});
const keepFile = async (): Promise<string> => {
  const messageId = createHash('sha256').update(randomUUID()).digest('hex');
  await books.inside((trx, t, now) =>
    keepMessages(trx, t, 'bank', [{ id: messageId, kind: 'bank-statement', payload: {}, files: [] }], now),
  );
  const [row] = await town.sql<{ id: string }>('select id from inbox where message_id = $1', [messageId]);
  return row?.id ?? '';
};
const bring = async (one: StatementToImport, place = 1, inboxId?: string): Promise<Imported> => {
  const file = inboxId ?? (await keepFile());
  return books.inside((trx, t, now) => importStatement(trx, t, { inboxId: file, place, statement: one, by: RULE, now }));
};
const outcomes = async (account: string): Promise<readonly string[]> =>
  (await town.sql<{ outcome: string }>('select outcome from bank_item where account = $1 order by day, amount desc', [account])).map(
    (row) => row.outcome,
  );
const problemOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

describe('a statement', () => {
  test('books its opening balance, a payment by its symbol, money without one, and a movement that is none of ours', async () => {
    const account = newAccount();
    const debt = await books.prescribe(await books.payer(), 150_00);
    const items = [
      item(account, { amount: 150_00, vs: debt.variableSymbol }),
      item(account, { amount: 99_00 }),
      item(account, { amount: -20_00, message: 'Poplatek za vedení účtu' }),
      item(account, { amount: 0 }),
    ];
    const one = statement(account, 1_000_00, items);
    expect(await bring(one)).toEqual({ repeated: false, fresh: 4 });
    expect(await books.account(`bank:${account}`)).toBe(one.closing);
    expect(await books.owed(debt.id)).toEqual([150_00, 150_00, 0, 0]);
    expect(await outcomes(account)).toEqual(['credited', 'credited', 'nothing', 'other']);
  });

  test('read again from the same file, from another file, or in an overlapping one books nothing twice', async () => {
    const account = newAccount();
    const debt = await books.prescribe(await books.payer(), 200_00);
    const [first, second, third] = [10_00, 20_00, 30_00].map((amount) => item(account, { amount, vs: debt.variableSymbol }));
    if (!first || !second || !third) throw new Error('no items');
    const file = await keepFile();
    const short = statement(account, 0, [first, second]);
    await bring(short, 1, file);
    expect(await bring(short, 1, file)).toEqual({ repeated: true, fresh: 0 });
    expect(await bring(short)).toEqual({ repeated: false, fresh: 0 });
    const long = statement(account, 10_00, [second, { ...third, date: '2026-03-03' }], { to: '2026-03-03', number: 2 });
    expect(await bring(long)).toEqual({ repeated: false, fresh: 1 });
    expect(await books.account(`bank:${account}`)).toBe(60_00);
    expect(await books.owed(debt.id)).toEqual([200_00, 60_00, 0, 140_00]);
  });

  test('that is older than those we have moves the opening, so that the account still stands where the newest closes', async () => {
    const account = newAccount();
    await bring(statement(account, 500_00, [item(account, { amount: 50_00 })], { number: 2 }));
    const older = [item(account, { amount: 400_00, date: '2026-02-01' })];
    await bring(statement(account, 100_00, older, { from: '2026-02-01', to: '2026-02-01' }));
    expect(await books.account(`bank:${account}`)).toBe(550_00);
  });

  test('in another format of the same days is refused, for the same money would come under two names', async () => {
    const account = newAccount();
    await bring(statement(account, 0, [item(account, { amount: 50_00 })]));
    const again = statement(account, 0, [item(account, { amount: 50_00 })], { format: 'camt' });
    expect(await problemOf(bring(again))).toBe('statement-in-another-format');
    expect(await books.account(`bank:${account}`)).toBe(50_00);
    const next = statement(account, 50_00, [item(account, { amount: 1_00, date: '2026-03-03' })], {
      format: 'camt',
      from: '2026-03-03',
      to: '2026-03-03',
    });
    expect((await bring(next)).fresh).toBe(1);
  });
});

describe('what banks take back', () => {
  test('a reversed payment is no longer paid', async () => {
    const account = newAccount();
    const debt = await books.prescribe(await books.payer(), 150_00);
    const paid = { amount: 150_00, vs: debt.variableSymbol, counterAccount: '1265098001/5500' };
    await bring(statement(account, 0, [item(account, paid)]));
    await bring(
      statement(account, 150_00, [item(account, { ...paid, amount: -150_00, isReversal: true, date: '2026-03-03' })], {
        number: 2,
        to: '2026-03-03',
      }),
    );
    expect(await books.owed(debt.id)).toEqual([150_00, 0, 0, 150_00]);
    expect(await books.account(`bank:${account}`)).toBe(0);
    expect(await outcomes(account)).toEqual(['credited', 'reversed']);
  });

  test('our own transfer that came back waits for a person and pays nothing, though it carries a symbol', async () => {
    const account = newAccount();
    const debt = await books.prescribe(await books.payer(), 150_00);
    await bring(statement(account, 0, [item(account, { amount: 150_00, vs: debt.variableSymbol, isReversal: true })]));
    expect(await books.owed(debt.id)).toEqual([150_00, 0, 0, 150_00]);
    expect(await books.account(`bank:${account}`)).toBe(150_00);
  });
});

describe('our refunds', () => {
  test('are paid out by the debit that carries them', async () => {
    const account = newAccount();
    const counterAccount = '168540115/0600';
    await bring(statement(account, 0, [item(account, { amount: 77_00, counterAccount })]));
    const [payment] = await town.sql<{ id: string }>('select id from payment where ledger_account = $1', [`bank:${account}`]);
    const paymentId = payment?.id ?? '';
    await books.inside((trx, t, now) =>
      orderReturn(trx, t, { paymentId, amount: 77_00, to: '', name: 'Jan', reason: 'nepatří nám', by: RULE, now }),
    );
    expect(await books.life(paymentId)).toBe('return-ordered return-ordered');
    const others = [
      item(account, { amount: -77_00, counterAccount: '1265098001/5500' }),
      item(account, { amount: -77_00, counterAccount }),
    ];
    await bring(statement(account, 77_00, [...others, item(account, { amount: 77_00 })], { number: 2 }));
    expect(await books.life(paymentId)).toBe('returned returned');
    expect((await outcomes(account)).slice(-2).sort()).toEqual(['other', 'returned']);
    expect(await books.account(`bank:${account}`)).toBe(0);
  });
});

describe('foreign currency', () => {
  test('is never credited as crowns: with its value it is booked aside, without it the rest of the statement is', async () => {
    const account = newAccount();
    const debt = await books.prescribe(await books.payer(), 150_00);
    const valued = item(account, { amount: 150_00, vs: debt.variableSymbol, isHeld: true });
    const unpriced = item(account, { amount: 6_00, currency: 'EUR', vs: debt.variableSymbol, isHeld: true });
    const one = { ...statement(account, 0, [valued, unpriced]), closing: 300_00 };
    await bring(one);
    expect(await books.owed(debt.id)).toEqual([150_00, 0, 0, 150_00]);
    expect(await outcomes(account)).toEqual(['held', 'held']);
    expect(await books.account(`bank:${account}`)).toBe(300_00);
  });

  test('of the account keeps the whole statement out of the books', async () => {
    const account = newAccount();
    const euros = [item(account, { amount: 6_00, currency: 'EUR', isHeld: true })];
    await bring({ ...statement(account, 0, euros), currency: 'EUR', closing: 6_00 });
    expect(await books.account(`bank:${account}`)).toBe(0);
    expect(await outcomes(account)).toEqual(['held']);
  });
});

test('bulk transfers of a gateway settle it, fee included, and are no payment', async () => {
  const account = newAccount();
  await town.sql(
    `insert into gateway_transfer (tenant_id, gateway, id, day, amount, fee, variable_symbol, read_at) values (1, 'gopay', 'T1', '2026-03-02', 9800, 200, '880001', now())`,
  );
  const before = await books.account('gateway:gopay');
  await bring(statement(account, 0, [item(account, { amount: 98_00, vs: '880001' }), item(account, { amount: 98_00, vs: '880001' })]));
  expect(await books.account('gateway:gopay')).toBe(before - 100_00);
  expect(await books.account('fees:gateway')).toBe(2_00);
  expect([...(await outcomes(account))].sort()).toEqual(['credited', 'settled']);
});

test('whatever order days are brought in, doubled and overlapping, the account stands where the last day closes and each item is booked once', async () => {
  const day = fc.array(
    fc.integer({ min: -5000, max: 20_000 }).filter((amount) => amount !== 0),
    { maxLength: 4 },
  );
  const plan = fc.record({
    days: fc.array(day, { minLength: 1, maxLength: 5 }),
    opening: fc.integer({ min: -10_000, max: 100_000 }),
    ranges: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ days, opening, ranges }) => {
      const account = newAccount();
      const items = days.map((amounts, index) => amounts.map((amount) => item(account, { amount, date: `2026-03-0${index + 1}` })));
      const sum = (until: number): number =>
        opening +
        days
          .slice(0, until)
          .flat()
          .reduce((total, amount) => total + amount, 0);
      const range = (a: number, b: number): StatementToImport =>
        statement(account, sum(a), items.slice(a, b + 1).flat(), { from: `2026-03-0${a + 1}`, to: `2026-03-0${b + 1}`, number: b + 1 });
      const last = days.length - 1;
      for (const [a, b] of ranges.map(([x, y]) => [Math.min(x, y, last), Math.min(Math.max(x, y), last)] as const))
        await bring(range(a, b));
      for (const index of days.keys()) await bring(range(index, index));
      expect(await books.account(`bank:${account}`)).toBe(sum(days.length));
      expect(await outcomes(account)).toHaveLength(days.flat().length);
    }),
    { numRuns: 25 },
  );
});
