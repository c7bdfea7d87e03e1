// The tests have teeth: a town that is made worse on purpose is found out. Each fault is set into the database or the outside, never into our code.
import { beforeEach, expect, test, afterEach } from 'vitest';
import { receive, type Received } from '../../server/books/index.ts';
import { recordAnswer } from '../../server/cases/commands/index.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { oneEffect, oneTask, whole } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { aWorkshop, leasesRunOut, skipPauses } from '../jobs/a-workshop.ts';
import { openOtherSide, type OtherSide } from '../jobs/other-side.ts';
import { cloneDatabase } from '../setup/database.ts';
import { brokenInvariants } from './invariants.ts';
import { differences, type Ledgers } from './ledgers.ts';

const database = await cloneDatabase();
let town: TestTown;
let tenant = 0;
beforeEach(async () => {
  town = await openTestTown(database, (tenant += 1));
  await town.install('ucinek', oneEffect());
  await town.install('ukol', oneTask());
  await town.install('zkouska', whole());
});
afterEach(() => town.close());

/** Breaks every town of this database until the test is over. */
async function withFault<T>(make: string, mend: string, work: () => Promise<T>): Promise<T> {
  await town.sql(make);
  try {
    return await work();
  } finally {
    await town.sql(mend);
  }
}
const trigger = (name: string, table: string, when: string, body: string): readonly [string, string] => [
  `create function ${name}() returns trigger language plpgsql as $$ begin ${body} return new; end $$; create trigger ${name} before ${when} on ${table} for each row execute function ${name}()`,
  `drop trigger ${name} on ${table}; drop function ${name}()`,
];
const broken = async (): Promise<readonly string[]> =>
  (await brokenInvariants(everyTownUrl(database))).map((line) => line.split(' ')[0] ?? '');
const empty: Ledgers = { isds: [], bank: { transfers: [] }, gopay: [], mail: [] };

async function loseOneAnswer(side: OtherSide): Promise<void> {
  await town.file('ucinek');
  side.moods = ['lose-answer'];
  await performEffects(aWorkshop(town, [side]));
  await skipPauses(town);
  await performEffects(aWorkshop(town, [side]));
}

test('without asking before a second try an effect is doubled, with it not', async () => {
  const asked = openOtherSide('out', true);
  await loseOneAnswer(asked);
  expect(asked.deeds).toHaveLength(1);
  const notAsked = openOtherSide('out', false);
  await loseOneAnswer(notAsked);
  expect(new Set(notAsked.deeds).size).toBe(1);
  expect(notAsked.deeds).toHaveLength(2);
});

test('without a fencing token the answer of a worker that lost its lease counts', async () => {
  const lateAnswer = async (): Promise<unknown> => {
    const caseId = await town.file('ucinek');
    const claim = (): ReturnType<typeof claimEffects> =>
      town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 1, 5_000));
    const [lost] = await claim();
    await leasesRunOut(town);
    await claim();
    const counted = await town
      .run(
        caseId,
        recordAnswer,
        { kind: 'outside', id: 'out.send' },
        { key: lost?.key ?? '', lease: lost?.lease ?? '', answer: { done: { messageId: 'pozdě' } } },
      )
      .then(
        () => 'counted',
        (error: Error) => error.message,
      );
    // The second worker never answers: its lease would run out in the middle of a later test.
    await forget(caseId);
    return counted;
  };
  expect(await lateAnswer()).toBe('overtaken: lease lost');
  const [make, mend] = trigger(
    'no_fencing',
    'outbox',
    'update',
    `if new.state = 'leased' then new.lease := '00000000-0000-0000-0000-000000000000'; end if;`,
  );
  expect(await withFault(make, mend, lateAnswer)).toBe('counted');
});

test('without the unique key of the inbox one transfer is two payments, and the ledgers say so', async () => {
  const bank = openOtherSide('bank');
  const workshop = aWorkshop(town, [bank]);
  const twice = async (id: string): Promise<readonly string[]> => {
    bank.messages = [
      { id, kind: 'bank-item', payload: { amount: 100, vs: '9999', counterAccount: '1/0100', name: 'x', message: '', date: '2026-03-03' } },
    ];
    for (let reads = 0; reads < 2; reads += 1) {
      for (const loop of inboxLoops(workshop)) await loop.run();
      await processInbox(workshop);
    }
    return differences(everyTownUrl(database), { ...empty, bank: { transfers: [{ to: 'x', amount: 100, vs: '9999' }] } });
  };
  expect(await twice('prvni')).toEqual([]);
  await forgetMoney();
  const [make, mend] = trigger('no_key', 'inbox', 'insert', `new.message_id := new.message_id || random();`);
  expect(await withFault(make, mend, () => twice('druha'))).toContain('transfer: 1 doubled with us');
  await forgetMoney();
  await town.sql(`delete from inbox`);
});

test('a journal row that gets lost is found', async () => {
  const [make, mend] = trigger('lost_row', 'journal', 'insert', `if new.kind = 'withdraw' then return null; end if;`);
  const caseId = await town.file('ukol');
  await withFault(make, mend, () => town.withdraw(caseId));
  expect(await broken()).toEqual(expect.arrayContaining(['I3', 'I10b']));
  await forget(caseId);
});

test('a case changed beside the corridor is found', async () => {
  const caseId = await town.file('ukol');
  await town.sql(`update cases set engine_state = jsonb_set(engine_state, '{v,podani,jmeno}', '"Jiná"') where id = $1`, [caseId]);
  expect(await broken()).toEqual(expect.arrayContaining(['I3', 'I10']));
  await forget(caseId);
});

test('a task, a timer or a subscription that went without its wait is found', async () => {
  for (const change of [
    `delete from task where case_id = $1`,
    `update timer set cancelled_at = now() where case_id = $1`,
    `delete from subscription where case_id = $1`,
  ]) {
    const caseId = await town.file('zkouska');
    await town.sql(change, [caseId]);
    expect(await broken()).toContain('I2');
    await forget(caseId);
  }
});

test('an effect that was never ordered is found', async () => {
  const [make, mend] = trigger('lost_effect', 'outbox', 'insert', `return null;`);
  const caseId = await withFault(make, mend, () => town.file('ucinek'));
  expect(await broken()).toContain('I2');
  await forget(caseId);
});

test('a number that was skipped is found', async () => {
  const caseId = await town.file('ukol');
  await town.sql(`update number_series set last = last + 1 where tenant_id = $1`, [town.tenantId]);
  expect(await broken()).toContain('I15');
  await town.sql(`update number_series set last = last - 1 where tenant_id = $1`, [town.tenantId]);
  await forget(caseId);
});

test('money allocated twice is found', async () => {
  const caseId = await town.file('zkouska');
  await town.complete(caseId, 'kontrola');
  const [held] = await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 1, 5_000));
  await town.run(
    caseId,
    recordAnswer,
    { kind: 'outside', id: 'isds.send' },
    { key: held?.key ?? '', lease: held?.lease ?? '', answer: { done: { messageId: '1' } } },
  );
  const [fee] = await town.sql<{ id: string; amount: number; vs: string }>(
    'select id, amount::int, variable_symbol as vs from prescription where case_id = $1',
    [caseId],
  );
  const paid = await pay(fee?.vs ?? '', fee?.amount ?? 0);
  expect(await broken()).toEqual([]);
  // Beside the books: the same money once more, in entries that balance.
  await town.sql(
    `with t as (insert into ledger_transaction (tenant_id, id, kind, key, booked_on, recorded_at, actor) values ($1, gen_random_uuid(), 'allocate', gen_random_uuid()::text, '2026-03-02', now(), 'x') returning id)
     insert into ledger_entry (tenant_id, transaction_id, line, account, subject, amount)
     select $1, t.id, 1, 'payment', $2::uuid, $4::bigint from t union all select $1, t.id, 2, 'receivable', $3::uuid, -$4::bigint from t`,
    [town.tenantId, paid.paymentId, fee?.id, fee?.amount],
  );
  expect(await broken()).toEqual(expect.arrayContaining(['I6', 'I6b']));
  await forgetMoney();
});

test('a payment that never got into the ledger is found', async () => {
  const [make, mend] = trigger('lost_booking', 'ledger_transaction', 'insert', `return null;`);
  await withFault(make, mend, () => pay('1', 100));
  expect(await broken()).toContain('I6d');
  await forgetMoney();
});

const pay = (variableSymbol: string, amount: number): Promise<Received> =>
  town.db.withTenant(town.tenantId, (trx) =>
    receive(
      trx,
      town.tenantId,
      {
        source: 'import',
        sourceId: crypto.randomUUID(),
        account: 'opening',
        amount,
        variableSymbol,
        counterAccount: '',
        payerName: '',
        message: '',
        receivedOn: '2026-03-02',
      },
      { now: town.clock.now().toISOString() },
    ),
  );

/** Takes the spoilt money away with its entries. */
async function forgetMoney(): Promise<void> {
  for (const table of ['ledger_transaction', 'ledger_entry']) await town.sql(`alter table ${table} disable trigger user`);
  await town.sql(`delete from ledger_entry where tenant_id = $1 and transaction_id not in (select id from prescription)`, [town.tenantId]);
  await town.sql(`delete from ledger_transaction where tenant_id = $1 and id not in (select id from prescription)`, [town.tenantId]);
  await town.sql(`delete from payment_move where tenant_id = $1`, [town.tenantId]);
  await town.sql(`delete from payment where tenant_id = $1`, [town.tenantId]);
  for (const table of ['ledger_transaction', 'ledger_entry']) await town.sql(`alter table ${table} enable trigger user`);
}

const RECORDS = ['records_act', 'records_event', 'records_document', 'records_file'];
/** Takes the spoilt case away, so that the next fault is seen by itself. */
async function forget(caseId: string): Promise<void> {
  await town.sql(`alter table journal disable trigger journal_append_only`);
  for (const table of ['task', 'timer', 'subscription', 'incident', 'outbox', 'journal', ...RECORDS, 'document', 'command'])
    await town.sql(`delete from ${table} where case_id = $1`, [caseId]);
  await town.sql(`delete from draft where submitted_case = $1`, [caseId]);
  await town.sql(`delete from cases where id = $1`, [caseId]);
  await town.sql(`delete from number_series where tenant_id = $1`, [town.tenantId]);
  await town.sql(`alter table journal enable trigger journal_append_only`);
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
}
