// Returns, four eyes and closed months: money goes back once, big decisions need two people, and a closed month stays as it was.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adjust,
  askApproval,
  bookBankMovement,
  brokenMonths,
  closeMonth,
  decideApproval,
  monthState,
  noteReturned,
  orderReturn,
  returnFailed,
  writeOff,
} from '../../server/books/index.ts';
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
afterAll(() => town.close());
const sign = (digest: string): { signature: string; keyId: string } => ({
  signature: createHash('sha256').update(digest).digest('hex'),
  keyId: 'test',
});

describe('returning', () => {
  const order = (paymentId: string, amount: number, given: object = {}): Promise<string> =>
    books.inside((trx, t, now) =>
      orderReturn(trx, t, { paymentId, amount, to: '5/0100', name: 'Jan', reason: 'přeplatek', by: RULE, now, ...given }),
    );

  test('what was free goes back once, and the payment ends as returned', async () => {
    const { paymentId } = await books.pay(5_000, '');
    const refundId = await order(paymentId, 5_000);
    expect(await books.life(paymentId)).toBe('return-ordered return-ordered');
    await expect(order(paymentId, 1)).rejects.toMatchObject({ code: 'payment-already-cleared' });
    const before = await books.account(BANK);
    const note = (): Promise<unknown> =>
      books.inside((trx, t, now) => noteReturned(trx, t, { refundId, bookedOn: '2026-03-03', by: RULE, now }));
    expect(await note()).toEqual({ state: 'returned', repeated: false });
    expect(await note()).toEqual({ state: 'returned', repeated: true });
    expect(await books.account(BANK)).toBe(before - 5_000);
    expect(await books.account('refund')).toBe(0);
    await expect(books.inside((trx, t, now) => returnFailed(trx, t, { refundId, reason: 'x', by: RULE, now }))).rejects.toMatchObject({
      code: 'refund-paid-before',
    });
  });

  test('an overpayment that went back leaves the payment allocated, and a later correction frees the rest', async () => {
    const fee = await books.prescribe(await books.payer(), 10_000);
    const { paymentId } = await books.pay(12_000, fee.variableSymbol);
    const refundId = await order(paymentId, 2_000);
    await books.inside((trx, t, now) => noteReturned(trx, t, { refundId, bookedOn: '2026-03-03', by: RULE, now }));
    expect(await books.moves(paymentId)).toEqual(['received', 'part-allocated', 'return-ordered', 'allocated']);
    await books.inside((trx, t, now) => adjust(trx, t, { prescriptionId: fee.id, amount: 4_000, reason: 'úleva', by: RULE, now }));
    expect(await books.life(paymentId)).toBe('part-allocated overpaid');
  });

  test('a return that failed frees the money, and it may go another way', async () => {
    const { paymentId } = await books.pay(5_000, '');
    const refundId = await order(paymentId, 5_000);
    const fail = (): Promise<unknown> =>
      books.inside((trx, t, now) => returnFailed(trx, t, { refundId, reason: 'účet zrušen', by: RULE, now }));
    expect(await fail()).toEqual({ state: 'unmatched', repeated: false });
    expect(await fail()).toEqual({ state: 'unmatched', repeated: true });
    await expect(
      books.inside((trx, t, now) => noteReturned(trx, t, { refundId, bookedOn: '2026-03-03', by: RULE, now })),
    ).rejects.toMatchObject({ code: 'refund-failed-before' });
    await order(paymentId, 5_000);
    expect(await books.life(paymentId)).toContain('return-ordered');
  });

  test('more than is free, no account and no reason are refused', async () => {
    const { paymentId } = await books.pay(5_000, '');
    await expect(order(paymentId, 6_000)).rejects.toMatchObject({ code: 'not-enough-free' });
    await expect(order(paymentId, 5_000, { to: '' })).rejects.toMatchObject({ code: 'account-missing' });
    await expect(order(paymentId, 5_000, { reason: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
  });

  test('two returns of the same money at the same moment are one', async () => {
    const { paymentId } = await books.pay(5_000, '');
    const ends = await Promise.allSettled([order(paymentId, 5_000), order(paymentId, 5_000)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('four eyes', () => {
  const BIG = 1_000_001;
  const eva = (): string => `officer:${town.eva.id}`;
  const ask = (kind: string, subject: string, amount: number, what: object = {}): Promise<string> =>
    books.inside((trx, t, now) =>
      askApproval(trx, t, { kind, subject, amount, what: what as never, reason: 'nedobytné', officerId: town.eva.id, now }),
    );
  const decide = (
    approvalId: string,
    officerId: string,
    verdict: 'approved' | 'refused' | 'taken-back' = 'approved',
  ): Promise<{ readonly result: unknown }> =>
    books.inside((trx, t, now) => decideApproval(trx, t, { approvalId, verdict, reason: 'ne', officerId, now }));

  test('above the limit one officer is not enough, a rule is', async () => {
    const fee = await books.prescribe(await books.payer(), BIG);
    const off = (by: string): Promise<void> =>
      books.inside((trx, t, now) => writeOff(trx, t, { prescriptionId: fee.id, amount: BIG, reason: 'nedobytné', by, now }));
    await expect(off(eva())).rejects.toMatchObject({ code: 'needs-second-person' });
    await off(RULE);
    expect(await books.owed(fee.id)).toEqual([BIG, 0, BIG, 0]);
  });

  test('what was asked for happens in the decision of another officer, once, and both are in the books', async () => {
    const fee = await books.prescribe(await books.payer(), BIG);
    const id = await ask('writeoff', fee.id, BIG);
    await expect(ask('writeoff', fee.id, BIG)).rejects.toMatchObject({ code: 'asked-before' });
    await expect(decide(id, town.eva.id)).rejects.toMatchObject({ code: 'same-person' });
    expect(await books.owed(fee.id)).toEqual([BIG, 0, 0, BIG]);
    const ends = await Promise.allSettled([decide(id, town.petr.id), decide(id, town.head.id)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await books.owed(fee.id)).toEqual([BIG, 0, BIG, 0]);
    const [row] = await town.sql<{ actor: string; approved_by: string }>(
      `select t.actor, t.approved_by from ledger_transaction t join ledger_entry e on e.transaction_id = t.id where t.kind = 'write-off' and e.subject = $1`,
      [fee.id],
    );
    expect(row?.actor).toBe(eva());
    expect(row?.approved_by).toMatch(/^officer:/);
  });

  test('two officers who ask for the same at the same moment make one request: the later one waits for the first and is refused', async () => {
    const fee = await books.prescribe(await books.payer(), BIG);
    let asked = (): void => undefined;
    let end = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const mayEnd = new Promise<void>((resolve) => (end = resolve));
    const what = { kind: 'writeoff', subject: fee.id, amount: BIG, what: {}, reason: 'nedobytné' };
    const first = books.inside(async (trx, t, now) => {
      const id = await askApproval(trx, t, { ...what, officerId: town.eva.id, now });
      asked();
      await mayEnd;
      return id;
    });
    await isAsked;
    // Another connection: what the first one wrote cannot be seen here yet.
    const second = books.inside((trx, t, now) => askApproval(trx, t, { ...what, officerId: town.petr.id, now }));
    const ends = Promise.allSettled([first, second]);
    end();
    expect((await ends).map((one) => (one.status === 'fulfilled' ? 'asked' : (one.reason as { code?: string }).code))).toEqual([
      'asked',
      'asked-before',
    ]);
    expect(await town.sql('select asked_by from money_approval where subject = $1', [fee.id])).toEqual([{ asked_by: town.eva.id }]);
  });

  test('after the first request was decided the same may be asked for again', async () => {
    const fee = await books.prescribe(await books.payer(), BIG);
    await decide(await ask('writeoff', fee.id, BIG), town.petr.id, 'refused');
    expect(await ask('writeoff', fee.id, BIG)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a refusal and a taking back change nothing, and taking back is only for who asked', async () => {
    const fee = await books.prescribe(await books.payer(), BIG);
    await decide(await ask('correction', fee.id, BIG, { total: 0 }), town.petr.id, 'refused');
    const again = await ask('correction', fee.id, BIG, { total: 0 });
    await expect(decide(again, town.petr.id, 'taken-back')).rejects.toMatchObject({ code: 'same-person' });
    await decide(again, town.eva.id, 'taken-back');
    expect(await books.owed(fee.id)).toEqual([BIG, 0, 0, BIG]);
  });

  test('an approval fits only what it was given for', async () => {
    const payerId = await books.payer();
    const [one, two] = [await books.prescribe(payerId, BIG), await books.prescribe(payerId, BIG)];
    const id = await ask('correction', one.id, BIG, { total: 0 });
    expect((await decide(id, town.petr.id)).result).toEqual({ freed: 0 });
    const useAgain = books.inside((trx, t, now) =>
      adjust(trx, t, { prescriptionId: two.id, amount: 0, reason: 'x', by: eva(), now, approval: id }),
    );
    await expect(useAgain).rejects.toMatchObject({ code: 'approval-does-not-fit' });
  });

  test('an approval serves once', async () => {
    const fee = await books.prescribe(await books.payer(), 3 * BIG);
    const id = await ask('writeoff', fee.id, BIG);
    await decide(id, town.petr.id);
    const again = books.inside((trx, t, now) =>
      writeOff(trx, t, { prescriptionId: fee.id, amount: BIG, reason: 'x', by: eva(), now, approval: id }),
    );
    await expect(again).rejects.toMatchObject({ code: 'approval-used-before' });
    expect(await books.owed(fee.id)).toEqual([3 * BIG, 0, BIG, 2 * BIG]);
  });

  test('a big return is ordered by the decision', async () => {
    const { paymentId } = await books.pay(BIG, '');
    const id = await ask('return', paymentId, BIG, { to: '5/0100', name: 'Jan' });
    expect((await decide(id, town.petr.id)).result).toMatchObject({ refundId: expect.any(String) });
    expect(await books.life(paymentId)).toContain('return-ordered');
  });
});

describe('months', () => {
  const close = (month: string): Promise<{ readonly hash: string; readonly previousHash: string; readonly transactions: number }> =>
    books.inside((trx, t, now) => closeMonth(trx, t, { month, by: `officer:${town.eva.id}`, now, sign }));
  const broken = (): Promise<readonly object[]> => books.inside((trx, t) => brokenMonths(trx, t));

  test('a month that is not over is not closed', async () => {
    await expect(close('2026-03')).rejects.toMatchObject({ code: 'month-not-over' });
    await expect(close('2026-3')).rejects.toMatchObject({ code: 'month-unreadable' });
  });

  test('a closed month takes nothing: what belongs to it goes to the first day of the open one and says so', async () => {
    await books.pay(100, '', { receivedOn: '2026-01-15' });
    const january = await close('2026-01');
    expect(january.transactions).toBeGreaterThan(0);
    const late = await books.pay(100, '', { receivedOn: '2026-01-20' });
    const [row] = await town.sql<{ booked_on: string; reason: string }>(
      'select booked_on::text, reason from ledger_transaction where id = $1',
      [late.paymentId],
    );
    expect(row).toEqual({ booked_on: '2026-02-01', reason: 'patří ke dni 2026-01-20, měsíc je uzavřen' });
    const february = await close('2026-02');
    expect(february.previousHash).toBe(january.hash);
    await expect(close('2026-01')).rejects.toMatchObject({ code: 'month-closed-before' });
    await expect(town.sql('delete from ledger_closing')).rejects.toMatchObject({ code: 'VY003' });
    expect(await broken()).toEqual([]);
  });

  test('PostgreSQL itself refuses an entry in a closed month and a transaction that does not balance', async () => {
    const insert = (lines: string, day: string): Promise<unknown> =>
      town.sql(
        `with t as (insert into ledger_transaction (tenant_id, id, kind, key, booked_on, recorded_at, actor) values (1, gen_random_uuid(), 'movement', gen_random_uuid()::text, '${day}', now(), 'clock') returning id)
         insert into ledger_entry (tenant_id, transaction_id, line, account, amount) select 1, t.id, l.line, 'x', l.amount from t, (values ${lines}) l (line, amount)`,
      );
    await expect(insert('(1, 1), (2, -1)', '2026-01-31')).rejects.toMatchObject({ code: 'VY004' });
    await expect(insert('(1, 1), (2, -2)', '2026-03-31')).rejects.toMatchObject({ code: 'VY002' });
  });

  test('a row of a closed month that somebody changed beside the books is found', async () => {
    expect(await broken()).toEqual([]);
    await town.sql('alter table ledger_transaction disable trigger ledger_transaction_only_grows');
    await town.sql(`update ledger_transaction set reason = 'jiný' where booked_on < '2026-02-01' and kind = 'receive'`);
    expect(await broken()).toEqual([{ month: '2026-01', reason: 'hash' }]);
    await town.sql(`update ledger_transaction set reason = '' where booked_on < '2026-02-01' and kind = 'receive'`);
    await town.sql('alter table ledger_transaction enable trigger ledger_transaction_only_grows');
    expect(await broken()).toEqual([]);
  });

  test('whoever books while a month is being closed is in its hash or in the next month', async () => {
    town.later(31 * 24 * 3_600_000);
    const pays = Array.from({ length: 12 }, (_, day) => books.pay(100 + day, '', { receivedOn: `2026-03-${10 + day}` }));
    const [closed] = await Promise.all([close('2026-03'), ...pays]);
    const [row] = await town.sql<{ n: number }>(
      `select count(*)::int as n from ledger_transaction where booked_on between '2026-03-01' and '2026-03-31'`,
    );
    expect(row?.n).toBe(closed?.transactions);
    expect(await broken()).toEqual([]);
  });

  test('a closing is not older than what it closes, though the officer looked at his clock before he had to wait', async () => {
    town.later(31 * 24 * 3_600_000);
    const looked = town.clock.now().toISOString();
    town.later(1_000);
    await books.pay(300, '', { receivedOn: '2026-04-02' });
    await books.inside((trx, t) => closeMonth(trx, t, { month: '2026-04', by: `officer:${town.eva.id}`, now: looked, sign }));
    const late = await town.sql(`select t.id from ledger_transaction t join ledger_closing c on to_char(t.booked_on, 'YYYY-MM') <= c.month
      where c.month = '2026-04' and t.recorded_at > c.closed_at`);
    expect(late).toEqual([]);
  });

  test('a month says whether it is open, what moved and who closed it', async () => {
    const open = await books.inside((trx, t, now) => monthState(trx, t, { month: '2026-05', now }));
    expect(open).toMatchObject({ state: 'open', mayClose: false, closing: null });
    const closed = await books.inside((trx, t, now) => monthState(trx, t, { month: '2026-01', now }));
    expect(closed).toMatchObject({ state: 'closed', mayClose: false, turnover: { payment: { credit: 100 } } });
  });
});

test('a movement of the account is booked once, a settlement of a gateway carries its fee', async () => {
  const move = (): Promise<{ readonly repeated: boolean }> =>
    books.inside((trx, t, now) =>
      bookBankMovement(trx, t, {
        id: 'vyuctovani-1',
        bookedOn: '2026-04-01',
        account: BANK,
        amount: 9_900,
        fee: 100,
        against: 'gateway:gopay',
        kind: 'settlement',
        reason: 'vyúčtování brány',
        by: RULE,
        now,
      }),
    );
  expect((await move()).repeated).toBe(false);
  expect((await move()).repeated).toBe(true);
  expect([await books.account('gateway:gopay'), await books.account('fees:gateway')]).toEqual([-10_000, 100]);
});
