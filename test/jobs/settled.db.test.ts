// A prescription that is settled without money of its own: the case that waits for `platba` hears it once, however it came about and whatever died meanwhile.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adjust, cancelPrescription, decideApproval, release, writeOff } from '../../server/books/index.ts';
import { adjustPrescription } from '../../server/books/desk/payer-acts.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import type { Transaction } from '../../server/store/database.ts';
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
  [input('amount', '=podani.castka'), input('title', 'Poplatek'), input('legalBasis', 'Zkušební předpis'), input('dueDeadline', 'lhuta')],
  'spis:result="predpis"',
);
const money = catching('platba', message('platba'), 'spis:result="platba" spis:key="=predpis.prescriptionId"');
const later = userTask('potom');
const paid = end('hotovo', '', 'spis:outcome="approved"');
/** Hears of every `platba` beside the way: were it told twice, there would be two tasks. */
const counter = eventSubProcess(
  'pocitadlo',
  start('prislo', message('platba'), 'isInterrupting="false"'),
  userTask('zapsat'),
  end('zapsano'),
  path('prislo', 'zapsat', 'zapsano'),
);

let town: TestTown;
let bank: OtherSide;
let workshop: Workshop;
beforeAll(async () => {
  town = await openTestTown(database);
  const install = (id: string, ...parts: readonly string[]): Promise<void> => town.install(id, situation(id, [startForm, fee, ...parts]));
  await install('poplatek', money, later, paid, path('podani', 'predepsat', 'platba', 'potom', 'hotovo'));
  await install('pozdeji', userTask('dopis'), money, later, paid, path('podani', 'predepsat', 'dopis', 'platba', 'potom', 'hotovo'));
  await install('pocitat', later, paid, path('podani', 'predepsat', 'potom', 'hotovo'), counter);
  const adjusting = (amount: string): string =>
    effect('opravit', 'fee.adjust', [
      input('prescriptionId', '=predpis.prescriptionId'),
      input('amount', amount),
      input('reason', 'odvolání'),
    ]);
  await install(
    'sam',
    userTask('dopis'),
    adjusting('=0'),
    later,
    paid,
    path('podani', 'predepsat', 'dopis', 'opravit', 'potom', 'hotovo'),
    counter,
  );
  await install(
    'snizi',
    userTask('dopis'),
    adjusting('=10000'),
    money,
    later,
    paid,
    path('podani', 'predepsat', 'dopis', 'opravit', 'platba', 'potom', 'hotovo'),
  );
});
beforeEach(() => {
  bank = openOtherSide('bank');
  workshop = aWorkshop(town, [bank]);
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const BY = 'rule:test';
const books = <T>(work: (trx: Transaction, tenantId: number, deed: { by: string; now: string }) => Promise<T>): Promise<T> =>
  town.db.withTenant(town.tenantId, (trx) => work(trx, town.tenantId, { by: BY, now: town.clock.now().toISOString() }));
const debtOf = async (caseId: string): Promise<{ id: string; vs: string; due: string }> => {
  const [row] = await town.sql<{ id: string; vs: string; due: string }>(
    'select id, variable_symbol as vs, due_date::text as due from prescription where case_id = $1',
    [caseId],
  );
  if (!row) throw new Error('nothing was prescribed');
  return row;
};
const tell = async (): Promise<void> => {
  await skipPauses(town);
  await processInbox(workshop);
};
const pay = async (vs: string, amount: number): Promise<string> => {
  const id = `settled/${randomUUID()}`;
  bank.messages = [
    { id, kind: 'bank-item', payload: { amount, vs, counterAccount: '1/0100', name: 'Jana', message: '', date: '2026-03-03' } },
  ];
  for (const loop of inboxLoops(workshop)) await loop.run();
  await tell();
  await tell();
  return (await town.sql<{ id: string }>('select id from payment where source_id = $1', [id]))[0]?.id ?? '';
};
const correct = (prescriptionId: string, amount: number) =>
  books((trx, t, deed) => adjust(trx, t, { prescriptionId, amount, reason: 'oprava', ...deed }));
const cancel = (prescriptionId: string) =>
  books((trx, t, deed) => cancelPrescription(trx, t, { prescriptionId, reason: 'omylem', ...deed }));
const giveUp = (prescriptionId: string, amount: number) =>
  books((trx, t, deed) => writeOff(trx, t, { prescriptionId, amount, reason: 'nedobytné', ...deed }));
/** What the case was told or will be, the oldest first: how it was settled and what became of the message. */
const told = async (caseId: string): Promise<readonly string[]> =>
  (
    await town.sql<{ how: string; result: string }>(
      `select payload #>> '{payload,how}' as how, coalesce(result, 'kept') as result from inbox
        where source = 'books' and payload ->> 'caseId' = $1 and payload ->> 'name' = 'platba' order by received_at, message_id`,
      [caseId],
    )
  ).map(({ how, result }) => `${how} ${result}`);
const payloadOf = async (caseId: string): Promise<Readonly<Record<string, unknown>>> =>
  (
    await town.sql<{ payload: Readonly<Record<string, unknown>> }>(
      `select payload -> 'payload' as payload from inbox where source = 'books' and payload ->> 'caseId' = $1 and payload ->> 'name' = 'platba' order by received_at desc limit 1`,
      [caseId],
    )
  )[0]?.payload ?? {};
const MOVED = ['task potom'];
const WAITS = ['message platba'];

describe('a case that waits for money goes on', () => {
  test('when its prescription is cancelled', async () => {
    const caseId = await town.file('poplatek');
    const { id, due } = await debtOf(caseId);
    await cancel(id);
    expect(await town.waits(caseId)).toEqual(WAITS);
    await tell();
    await tell();
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await told(caseId)).toEqual(['cancelled delivered']);
    expect(await payloadOf(caseId)).toMatchObject({
      paymentId: null,
      amount: 0,
      open: 0,
      receivedOn: '2026-03-02',
      onTime: true,
      dueDate: due,
    });
  });

  test('when it is corrected down to what has come already', async () => {
    const caseId = await town.file('poplatek');
    const { id, vs } = await debtOf(caseId);
    const paymentId = await pay(vs, 10_000);
    await correct(id, 15_000);
    await tell();
    expect(await town.waits(caseId)).toEqual(WAITS);
    await correct(id, 10_000);
    await tell();
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await payloadOf(caseId)).toMatchObject({ how: 'corrected', paymentId, amount: 10_000, receivedOn: '2026-03-03', onTime: true });
  });

  test('when it is corrected below what has come: the rest is free and the case is told once', async () => {
    const caseId = await town.file('poplatek');
    const { id, vs } = await debtOf(caseId);
    await pay(vs, 10_000);
    expect(await correct(id, 4_000)).toMatchObject({ freed: 6_000 });
    await tell();
    await correct(id, 3_000);
    await tell();
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await told(caseId)).toEqual(['corrected delivered']);
  });

  test('when all that is owed is written off, not before', async () => {
    const caseId = await town.file('poplatek');
    const { id, vs } = await debtOf(caseId);
    await pay(vs, 10_000);
    await giveUp(id, 5_000);
    await tell();
    expect(await town.waits(caseId)).toEqual(WAITS);
    await giveUp(id, 15_000);
    await tell();
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await told(caseId)).toEqual(['written-off delivered']);
  });

  test('when an overpayment of another case of the same payer covers it', async () => {
    const [first, second] = [await town.file('poplatek'), await town.file('poplatek')];
    const before = town.clock.now();
    town.later(40 * 86_400_000);
    const { vs } = await debtOf(first);
    bank.messages = [
      {
        id: `arrears/${randomUUID()}`,
        kind: 'bank-item',
        payload: { amount: 60_000, vs, counterAccount: '1/0100', name: 'Jana', message: '', date: '2026-04-10' },
      },
    ];
    for (const loop of inboxLoops(workshop)) await loop.run();
    for (let turn = 0; turn < 3; turn++) await tell();
    town.clock.set(before);
    expect([await town.waits(first), await town.waits(second)]).toEqual([MOVED, MOVED]);
    expect(await told(second)).toEqual(['paid delivered']);
  });

  test('when a second officer approves a big cancellation, with nothing more to do', async () => {
    const caseId = await town.file('poplatek', { jmeno: 'Jana', castka: 2_000_000 });
    const { id } = await debtOf(caseId);
    const desk = { db: town.db, tenantId: town.tenantId, now: () => town.clock.now(), poke: () => undefined };
    const clerk = { kind: 'officer', id: town.eva.id, groups: ['ucetni'] } as const;
    const asked = await adjustPrescription(desk, {
      commandId: randomUUID(),
      actor: clerk,
      data: { prescriptionId: id, amount: 0, reason: 'předepsáno omylem' },
    });
    await tell();
    expect(await town.waits(caseId)).toEqual(WAITS);
    const approvalId = 'approvalId' in asked ? asked.approvalId : '';
    await books((trx, t, { now }) => decideApproval(trx, t, { approvalId, verdict: 'approved', reason: '', officerId: town.petr.id, now }));
    await tell();
    expect(await town.waits(caseId)).toEqual(MOVED);
  });
});

describe('once and as it stands', () => {
  test('a case that does not wait yet hears it when it does', async () => {
    const caseId = await town.file('pozdeji');
    await cancel((await debtOf(caseId)).id);
    await tell();
    expect(await town.waits(caseId)).toEqual(['task dopis']);
    await town.complete(caseId, 'dopis');
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await told(caseId)).toEqual(['cancelled delivered']);
  });

  test('paid and cancelled before the case waits: it hears of the cancellation only', async () => {
    const caseId = await town.file('pozdeji');
    const { id, vs } = await debtOf(caseId);
    await pay(vs, 30_000);
    await cancel(id);
    await town.complete(caseId, 'dopis');
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await told(caseId)).toEqual(['paid noted', 'cancelled delivered']);
  });

  test('paid and raised before the case waits: it goes on waiting for the rest', async () => {
    const caseId = await town.file('pozdeji');
    const { id, vs } = await debtOf(caseId);
    await pay(vs, 30_000);
    await correct(id, 40_000);
    await town.complete(caseId, 'dopis');
    expect(await town.waits(caseId)).toEqual(WAITS);
    await pay(vs, 10_000);
    expect(await town.waits(caseId)).toEqual(MOVED);
  });

  test('a case that has heard of the money is not told of the cancellation afterwards', async () => {
    const caseId = await town.file('pocitat');
    const { id, vs } = await debtOf(caseId);
    await pay(vs, 30_000);
    await cancel(id);
    await tell();
    expect(await town.waits(caseId)).toEqual(['message platba', 'task potom', 'task zapsat']);
    expect(await told(caseId)).toEqual(['paid delivered']);
  });

  test('money that was released and then given up is told again, because something was owed in between', async () => {
    const caseId = await town.file('pocitat');
    const { id, vs } = await debtOf(caseId);
    const paymentId = await pay(vs, 30_000);
    await books((trx, t, deed) => release(trx, t, { paymentId, prescriptionId: id, reason: 'omyl', ...deed }));
    await giveUp(id, 30_000);
    await tell();
    expect(await told(caseId)).toEqual(['paid delivered', 'written-off delivered']);
  });

  test('a diagram that cancels by itself is told nothing', async () => {
    const caseId = await town.file('sam');
    await town.complete(caseId, 'dopis');
    await tell();
    expect(await told(caseId)).toEqual([]);
    expect(await town.waits(caseId)).toEqual(['message platba', 'task potom']);
  });

  test('a diagram that lowers the fee to what has come and then waits goes on at once', async () => {
    const caseId = await town.file('snizi');
    await pay((await debtOf(caseId)).vs, 10_000);
    await town.complete(caseId, 'dopis');
    expect(await town.waits(caseId)).toEqual(MOVED);
    expect(await told(caseId)).toEqual(['corrected delivered']);
  });

  test('what was cancelled after its due day is not late, what was written off then is', async () => {
    const [cancelled, given] = [await town.file('poplatek'), await town.file('poplatek')];
    const before = town.clock.now();
    town.later(60 * 86_400_000);
    const { id, due } = await debtOf(cancelled);
    await cancel(id);
    await giveUp((await debtOf(given)).id, 30_000);
    town.clock.set(before);
    expect(await payloadOf(cancelled)).toMatchObject({ receivedOn: due, onTime: true });
    expect(await payloadOf(given)).toMatchObject({ receivedOn: '2026-05-01', onTime: false });
    await tell();
  });
});

describe('kill -9', () => {
  const program = join(import.meta.dirname, 'settle-and-die.ts');
  test.each(['processing:money-event', 'before-commit:receive-message', 'after-commit:receive-message', 'processed:money-event'])(
    'between the booking and the telling, at %s: the case is told once',
    async (point) => {
      const caseId = await town.file('poplatek');
      const { id } = await debtOf(caseId);
      const command = randomUUID();
      const run = (...at: readonly string[]) =>
        spawnSync(process.execPath, [program, database.appUrl, String(town.tenantId), id, town.eva.id, command, ...at], {
          encoding: 'utf8',
          timeout: 120_000,
        });
      expect(run(point).signal).toBe('SIGKILL');
      await skipPauses(town);
      const again = run();
      expect([again.stdout, again.stderr]).toEqual(['told', '']);
      expect(await town.waits(caseId)).toEqual(MOVED);
      expect(await told(caseId)).toEqual(['cancelled delivered']);
    },
    120_000,
  );
});
