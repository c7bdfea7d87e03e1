// The cash desk on a real database: receipts without gaps, change, storno, payout, closing; one officer at one desk; nothing after the end.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { payOut, takeBackReceipt, takeMoney } from '../../../server/books/desk/cash-money.ts';
import { addCashDesk, closeShift, openShift } from '../../../server/books/desk/cash-shift.ts';
import { cashState, receiptPaper, shiftPaper } from '../../../server/queries/cash-desk.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { asked, openMoneyTown, refusalOf, type MoneyTown } from './a-desk.ts';

const database = await cloneDatabase();
let money: MoneyTown;
beforeAll(async () => {
  money = await openMoneyTown(database);
});
// Whatever a test left open is closed with all that the books say is there.
afterEach(async () => {
  const [open] = await money.town.sql<{ desk: string }>('select desk from cash_shift where officer_id = $1 and closed_at is null', [
    money.cashier.id,
  ]);
  if (open) await close({ '100': (await money.balance(`cash:${open.desk}`)) / 100 });
});
afterAll(() => money.town.close());

let desks = 0;
/** A desk of its own for each test, opened by the cashier over `counted` haléře. */
async function openDesk(counted = 200_000): Promise<string> {
  desks += 1;
  const code = `p${desks}`;
  await addCashDesk(money.desk, asked(money.cashier, { code, name: `Pokladna ${desks}` }));
  await openShift(money.desk, asked(money.cashier, { desk: code, counted, reason: '' }));
  return code;
}
const close = (denominations: Record<string, number>, more: { reason?: string; handOver?: number } = {}) =>
  closeShift(money.desk, asked(money.cashier, { denominations, reason: '', handOver: 0, ...more }));
const take = async (amount: number, more: object = {}, commandId = randomUUID()) => {
  const debt = await money.debt(await money.payer('Jan Novák'), { amount });
  const share = { prescriptionId: debt.id, amount };
  const data = { way: 'cash' as const, shares: [share], given: amount, name: 'Jan Novák', ...more };
  return { debt, data, issued: await takeMoney(money.desk, asked(money.cashier, data, commandId)) };
};

describe('a shift', () => {
  test('takes cash for a fee, gives a numbered receipt with change, and the fee is paid', async () => {
    const code = await openDesk();
    const { debt, issued } = await take(120_000, { given: 150_000 });

    expect(issued.number).toBe(`PPD-${code.toUpperCase()}-2026-000001`);
    expect(await money.owed(debt.id)).toBe(0);
    expect(await money.balance(`cash:${code}`)).toBe(320_000);
    const { receipt } = await receiptPaper(money.reader as never, 1, issued.receiptId);
    expect(receipt).toMatchObject({ amount: 120_000, given: 150_000, lines: [{ text: 'Poplatek ze psů 2026', amount: 120_000 }] });
    await close({ '100000': 3, '20000': 1 });
  });

  test('a card goes to the account of the terminal and not to the drawer', async () => {
    const code = await openDesk();
    await take(120_000, { way: 'card', given: null });

    expect([await money.balance(`cash:${code}`), await money.balance(`terminal:${code}`)]).toEqual([200_000, 120_000]);
    await close({ '200000': 1 });
  });

  test('one command given twice gives one receipt', async () => {
    await openDesk(0);
    const id = randomUUID();
    const { data, issued } = await take(30_000, {}, id);

    const again = await takeMoney(money.desk, asked(money.cashier, data, id));

    expect(again).toEqual(issued);
    await close({ '20000': 1, '10000': 1 });
  });

  test('numbers have no gaps when takings are refused in between and run at once', async () => {
    const code = await openDesk(0);
    const debts = await Promise.all(Array.from({ length: 6 }, async () => money.debt(await money.payer('Eva Malá'), { amount: 10_000 })));
    const attempts = debts.flatMap(({ id }) =>
      [10_000, 20_000].map((amount) =>
        takeMoney(
          money.desk,
          asked(money.cashier, { way: 'cash', shares: [{ prescriptionId: id, amount }], given: amount, name: 'Eva Malá' }),
        ),
      ),
    );

    const settled = await Promise.allSettled(attempts);

    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    const rows = await money.town.sql<{ number: number }>(`select number from cash_receipt where desk = $1 order by number`, [code]);
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    await close({ '50000': 1, '10000': 1 });
  });

  test('refuses too little, haléře in coins, what is paid already and what is over the law', async () => {
    await openDesk(0);
    const { debt } = await take(10_000);
    const another = await money.debt(await money.payer('Eva Malá'), { amount: 30_000_000 });
    const attempt = (prescriptionId: string, amount: number, given: number) =>
      refusalOf(() =>
        takeMoney(money.desk, asked(money.cashier, { way: 'cash', shares: [{ prescriptionId, amount }], given, name: 'Eva Malá' })),
      );

    expect(await attempt(debt.id, 10_000, 10_000)).toBe('already-paid');
    expect(await attempt(another.id, 10_001, 40_000)).toBe('cash-whole-crowns');
    expect(await attempt(another.id, 30_000_000, 30_000_000)).toBe('cash-limit');
    expect(await attempt(another.id, 10_000, 5_000)).toBe('cash-too-little');
    await close({ '10000': 1 });
  });
});

describe('taking back', () => {
  test('a storno is a receipt of its own, the fee is owed again and the drawer is as before', async () => {
    const code = await openDesk(0);
    const { debt, issued } = await take(50_000);

    const storno = await takeBackReceipt(money.desk, asked(money.cashier, { receiptId: issued.receiptId, reason: 'Špatný plátce' }));

    expect(storno.number).toBe(`PPD-${code.toUpperCase()}-2026-000002`);
    expect([await money.owed(debt.id), await money.balance(`cash:${code}`)]).toEqual([50_000, 0]);
    const again = takeBackReceipt(money.desk, asked(money.cashier, { receiptId: issued.receiptId, reason: 'Ještě jednou' }));
    expect(await refusalOf(again)).toBe('cash-storno-before');
    await close({});
  });

  test('a receipt of an earlier shift is not taken back', async () => {
    const code = await openDesk(0);
    const { issued } = await take(50_000);
    await close({ '50000': 1 });
    await openShift(money.desk, asked(money.cashier, { desk: code, counted: 50_000, reason: '' }));

    expect(await refusalOf(takeBackReceipt(money.desk, asked(money.cashier, { receiptId: issued.receiptId, reason: 'Pozdě' })))).toBe(
      'cash-storno-late',
    );
    await close({ '50000': 1 });
  });

  test('an overpayment is paid out in cash under a number of another series, never more than lies in the drawer', async () => {
    const code = await openDesk(100_000);
    const { variableSymbol } = await money.debt(await money.payer('Petr Přeplatek'), { amount: 10_000 });
    const { paymentId } = await money.transfer(60_000, variableSymbol);

    const issued = await payOut(money.desk, asked(money.cashier, { paymentId, amount: 50_000, reason: 'Přeplatek' }));

    expect(issued.number).toBe(`VPD-${code.toUpperCase()}-2026-000001`);
    expect(await money.balance(`cash:${code}`)).toBe(50_000);
    const other = await money.transfer(90_000, '');
    expect(
      await refusalOf(payOut(money.desk, asked(money.cashier, { paymentId: other.paymentId, amount: 90_000, reason: 'Přeplatek' }))),
    ).toBe('cash-not-enough');
    await close({ '50000': 1 });
  });
});

describe('closing', () => {
  test('a shortage needs a reason, is booked, and what goes to the bank is on its way', async () => {
    const code = await openDesk(0);
    await take(100_000);
    expect(await refusalOf(close({ '50000': 1, '20000': 2 }))).toBe('cash-difference-reason');
    const before = await money.balance('other:cash-difference');

    const { shiftId, difference } = await close({ '50000': 1, '20000': 2 }, { reason: 'Špatně vráceno', handOver: 50_000 });

    expect(difference).toBe(-10_000);
    expect(await money.balance(`cash:${code}`)).toBe(40_000);
    expect((await money.balance('other:cash-difference')) - before).toBe(10_000);
    const paper = await shiftPaper(money.reader as never, 1, shiftId);
    expect(paper).toMatchObject({ expected: 100_000, counted: 90_000, handedOver: 50_000, differenceReason: 'Špatně vráceno' });
    expect(paper.receipts).toHaveLength(1);
  });

  test('two officers do not hold one desk, one officer does not hold two', async () => {
    const code = await openDesk(0);
    await addCashDesk(money.desk, asked(money.cashier, { code: 'jina', name: 'Jiná' }));

    expect(await refusalOf(openShift(money.desk, asked(money.secondCashier, { desk: code, counted: 0, reason: '' })))).toBe(
      'cash-desk-held',
    );
    expect(await refusalOf(openShift(money.desk, asked(money.cashier, { desk: 'jina', counted: 0, reason: '' })))).toBe('cash-shift-open');
    await close({});
  });

  test('at once, two officers open one desk: one of them gets it', async () => {
    await addCashDesk(money.desk, asked(money.cashier, { code: 'souboj', name: 'Souboj' }));

    const settled = await Promise.allSettled(
      [money.cashier, money.secondCashier].map((who) => openShift(money.desk, asked(who, { desk: 'souboj', counted: 0, reason: '' }))),
    );

    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const who of [money.cashier, money.secondCashier])
      await closeShift(money.desk, asked(who, { denominations: {}, reason: '', handOver: 0 })).catch(() => undefined);
  });

  test('after closing nothing is added: not by the desk, and PostgreSQL refuses it by hand', async () => {
    await openDesk(0);
    const { issued } = await take(10_000);
    await close({ '10000': 1 });

    expect(await refusalOf(take(10_000))).toBe('cash-shift-missing');
    const byHand = money.town.sql(
      `insert into cash_receipt select tenant_id, gen_random_uuid(), shift_id, desk, series, year, number + 1, kind, way, amount, given, name, lines, payment_id, refund_id, reverses, reason,
         officer_id, issued_at from cash_receipt where id = $1`,
      [issued.receiptId],
    );
    expect(await refusalOf(byHand)).toBe('VY005');
    expect(await refusalOf(money.town.sql('update cash_receipt set amount = 1 where id = $1', [issued.receiptId]))).toBe('VY003');
  });

  test('whoever is not a cashier does not sit at the desk', async () => {
    await addCashDesk(money.desk, asked(money.accountant, { code: 'cizi', name: 'Cizí' }));

    expect(() => openShift(money.desk, asked(money.accountant, { desk: 'cizi', counted: 0, reason: '' }))).toThrow(/not-permitted/);
  });

  test('the state of the desk says what must be in the drawer', async () => {
    await openDesk(30_000);
    await take(20_000);

    const { shift } = await cashState(money.reader as never, 1, money.cashier.id);

    expect(shift).toMatchObject({ opening: 30_000, cashIn: 20_000, cashOut: 0, card: 0, expected: 50_000 });
    await close({ '50000': 1 });
  });
});
