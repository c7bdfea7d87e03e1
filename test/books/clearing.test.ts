// Prescribing, receiving and clearing: nothing is credited twice, nothing is lost, and every haléř is somewhere.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adjust, allocate, cancelPrescription, prescribe, release, reversePayment, writeOff } from '../../server/books/index.ts';
import { isWellFormed } from '../../server/domain/money/symbols.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { BANK, RULE, booksOf, type Books } from './a-payer.ts';

const database = await cloneDatabase();
let town: TestTown;
let books: Books;
beforeAll(async () => {
  town = await openTestTown(database);
  books = booksOf(town);
});
afterAll(async () => {
  const unbalanced = await town.sql('select transaction_id from ledger_entry group by tenant_id, transaction_id having sum(amount) <> 0');
  const negative = await town.sql('select id from payment_balance where free < 0 or allocated < 0');
  const overpaid = await town.sql('select id from prescription_balance where open < 0 or paid < 0');
  await town.close();
  expect([unbalanced, negative, overpaid]).toEqual([[], [], []]);
});

describe('prescribing', () => {
  test('five thousand at once get consecutive symbols of their kinds, each with its check digit', async () => {
    const payerId = await books.payer();
    const one = { payerId, title: 'x', amount: 100, dueDate: '2026-03-31', regime: 'dr' as const, legalBasis: 'x', decision: null };
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ...one, kind: index % 2 === 0 ? 'odpad' : 'pes' }));
    const made = await books.inside((trx, t, now) => prescribe(trx, t, many, { by: RULE, now }));
    expect(new Set(made.map(({ variableSymbol }) => variableSymbol)).size).toBe(5_000);
    expect(made.every(({ variableSymbol }) => isWellFormed(variableSymbol))).toBe(true);
    expect(made.slice(0, 4).map(({ variableSymbol }) => variableSymbol.slice(0, 9))).toEqual([
      '720000001',
      '710000001',
      '720000002',
      '710000002',
    ]);
  });

  test('an amount that is nothing or not whole is refused', async () => {
    const payerId = await books.payer();
    await expect(books.prescribe(payerId, 0)).rejects.toMatchObject({ code: 'fee-not-positive' });
    await expect(books.prescribe(payerId, 1.5)).rejects.toMatchObject({ code: 'fee-not-positive' });
  });
});

describe('money with its symbol', () => {
  test('pays the prescription, and the same item again changes nothing', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    const sourceId = randomUUID();
    const first = await books.pay(30_000, fee.variableSymbol, { sourceId });
    expect(first).toMatchObject({ repeated: false, allocated: [{ prescriptionId: fee.id, amount: 30_000 }], state: 'allocated' });
    expect(await books.pay(30_000, fee.variableSymbol, { sourceId })).toEqual({ ...first, repeated: true });
    expect(await books.owed(fee.id)).toEqual([30_000, 30_000, 0, 0]);
    expect(await books.moves(first.paymentId)).toEqual(['received', 'allocated']);
  });

  test('one item credited by eight at the same moment is one payment', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    const sourceId = randomUUID();
    const ends = await Promise.all(Array.from({ length: 8 }, () => books.pay(30_000, fee.variableSymbol, { sourceId })));
    expect(ends.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await books.owed(fee.id)).toEqual([30_000, 30_000, 0, 0]);
  });

  test('eight payments at the same moment pay a prescription once, the rest stays to be returned', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    const ends = await Promise.all(Array.from({ length: 8 }, () => books.pay(10_000, fee.variableSymbol)));
    expect(await books.owed(fee.id)).toEqual([30_000, 30_000, 0, 0]);
    expect(ends.map(({ state }) => state).toSorted()).toEqual([
      ...Array<string>(3).fill('allocated'),
      ...Array<string>(5).fill('unmatched'),
    ]);
  });

  test('a part leaves the rest owed, what is over leaves an overpayment', async () => {
    const payerId = await books.payer();
    const fee = await books.prescribe(payerId, 30_000);
    await books.pay(10_000, fee.variableSymbol);
    expect(await books.owed(fee.id)).toEqual([30_000, 10_000, 0, 20_000]);
    const over = await books.pay(25_000, `00${fee.variableSymbol}`);
    expect(over.state).toBe('part-allocated');
    expect(await books.life(over.paymentId)).toBe('part-allocated overpaid');
  });

  test('a second payment of a paid one, one without a symbol and one with an unknown symbol wait for a person, each with its reason', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    await books.pay(30_000, fee.variableSymbol);
    const lives = [];
    for (const symbol of [fee.variableSymbol, '', '123']) lives.push(await books.life((await books.pay(30_000, symbol)).paymentId));
    expect(lives).toEqual(['unmatched already-paid', 'unmatched no-symbol', 'unmatched unknown-symbol']);
  });

  test('what is over pays arrears of the same payer by age, never what is not due yet and never a fine', async () => {
    const payerId = await books.payer();
    const fine = await books.prescribe(payerId, 10_000, { kind: 'pokuta', regime: 'sr', dueDate: '2026-01-01' });
    const later = await books.prescribe(payerId, 10_000, { dueDate: '2026-12-31' });
    const older = await books.prescribe(payerId, 10_000, { dueDate: '2025-03-31' });
    const old = await books.prescribe(payerId, 10_000, { dueDate: '2024-03-31' });
    const paid = await books.pay(25_000, later.variableSymbol);
    expect(paid.allocated).toEqual([
      { prescriptionId: later.id, amount: 10_000 },
      { prescriptionId: old.id, amount: 10_000 },
      { prescriptionId: older.id, amount: 5_000 },
    ]);
    expect(await books.owed(fine.id)).toEqual([10_000, 0, 0, 10_000]);
  });

  test('an overpaid fine flows nowhere', async () => {
    const payerId = await books.payer();
    const fine = await books.prescribe(payerId, 10_000, { kind: 'pokuta', regime: 'sr' });
    await books.prescribe(payerId, 10_000, { dueDate: '2024-03-31' });
    expect(await books.pay(15_000, fine.variableSymbol)).toMatchObject({ allocated: [{ amount: 10_000 }], state: 'part-allocated' });
  });

  test('the wish of the payer goes before his symbol', async () => {
    const payerId = await books.payer();
    const [one, two] = [await books.prescribe(payerId, 10_000), await books.prescribe(payerId, 10_000)];
    const paid = await books.pay(15_000, one.variableSymbol, {
      wish: [{ prescriptionId: two.id }, { prescriptionId: one.id, amount: 2_000 }],
    });
    expect(paid.allocated).toEqual([
      { prescriptionId: two.id, amount: 10_000 },
      { prescriptionId: one.id, amount: 2_000 },
    ]);
  });
});

describe('money without its symbol', () => {
  test('the same account and exactly what is owed are enough, two such debts are a question for a clerk', async () => {
    const payerId = await books.payer('Eva Malá', '123/0100');
    const fee = await books.prescribe(payerId, 12_300);
    expect(await books.pay(12_300, '', { counterAccount: '123/0100' })).toMatchObject({ allocated: [{ prescriptionId: fee.id }] });
    await books.prescribe(payerId, 4_500);
    await books.prescribe(payerId, 4_500);
    expect((await books.pay(4_500, '', { counterAccount: '123/0100' })).state).toBe('unmatched');
  });

  test('a learned rule gives it to the debts of its payer, the earliest due first', async () => {
    const payerId = await books.payer();
    const learnt = await books.pay(1, '', { counterAccount: '77/0800' });
    await town.sql(
      `insert into money_rule (tenant_id, id, counter_account, payer_id, kind, learned_from, created_by, created_at) values ($1, $2, '77/0800', $3, 'pes', $4, $5, now())`,
      [town.tenantId, randomUUID(), payerId, learnt.paymentId, town.eva.id],
    );
    await books.prescribe(payerId, 5_000, { kind: 'odpad', dueDate: '2026-01-01' });
    const second = await books.prescribe(payerId, 5_000, { dueDate: '2026-03-31' });
    const first = await books.prescribe(payerId, 5_000, { dueDate: '2026-02-28' });
    const paid = await books.pay(7_000, '', { counterAccount: '77/0800' });
    expect(paid.allocated).toEqual([
      { prescriptionId: first.id, amount: 5_000 },
      { prescriptionId: second.id, amount: 2_000 },
    ]);
  });
});

describe('a clerk', () => {
  const unmatched = async (amount: number): Promise<string> => (await books.pay(amount, '')).paymentId;

  test('clears a payment on several prescriptions, never more than there is or is owed', async () => {
    const payerId = await books.payer();
    const [one, two] = [await books.prescribe(payerId, 10_000), await books.prescribe(payerId, 10_000)];
    const paymentId = await unmatched(15_000);
    const give = (...amounts: readonly number[]): Promise<unknown> =>
      books.inside((trx, t, now) =>
        allocate(trx, t, {
          paymentId,
          shares: amounts.map((amount, index) => ({ prescriptionId: [one, two][index]?.id ?? '', amount })),
          by: `officer:${town.eva.id}`,
          now,
        }),
      );
    await expect(give(10_000, 10_000)).rejects.toMatchObject({ code: 'not-enough-free' });
    await expect(give(12_000)).rejects.toMatchObject({ code: 'more-than-owed' });
    await give(10_000, 5_000);
    await expect(give(1)).rejects.toMatchObject({ code: 'payment-already-cleared' });
    expect([await books.owed(one.id), await books.owed(two.id)]).toEqual([
      [10_000, 10_000, 0, 0],
      [10_000, 5_000, 0, 5_000],
    ]);
  });

  test('two at the same moment do not give the same money twice', async () => {
    const payerId = await books.payer();
    const fees = [await books.prescribe(payerId, 10_000), await books.prescribe(payerId, 10_000)];
    const paymentId = await unmatched(10_000);
    const ends = await Promise.allSettled(
      fees.map(({ id }) =>
        books.inside((trx, t, now) => allocate(trx, t, { paymentId, shares: [{ prescriptionId: id, amount: 10_000 }], by: RULE, now })),
      ),
    );
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('takes a clearing back, and the payment waits for a person again', async () => {
    const fee = await books.prescribe(await books.payer(), 10_000);
    const { paymentId } = await books.pay(10_000, fee.variableSymbol);
    const back = (): Promise<unknown> =>
      books.inside((trx, t, now) => release(trx, t, { paymentId, prescriptionId: fee.id, reason: 'jiný plátce', by: RULE, now }));
    expect(await back()).toEqual({ freed: 10_000, state: 'unmatched' });
    await expect(back()).rejects.toMatchObject({ code: 'allocation-not-found' });
    expect(await books.moves(paymentId)).toEqual(['received', 'allocated', 'unmatched']);
  });
});

describe('mending', () => {
  test('less frees what was paid over, what came last first, and the payment shows an overpayment', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    const first = await books.pay(10_000, fee.variableSymbol);
    town.later(1_000);
    const last = await books.pay(20_000, fee.variableSymbol);
    const done = await books.inside((trx, t, now) =>
      adjust(trx, t, { prescriptionId: fee.id, amount: 15_000, reason: 'odhlášen pes', by: RULE, now }),
    );
    expect(done).toEqual({ freed: 15_000, payments: [last.paymentId] });
    expect(await books.owed(fee.id)).toEqual([15_000, 15_000, 0, 0]);
    expect([await books.life(first.paymentId), await books.life(last.paymentId)]).toEqual(['allocated', 'part-allocated overpaid']);
  });

  test('more is owed on top', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    await books.inside((trx, t, now) => adjust(trx, t, { prescriptionId: fee.id, amount: 45_000, reason: 'druhý pes', by: RULE, now }));
    expect(await books.owed(fee.id)).toEqual([45_000, 0, 0, 45_000]);
  });

  test('cancelled twice is cancelled once, and its money is free', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    const { paymentId } = await books.pay(10_000, fee.variableSymbol);
    const cancel = (): Promise<unknown> =>
      books.inside((trx, t, now) => cancelPrescription(trx, t, { prescriptionId: fee.id, reason: 'zpětvzetí', by: RULE, now }));
    expect(await cancel()).toEqual({ freed: 10_000, payments: [paymentId] });
    expect(await cancel()).toEqual({ freed: 0, payments: [] });
    expect(await books.owed(fee.id)).toEqual([0, 0, 0, 0]);
    expect(await books.life(paymentId)).toBe('unmatched prescription-cancelled');
    expect(await books.life((await books.pay(30_000, fee.variableSymbol)).paymentId)).toBe('unmatched prescription-cancelled');
  });

  test('a write-off ends the debt, and a lower total takes it back before it touches money', async () => {
    const fee = await books.prescribe(await books.payer(), 30_000);
    await books.pay(10_000, fee.variableSymbol);
    await books.inside((trx, t, now) => writeOff(trx, t, { prescriptionId: fee.id, amount: 20_000, reason: 'nedobytné', by: RULE, now }));
    expect(await books.owed(fee.id)).toEqual([30_000, 10_000, 20_000, 0]);
    await books.inside((trx, t, now) => adjust(trx, t, { prescriptionId: fee.id, amount: 15_000, reason: 'osvobození', by: RULE, now }));
    expect(await books.owed(fee.id)).toEqual([15_000, 10_000, 5_000, 0]);
  });

  test('a storno of the bank takes the payment back once, and the debt is there again', async () => {
    const fee = await books.prescribe(await books.payer(), 10_000);
    const { paymentId } = await books.pay(10_000, fee.variableSymbol);
    const before = await books.account(BANK);
    const storno = { sourceId: randomUUID(), isReversal: true };
    expect(await books.pay(10_000, fee.variableSymbol, storno)).toMatchObject({ paymentId, repeated: false, state: 'reversed' });
    expect(await books.pay(10_000, fee.variableSymbol, storno)).toMatchObject({ paymentId, repeated: true });
    expect(await books.account(BANK)).toBe(before - 10_000);
    expect(await books.owed(fee.id)).toEqual([10_000, 0, 0, 10_000]);
    expect(await books.moves(paymentId)).toEqual(['received', 'allocated', 'unmatched', 'reversed']);
    expect(await books.inside((trx, t, now) => reversePayment(trx, t, { paymentId, reason: 'znovu', by: RULE, now }))).toMatchObject({
      repeated: true,
    });
  });

  test('a storno of a payment that nobody knows is a movement of the account', async () => {
    expect(await books.pay(77_700, '4242', { isReversal: true })).toMatchObject({ paymentId: '' });
    expect(await books.account('other:bank')).toBe(77_700);
  });
});

describe('money that flows on', () => {
  test('a wish for a part of a debt that is due leaves nothing free while the rest of it is owed', async () => {
    const fee = await books.prescribe(await books.payer(), 5_000, { dueDate: '2026-01-31' });
    expect(await books.pay(5_000, '', { wish: [{ prescriptionId: fee.id, amount: 1 }] })).toMatchObject({
      allocated: [{ prescriptionId: fee.id, amount: 5_000 }],
      state: 'allocated',
    });
  });

  test('an administrative fee is paid for itself: nothing flows to it and nothing from it', async () => {
    const payerId = await books.payer();
    const stamp = await books.prescribe(payerId, 1_000, { kind: 'spravni', dueDate: '2026-01-01' });
    const dog = await books.prescribe(payerId, 1_000, { dueDate: '2026-01-01' });
    expect(await books.pay(3_000, stamp.variableSymbol)).toMatchObject({ allocated: [{ amount: 1_000 }], state: 'part-allocated' });
    await books.pay(2_000, dog.variableSymbol);
    expect(await books.owed(stamp.id)).toEqual([1_000, 1_000, 0, 0]);
  });
});
