// The payer's account: what the citizen sees is what the books say, and nobody sees a foreign account.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adjust, cancelPrescription, orderReturn } from '../../../server/books/index.ts';
import { decide } from '../../../server/books/desk/decide.ts';
import type { Desk } from '../../../server/books/desk/once.ts';
import { returnPayment } from '../../../server/books/desk/payer-acts.ts';
import { refuseReturn } from '../../../server/books/desk/refuse-return.ts';
import { askReturn, takeBackReturn } from '../../../server/cases/account/ask-return.ts';
import { payTogether } from '../../../server/cases/account/pay-together.ts';
import { debtPage } from '../../../server/queries/account/debt-page.ts';
import { groupPage } from '../../../server/queries/account/group.ts';
import { accountSummary } from '../../../server/queries/account/page.ts';
import { payerAccount } from '../../../server/queries/payer-account.ts';
import { unmatchedDesk } from '../../../server/queries/unmatched-money.ts';
import { openTestTown, type Citizen, type Officer, type TestTown } from '../../cases/town.ts';
import { asked } from '../../books/desk/a-desk.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { newId } from '../../../server/platform/ids.ts';
import { insertPerson } from '../../../server/store/people.ts';
import { RULE } from '../../books/a-payer.ts';
import { accountsOf, type Accounts } from './an-account.ts';

const database = await cloneDatabase();
let town: TestTown;
let accounts: Accounts;
let jana: Citizen;
let petr: Citizen;

beforeAll(async () => {
  town = await openTestTown(database);
  accounts = accountsOf(town);
});
afterAll(() => town.close());
beforeEach(async () => {
  [jana, petr] = [await someone('Jana'), await someone('Petr')];
});

async function someone(givenName: string): Promise<Citizen> {
  const id = newId(town.clock.now());
  const facts = { givenName, familyName: 'Nováková', birthDate: '1980-01-01', placeOfBirth: null, address: null };
  const contact = { email: `${givenName}@posta.example`, phone: null, dataBox: null, lang: 'cs' };
  await town.db.withTenant(1, (trx) => insertPerson(trx, 1, { id, ...facts, ...contact }, town.clock.now()));
  return { kind: 'citizen', id };
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => String(error.code),
  );

describe('what is owed and what was paid', () => {
  test('debts stand by due day, late ones are marked, and the sums are their sums', async () => {
    const payer = await accounts.own(jana);
    await accounts.prescribe(payer, 50_000, { title: 'Pozdní', dueDate: '2026-02-10' });
    await accounts.prescribe(payer, 70_000, { title: 'Druhý', dueDate: '2026-03-31' });
    await accounts.prescribe(payer, 30_000, { title: 'Třetí', dueDate: '2026-04-01', kind: 'odpad' });

    const { owed, totals, nextDue, kinds, years } = await accounts.page(jana);

    expect(owed.map(({ title, state }) => [title, state])).toEqual([
      ['Pozdní', 'overdue'],
      ['Druhý', 'open'],
      ['Třetí', 'open'],
    ]);
    expect(totals).toEqual({ owed: 150_000, overdue: 50_000, overpaid: 0, returning: 0, paidThisYear: 0 });
    expect(nextDue).toEqual({ date: '2026-03-31', amount: 70_000 });
    expect([kinds, years]).toEqual([['odpad', 'pes'], [2026]]);
    expect(await accountSummary(accounts.reader, 1, jana.id)).toMatchObject({ owed: 150_000, overdue: 50_000, unread: 0 });
  });

  test('a payment tells what it paid, when it was cleared and what is left of it', async () => {
    const payer = await accounts.own(jana);
    const dog = await accounts.prescribe(payer, 150_000);
    await accounts.pay(200_000, dog.variableSymbol, { receivedOn: '2026-03-01', paidOn: '2026-02-27', message: 'za psa' });

    const { payments, overpaid, totals, debts } = await accounts.page(jana);

    expect(payments).toHaveLength(1);
    expect(payments[0]).toMatchObject({
      amount: 200_000,
      rest: 50_000,
      way: 'transfer',
      state: 'part-allocated',
      paidOn: '2026-02-27',
      receivedOn: '2026-03-01',
      others: false,
      cleared: [{ prescriptionId: dog.id, title: 'Poplatek ze psa', amount: 150_000, on: '2026-03-01', foreign: false }],
    });
    expect(overpaid.map(({ rest }) => rest)).toEqual([50_000]);
    expect(debts[0]).toMatchObject({ state: 'paid', open: 0, paid: 150_000 });
    expect(totals).toMatchObject({ owed: 0, overpaid: 50_000, paidThisYear: 150_000 });
  });

  test('one prescription explains itself: rules, paragraph, entries with what was left after each, and what paid it', async () => {
    const payer = await accounts.own(jana);
    const decision = { decision: 'poplatek', rules: [{ index: 1, annotation: 'Pes žije v bytovém domě (OZV 1/2026 čl. 3).' }] };
    const dog = await accounts.prescribe(payer, 150_000, { decision: decision as never, regarding: 'Ben' });
    town.later(1_000);
    await accounts.pay(50_000, dog.variableSymbol);
    town.later(1_000);
    await accounts.inside((trx, t, now) => adjust(trx, t, { prescriptionId: dog.id, amount: 120_000, reason: 'sleva', by: RULE, now }));

    const page = await debtPage(accounts.reader, 1, jana.id, dog.id);

    expect(page.why).toEqual(['Pes žije v bytovém domě (OZV 1/2026 čl. 3).']);
    expect(page).toMatchObject({ legalBasis: 'OZV 1/2026', amount: 120_000, paid: 50_000, open: 70_000, regarding: 'Ben', regime: 'dr' });
    expect(page.entries.map(({ what, amount, balance }) => [what, amount, balance])).toEqual([
      ['prescribe', 150_000, 150_000],
      ['allocate', -50_000, 100_000],
      ['correct', -30_000, 70_000],
    ]);
    expect(page.payments.map(({ amount }) => amount)).toEqual([50_000]);
    expect(page.spayd).toContain('AM:700.00');
    expect(page.spayd).toContain(`X-VS:${dog.variableSymbol}`);
  });

  test('a cancelled prescription asks for nothing, and what was paid on it is free money', async () => {
    const payer = await accounts.own(jana);
    const dog = await accounts.prescribe(payer, 150_000);
    await accounts.pay(60_000, dog.variableSymbol);
    await accounts.inside((trx, t, now) => cancelPrescription(trx, t, { prescriptionId: dog.id, reason: 'omyl', by: RULE, now }));

    const { owed, debts, totals } = await accounts.page(jana);

    expect(owed).toEqual([]);
    expect(debts[0]?.state).toBe('cancelled');
    expect(totals.overpaid).toBe(60_000);
    expect((await debtPage(accounts.reader, 1, jana.id, dog.id)).spayd).toBe('');
  });

  test('year and kind narrow the history and never what is owed', async () => {
    const payer = await accounts.own(jana);
    const old = await accounts.prescribe(payer, 40_000, {
      kind: 'odpad',
      title: 'Odpad 2021',
      dueDate: '2021-04-30',
      imported: { variableSymbol: String(1_000_000_000 + Math.floor(Math.random() * 1e8)), prescribedOn: '2021-01-10' },
    });
    await accounts.prescribe(payer, 70_000);
    await accounts.pay(40_000, '', { wish: [{ prescriptionId: old.id }], receivedOn: '2021-04-01', source: 'import', account: 'opening' });

    const past = await accounts.page(jana, { year: 2021 });
    expect(past.debts.map(({ title }) => title)).toEqual(['Odpad 2021']);
    expect(past.payments.map(({ way, receivedOn }) => [way, receivedOn])).toEqual([['import', '2021-04-01']]);
    expect(past.owed).toHaveLength(1);
    expect(past.years).toEqual([2026, 2021]);
    expect((await accounts.page(jana, { kind: 'pes' })).debts).toHaveLength(1);
    expect((await accounts.page(jana, { kind: 'pes' })).payments).toEqual([]);
    expect((await accounts.page(jana, { year: 2020 })).debts).toEqual([]);
  });

  test('who was never prescribed anything has an empty account', async () => {
    const { owed, debts, payments, totals, holder } = await accounts.page(jana);
    expect([owed, debts, payments]).toEqual([[], [], []]);
    expect(totals.owed).toBe(0);
    expect(holder).toMatchObject({ id: jana.id, as: 'self', name: 'Jana Nováková' });
  });
});

describe('whose account', () => {
  test('a foreign account does not exist: page, prescription, statement, group, return', async () => {
    const payer = await accounts.own(jana);
    await accounts.own(petr);
    const dog = await accounts.prescribe(payer, 150_000);
    const second = await accounts.prescribe(payer, 10_000);
    const { paymentId } = await accounts.pay(200_000, dog.variableSymbol);
    const group = await payTogether(town.corridor, 1, jana.id, [second.id]);

    const wish = { paymentId, account: '19-2000145399/0800', name: 'Petr' };
    expect(await codeOf(accounts.page(petr, { holder: payer }))).toBe('account-not-found');
    expect(await codeOf(accounts.page(petr, { holder: randomUUID() }))).toBe('account-not-found');
    expect(await codeOf(accounts.statement(petr, '2026-01-01', '2026-12-31', payer))).toBe('account-not-found');
    expect(await codeOf(debtPage(accounts.reader, 1, petr.id, dog.id))).toBe('prescription-not-found');
    expect(await codeOf(groupPage(accounts.reader, 1, petr.id, group))).toBe('group-not-found');
    expect(await codeOf(payTogether(town.corridor, 1, petr.id, [second.id]))).toBe('prescription-not-found');
    expect(await codeOf(askReturn(town.corridor, 1, petr.id, wish))).toBe('payment-not-found');
  });

  test('an access holds from its first to its last day', async () => {
    await accounts.own(jana);
    const company = await accounts.payer('Pekárna s.r.o.');
    await accounts.prescribe(company, 90_000);
    await accounts.access(jana, company, 'statutory', '2026-03-01', '2026-03-02');

    expect((await accounts.page(jana, { holder: company })).totals.owed).toBe(90_000);
    expect((await accounts.page(jana)).holders.map(({ as, until }) => [as, until])).toEqual([
      ['self', null],
      ['statutory', '2026-03-02'],
    ]);
    const morning = town.clock.now();
    town.later(24 * 3_600_000);
    expect(await codeOf(accounts.page(jana, { holder: company }))).toBe('account-not-found');
    town.clock.set(morning);
    expect(await codeOf(accounts.page(petr, { holder: company }))).toBe('account-not-found');
  });

  test('an access that has not begun yet shows nothing', async () => {
    const company = await accounts.payer('Pekárna s.r.o.');
    await accounts.access(jana, company, 'mandate', '2026-03-03');
    expect(await codeOf(accounts.page(jana, { holder: company }))).toBe('account-not-found');
  });

  test('the common payer sees shared fees of his household and nothing else of its members', async () => {
    const payer = await accounts.own(jana);
    const member = await accounts.payer('Tomáš Novák');
    await town.sql('update payer set household_id = $1 where id = $2', [payer, member]);
    await accounts.prescribe(member, 60_000, { kind: 'odpad', title: 'Odpad' });
    const fine = await accounts.prescribe(member, 100_000, { kind: 'pokuta', title: 'Pokuta', regime: 'sr' });
    await accounts.pay(120_000, fine.variableSymbol);

    const page = await accounts.page(jana, { holder: member });

    expect(page.partial).toBe(true);
    expect(page.debts.map(({ title }) => title)).toEqual(['Odpad']);
    expect([page.payments, page.overpaid]).toEqual([[], []]);
    expect(await codeOf(debtPage(accounts.reader, 1, jana.id, fine.id))).toBe('prescription-not-found');
    expect(await codeOf(accounts.statement(jana, '2026-01-01', '2026-12-31', member))).toBe('account-partial');
  });

  test('of somebody else’s money only the part that paid here is seen', async () => {
    const [mine, his] = [await accounts.own(jana), await accounts.own(petr)];
    const [dog, waste] = [
      await accounts.prescribe(mine, 50_000),
      await accounts.prescribe(his, 80_000, { kind: 'odpad', title: 'Odpad Petra' }),
    ];
    const wish = [{ prescriptionId: waste.id }, { prescriptionId: dog.id }];
    const { paymentId } = await accounts.pay(200_000, '', { wish, message: 'tajné', counterAccount: '1265098001/5500' });
    await town.sql('update payment set payer_id = $1 where id = $2', [his, paymentId]);

    const [payment] = (await accounts.page(jana)).payments;
    const [own] = (await accounts.page(petr)).payments;

    expect(payment).toMatchObject({ others: true, amount: 50_000, rest: 0, message: '', variableSymbol: '' });
    expect(payment?.cleared.map(({ prescriptionId }) => prescriptionId)).toEqual([dog.id]);
    expect(JSON.stringify(payment)).not.toContain('Odpad');
    expect(own).toMatchObject({ others: false, amount: 200_000, rest: 70_000 });
    expect(own?.cleared).toContainEqual({ prescriptionId: '', title: '', amount: 50_000, on: '2026-03-02', foreign: true });
  });
});

describe('several at once', () => {
  test('one code pays all of the list, the oldest due first, and what is over is an overpayment', async () => {
    const payer = await accounts.own(jana);
    const late = await accounts.prescribe(payer, 50_000, { dueDate: '2026-02-10', title: 'Pozdní' });
    const fine = await accounts.prescribe(payer, 30_000, { dueDate: '2026-04-10', kind: 'pokuta', regime: 'sr', title: 'Pokuta' });
    const left = await accounts.prescribe(payer, 70_000, { dueDate: '2026-01-10', title: 'Nevybraný' });

    const id = await payTogether(town.corridor, 1, jana.id, [fine.id, late.id, fine.id]);
    const group = await groupPage(accounts.reader, 1, jana.id, id);
    expect(group).toMatchObject({ amount: 80_000 });
    expect(group.items.map(({ title }) => title)).toEqual(['Pozdní', 'Pokuta']);
    expect(group.spayd).toContain(`X-VS:${group.variableSymbol}`);

    await accounts.pay(60_000, `00${group.variableSymbol}`);
    expect((await groupPage(accounts.reader, 1, jana.id, id)).amount).toBe(20_000);
    await accounts.pay(25_000, group.variableSymbol);

    expect([await accounts.owed(late.id), await accounts.owed(fine.id), await accounts.owed(left.id)]).toEqual([
      [50_000, 50_000, 0, 0],
      [30_000, 30_000, 0, 0],
      [70_000, 0, 0, 70_000],
    ]);
    const { totals } = await accounts.page(jana);
    expect(totals).toMatchObject({ owed: 70_000, overpaid: 5_000 });
    expect((await groupPage(accounts.reader, 1, jana.id, id)).spayd).toBe('');
  });

  test('paid, cancelled, foreign and unknown ones are no part of a list', async () => {
    const payer = await accounts.own(jana);
    const paid = await accounts.prescribe(payer, 10_000);
    await accounts.pay(10_000, paid.variableSymbol);
    const open = await accounts.prescribe(payer, 10_000);

    expect(await codeOf(payTogether(town.corridor, 1, jana.id, []))).toBe('nothing-to-pay');
    expect(await codeOf(payTogether(town.corridor, 1, jana.id, [open.id, paid.id]))).toBe('prescription-not-found');
    expect(await codeOf(payTogether(town.corridor, 1, jana.id, [open.id, randomUUID()]))).toBe('prescription-not-found');
    const many = Array.from({ length: 51 }, () => randomUUID());
    expect(await codeOf(payTogether(town.corridor, 1, jana.id, many))).toBe('too-many-prescriptions');
  });

  test('who lost his access no longer sees the list that he made', async () => {
    const company = await accounts.payer('Pekárna s.r.o.');
    const debt = await accounts.prescribe(company, 90_000);
    await accounts.access(jana, company, 'statutory', '2026-03-01');
    const id = await payTogether(town.corridor, 1, jana.id, [debt.id]);
    await town.sql('delete from payer_access where payer_id = $1', [company]);

    expect(await codeOf(groupPage(accounts.reader, 1, jana.id, id))).toBe('group-not-found');
  });
});

describe('asking an overpayment back', () => {
  const ACCOUNT = '19-2000145399/0800';
  async function overpaid(rest: number, more: Parameters<Accounts['prescribe']>[2] = {}): Promise<string> {
    const payer = await accounts.own(jana);
    const debt = await accounts.prescribe(payer, 50_000, more);
    return (await accounts.pay(50_000 + rest, debt.variableSymbol)).paymentId;
  }
  const ask = (paymentId: string, account = ACCOUNT): Promise<string> =>
    askReturn(town.corridor, 1, jana.id, { paymentId, account, name: 'Jana Nováková' });

  test('the request waits with its last day, and can be taken back', async () => {
    const paymentId = await overpaid(30_000);
    const id = await ask(paymentId, 'CZ65 0800 0000 1920 0014 5399');

    const [money] = (await accounts.page(jana)).overpaid;
    expect(money?.request).toMatchObject({ id, amount: 30_000, account: ACCOUNT, dueOn: '2026-04-01', state: 'open' });
    expect(await codeOf(ask(paymentId))).toBe('return-already-asked');
    expect(await codeOf(takeBackReturn(town.corridor, 1, petr.id, id))).toBe('return-not-found');
    await takeBackReturn(town.corridor, 1, jana.id, id);
    expect(await codeOf(takeBackReturn(town.corridor, 1, jana.id, id))).toBe('return-not-found');
    expect((await accounts.page(jana)).overpaid[0]?.request?.state).toBe('taken-back');
    expect(await codeOf(ask(paymentId))).toBe('done');
  });

  test('a small overpayment of a fee, a wrong account and money that is gone are refused', async () => {
    expect(await codeOf(ask(await overpaid(20_000)))).toBe('overpayment-too-small');
    expect(await codeOf(ask(await overpaid(20_000, { regime: 'sr', kind: 'pokuta' })))).toBe('done');
    expect(await codeOf(ask(await overpaid(30_000), '124/0800'))).toBe('account-invalid');
    expect(await codeOf(ask(await overpaid(0)))).toBe('overpayment-gone');
    expect(await codeOf(ask(randomUUID()))).toBe('payment-not-found');
  });

  test('an overpaid fee is not returned while another fee is overdue', async () => {
    const paymentId = await overpaid(30_000);
    await accounts.prescribe(jana.id, 40_000, { dueDate: '2026-02-01' });
    expect(await codeOf(ask(paymentId))).toBe('overpayment-covers-debt');
  });

  const deskOf = (): Desk => ({ db: town.db, tenantId: 1, now: () => town.clock.now(), poke: () => undefined });
  const back = (actor: Officer, paymentId: string, amount: number): Promise<object> =>
    returnPayment(deskOf(), asked(actor, { paymentId, amount, account: ACCOUNT, name: 'Jana Nováková', reason: 'žádost plátce' }));
  const seen = async (): Promise<unknown> => (await accounts.page(jana)).overpaid[0]?.request;

  test('the clerk sees it with its last day, and ordering the return answers it by the same commit', async () => {
    const paymentId = await overpaid(30_000);
    const id = await ask(paymentId);
    const open = {
      id,
      paymentId,
      payerName: 'Jana Nováková',
      amount: 30_000,
      free: 30_000,
      account: ACCOUNT,
      dueOn: '2026-04-01',
      late: false,
    };
    expect((await unmatchedDesk(accounts.reader, 1)).requests.filter((one) => one.id === id)).toMatchObject([open]);
    expect((await payerAccount(accounts.reader, 1, jana.id, town.eva.id)).requests).toMatchObject([open]);
    const asking = town.clock.now();
    town.later(31 * 24 * 3_600_000);
    expect((await payerAccount(accounts.reader, 1, jana.id, town.eva.id)).requests).toMatchObject([{ late: true }]);
    town.clock.set(asking);
    const failed = town.db.withTenant(1, async (trx) => {
      const order = {
        paymentId,
        amount: 30_000,
        to: ACCOUNT,
        name: 'Jana',
        reason: 'žádost',
        by: RULE,
        now: town.clock.now().toISOString(),
      };
      await orderReturn(trx, 1, order);
      throw new Error('what comes after it fails');
    });
    await expect(failed).rejects.toThrow('fails');
    expect(await seen()).toMatchObject({ state: 'open' });

    await back(town.eva, paymentId, 30_000);

    expect(await seen()).toMatchObject({ state: 'ordered' });
    expect((await unmatchedDesk(accounts.reader, 1)).requests.filter((one) => one.id === id)).toEqual([]);
    expect(
      await town.sql(
        'select q.verdict, q.settled_by, r.amount, r.way, r.to_account from return_request q join refund r on r.id = q.refund_id where q.id = $1',
        [id],
      ),
    ).toEqual([{ verdict: 'ordered', settled_by: `officer:${town.eva.id}`, amount: 30_000, way: 'transfer', to_account: ACCOUNT }]);
  });

  test('above the limit the request is answered by who approves, not by who asks', async () => {
    const paymentId = await overpaid(3_000_000);
    const id = await ask(paymentId);
    const { approvalId } = (await back(town.eva, paymentId, 3_000_000)) as { readonly approvalId: string };
    expect(await seen()).toMatchObject({ state: 'open' });
    expect((await unmatchedDesk(accounts.reader, 1)).requests.find((one) => one.id === id)).toMatchObject({ waitsForApproval: true });
    const refusal = refuseReturn(deskOf(), asked(town.eva, { requestId: id, reason: 'Nesprávný účet' }));
    expect(await codeOf(refusal)).toBe('return-waits-for-second');

    const [second] = await town.sql<{ id: string }>('select id from officer where id <> $1 limit 1', [town.eva.id]);
    const accountant: Officer = { kind: 'officer', id: second?.id ?? '', groups: ['ucetni'] };
    await decide(deskOf(), asked(accountant, { approvalId, verdict: 'approved', reason: '' }));

    expect(await seen()).toMatchObject({ state: 'ordered' });
  });

  test('a refusal needs money’s officer, comes once, and the payer reads its reason and may ask again', async () => {
    const paymentId = await overpaid(30_000);
    const requestId = await ask(paymentId);
    const refuse = (actor: Officer, commandId?: string): Promise<unknown> =>
      refuseReturn(deskOf(), asked(actor, { requestId, reason: 'Účet patří někomu jinému.' }, commandId));
    expect(await codeOf((async () => refuse({ ...town.eva, groups: ['pokladna'] }))())).toBe('not-permitted');

    const commandId = randomUUID();
    expect(await refuse(town.eva, commandId)).toEqual({ done: true });
    expect(await refuse(town.eva, commandId)).toEqual({ done: true });

    expect(await codeOf(refuse(town.eva))).toBe('return-request-settled');
    expect(await seen()).toMatchObject({ state: 'refused', reason: 'Účet patří někomu jinému.' });
    expect((await accounts.page(jana)).totals).toMatchObject({ overpaid: 30_000, returning: 0 });
    town.later(1);
    const again = await ask(paymentId);
    await back(town.eva, paymentId, 30_000);
    expect(await seen()).toMatchObject({ id: again, state: 'ordered' });
    const verdicts = await town.sql('select verdict from return_request where payment_id = $1 order by asked_at', [paymentId]);
    expect(verdicts).toEqual([{ verdict: 'refused' }, { verdict: 'ordered' }]);
  });

  test('money ordered back is shown as on its way', async () => {
    const paymentId = await overpaid(30_000);
    await accounts.inside((trx, t, now) =>
      orderReturn(trx, t, { paymentId, amount: 30_000, to: ACCOUNT, name: 'Jana', reason: 'žádost', by: RULE, now }),
    );
    const { totals, overpaid: rest } = await accounts.page(jana);
    expect(totals).toMatchObject({ overpaid: 0, returning: 30_000 });
    expect(rest.map(({ returning }) => returning)).toEqual([30_000]);
  });
});
