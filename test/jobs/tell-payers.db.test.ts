// Citizens are told about their money once: by whom they were told before, by two servers at once, and after a crash.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noteReturned, orderReturn } from '../../server/books/index.ts';
import { keepReminders } from '../../server/cases/account/reminders.ts';
import { tellPayers } from '../../server/jobs/tell-payers.ts';
import { moneyNotices } from '../../server/queries/account/notices.ts';
import { newId } from '../../server/platform/ids.ts';
import { MONEY_EVENTS, type MoneyEvent } from '../../server/store/money-notices.ts';
import { saveContact } from '../../server/store/contacts.ts';
import { insertPerson } from '../../server/store/people.ts';
import { RULE } from '../books/a-payer.ts';
import { openTestTown, type Citizen, type TestTown } from '../cases/town.ts';
import { accountsOf, type Accounts } from '../queries/account/an-account.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
let town: TestTown;
let accounts: Accounts;
let jana: Citizen;
beforeAll(async () => {
  town = await openTestTown(database);
  accounts = accountsOf(town);
});
afterAll(() => town.close());
beforeEach(async () => {
  jana = { kind: 'citizen', id: newId(town.clock.now()) };
  const facts = {
    givenName: 'Jana',
    familyName: 'Nováková',
    birthDate: null,
    placeOfBirth: null,
    address: null,
    phone: null,
    dataBox: null,
  };
  await town.db.withTenant(1, (trx) =>
    insertPerson(trx, 1, { id: jana.id, ...facts, email: 'jana@nia.example', lang: 'cs' }, town.clock.now()),
  );
  await town.db.withTenant(1, (trx) =>
    saveContact(trx, 1, jana.id, { channel: 'email', address: 'jana@posta.example', confirmedAt: town.clock.now().toISOString() }),
  );
  await accounts.own(jana);
  await tell();
});

const tell = (): Promise<number> => tellPayers(aWorkshop(town, []));
const mails = (): Promise<readonly { readonly subject: string; readonly text: string }[]> =>
  town.sql(
    `select o.input->>'subject' as subject, o.input->>'text' as text from outbox o join money_notice n on n.effect_key = o.key where n.person_id = $1 order by o.created_at, o.key`,
    [jana.id],
  );
const events = async (): Promise<readonly string[]> =>
  (await town.sql<{ event: string }>('select event from money_notice where person_id = $1 order by created_at, id', [jana.id])).map(
    ({ event }) => event,
  );

describe('what is told', () => {
  test('a new debt and its near due day, once, by e-mail and in the portal', async () => {
    const dog = await accounts.prescribe(jana.id, 150_000, { dueDate: '2026-03-08' });

    await tell();
    await tell();

    expect([...(await events())].sort()).toEqual(['due-soon', 'prescribed']);
    const sent = await mails();
    expect(sent.map(({ subject }) => subject.replaceAll('\u00a0', ' ')).sort()).toEqual([
      'Do 8. března 2026 zaplaťte 1 500 Kč',
      'Nový předpis 1 500 Kč',
    ]);
    expect(sent[0]?.text).toContain(`/platby/${dog.id}`);
    const [notice] = await moneyNotices(accounts.reader, 1, jana.id);
    expect(notice).toMatchObject({ amount: 150_000, read: false, href: `/platby/${dog.id}` });
  });

  test('a payment and how it was cleared, and again when its rest pays something else on another day', async () => {
    const dog = await accounts.prescribe(jana.id, 100_000, { dueDate: '2026-06-30' });
    await accounts.pay(130_000, dog.variableSymbol);
    await tell();

    const paid = (await mails()).find(({ subject }) => subject.startsWith('Přišla platba'));
    expect(paid?.text).not.toContain('Poplatek ze psa');
    expect(paid?.text.replaceAll('\u00a0', ' ')).toContain('Přeplatek: 300 Kč');
    const notice = (await moneyNotices(accounts.reader, 1, jana.id)).find(({ event }) => event === 'cleared');
    expect(notice).toMatchObject({ cleared: [{ title: 'Poplatek ze psa', amount: 100_000 }], rest: 30_000 });
  });

  test('money that was sent back', async () => {
    const dog = await accounts.prescribe(jana.id, 100_000, { dueDate: '2026-06-30' });
    const { paymentId } = await accounts.pay(150_000, dog.variableSymbol);
    await accounts.inside(async (trx, t, now) => {
      const order = { paymentId, amount: 50_000, to: '19-2000145399/0800', name: 'Jana', reason: 'přeplatek', by: RULE, now };
      await noteReturned(trx, t, { refundId: await orderReturn(trx, t, order), bookedOn: '2026-03-02', by: RULE, now });
    });
    await tell();
    expect(await events()).toContain('returned');
    expect((await mails()).some(({ subject }) => subject.replaceAll('\u00a0', ' ') === 'Vrátili jsme 500 Kč')).toBe(true);
  });

  test('what has just become late is told; a paid, cancelled or long forgotten one is not', async () => {
    await accounts.prescribe(jana.id, 10_000, { dueDate: '2026-03-01' });
    await accounts.prescribe(jana.id, 10_000, { dueDate: '2025-03-01' });
    const paid = await accounts.prescribe(jana.id, 10_000, { dueDate: '2026-02-28' });
    await accounts.pay(10_000, paid.variableSymbol);
    await tell();
    expect((await events()).filter((event) => event === 'overdue')).toHaveLength(1);
  });

  test('history from the old records is no news', async () => {
    const imported = { variableSymbol: '1234567890', prescribedOn: '2024-01-10' };
    const old = await accounts.prescribe(jana.id, 10_000, { dueDate: '2024-04-30', imported });
    await accounts.pay(10_000, '', { source: 'import', account: 'opening', wish: [{ prescriptionId: old.id }], receivedOn: '2024-04-01' });
    await tell();
    expect(await events()).toEqual([]);
  });
});

describe('as the citizen set it', () => {
  const set = (chosen: Partial<Record<MoneyEvent, boolean>>, daysBefore = 7): Promise<void> =>
    keepReminders(town.corridor, 1, jana.id, {
      daysBefore,
      events: MONEY_EVENTS.map((event) => ({ event, byEmail: chosen[event] ?? true, bySms: false, byDataBox: false })),
    });

  test('an event that is switched off sends no e-mail, the portal shows it still', async () => {
    await set({ prescribed: false });
    await accounts.prescribe(jana.id, 150_000, { dueDate: '2026-06-30' });
    await tell();
    expect(await events()).toEqual(['prescribed']);
    expect(await mails()).toEqual([]);
  });

  test('the day of the reminder is the chosen one', async () => {
    await set({}, 20);
    await accounts.prescribe(jana.id, 150_000, { dueDate: '2026-03-22' });
    await accounts.prescribe(jana.id, 150_000, { dueDate: '2026-03-23' });
    await tell();
    expect((await events()).filter((event) => event === 'due-soon')).toHaveLength(1);
  });
});

test('two servers at once tell each thing once', async () => {
  for (let one = 0; one < 5; one += 1) await accounts.prescribe(jana.id, 10_000, { dueDate: '2026-03-05' });
  await Promise.all([tell(), tell(), tell()]);
  expect(await events()).toHaveLength(10);
  expect(await mails()).toHaveLength(10);
});

test('who lost his access is told nothing; who has it is', async () => {
  const company = await accounts.payer('Pekárna s.r.o.');
  await accounts.access(jana, company, 'statutory', '2026-01-01', '2026-03-01');
  await accounts.prescribe(company, 10_000, { dueDate: '2026-06-30' });
  await tell();
  expect(await events()).toEqual([]);
  await town.sql('update payer_access set valid_to = null where payer_id = $1', [company]);
  await tell();
  expect(await events()).toEqual(['prescribed']);
});
