// Timers are rows: of any length, fired once, never early; what is overdue fires before anything else is done to the case.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brokenInvariants } from '../campaign/invariants.ts';
import { boundary, catching, end, path, timer } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { situation, startForm, userTask, whole } from './situations.ts';
import { everyTownUrl, MORNING, openTestTown, type TestTown } from './town.ts';

const DAY = 86_400_000;
const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('zkouska', whole());
  await town.install(
    'deset-let',
    situation(
      'deset-let',
      [
        startForm,
        catching('cekani', '<bpmn:timerEventDefinition/>', 'spis:deadline="lhuta"'),
        end('hotovo'),
        path('podani', 'cekani', 'hotovo'),
      ],
      'count: 120, unit: months',
    ),
  );
  await town.install(
    'lhuta',
    situation('lhuta', [
      startForm,
      userTask('kontrola'),
      boundary('marne', 'kontrola', timer('timeDuration', 'P15D'), 'cancelActivity="true"'),
      end('hotovo', '', 'spis:outcome="approved"'),
      end('propadlo', '', 'spis:outcome="rejected"'),
      path('podani', 'kontrola', 'hotovo'),
      path('marne', 'propadlo'),
    ]),
  );
  await town.install(
    'opakovani',
    situation('opakovani', [
      startForm,
      userTask('kontrola'),
      boundary('znovu', 'kontrola', timer('timeCycle', 'R3/P1D'), 'cancelActivity="false"'),
      end('pripomenuto'),
      end('hotovo', '', 'spis:outcome="approved"'),
      path('podani', 'kontrola', 'hotovo'),
      path('znovu', 'pripomenuto'),
    ]),
  );
  await town.install(
    'datum',
    situation('datum', [
      startForm,
      userTask('kontrola'),
      boundary('v-den', 'kontrola', timer('timeDate', '=podani.jmeno'), 'cancelActivity="false"'),
      end('pripomenuto'),
      end('hotovo', '', 'spis:outcome="approved"'),
      path('podani', 'kontrola', 'hotovo'),
      path('v-den', 'pripomenuto'),
    ]),
  );
});
beforeEach(() => town.clock.set(MORNING));
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const timers = (caseId: string): Promise<readonly object[]> =>
  town.sql(
    'select due_at, fired_at is not null as fired, cancelled_at is not null as cancelled from timer where case_id = $1 order by due_at',
    [caseId],
  );

test('a deadline of ten years is kept to the day', async () => {
  const caseId = await town.file('deset-let');
  const [row] = await town.sql<{ due_at: Date }>('select due_at from timer where case_id = $1', [caseId]);
  expect(row?.due_at.toISOString()).toBe('2036-03-02T22:59:59.999Z');
  town.clock.set(new Date('2036-03-02T22:59:59.998Z'));
  await town.wake(caseId);
  expect(await town.waits(caseId)).toEqual(['timer cekani']);
  town.clock.set(new Date('2036-03-02T23:00:00.000Z'));
  await town.wake(caseId);
  expect(await town.waits(caseId)).toEqual(['ended ended']);
});

test('a reminder fires once and the task stays', async () => {
  const caseId = await town.file('zkouska');
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task kontrola', 'timer pripominka']);
  town.later(7 * DAY + 1);
  await town.wake(caseId);
  await town.wake(caseId);
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task kontrola']);
  expect(await timers(caseId)).toMatchObject([{ fired: true, cancelled: false }]);
});

test('a timer whose task was completed in time never fires', async () => {
  const caseId = await town.file('lhuta');
  await town.complete(caseId, 'kontrola');
  town.later(20 * DAY);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(await timers(caseId)).toMatchObject([{ fired: false, cancelled: true }]);
});

test('a completion after the deadline is late even when nobody has woken the case', async () => {
  const caseId = await town.file('lhuta');
  town.later(15 * DAY + 1);
  await expect(town.complete(caseId, 'kontrola')).rejects.toMatchObject({ code: 'case-ended' });
  await town.wake(caseId);
  expect(await town.waits(caseId)).toEqual(['ended rejected']);
  await expect(town.complete(caseId, 'kontrola')).rejects.toMatchObject({ code: 'task-already-completed' });
});

test('a wake and a completion at the last moment end the case one way', async () => {
  for (let round = 0; round < 5; round++) {
    const caseId = await town.file('lhuta');
    town.later(15 * DAY + 1);
    await Promise.allSettled([town.wake(caseId), town.complete(caseId, 'kontrola'), town.wake(caseId)]);
    expect(await town.waits(caseId)).toEqual(['ended rejected']);
  }
});

test('a repeating reminder has its turns and no more', async () => {
  const caseId = await town.file('opakovani');
  for (let turn = 0; turn < 5; turn++) {
    town.later(DAY + 1);
    await town.wake(caseId);
  }
  expect(await town.waits(caseId)).toEqual(['task kontrola']);
  expect(await timers(caseId)).toMatchObject([{ fired: true }, { fired: true }, { fired: true }]);
});

test('a repeating reminder stops when the task is done', async () => {
  const caseId = await town.file('opakovani');
  town.later(DAY + 1);
  await town.wake(caseId);
  await town.complete(caseId, 'kontrola');
  expect(await timers(caseId)).toMatchObject([
    { fired: true, cancelled: false },
    { fired: false, cancelled: true },
  ]);
});

test('a date that cannot be read is an incident of this case, and the task beside it can be done', async () => {
  const caseId = await town.file('datum', { jmeno: 'zítra' });
  expect(await town.waits(caseId)).toEqual(['incident v-den expression-failed', 'task kontrola']);
  await town.complete(caseId, 'kontrola');
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});
