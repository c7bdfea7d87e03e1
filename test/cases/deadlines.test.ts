// Deadlines of law in the corridor: recorded with the step, moved with the step, changed by hand only with a reason.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { alertDeadline, changeDeadline, noteDelivery, type DeadlineChange } from '../../server/cases/commands/index.ts';
import { journalOf, verifyChain } from '../../server/store/journal.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { boundary, catching, end, eventSubProcess, extensions, message, path, start } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { situation, userTask } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';
import type { SituationFiles } from '../../server/catalog/index.ts';

/** Thursday; golden case G3 of the domain. */
const FILED = new Date('2026-03-05T09:00:00.000Z');
const database = await cloneDatabase();
let town: TestTown;

const event = (deadline: string, type: string, more = ''): string => `<spis:deadlineEvent deadline="${deadline}" type="${type}" ${more}/>`;
const deadlineTimer = '<bpmn:timerEventDefinition/>';
const legal = `deadlines:
  - { name: lhuta, title: { cs: Lhůta }, count: 10, unit: days, regime: none, law: Zkušební předpis }
  - { name: rozhodnuti, title: { cs: Vydání rozhodnutí }, rule: sr/decision, law: § 71 odst. 3 správního řádu }
  - { name: doplneni, title: { cs: Doplnění }, rule: sr/set_period, law: § 39 správního řádu, count: 15, unit: days }
  - { name: odvolani, title: { cs: Odvolání }, rule: sr/appeal, law: § 83 odst. 1 správního řádu }
`;

/** A check that may call for completion and interrupt, a decision, its delivery, an appeal period. */
function procedure(): SituationFiles {
  const files = situation('rizeni', [
    start(
      'podani',
      extensions(event('rozhodnuti', 'received', 'date="=pripad.filedAt"')),
      'spis:form="podani" spis:result="podani" name="Podáno"',
    ),
    userTask(
      'kontrola',
      'spis:form="kontrola" spis:role="referent" spis:deadline="rozhodnuti"',
      extensions(event('rozhodnuti', 'stop', 'ref="v" reason="deficiency"')),
    ),
    userTask(
      'doplneni',
      'spis:role="applicant" spis:form="kontrola" spis:deadline="doplneni"',
      extensions(event('rozhodnuti', 'resume', 'ref="v"'), event('doplneni', 'done')),
    ),
    boundary(
      'vyzva-dorucena',
      'doplneni',
      extensions(event('doplneni', 'delivery', 'date="=doruceniVyzvy"')) + message('dopis-dorucen'),
      'cancelActivity="false" spis:result="doruceniVyzvy"',
    ),
    end('bezi'),
    boundary('marne', 'doplneni', deadlineTimer, 'spis:deadline="doplneni"'),
    end('odlozeno', '', 'spis:outcome="rejected"'),
    userTask(
      'rozhodovani',
      'spis:form="kontrola" spis:role="referent" spis:deadline="rozhodnuti"',
      extensions(event('rozhodnuti', 'issued')),
    ),
    catching(
      'doruceno',
      extensions(event('odvolani', 'delivery', 'date="=doruceni"')) + message('dopis-dorucen'),
      'spis:result="doruceni"',
    ),
    catching('uplynulo', deadlineTimer, 'spis:deadline="odvolani"'),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'kontrola', 'doplneni', 'rozhodovani', 'doruceno', 'uplynulo', 'hotovo'),
    path('vyzva-dorucena', 'bezi'),
    path('marne', 'odlozeno'),
    eventSubProcess(
      'brzy',
      start('zbyva-pet', deadlineTimer, 'isInterrupting="false" spis:deadline="rozhodnuti" spis:deadlineWarning="P5D"'),
      userTask('zvazit'),
      end('zvazeno'),
      path('zbyva-pet', 'zvazit', 'zvazeno'),
    ),
    eventSubProcess(
      'pozde',
      start('po-lhute', deadlineTimer, 'isInterrupting="false" spis:deadline="rozhodnuti"'),
      userTask('necinnost'),
      end('vyreseno'),
      path('po-lhute', 'necinnost', 'vyreseno'),
    ),
  ]);
  return { ...files, 'situation.yaml': (files['situation.yaml'] ?? '').replace(/deadlines:\n.*\n/, legal) };
}

beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('rizeni', procedure());
});
beforeEach(() => town.clock.set(FILED));
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const at = (moment: string): void => town.clock.set(new Date(moment));
interface Standing {
  readonly name: string;
  readonly state: string;
  readonly due: string | null;
  readonly left_days: number | null;
  readonly changes: number;
}
async function standing(caseId: string, name: string): Promise<Standing | undefined> {
  const rows = await town.sql<Standing>(
    'select name, state, due_on::text as due, left_days, changes from case_deadline where case_id = $1 and name = $2',
    [caseId, name],
  );
  return rows[0];
}
async function timerOf(caseId: string, element: string): Promise<string | undefined> {
  const [row] = await town.sql<{ due_at: Date }>(
    'select due_at from timer where case_id = $1 and element_id = $2 and fired_at is null and cancelled_at is null',
    [caseId, element],
  );
  return row?.due_at.toISOString();
}
async function dueOfTask(caseId: string, element: string): Promise<string | null | undefined> {
  const [row] = await town.sql<{ due_at: Date | null }>(
    'select due_at from task where case_id = $1 and element_id = $2 and closed_at is null',
    [caseId, element],
  );
  return row && (row.due_at?.toISOString() ?? null);
}
const delivered = (caseId: string, day: string): Promise<unknown> => town.run(caseId, noteDelivery, town.eva, { deliveredOn: day });
const change = (caseId: string, data: DeadlineChange): Promise<unknown> => town.run(caseId, changeDeadline, town.eva, data);

test('a period runs from filing, rolls over Easter, and its task, alarm and warning know the day', async () => {
  const caseId = await town.file('rizeni');
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ state: 'running', due: '2026-04-07' });
  expect(await dueOfTask(caseId, 'kontrola')).toBe('2026-04-07T21:59:59.999Z');
  expect(await timerOf(caseId, 'po-lhute')).toBe('2026-04-07T21:59:59.999Z');
  expect(await timerOf(caseId, 'zbyva-pet')).toBe('2026-04-01T22:00:00.000Z');
});

test('filing at 23:59 counts that day', async () => {
  at('2026-03-05T22:59:00.000Z');
  const caseId = await town.file('rizeni');
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ due: '2026-04-07' });
});

test('an interruption stops the period and its timers; the end of it moves them, not sooner than fifteen days after', async () => {
  const caseId = await town.file('rizeni');
  at('2026-04-01T08:00:00.000Z');
  await town.complete(caseId, 'kontrola');
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ state: 'stopped', due: null, left_days: 4 });
  expect(await timerOf(caseId, 'po-lhute')).toBeUndefined();
  expect(await timerOf(caseId, 'zbyva-pet')).toBeUndefined();

  at('2026-04-20T08:00:00.000Z');
  await town.wake(caseId);
  expect(await town.waits(caseId)).not.toContain('task necinnost');
  await town.complete(caseId, 'doplneni', { zaver: 'ano' }, town.citizen);
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ state: 'running', due: '2026-05-05', left_days: null });
  expect(await dueOfTask(caseId, 'rozhodovani')).toBe('2026-05-05T21:59:59.999Z');
  expect(await timerOf(caseId, 'po-lhute')).toBe('2026-05-05T21:59:59.999Z');
});

test('the applicant’s period begins with delivery, and ends the case when it passes', async () => {
  const caseId = await town.file('rizeni');
  await town.complete(caseId, 'kontrola');
  expect(await dueOfTask(caseId, 'doplneni')).toBeNull();
  expect(await timerOf(caseId, 'marne')).toBeUndefined();
  at('2026-03-20T08:00:00.000Z');
  await delivered(caseId, '2026-03-16');
  expect(await standing(caseId, 'doplneni')).toMatchObject({ state: 'running', due: '2026-03-31' });
  expect(await dueOfTask(caseId, 'doplneni')).toBe('2026-03-31T21:59:59.999Z');
  at('2026-03-31T21:59:59.998Z');
  await town.wake(caseId);
  expect(await town.waits(caseId)).toContain('task doplneni');
  at('2026-03-31T22:00:00.000Z');
  await town.wake(caseId);
  expect(await standing(caseId, 'doplneni')).toMatchObject({ state: 'closed', due: '2026-03-31' });
  expect(await town.waits(caseId)).not.toContain('task doplneni');
});

test('five days before the end the officer is asked, after the end the head', async () => {
  const caseId = await town.file('rizeni');
  at('2026-04-01T22:00:00.000Z');
  await town.wake(caseId);
  expect(await town.waits(caseId)).toContain('task zvazit');
  at('2026-04-07T22:00:00.000Z');
  await town.wake(caseId);
  expect(await town.waits(caseId)).toContain('task necinnost');
});

test('a decision in time silences the alarm, and the appeal period ends the case', async () => {
  const caseId = await town.file('rizeni');
  await town.complete(caseId, 'kontrola');
  await town.complete(caseId, 'doplneni', { zaver: 'ano' }, town.citizen);
  await town.complete(caseId, 'rozhodovani');
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ state: 'done' });
  expect(await timerOf(caseId, 'po-lhute')).toBeUndefined();
  at('2026-03-10T08:00:00.000Z');
  await delivered(caseId, '2026-03-09');
  expect(await standing(caseId, 'odvolani')).toMatchObject({ state: 'running', due: '2026-03-24' });
  at('2026-03-24T23:00:00.000Z');
  await town.wake(caseId);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(await standing(caseId, 'odvolani')).toMatchObject({ state: 'closed' });
});

test('an officer extends a period with a reason: everything follows, the journal knows, the reason stays out of it', async () => {
  const caseId = await town.file('rizeni');
  const before = await standing(caseId, 'rozhodnuti');
  await change(caseId, {
    deadline: 'rozhodnuti',
    reason: 'Je třeba místní šetření u Jana Nováka.',
    change: { kind: 'event', type: 'extended', at: '', detail: { days: 30, reason: 'site_inspection' } },
  });
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ due: '2026-05-04', changes: (before?.changes ?? 0) + 1 });
  expect(await dueOfTask(caseId, 'kontrola')).toBe('2026-05-04T21:59:59.999Z');
  expect(await timerOf(caseId, 'po-lhute')).toBe('2026-05-04T21:59:59.999Z');
  const journal = await town.db.withTenant(town.tenantId, (trx) => journalOf(trx, town.tenantId, caseId));
  expect(verifyChain(town.tenantId, journal)).toEqual({ intact: true });
  expect(journal.at(-1)).toMatchObject({ kind: 'change-deadline', actorId: town.eva.id });
  expect(JSON.stringify(journal)).not.toContain('Novák');
  const [kept] = await town.sql<{ reason: string; by_id: string }>(
    `select reason, by_id from deadline_event where case_id = $1 and type = 'extended'`,
    [caseId],
  );
  expect(kept).toEqual({ reason: 'Je třeba místní šetření u Jana Nováka.', by_id: town.eva.id });
});

test('a mistaken record is taken back, and nothing of it is lost', async () => {
  const caseId = await town.file('rizeni');
  await change(caseId, {
    deadline: 'rozhodnuti',
    reason: 'Spletli jsme se',
    change: { kind: 'event', type: 'extended', at: '', detail: { days: 10, reason: 'summons' } },
  });
  const [extended] = await town.sql<{ seq: number }>(`select seq from deadline_event where case_id = $1 and type = 'extended'`, [caseId]);
  await change(caseId, { deadline: 'rozhodnuti', reason: 'Patří k jinému případu', change: { kind: 'cancel', seq: extended?.seq ?? 0 } });
  expect(await standing(caseId, 'rozhodnuti')).toMatchObject({ due: '2026-04-07' });
  expect(await timerOf(caseId, 'po-lhute')).toBe('2026-04-07T21:59:59.999Z');
  expect(await town.sql('select type, cancels from deadline_event where case_id = $1 order by seq', [caseId])).toEqual([
    { type: 'received', cancels: null },
    { type: 'extended', cancels: null },
    { type: 'extended', cancels: extended?.seq },
  ]);
  await expect(
    change(caseId, { deadline: 'rozhodnuti', reason: 'Ještě jednou', change: { kind: 'cancel', seq: extended?.seq ?? 0 } }),
  ).rejects.toMatchObject({
    code: 'deadline-record-unknown',
  });
});

test('a change by hand is refused without a reason, by a citizen, of an unknown deadline, and when it cannot be true', async () => {
  const caseId = await town.file('rizeni');
  const issued = { kind: 'event', type: 'issued', at: '2026-03-01', detail: {} } as const;
  const asked = { deadline: 'rozhodnuti', reason: 'Vydáno dříve', change: issued };
  await expect(change(caseId, { ...asked, reason: ' ' })).rejects.toMatchObject({ code: 'deadline-reason-missing' });
  await expect(change(caseId, { ...asked, deadline: 'lhuta' })).rejects.toMatchObject({ code: 'deadline-unknown' });
  await expect(change(caseId, { ...asked, change: { ...issued, type: 'paid' } })).rejects.toMatchObject({ code: 'deadline-event-unknown' });
  await expect(town.run(caseId, changeDeadline, town.citizen, asked)).rejects.toMatchObject({ code: 'officers-only' });
  await expect(change(caseId, asked)).rejects.toMatchObject({ code: 'deadline-events-contradict' });
  expect(await town.sql('select 1 from deadline_event where case_id = $1', [caseId])).toHaveLength(1);
});

test('a delivery is noted only where a letter is waited for, and never in the future', async () => {
  const caseId = await town.file('rizeni');
  await expect(delivered(caseId, '2026-03-05')).rejects.toMatchObject({ code: 'not-waiting-for-delivery' });
  await town.complete(caseId, 'kontrola');
  await expect(delivered(caseId, '2026-03-06')).rejects.toMatchObject({ code: 'delivery-in-future' });
});

test('an alert is given once for one day, as a mail to each officer', async () => {
  const caseId = await town.file('rizeni');
  const data = {
    subject: 'deadline:rozhodnuti',
    kind: 'overdue',
    title: 'Vydání rozhodnutí',
    dueOn: '2026-04-07',
    law: '§ 71 odst. 3',
    officers: [{ id: town.head.id, email: 'hana@lhota.example' }],
  } as const;
  await town.run(caseId, alertDeadline, { kind: 'clock' }, data);
  await expect(town.run(caseId, alertDeadline, { kind: 'clock' }, data)).rejects.toThrow('told before');
  const mails = await town.sql<{ input: { to: string; text: string } }>(
    `select input from outbox where case_id = $1 and title = 'Upozornění na nečinnost'`,
    [caseId],
  );
  expect(mails).toHaveLength(1);
  expect(mails[0]?.input.to).toBe('hana@lhota.example');
  expect(mails[0]?.input.text).toMatch(/7\. dubna 2026[\s\S]*§ 80/);
});

test('records cannot be changed or deleted; only an officer’s words can be erased', async () => {
  const caseId = await town.file('rizeni');
  await change(caseId, {
    deadline: 'rozhodnuti',
    reason: 'Osobní údaj',
    change: { kind: 'event', type: 'extended', at: '', detail: { days: 5, reason: 'summons' } },
  });
  const asTown = (sql: string): Promise<unknown> => town.db.withTenant(town.tenantId, (trx) => trx.raw(sql));
  await expect(asTown(`update deadline_event set at = '2020-01-01'`)).rejects.toThrow();
  await expect(asTown('delete from deadline_event')).rejects.toThrow();
  await asTown('update deadline_event set reason = null where reason is not null');
  expect(await town.sql('select 1 from deadline_event where case_id = $1 and reason is not null', [caseId])).toEqual([]);
});
