// Completed user tasks per second through the whole corridor: lock, form, engine, journal, rows of waits, commit; several officers at once.
import { randomUUID } from 'node:crypto';
import { completeTask } from '../../server/cases/commands/index.ts';
import type { Corridor } from '../../server/cases/corridor.ts';
import { execute } from '../../server/cases/execute.ts';
import { openTasks } from '../../server/store/cases.ts';
import { percentile, type Figure } from './figures.ts';
import { openOffice, TENANT } from './office.ts';
import { conclusion, TASKS } from './situation.ts';

export interface Load {
  readonly officers: number;
  readonly casesEach: number;
  readonly milliseconds: number;
}

export async function measureCorridor(ownerUrl: string, load: Load): Promise<readonly Figure[]> {
  const { corridor, file, officer, close } = await openOffice(ownerUrl, load.officers + 2);
  try {
    const executions = await learnExecutions(corridor, await file(), officer);
    const desks = await Promise.all(
      Array.from({ length: load.officers }, async () => {
        const cases: string[] = [];
        for (let count = 0; count < load.casesEach; count += 1) cases.push(await file());
        return cases;
      }),
    );
    return await complete(corridor, desks, { executions, officer, milliseconds: load.milliseconds });
  } finally {
    await close();
  }
}

interface Work {
  readonly executions: readonly string[];
  readonly officer: string;
  readonly milliseconds: number;
}
const finish = (corridor: Corridor, caseId: string, executionId: string, officer: string): Promise<unknown> =>
  execute(corridor, TENANT, caseId, completeTask, {
    commandId: randomUUID(),
    actor: { kind: 'officer', id: officer, groups: ['evidence'] },
    data: { executionId, values: conclusion },
  });

/** Each officer completes tasks of own cases, one after another, until the time is up or all is done. */
async function complete(corridor: Corridor, desks: readonly (readonly string[])[], work: Work): Promise<readonly Figure[]> {
  const samples: number[] = [];
  const started = performance.now();
  const end = started + work.milliseconds;
  await Promise.all(
    desks.map(async (cases) => {
      // Task by task over all cases, as on a real desk: the next step of a case comes after some of others.
      for (const executionId of work.executions)
        for (const caseId of cases) {
          const before = performance.now();
          if (before > end) return;
          await finish(corridor, caseId, executionId, work.officer);
          samples.push(performance.now() - before);
        }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  return [
    { name: 'corridor.tasks_per_second', value: samples.length / seconds, unit: '1/s', reference: 'postgres.commits_per_second' },
    { name: 'corridor.p50_ms', value: percentile(samples, 0.5), unit: 'ms' },
    { name: 'corridor.p99_ms', value: percentile(samples, 0.99), unit: 'ms' },
  ];
}

/** The same model gives the same execution ids in every case; one case is walked through to learn them. */
async function learnExecutions(corridor: Corridor, caseId: string, officer: string): Promise<readonly string[]> {
  const executions: string[] = [];
  for (let count = 0; count < TASKS; count += 1) {
    const [task] = await corridor.db.withTenant(TENANT, (trx) => openTasks(trx, TENANT, caseId));
    if (!task) throw new Error('the case has no open task');
    executions.push(task.executionId);
    await finish(corridor, caseId, task.executionId, officer);
  }
  return executions;
}
