// Money that came in another currency: booked by a clerk for the crowns of the statement and no others, once, and the bank's account stands where the bank says.
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookHeld, putHeldAside } from '../../server/books/desk/held-money.ts';
import { importStatement, type StatementToImport } from '../../server/books/index.ts';
import { heldDesk } from '../../server/queries/held-money.ts';
import { keepMessages } from '../../server/store/inbox.ts';
import { brokenBooks } from '../../tools/ledger-check/check.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
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
  expect(await brokenBooks(everyTownUrl(database))).toEqual([]);
});

type Item = StatementToImport['items'][number];
let accounts = 0;
/** All statements come in one millisecond: which was first must not hang on the clock. */
let instant: string | undefined;
const newAccount = (): string => `${7_000_000 + ++accounts}/0800`;
const item = (account: string, given: Partial<Item> & Pick<Item, 'amount'>): Item => ({
  id: `${account}:${randomUUID()}`,
  date: '2026-03-02',
  currency: 'CZK',
  isHeld: false,
  isReversal: false,
  vs: '',
  ks: '',
  ss: '',
  counterAccount: 'DE89370400440532013000',
  name: 'Hans Müller',
  message: 'Hundesteuer',
  ...given,
});
/** What a bank writes when it changed euros by itself. */
const changed = (account: string, crowns: number, euros: number, given: Partial<Item> = {}): Item =>
  item(account, { amount: crowns, isHeld: true, original: { amount: euros, currency: 'EUR' }, ...given });
const euros = (account: string, amount: number, given: Partial<Item> = {}): Item =>
  item(account, { amount, currency: 'EUR', isHeld: true, ...given });
const bring = async (account: string, opening: number, closing: number, items: readonly Item[], given: Partial<StatementToImport> = {}) => {
  const messageId = createHash('sha256').update(randomUUID()).digest('hex');
  const days = { from: '2026-03-02', to: '2026-03-02' };
  const statement: StatementToImport = {
    format: 'camt',
    account,
    number: 1,
    ...days,
    currency: 'CZK',
    opening,
    closing,
    items,
    problems: [],
    ...given,
  };
  await books.inside((trx, t, now) =>
    keepMessages(trx, t, 'bank', [{ id: messageId, kind: 'bank-statement', payload: {}, files: [] }], now),
  );
  const [row] = await town.sql<{ id: string }>('select id from inbox where message_id = $1', [messageId]);
  return books.inside((trx, t, now) =>
    importStatement(trx, t, { inboxId: row?.id ?? '', place: 1, statement, by: RULE, now: (instant ??= now) }),
  );
};
const desk = () => ({ db: town.db, tenantId: town.tenantId, now: () => town.clock.now(), poke: () => undefined });
const book = (itemId: string, amount?: number, commandId: string = randomUUID()) =>
  bookHeld(desk(), { commandId, actor: town.eva, data: { itemId, ...(amount === undefined ? {} : { amount }) } });
const aside = (itemId: string) =>
  putHeldAside(desk(), { commandId: randomUUID(), actor: town.eva, data: { itemId, reason: 'náš nákup v zahraničí' } });
const reader = {
  get db() {
    return town.db;
  },
  now: () => town.clock.now(),
} as Parameters<typeof heldDesk>[0];
const shown = async (account: string) => (await heldDesk(reader, town.tenantId)).items.filter((one) => one.account === account);
const bank = (account: string): Promise<number> => books.account(`bank:${account}`);

test('what the bank changed by itself pays its fee for the crowns of the statement, and the rate is kept', async () => {
  const account = newAccount();
  const fee = await books.prescribe(await books.payer(), 246_350);
  const one = changed(account, 246_350, 10_000, { vs: fee.variableSymbol });
  await bring(account, 0, 246_350, [one]);
  expect(await books.owed(fee.id)).toEqual([246_350, 0, 0, 246_350]);
  expect(await shown(account)).toMatchObject([
    { id: one.id, isCredit: true, original: { amount: 10_000, currency: 'EUR' }, crowns: 246_350, rate: '24,635' },
  ]);
  const { paymentId, isAllocated } = await book(one.id);
  expect(isAllocated).toBe(true);
  expect(await books.owed(fee.id)).toEqual([246_350, 246_350, 0, 0]);
  expect(await shown(account)).toEqual([]);
  expect(await bank(account)).toBe(246_350);
  expect(
    await town.sql(
      'select amount::int, original_amount::int, original_currency, rate::float, officer_id from foreign_credit where payment_id = $1',
      [paymentId],
    ),
  ).toEqual([{ amount: 246_350, original_amount: 10_000, original_currency: 'EUR', rate: 24.635, officer_id: town.eva.id }]);
});

test('nothing but the crowns of the statement can be booked', async () => {
  const account = newAccount();
  const one = changed(account, 50_000, 2_000);
  await bring(account, 0, 50_000, [one]);
  await expect(book(one.id, 50_001)).rejects.toMatchObject({ code: 'crowns-differ', details: { amount: 50_000 } });
  expect((await book(one.id, 50_000)).isAllocated).toBe(false);
});

test('two clerks at once, and one who asks again, make one payment', async () => {
  const account = newAccount();
  const one = changed(account, 50_000, 2_000);
  await bring(account, 0, 50_000, [one]);
  const command = randomUUID();
  const ends = await Promise.allSettled([book(one.id, undefined, command), book(one.id)]);
  const codes = ends.map((end) => (end.status === 'fulfilled' ? 'booked' : (end.reason as { code?: string }).code)).toSorted();
  expect(codes).toEqual(['booked', 'held-item-not-waiting']);
  await expect(book(one.id)).rejects.toMatchObject({ code: 'held-item-not-waiting' });
  expect(await town.sql('select count(*)::int as n from payment where source_id = $1', [one.id])).toEqual([{ n: 1 }]);
});

test('crowns that the statement does not say for one movement are what it moved beside its crowns', async () => {
  const account = newAccount();
  const one = euros(account, 10_000);
  await bring(account, 100_000, 100_000 + 5_000 + 246_000, [item(account, { amount: 5_000 }), one]);
  expect(await shown(account)).toMatchObject([{ crowns: 246_000, rate: '24,600', original: { amount: 10_000, currency: 'EUR' } }]);
  await book(one.id);
  expect(await bank(account)).toBe(351_000);
});

test('of two movements without crowns the clerk writes those of the first, the second is what is left', async () => {
  const account = newAccount();
  const [first, second] = [euros(account, 10_000), euros(account, 20_000)];
  await bring(account, 0, 738_000, [first, second]);
  expect((await shown(account)).map(({ crowns, most }) => [crowns, most])).toEqual([
    [null, 737_999],
    [null, 737_999],
  ]);
  await expect(book(first.id)).rejects.toMatchObject({ code: 'crowns-missing' });
  await expect(book(first.id, 738_000)).rejects.toMatchObject({ code: 'crowns-over', details: { most: 737_999 } });
  await book(first.id, 246_000);
  expect(await shown(account)).toMatchObject([{ id: second.id, crowns: 492_000 }]);
  await expect(book(second.id, 400_000)).rejects.toMatchObject({ code: 'crowns-differ' });
  await book(second.id);
  expect(await bank(account)).toBe(738_000);
});

test('two such movements booked at the same moment never come to more than the statement moved', async () => {
  const account = newAccount();
  const [first, second] = [euros(account, 10_000), euros(account, 20_000)];
  await bring(account, 0, 738_000, [first, second]);
  const ends = await Promise.allSettled([book(first.id, 500_000), book(second.id, 500_000)]);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a statement that overlaps and carries the same foreign movement again moves the account by it once', async () => {
  const account = newAccount();
  const [first, second] = [euros(account, 10_000), euros(account, 20_000, { date: '2026-03-03' })];
  await bring(account, 0, 246_000, [first]);
  await bring(account, 0, 738_000, [first, second], { to: '2026-03-03' });
  expect(await bank(account)).toBe(738_000);
  expect((await shown(account)).map(({ id, crowns }) => [id, crowns])).toEqual([
    [first.id, 246_000],
    [second.id, 492_000],
  ]);
});

test('a debit is put aside with a reason and is no payment', async () => {
  const account = newAccount();
  const paid = changed(account, -30_000, -1_200);
  await bring(account, 100_000, 70_000, [paid]);
  expect(await shown(account)).toMatchObject([{ isCredit: false, crowns: null }]);
  await expect(book(paid.id)).rejects.toMatchObject({ code: 'held-item-no-credit' });
  await aside(paid.id);
  expect(await shown(account)).toEqual([]);
  expect(await town.sql('select aside_reason as why, aside_by as who from bank_item where id = $1', [paid.id])).toEqual([
    { why: 'náš nákup v zahraničí', who: town.eva.id },
  ]);
  await expect(aside(paid.id)).rejects.toMatchObject({ code: 'held-item-not-waiting' });
  expect(await bank(account)).toBe(70_000);
});

test('money of ours that came back changed does not pay the fee whose symbol it carries', async () => {
  const account = newAccount();
  const fee = await books.prescribe(await books.payer(), 50_000);
  const back = changed(account, 50_000, 2_000, { vs: fee.variableSymbol, isReversal: true });
  await bring(account, 0, 50_000, [back]);
  expect((await book(back.id)).isAllocated).toBe(false);
  expect(await books.owed(fee.id)).toEqual([50_000, 0, 0, 50_000]);
});

test('an account that is kept in euros is told of, nothing of it is booked', async () => {
  const account = newAccount();
  const one = euros(account, 10_000);
  await bring(account, 0, 10_000, [one], { currency: 'EUR' });
  expect(await shown(account)).toEqual([]);
  expect((await heldDesk(reader, town.tenantId)).accounts).toEqual([{ account, currency: 'EUR', items: 1 }]);
  await expect(book(one.id, 246_000)).rejects.toMatchObject({ code: 'foreign-account' });
  expect(await bank(account)).toBe(0);
});

test('a movement that nobody knows, and an officer who has nothing to do with money, are refused', async () => {
  await expect(book('neznámý')).rejects.toMatchObject({ code: 'held-item-not-found' });
  const analyst = { ...town.eva, groups: ['analytici'] };
  expect(() => bookHeld(desk(), { commandId: randomUUID(), actor: analyst, data: { itemId: 'x' } })).toThrow('not-permitted');
});
