// A transfer of a gateway that does not add up: what the bank's credit was taken for is mended, or a clerk says how it ended; never twice.
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeTrouble, settleTransfer } from '../../server/books/desk/gateway-troubles.ts';
import { importStatement } from '../../server/books/index.ts';
import { gatewayTroubles } from '../../server/queries/gateway-troubles.ts';
import { insertTransfer, noteTransferTrouble, troubleOfTransfer } from '../../server/store/gateway-transfers.ts';
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
  // The transfers of these tests are of card payments that nobody made here.
  expect((await brokenBooks(everyTownUrl(database))).filter((line) => !line.includes('gateway-holds-what-was-paid'))).toEqual([]);
});

const ACCOUNT = '7700001/0800';
const BANK = `bank:${ACCOUNT}`;
let closing = 0;
let days = 1;
/** A credit on a statement of its own day; gives the movement's id. */
async function credit(amount: number, vs: string): Promise<string> {
  const id = `${ACCOUNT}:${randomUUID()}`;
  const day = `2026-03-${String((days += 1)).padStart(2, '0')}`;
  const messageId = createHash('sha256').update(id).digest('hex');
  const plain = { currency: 'CZK', isHeld: false, isReversal: false, ks: '', ss: '', counterAccount: '5/0100', name: 'GoPay', message: '' };
  const statement = {
    ...{ format: 'gpc' as const, account: ACCOUNT, number: days, from: day, to: day, currency: 'CZK' },
    ...{ opening: closing, closing: closing + amount, items: [{ id, date: day, amount, vs, ...plain }], problems: [] },
  };
  closing += amount;
  await books.inside((trx, t, now) =>
    keepMessages(trx, t, 'bank', [{ id: messageId, kind: 'bank-statement', payload: {}, files: [] }], now),
  );
  const [row] = await town.sql<{ id: string }>('select id from inbox where message_id = $1', [messageId]);
  await books.inside((trx, t, now) => importStatement(trx, t, { inboxId: row?.id ?? '', place: 1, statement, by: RULE, now }));
  return id;
}
/** Read from the gateway as the job reads it. */
async function transfer(amount: number, variableSymbol: string, items: readonly { paymentId: string; amount: number; fee: number }[] = []) {
  const id = randomUUID();
  await books.inside(async (trx, t, now) => {
    const one = { gateway: 'gopay', id, day: '2026-03-02', amount, fee: 500, variableSymbol, items, readAt: now };
    await insertTransfer(trx, t, one);
    const trouble = await troubleOfTransfer(trx, t, one);
    if (trouble) await noteTransferTrouble(trx, t, one, trouble);
  });
  return id;
}
const desk = () => ({ db: town.db, tenantId: town.tenantId, now: () => town.clock.now(), poke: () => undefined });
const settle = (id: string) => settleTransfer(desk(), { commandId: randomUUID(), actor: town.eva, data: { gateway: 'gopay', id } });
const close = (id: string) =>
  closeTrouble(desk(), { commandId: randomUUID(), actor: town.eva, data: { gateway: 'gopay', id, reason: 'brána to vzala zpět' } });
const shown = async (id: string) => {
  const reader = { db: town.db, now: () => town.clock.now() } as Parameters<typeof gatewayTroubles>[0];
  return (await gatewayTroubles(reader, town.tenantId)).transfers.filter((one) => one.id === id);
};

test('a credit that was taken for a payment before the transfer was known becomes the settlement that it is', async () => {
  const item = await credit(90_000, '9001');
  const [payment] = await town.sql<{ id: string }>('select id from payment where source_id = $1', [item]);
  const id = await transfer(90_000, '0009001');
  expect(await shown(id)).toMatchObject([{ trouble: 'credited-before', amount: 90_000, fee: 500, paymentId: payment?.id }]);
  const [gateway, fees, bank] = await Promise.all([books.account('gateway:gopay'), books.account('fees:gateway'), books.account(BANK)]);
  await settle(id);
  expect(await books.account('gateway:gopay')).toBe(gateway - 90_500);
  expect(await books.account('fees:gateway')).toBe(fees + 500);
  expect(await books.account(BANK)).toBe(bank);
  expect(await books.life(payment?.id ?? '')).toMatch(/^reversed/);
  expect(await town.sql('select outcome, subject from bank_item where id = $1', [item])).toEqual([
    { outcome: 'settled', subject: `gopay:${id}` },
  ]);
  expect(await shown(id)).toEqual([]);
});

test('two clerks at once settle it once', async () => {
  await credit(80_000, '9002');
  const id = await transfer(80_000, '9002');
  const before = await books.account('gateway:gopay');
  const ends = await Promise.allSettled([settle(id), settle(id)]);
  expect(ends.map((end) => (end.status === 'fulfilled' ? 'settled' : (end.reason as { code?: string }).code)).toSorted()).toEqual([
    'settled',
    'transfer-not-in-trouble',
  ]);
  expect(await books.account('gateway:gopay')).toBe(before - 80_500);
});

test('money that pays a debt already must be released first', async () => {
  const fee = await books.prescribe(await books.payer(), 70_000);
  await credit(70_000, fee.variableSymbol);
  const id = await transfer(70_000, fee.variableSymbol);
  await expect(settle(id)).rejects.toMatchObject({ code: 'transfer-pays-debts' });
  expect(await books.owed(fee.id)).toEqual([70_000, 70_000, 0, 0]);
  expect(await shown(id)).toHaveLength(1);
});

test('payments that the town never ordered are named, and how it ended is kept', async () => {
  const id = await transfer(60_000, '9004', [{ paymentId: 'CIZI-1', amount: 60_500, fee: 500 }]);
  expect(await shown(id)).toMatchObject([
    { trouble: 'unknown-payment', strangers: [{ paymentId: 'CIZI-1', amount: 60_500 }], paymentId: null },
  ]);
  await expect(settle(id)).rejects.toMatchObject({ code: 'transfer-has-no-payment' });
  await close(id);
  await expect(close(id)).rejects.toMatchObject({ code: 'transfer-not-in-trouble' });
  expect(await shown(id)).toEqual([]);
  expect(await town.sql('select resolution, resolved_by from gateway_transfer where id = $1', [id])).toEqual([
    { resolution: 'brána to vzala zpět', resolved_by: town.eva.id },
  ]);
});

test('a transfer without a symbol is not taken for a payment without one', async () => {
  await credit(50_000, '');
  expect(await shown(await transfer(50_000, ''))).toEqual([]);
});

test('a transfer that adds up is in no trouble and cannot be closed', async () => {
  await expect(close(await transfer(40_000, '9006'))).rejects.toMatchObject({ code: 'transfer-not-in-trouble' });
});
