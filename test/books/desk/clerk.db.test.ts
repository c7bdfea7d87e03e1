// What clerks do with money on a real database: four eyes, learned rules, instalments, dunning once, exports exactly once, months.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeBooks } from '../../../server/books/desk/close-month.ts';
import { decide } from '../../../server/books/desk/decide.ts';
import { noteLettersDelivered, runDunning, type Letter } from '../../../server/books/desk/dunning.ts';
import { orderExports } from '../../../server/books/desk/exports.ts';
import {
  adjustPrescription,
  allocatePayment,
  forgetRule,
  returnPayment,
  writeOffPrescription,
} from '../../../server/books/desk/payer-acts.ts';
import { grantPlan } from '../../../server/books/desk/plans.ts';
import { listeners } from '../../../server/jobs/listeners.ts';
import { approvalDesk } from '../../../server/queries/approvals.ts';
import { monthDesk } from '../../../server/queries/accounting.ts';
import { dunningList, dunningPlan } from '../../../server/queries/dunning-list.ts';
import { payerAccount } from '../../../server/queries/payer-account.ts';
import { findDebts, findPayers } from '../../../server/queries/payers.ts';
import { unmatchedDesk } from '../../../server/queries/unmatched-money.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { asked, openMoneyTown, refusalOf, type MoneyTown } from './a-desk.ts';

const database = await cloneDatabase();
let money: MoneyTown;
beforeAll(async () => {
  money = await openMoneyTown(database);
});
afterAll(() => money.town.close());
const reader = (): never => ({ ...money.reader, account: () => ({ account: '', iban: '' }) }) as never;
const day = (ms: number): number => ms * 86_400_000;

describe('four eyes', () => {
  test('below the limit a write-off happens at once, above it only in the decision of another officer', async () => {
    const { eva } = money.town;
    const debt = await money.debt(await money.payer('Limitní Ladislav'), { amount: 3_000_000 });
    const small = await writeOffPrescription(money.desk, asked(eva, { prescriptionId: debt.id, amount: 100_000, reason: 'Nedobytné' }));
    const large = await writeOffPrescription(money.desk, asked(eva, { prescriptionId: debt.id, amount: 2_900_000, reason: 'Nedobytné' }));

    expect(small).toEqual({ done: true });
    expect(await money.owed(debt.id)).toBe(2_900_000);
    const { approvals } = await approvalDesk(reader(), 1, { officerId: money.accountant.id, mayApprove: true });
    expect(approvals).toEqual([expect.objectContaining({ kind: 'writeoff', amount: 2_900_000, mayDecide: true, mine: false })]);
    const approvalId = 'approvalId' in large ? large.approvalId : '';
    const verdict = { approvalId, verdict: 'approved' as const, reason: '' };
    expect(await refusalOf(() => decide(money.desk, asked(eva, verdict)))).toBe('not-permitted');

    await decide(money.desk, asked(money.accountant, verdict));

    expect(await money.owed(debt.id)).toBe(0);
    expect(await refusalOf(decide(money.desk, asked(money.secondAccountant, verdict)))).toBe('approval-decided-before');
    const [line] = await money.town.sql<{ actor: string; approved_by: string }>(
      `select actor, approved_by from ledger_transaction where kind = 'write-off' and approved_by is not null`,
    );
    expect(line).toEqual({ actor: `officer:${eva.id}`, approved_by: `officer:${money.accountant.id}` });
  });

  test('an accountant does not approve what he asked for himself, and takes it back', async () => {
    const debt = await money.debt(await money.payer('Vlastní Vlasta'), { amount: 2_000_000 });
    const adjusted = await adjustPrescription(
      money.desk,
      asked(money.accountant, { prescriptionId: debt.id, amount: 0, reason: 'Zaniklo' }),
    );
    const approvalId = 'approvalId' in adjusted ? adjusted.approvalId : '';

    expect(await refusalOf(decide(money.desk, asked(money.accountant, { approvalId, verdict: 'approved', reason: '' })))).toBe(
      'same-person',
    );
    await decide(money.desk, asked(money.accountant, { approvalId, verdict: 'taken-back', reason: '' }));
    expect(await money.owed(debt.id)).toBe(2_000_000);
  });

  test('a cashier corrects nothing', async () => {
    const debt = await money.debt(await money.payer('Klidný Karel'));

    expect(
      await refusalOf(() => adjustPrescription(money.desk, asked(money.cashier, { prescriptionId: debt.id, amount: 1, reason: 'xxx' }))),
    ).toBe('not-permitted');
  });
});

describe('finding', () => {
  test('a payer is found by beginnings of words without diacritics, birth date, account and symbol', async () => {
    const id = await money.payer('Šárka Žďárská', { birthDate: '1980-05-12', address: 'U Školy 5, Lipová', account: '19-2000145399/0800' });
    const debt = await money.debt(id);
    const ids = async (q: string): Promise<readonly string[]> => (await findPayers(reader(), 1, q)).payers.map((payer) => payer.id);

    for (const q of ['zdar', 'ŠÁR žďá', 'skoly zdarska', '12. 5. 1980', '1980-05-12', '19-2000145399/0800', debt.variableSymbol])
      expect([q, await ids(q)]).toEqual([q, [id]]);
    expect(await ids('zdar novak')).toEqual([]);
    expect((await findDebts(reader(), 1, debt.variableSymbol)).map(({ prescriptionId }) => prescriptionId)).toEqual([debt.id]);
  });

  test('a changed name is found under the new one only', async () => {
    const id = await money.payer('Rozvedená Renata');
    await money.town.sql(`update payer set name = 'Svobodná Renata' where id = $1`, [id]);

    expect((await findPayers(reader(), 1, 'rozvedena')).payers).toEqual([]);
    expect((await findPayers(reader(), 1, 'svobodna ren')).payers.map((payer) => payer.id)).toEqual([id]);
  });
});

describe('unmatched money', () => {
  test('comes with suggestions and reasons; a clerk’s split teaches a rule that clears the next payment by itself', async () => {
    const { eva } = money.town;
    const payer = await money.payer('Jindřich Zapomnětlivý');
    const [first, second] = [await money.debt(payer, { amount: 50_000 }), await money.debt(payer, { amount: 70_000 })];
    const account = { counterAccount: '2000000018/0300', payerName: 'ZAPOMNETLIVY JINDRICH' };
    const { paymentId } = await money.transfer(50_000, '', account);
    const desk = await unmatchedDesk(reader(), 1);
    const item = desk.payments.find(({ id }) => id === paymentId);
    expect(item).toMatchObject({ free: 50_000, ageDays: 0, reason: 'no-symbol' });
    expect(item?.suggestions[0]).toMatchObject({ prescriptionId: first.id, reasons: ['amount-and-name'] });

    await allocatePayment(
      money.desk,
      asked(eva, { paymentId, shares: [{ prescriptionId: first.id, amount: 50_000 }], learn: { kind: '' } }),
    );
    const next = await money.transfer(70_000, '', account);

    expect(next.allocated).toEqual([{ prescriptionId: second.id, amount: 70_000 }]);
    const [rule] = (await payerAccount(reader(), 1, payer, eva.id)).rules;
    expect(rule).toMatchObject({ counterAccount: '2000000018/0300', payerName: 'Jindřich Zapomnětlivý' });
    await forgetRule(money.desk, asked(eva, { ruleId: rule?.id ?? '' }));
    expect((await payerAccount(reader(), 1, payer, eva.id)).rules).toEqual([]);
  });

  test('money goes back once, however many times the button is pressed', async () => {
    const { eva } = money.town;
    const { paymentId } = await money.transfer(12_300, '99');
    const data = { paymentId, amount: 12_300, account: '', name: '', reason: 'Neznámý plátce' };
    const id = randomUUID();

    const answers = await Promise.allSettled([1, 2, 3].map(() => returnPayment(money.desk, asked(eva, data, id))));

    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    const [row] = await money.town.sql<{ n: string }>('select count(*) as n from refund where payment_id = $1', [paymentId]);
    expect(Number(row?.n)).toBe(1);
    expect(await returnPayment(money.desk, asked(eva, data, id))).toEqual({ done: true });
  });
});

describe('dunning', () => {
  const letter = (ids: readonly string[], more: Partial<Letter> = {}): Letter => ({
    channel: 'print',
    dataBox: null,
    email: null,
    subject: 'Vyrozumění o nedoplatku',
    text: 'x',
    prescriptionIds: ids,
    file: { field: 'print', name: 'tisk.pdf', mime: 'application/pdf', content: new TextEncoder().encode('%PDF-') },
    ...more,
  });
  const plan = async (stage: 'reminder' | 'assessment' | 'enforcement', ids: readonly string[]) =>
    (await dunningPlan(reader(), 1, { stage, ids })).ready.map(({ id }) => id);

  test('a fee goes from reminder over assessment with an increase to enforcement by its days, each stage once', async () => {
    const { eva } = money.town;
    const debt = await money.debt(await money.payer('Dlužník Dalibor'), { dueDate: '2026-02-27', amount: 60_000 });
    const run = (stage: 'reminder' | 'assessment' | 'enforcement', way: 'letters' | 'file', times = 1) =>
      runDunning(money.desk, asked(eva, { stage, ids: [debt.id], way, times }), [letter([debt.id])]);
    expect(await plan('reminder', [debt.id])).toEqual([debt.id]);
    await run('reminder', 'letters');
    expect(await refusalOf(run('reminder', 'letters'))).toBe('dunning-changed');
    expect(await plan('assessment', [debt.id])).toEqual([]);
    money.town.later(day(17));
    expect(await plan('assessment', [debt.id])).toEqual([debt.id]);

    const { batchId } = await run('assessment', 'letters', 3);

    const [increase] = await money.town.sql<{ amount: number; kind: string }>(
      `select amount, kind from prescription where title like 'Zvýšení:%' and debtor_id is not null`,
    );
    expect(increase).toEqual({ amount: 120_000, kind: 'zvyseni' });
    expect(await plan('enforcement', [debt.id])).toEqual([]);
    await noteLettersDelivered(money.desk, asked(eva, { batchId, ids: [], on: '2026-03-19' }));
    money.town.later(day(60));
    expect(await plan('enforcement', [debt.id])).toEqual([debt.id]);
  });

  test('what is in a kept instalment plan is left alone, and comes back when a part is missed', async () => {
    const { eva } = money.town;
    const payer = await money.payer('Splátková Simona');
    const debt = await money.debt(payer, { dueDate: '2026-02-27', amount: 40_000 });
    const now = money.town.clock.now().toISOString().slice(0, 10);
    const due = new Date(Date.parse(now) + day(10)).toISOString().slice(0, 10);
    const later = new Date(Date.parse(now) + day(40)).toISOString().slice(0, 10);
    const parts = [
      { dueOn: due, amount: 20_000 },
      { dueOn: later, amount: 20_000 },
    ];
    await grantPlan(money.desk, asked(eva, { payerId: payer, prescriptionIds: [debt.id], parts, reason: 'Nízký příjem' }));
    expect((await dunningPlan(reader(), 1, { stage: 'reminder', ids: [debt.id] })).left).toEqual([
      expect.objectContaining({ why: 'plan' }),
    ]);

    money.town.later(day(12));

    expect(await plan('reminder', [debt.id])).toEqual([debt.id]);
    const [card] = (await payerAccount(reader(), 1, payer, eva.id)).plans;
    expect(card).toMatchObject({ state: 'broken', paid: 0, parts: [{ state: 'missed' }, { state: 'waiting' }] });
  });

  test('administrative fees are never collected', async () => {
    const debt = await money.debt(await money.payer('Správní Stanislav'), { kind: 'spravni', regime: 'sr', dueDate: '2026-01-31' });

    expect((await dunningList(reader(), 1, 'reminder')).lines.map(({ id }) => id)).not.toContain(debt.id);
  });
});

describe('months and the economic system', () => {
  test('two exports ordered at once carry every accounting case exactly once, and the answer is kept', async () => {
    const [before] = await money.town.sql<{ n: string }>('select count(*) as n from ledger_transaction');

    const [one, two] = await Promise.all([
      orderExports(money.desk, asked(money.accountant, {})),
      orderExports(money.desk, asked(money.secondAccountant, {})),
    ]);

    expect(one.transactions + two.transactions).toBe(Number(before?.n));
    const effects = await money.town.sql<{
      key: string;
      subject: string;
      input: { documents: { id: string; lines: { debit: number; credit: number }[] }[] };
    }>(`select key, subject, input from outbox where effect = 'economy.export'`);
    const documents = effects.flatMap(({ input }) => input.documents);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(Number(before?.n));
    expect(documents.every(({ lines }) => lines.reduce((sum, line) => sum + line.debit - line.credit, 0) === 0)).toBe(true);
    const [effect] = effects;
    await money.town.db.withTenant(1, async (trx) => {
      const told = {
        key: effect?.key ?? '',
        effect: 'economy.export',
        subject: effect?.subject ?? '',
        input: {},
        at: money.town.clock.now().toISOString(),
      };
      await listeners['economy-export']?.answered(trx, 1, told, { done: { messageId: told.subject, accepted: 3, alreadyHad: 0 } } as never);
    });
    expect((await monthDesk(reader(), 1, '')).exports.exports.some(({ accepted }) => accepted === 3)).toBe(true);
    expect(await orderExports(money.desk, asked(money.accountant, {}))).toEqual({ transactions: 0 });
  });

  test('a month that is over is closed once by an accountant; checks are all fine before it', async () => {
    const sign = (digest: string) => ({ signature: `signed ${digest}`, keyId: 'test' });
    money.town.later(day(40));
    const desk = await monthDesk(reader(), 1, '2026-03');
    expect(desk.checks.filter(({ violations }) => violations > 0)).toEqual([]);
    expect(desk.accounts.reduce((sum, { closing }) => sum + closing, 0)).toBe(0);
    expect(await refusalOf(() => closeBooks(money.desk, asked(money.town.eva, { month: '2026-03' }), sign))).toBe('not-permitted');

    await closeBooks(money.desk, asked(money.accountant, { month: '2026-03' }), sign);

    expect((await monthDesk(reader(), 1, '2026-03')).closed).toMatchObject({ by: 'Alena Ryšavá' });
    expect(await refusalOf(closeBooks(money.desk, asked(money.accountant, { month: '2026-03' }), sign))).toBe('month-closed-before');
  });
});
