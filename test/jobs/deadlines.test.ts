// What time does by itself for deadlines across cases: warnings, inaction, calendars of people, and how long a step usually takes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedState, startFeed, stopFeed } from '../../server/cases/calendar-feed.ts';
import { alertDeadlines } from '../../server/jobs/alert-deadlines.ts';
import { citizenDeadlines, deadlineFile, officeDeadlines } from '../../server/queries/case-deadlines.ts';
import { casesDue, dueCalendar, feedText, inactionAlerts } from '../../server/queries/due-calendar.ts';
import type { Reader } from '../../server/queries/reader.ts';
import type { SituationFiles } from '../../server/catalog/index.ts';
import { end, extensions, path, start } from '../engine/diagrams.ts';
import { situation, userTask } from '../cases/situations.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
let town: TestTown;
let reader: Reader;

/** One check under § 71 and a day of the office's own for the rest. */
function procedure(): SituationFiles {
  const files = situation('rizeni', [
    start(
      'podani',
      extensions('<spis:deadlineEvent deadline="rozhodnuti" type="received" date="=pripad.filedAt"/>'),
      'spis:form="podani" spis:result="podani" name="Podáno"',
    ),
    userTask('kontrola', 'spis:form="kontrola" spis:role="referent" spis:deadline="rozhodnuti"'),
    end('hotovo', '', 'spis:outcome="vyrizeno"'),
    path('podani', 'kontrola', 'hotovo'),
  ]);
  const legal =
    'deadlines:\n  - { name: rozhodnuti, title: { cs: Vydání rozhodnutí }, rule: sr/decision, law: § 71 odst. 3 správního řádu }\n';
  return { ...files, 'situation.yaml': (files['situation.yaml'] ?? '').replace(/deadlines:\n.*\n/, legal) };
}
const at = (moment: string): void => town.clock.set(new Date(moment));
const mails = (caseId: string): Promise<readonly { to: string; title: string }[]> =>
  town.sql(
    `select input ->> 'to' as to, title from outbox where case_id = $1 and effect = 'mail.send' and title like 'Upozornění%' order by created_at, 1`,
    [caseId],
  );

beforeAll(async () => {
  town = await openTestTown(database);
  reader = { db: town.db, shelf: town.corridor.shelf, now: () => town.clock.now(), account: () => ({ account: '', iban: '' }) };
  await town.install('rizeni', procedure());
});
afterAll(() => town.close());

test('five days before the end the officer who has the work is written to, once; after it the head is, once', async () => {
  at('2026-03-05T09:00:00.000Z');
  const caseId = await town.file('rizeni');
  const [row] = await town.sql<{ execution_id: string }>('select execution_id from task where case_id = $1', [caseId]);
  await town.sql('update task set assignee_id = $1 where case_id = $2 and execution_id = $3', [town.eva.id, caseId, row?.execution_id]);
  at('2026-04-01T21:59:00.000Z');
  expect(await alertDeadlines(aWorkshop(town, []))).toBe(0);
  at('2026-04-01T22:00:00.000Z');
  await alertDeadlines(aWorkshop(town, []));
  expect(await alertDeadlines(aWorkshop(town, []))).toBe(0);
  expect(await mails(caseId)).toEqual([{ to: 'Eva Nová@lhota.example', title: 'Upozornění na konec lhůty' }]);
  expect(await inactionAlerts(reader, town.tenantId, town.head)).toEqual([]);

  at('2026-04-08T08:00:00.000Z');
  await alertDeadlines(aWorkshop(town, []));
  expect(await alertDeadlines(aWorkshop(town, []))).toBe(0);
  expect((await mails(caseId)).slice(1)).toEqual([{ to: 'Hana Hlavní@lhota.example', title: 'Upozornění na nečinnost' }]);
  expect(await inactionAlerts(reader, town.tenantId, town.head)).toMatchObject([
    { caseId, due: '2026-04-07', daysOver: 1, toldTo: ['Hana Hlavní'], assignees: ['Eva Nová'] },
  ]);
  expect(await inactionAlerts(reader, town.tenantId, town.stranger)).toEqual([]);
  await town.complete(caseId, 'kontrola');
  expect(await inactionAlerts(reader, town.tenantId, town.head)).toEqual([]);
});

test('the calendar of a department shows its days to its people, and its weekends and holidays to everybody', async () => {
  at('2026-03-05T09:00:00.000Z');
  const caseId = await town.file('rizeni');
  const asked = { from: '2026-04-01', to: '2026-04-30', group: 'evidence' };
  const calendar = await dueCalendar(reader, town.tenantId, town.eva, asked);
  expect(calendar.entries).toContainEqual(
    expect.objectContaining({ date: '2026-04-07', caseId, who: 'office', daysLeft: 33, law: '§ 71 odst. 3 správního řádu' }),
  );
  expect(calendar.daysOff).toEqual(expect.arrayContaining(['2026-04-03', '2026-04-04', '2026-04-06']));
  await expect(dueCalendar(reader, town.tenantId, town.stranger, asked)).rejects.toMatchObject({ code: 'not-permitted' });
  await expect(dueCalendar(reader, town.tenantId, town.eva, { ...asked, to: '2027-04-01' })).rejects.toMatchObject({
    code: 'request-invalid',
  });
  expect(await casesDue(reader, town.tenantId, [caseId])).toMatchObject({ [caseId]: { due: '2026-04-07', daysLeft: 33 } });
});

test('officer and citizen read the same day and why, and nobody else does', async () => {
  at('2026-03-05T09:00:00.000Z');
  const caseId = await town.file('rizeni');
  const own = await citizenDeadlines(reader, town.tenantId, town.citizen.id, caseId, 'en');
  expect(own.deadlines).toMatchObject([{ name: 'rozhodnuti', state: 'running', due: '2026-04-07', daysLeft: 33, who: 'office' }]);
  expect(own.deadlines[0]?.steps.map(({ text }) => text).join(' ')).toMatch(/30 days from 5 March 2026/);
  const office = await officeDeadlines(reader, town.tenantId, caseId);
  expect(office.deadlines[0]).toMatchObject({ due: '2026-04-07' });
  expect(office.deadlines[0]?.steps[0]).toMatchObject({ date: '2026-03-05', source: expect.stringContaining('§ 71 odst. 3') });
  expect(office.records).toMatchObject([{ type: 'received', element: 'Podáno', isCancelled: false }]);
  await expect(citizenDeadlines(reader, town.tenantId, town.neighbour.id, caseId, 'cs')).rejects.toMatchObject({ code: 'case-not-found' });
  const file = { caseId, name: 'rozhodnuti', personId: town.citizen.id, lang: 'cs', publicUrl: 'http://localhost' } as const;
  expect(await deadlineFile(reader, town.tenantId, file)).toContain('DTSTART;VALUE=DATE:20260407');
  await expect(deadlineFile(reader, town.tenantId, { ...file, personId: town.neighbour.id })).rejects.toMatchObject({
    code: 'case-not-found',
  });
});

test('a private address is a secret of its own, dies when another is made or it is revoked, and is nowhere kept', async () => {
  const owner = { kind: 'officer', id: town.eva.id } as const;
  const first = await startFeed(town.corridor, town.tenantId, owner);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(await feedText(reader, town.tenantId, first, 'http://localhost')).toMatch(/^BEGIN:VCALENDAR/);
  const second = await startFeed(town.corridor, town.tenantId, owner);
  expect(await feedText(reader, town.tenantId, first, 'http://localhost')).toBeUndefined();
  expect(await feedText(reader, town.tenantId, second, 'http://localhost')).toMatch(/^BEGIN:VCALENDAR/);
  expect((await feedState(town.corridor, town.tenantId, owner))?.readAt).not.toBeNull();
  expect(JSON.stringify(await town.sql('select * from calendar_feed'))).not.toContain(second);
  await stopFeed(town.corridor, town.tenantId, owner);
  expect(await feedText(reader, town.tenantId, second, 'http://localhost')).toBeUndefined();
  expect(await feedState(town.corridor, town.tenantId, owner)).toBeUndefined();
});

test('the usual time of a step is told from ten finished cases on, never before', async () => {
  at('2026-05-04T09:00:00.000Z');
  const days = [2, 3, 3, 4, 4, 5, 5, 6, 20];
  await town.sql(`update task set closed_by = null where closed_by is not null`);
  for (const took of days) {
    at('2026-05-04T09:00:00.000Z');
    const finished = await town.file('rizeni');
    town.later(took * 86_400_000);
    await town.complete(finished, 'kontrola');
  }
  at('2026-05-04T09:00:00.000Z');
  const caseId = await town.file('rizeni');
  expect((await officeDeadlines(reader, town.tenantId, caseId)).forecasts).toEqual([]);
  const tenth = await town.file('rizeni');
  town.later(4 * 86_400_000);
  await town.complete(tenth, 'kontrola');
  expect((await officeDeadlines(reader, town.tenantId, caseId)).forecasts).toMatchObject([
    { elementId: 'kontrola', cases: 10, median: 4, ninety: 8 },
  ]);
});
