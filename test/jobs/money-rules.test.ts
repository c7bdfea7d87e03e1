// A payment that is late, early, double, in part, over, under a wrong symbol, for an ended case or after a withdrawal: each has its rule, and the process hears of it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noteReturned, orderReturn, reversePayment } from '../../server/books/index.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import { tellCasesOverdue } from '../../server/jobs/tell-overdue.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { effect, situation, startForm, userTask } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { catching, end, eventSubProcess, input, message, path, start } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
const fee = effect(
  'predepsat',
  'fee.prescribe',
  [
    input('amount', '=podani.castka'),
    input('title', 'Poplatek'),
    input('legalBasis', 'Zkušební předpis'),
    input('dueDeadline', 'lhuta'),
    input('kind', 'pokuta'),
  ],
  'spis:result="predpis"',
);
const heard = (name: string, ...then: readonly string[]): string =>
  eventSubProcess(
    `o-${name}`,
    start(`${name}-start`, `${message(name)}`, `spis:result="slysel"`),
    ...then,
    end(`${name}-konec`, '', `spis:outcome="${name}"`),
    path(`${name}-start`, ...then.map((one) => /id="([^"]+)"/.exec(one)?.[1] ?? ''), `${name}-konec`),
  );
const money = catching('platba', message('platba'), 'spis:result="platba"');
const paid = end('hotovo', '', 'spis:outcome="approved"');
const back = effect('vratit', 'payment.return', [input('prescriptionId', '=predpis.prescriptionId'), input('reason', 'pozdní platba')]);
const lower = effect('snizit', 'fee.adjust', [
  input('prescriptionId', '=predpis.prescriptionId'),
  input('amount', '=10000'),
  input('reason', 'úleva'),
]);

let town: TestTown;
let bank: OtherSide;
let workshop: Workshop;
beforeAll(async () => {
  town = await openTestTown(database);
  const install = (id: string, ...parts: readonly string[]): Promise<void> => town.install(id, situation(id, [...parts]));
  for (const name of ['castecna-platba', 'po-splatnosti', 'vratka', 'platba-odvolana'])
    await install(`slysi-${name}`, startForm, fee, userTask('dopis'), paid, path('podani', 'predepsat', 'dopis', 'hotovo'), heard(name));
  await install('ceka', startForm, fee, money, paid, path('podani', 'predepsat', 'platba', 'hotovo'));
  await install('konci', startForm, fee, paid, path('podani', 'predepsat', 'hotovo'));
  await install('vraci', startForm, fee, userTask('dopis'), back, paid, path('podani', 'predepsat', 'dopis', 'vratit', 'hotovo'));
  await install('snizuje', startForm, fee, userTask('dopis'), lower, paid, path('podani', 'predepsat', 'dopis', 'snizit', 'hotovo'));
});
beforeEach(() => {
  bank = openOtherSide('bank');
  workshop = aWorkshop(town, [bank]);
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

let items = 0;
const transfer = async (vs: string, amount: number, given: object = {}): Promise<string> => {
  const id = `2026/${(items += 1)}`;
  bank.messages = [
    {
      id,
      kind: 'bank-item',
      payload: { amount, vs, counterAccount: '19-123457/0100', name: 'JANA NOVAKOVA', message: '', date: '2026-03-03', ...given },
    },
  ];
  for (const loop of inboxLoops(workshop)) await loop.run();
  await settle();
  const [row] = await town.sql<{ id: string }>(`select id from payment where source_id = $1`, [id]);
  return row?.id ?? '';
};
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 2; turn += 1) {
    await skipPauses(town);
    await processInbox(workshop);
  }
};
const prescribed = async (caseId: string): Promise<{ readonly id: string; readonly vs: string }> => {
  const [row] = await town.sql<{ id: string; vs: string }>('select id, variable_symbol as vs from prescription where case_id = $1', [
    caseId,
  ]);
  if (!row) throw new Error('nothing is prescribed');
  return row;
};
const life = async (paymentId: string): Promise<string> => {
  const [row] = await town.sql<{ state: string; reason: string; free: number }>(
    'select state, reason, free::int from payment_balance where id = $1',
    [paymentId],
  );
  return `${row?.state} ${row?.reason} ${row?.free}`;
};
const told = async (caseId: string): Promise<readonly object[]> =>
  town.sql(
    `select payload ->> 'name' as name, result, (payload #>> '{payload,onTime}')::boolean as on_time from inbox where source = 'books' and payload ->> 'caseId' = $1 order by received_at, message_id`,
    [caseId],
  );
const outcome = async (caseId: string): Promise<string> => (await town.waits(caseId)).find((wait) => wait.startsWith('ended')) ?? 'open';

test('on time: the process hears that it is paid, by the day on which the money was credited', async () => {
  const caseId = await town.file('ceka');
  await transfer((await prescribed(caseId)).vs, 30_000);
  expect(await told(caseId)).toEqual([{ name: 'platba', result: 'delivered', on_time: true }]);
  expect(await outcome(caseId)).toBe('ended approved');
});

test('late: it pays all the same, and the process may tell by onTime', async () => {
  const caseId = await town.file('ceka');
  await transfer((await prescribed(caseId)).vs, 30_000, { date: '2026-12-31' });
  expect(await told(caseId)).toEqual([{ name: 'platba', result: 'delivered', on_time: false }]);
});

test('in part: the process hears how much, when it listens', async () => {
  const caseId = await town.file('slysi-castecna-platba');
  await transfer((await prescribed(caseId)).vs, 10_000);
  expect(await outcome(caseId)).toBe('ended castecna-platba');
});

test('in part to a process that does not listen: noted, the rest is still owed', async () => {
  const caseId = await town.file('ceka');
  await transfer((await prescribed(caseId)).vs, 10_000);
  expect(await told(caseId)).toEqual([{ name: 'castecna-platba', result: 'noted', on_time: true }]);
  expect(await outcome(caseId)).toBe('open');
});

test('not paid by the due day: the process hears of it once', async () => {
  const caseId = await town.file('slysi-po-splatnosti');
  const { id } = await prescribed(caseId);
  await town.sql(`update prescription set due_date = '2026-03-01' where id = $1`, [id]);
  expect(await tellCasesOverdue(workshop)).toBeGreaterThan(0);
  expect(await tellCasesOverdue(workshop)).toBe(0);
  await settle();
  expect(await outcome(caseId)).toBe('ended po-splatnosti');
});

test('twice and over: what is over stays visible and is nobody’s money but the payer’s', async () => {
  const caseId = await town.file('ceka');
  const { vs } = await prescribed(caseId);
  expect(await life(await transfer(vs, 40_000))).toBe('part-allocated overpaid 10000');
  expect(await life(await transfer(vs, 30_000))).toBe('unmatched already-paid 30000');
});

test('under a wrong symbol: it waits for a clerk, nothing is guessed', async () => {
  const caseId = await town.file('ceka');
  const { vs } = await prescribed(caseId);
  const slip = `${vs.slice(0, 8)}${vs[9]}${vs[8]}`;
  expect(await life(await transfer(slip, 30_000, { counterAccount: '' }))).toBe('unmatched unknown-symbol 30000');
  expect(await outcome(caseId)).toBe('open');
});

test('to a case that ended with its fee unpaid: the debt is paid, the message is noted, nothing fails', async () => {
  const caseId = await town.file('konci');
  const paymentId = await transfer((await prescribed(caseId)).vs, 30_000);
  expect(await life(paymentId)).toBe('allocated  0');
  expect(await told(caseId)).toEqual([{ name: 'platba', result: 'noted', on_time: true }]);
});

test('money that comes while the process is elsewhere is sent back by the process itself, and it hears when it has gone', async () => {
  const caseId = await town.file('vraci');
  const { id, vs } = await prescribed(caseId);
  const paymentId = await transfer(vs, 45_000);
  await town.complete(caseId, 'dopis');
  expect(await life(paymentId)).toBe('return-ordered return-ordered 0');
  const [refund] = await town.sql<{ id: string; amount: number; to_account: string }>(
    'select id, amount::int, to_account from refund where payment_id = $1',
    [paymentId],
  );
  expect(refund).toMatchObject({ amount: 15_000, to_account: '19-123457/0100' });
  const now = town.clock.now().toISOString();
  await town.db.withTenant(town.tenantId, (trx) =>
    noteReturned(trx, town.tenantId, { refundId: refund?.id ?? '', bookedOn: '2026-03-04', by: 'rule:bank', now }),
  );
  await settle();
  expect(await told(caseId)).toContainEqual({ name: 'vratka', result: 'noted', on_time: null });
  expect(await life(paymentId)).toBe('allocated returned 0');
  expect(id).not.toBe('');
});

test('a return is heard by a process that listens for it', async () => {
  const caseId = await town.file('slysi-vratka');
  const paymentId = await transfer((await prescribed(caseId)).vs, 31_000);
  const deed = { by: 'rule:test', now: town.clock.now().toISOString() };
  await town.db.withTenant(town.tenantId, async (trx) => {
    const order = { paymentId, amount: 1_000, to: '', name: '', reason: 'přeplatek' };
    const refundId = await orderReturn(trx, town.tenantId, { ...order, ...deed });
    await noteReturned(trx, town.tenantId, { refundId, bookedOn: '2026-03-04', ...deed });
  });
  await settle();
  expect(await outcome(caseId)).toBe('ended vratka');
});

test('a storno of the bank: the debt is there again and the process hears that the payment is gone', async () => {
  const caseId = await town.file('slysi-platba-odvolana');
  const paymentId = await transfer((await prescribed(caseId)).vs, 30_000);
  const now = town.clock.now().toISOString();
  await town.db.withTenant(town.tenantId, (trx) =>
    reversePayment(trx, town.tenantId, { paymentId, reason: 'storno', by: 'rule:bank', now }),
  );
  await settle();
  expect(await outcome(caseId)).toBe('ended platba-odvolana');
});

test('a payment that was taken back before the process heard of it is never told', async () => {
  const caseId = await town.file('vraci');
  const paymentId = await transfer((await prescribed(caseId)).vs, 30_000);
  const now = town.clock.now().toISOString();
  await town.db.withTenant(town.tenantId, (trx) =>
    reversePayment(trx, town.tenantId, { paymentId, reason: 'storno', by: 'rule:bank', now }),
  );
  await settle();
  expect(await told(caseId)).toContainEqual({ name: 'platba', result: 'noted', on_time: true });
});

test('a process lowers a fee: what was paid over is free', async () => {
  const caseId = await town.file('snizuje');
  const paymentId = await transfer((await prescribed(caseId)).vs, 30_000);
  await town.complete(caseId, 'dopis');
  expect(await life(paymentId)).toBe('part-allocated overpaid 20000');
  expect(await outcome(caseId)).toBe('ended approved');
});
