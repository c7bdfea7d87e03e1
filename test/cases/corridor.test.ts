// The corridor under its own rules: one draft one case, one command one answer, one task one hand.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addNote, assignTaskTo, claimTask, completeTask, releaseTask } from '../../server/cases/commands/index.ts';
import { Problem } from '../../server/domain/problem.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { cloneDatabase } from '../setup/database.ts';
import { oneTask, whole } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('ukol', oneTask());
  await town.install('zkouska', whole());
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

/** The code of a refusal, and what it says beside. */
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return error.code;
    },
  );
const twenty = <T>(work: (index: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
const count = async (table: string, caseId: string): Promise<number> =>
  Number((await town.sql<{ n: number }>(`select count(*) as n from ${table} where case_id = $1`, [caseId]))[0]?.n);

test('a draft sent twice is one case', async () => {
  const draft = await town.draft('ukol');
  const first = await town.submit(draft);
  const second = await town.submit(draft);
  expect(second).toEqual(first);
});

test('twenty submits of one draft at once are one case', async () => {
  const draft = await town.draft('ukol');
  const started = await twenty(() => town.submit(draft));
  expect(new Set(started.map(({ caseId }) => caseId)).size).toBe(1);
  const [row] = await town.sql<{ n: number }>('select count(*) as n from draft where id = $1 and submitted_case is not null', [draft]);
  expect(row?.n).toBe(1);
});

test('twenty cases filed at once have twenty numbers without a gap', async () => {
  const drafts = await twenty(() => town.draft('ukol'));
  const started = await Promise.all(drafts.map((draft) => town.submit(draft)));
  const serials = started.map(({ mark }) => Number(/(\d+)\/2026$/.exec(mark)?.[1])).toSorted((a, b) => a - b);
  expect(serials).toEqual(Array.from({ length: 20 }, (_, index) => (serials[0] ?? 0) + index));
});

test('nobody files the draft of somebody else', async () => {
  const draft = await town.draft('ukol');
  expect(await refusal(town.submit(draft, { person: town.neighbour }))).toBe('draft-not-found');
  await town.submit(draft);
});

test('a form that is wrong leaves the draft as it was', async () => {
  const draft = await town.draft('ukol');
  expect(await refusal(town.submit(draft, { values: { jmeno: '', neznamy: 1 } }))).toBe('form-invalid');
  expect(await refusal(town.submit(draft, { values: { jmeno: 'Jana', neznamy: 1 } }))).toBe('form-invalid');
  expect((await town.submit(draft)).mark).toMatch(/^SZ ZK \d+\/2026$/);
});

test('the same command id gives the same answer and is done once', async () => {
  const caseId = await town.file('ukol');
  const commandId = randomUUID();
  const first = await town.run(caseId, addNote, town.eva, { text: 'volala' }, commandId);
  const second = await town.run(caseId, addNote, town.eva, { text: 'volala' }, commandId);
  expect(second).toEqual({ result: first.result, repeated: true });
  expect(await count('note', caseId)).toBe(1);
});

test('twenty deliveries of one command at once are one deed', async () => {
  const caseId = await town.file('ukol');
  const commandId = randomUUID();
  const answers = await twenty(() => town.run(caseId, addNote, town.eva, { text: 'volala' }, commandId));
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  for (const { result } of answers) expect(result).toEqual(answers[0]?.result);
});

test('a command id that stood for something else is refused', async () => {
  const caseId = await town.file('ukol');
  const other = await town.file('ukol');
  const commandId = randomUUID();
  await town.run(caseId, addNote, town.eva, { text: 'volala' }, commandId);
  expect(await refusal(town.run(caseId, addNote, town.eva, { text: 'nevolala' }, commandId))).toBe('command-id-reused');
  expect(await refusal(town.run(caseId, addNote, town.petr, { text: 'volala' }, commandId))).toBe('command-id-reused');
  expect(await refusal(town.run(other, addNote, town.eva, { text: 'volala' }, commandId))).toBe('command-id-reused');
});

test('one command id for two cases at once is done for one of them', async () => {
  const cases = await Promise.all([town.file('ukol'), town.file('ukol')]);
  const commandId = randomUUID();
  const ends = await Promise.all(cases.map((caseId) => refusal(town.run(caseId, addNote, town.eva, { text: 'volala' }, commandId))));
  expect(ends.toSorted()).toEqual(['command-id-reused', 'done']);
});

test('of twenty clerks who complete one task at once one wins and the others learn who it was', async () => {
  const caseId = await town.file('ukol');
  const executionId = await town.task(caseId, 'kontrola');
  const ends = await twenty((index) =>
    town.run(caseId, completeTask, index % 2 === 0 ? town.eva : town.petr, { executionId, values: { zaver: `od ${index}` } }).then(
      () => 'done' as const,
      (error: unknown) => error as Problem,
    ),
  );
  const won = ends.findIndex((end) => end === 'done');
  const losers = ends.filter((end): end is Problem => end !== 'done');
  expect(losers).toHaveLength(19);
  for (const { code, details } of losers)
    expect({ code, name: details['name'] }).toEqual({ code: 'task-already-completed', name: won % 2 === 0 ? 'Eva Nová' : 'Petr Malý' });
  const [row] = await town.sql<{ closed_by: string }>('select closed_by from task where case_id = $1', [caseId]);
  expect(row?.closed_by).toBe(won % 2 === 0 ? town.eva.id : town.petr.id);
});

test("a claimed task is nobody else's until it is released", async () => {
  const caseId = await town.file('ukol');
  const executionId = await town.task(caseId, 'kontrola');
  await town.run(caseId, claimTask, town.eva, { executionId });
  await town.run(caseId, claimTask, town.eva, { executionId });
  expect(await refusal(town.run(caseId, claimTask, town.petr, { executionId }))).toBe('task-claimed-by-other');
  expect(await refusal(town.complete(caseId, 'kontrola', { zaver: 'ano' }, town.petr))).toBe('task-claimed-by-other');
  expect(await refusal(town.run(caseId, releaseTask, town.petr, { executionId }))).toBe('task-claimed-by-other');
  await town.run(caseId, releaseTask, town.eva, { executionId });
  await town.run(caseId, claimTask, town.petr, { executionId });
  expect(await refusal(town.complete(caseId, 'kontrola', { zaver: 'ano' }, town.petr))).toBe('done');
});

test('of twenty claims at once one lies on a desk', async () => {
  const caseId = await town.file('ukol');
  const executionId = await town.task(caseId, 'kontrola');
  const ends = await twenty((index) => refusal(town.run(caseId, claimTask, index % 2 === 0 ? town.eva : town.petr, { executionId })));
  const [row] = await town.sql<{ assignee_id: string }>('select assignee_id from task where case_id = $1', [caseId]);
  const isEva = row?.assignee_id === town.eva.id;
  expect(ends).toEqual(Array.from({ length: 20 }, (_, index) => (isEva === (index % 2 === 0) ? 'done' : 'task-claimed-by-other')));
});

test('a head of the office takes a task off a desk and gives it to another', async () => {
  const caseId = await town.file('ukol');
  const executionId = await town.task(caseId, 'kontrola');
  await town.run(caseId, claimTask, town.eva, { executionId });
  expect(await refusal(town.run(caseId, assignTaskTo, town.petr, { executionId, officerId: town.petr.id }))).toBe('task-claimed-by-other');
  await town.run(caseId, assignTaskTo, town.head, { executionId, officerId: town.petr.id });
  expect(await refusal(town.complete(caseId, 'kontrola', { zaver: 'ano' }, town.eva))).toBe('task-claimed-by-other');
});

test("nobody outside the group works on a task, and no citizen on an officer's", async () => {
  const caseId = await town.file('ukol');
  expect(await refusal(town.complete(caseId, 'kontrola', { zaver: 'ano' }, town.stranger))).toBe('task-not-yours');
  expect(await refusal(town.complete(caseId, 'kontrola', { zaver: 'ano' }, town.citizen))).toBe('task-not-yours');
  expect(await refusal(town.run(caseId, claimTask, town.citizen, { executionId: await town.task(caseId, 'kontrola') }))).toBe(
    'officers-only',
  );
});

test('a task that never was is not found, one whose case was withdrawn is closed by nobody', async () => {
  const caseId = await town.file('ukol');
  expect(await refusal(town.run(caseId, completeTask, town.eva, { executionId: 'neni#1', values: {} }))).toBe('task-not-found');
  await town.withdraw(caseId);
  expect(await refusal(town.complete(caseId, 'kontrola'))).toBe('task-already-completed');
});

test('a case of nobody is not found', async () => {
  expect(await refusal(town.run(randomUUID(), addNote, town.eva, { text: 'x' }))).toBe('case-not-found');
});

test('a note on an ended case does not change when it ended', async () => {
  const caseId = await town.file('ukol');
  await town.complete(caseId, 'kontrola');
  const before = await town.sql('select ended_at, outcome from cases where id = $1', [caseId]);
  town.later(3_600_000);
  await town.run(caseId, addNote, town.eva, { text: 'založeno' });
  expect(await town.sql('select ended_at, outcome from cases where id = $1', [caseId])).toEqual(before);
});

test("a withdrawal is the applicant's alone and possible once", async () => {
  const caseId = await town.file('zkouska');
  await town.withdraw(caseId);
  expect(await town.waits(caseId)).toEqual(['ended withdrawn']);
  expect(await refusal(town.withdraw(caseId))).toBe('withdrawal-not-possible');
});
