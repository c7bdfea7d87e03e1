// Completed user tasks per second through the whole corridor: lock, form, engine, journal, rows of waits, commit; several officers at once.
import { randomUUID } from 'node:crypto';
import { completeTask } from '../../server/cases/commands/index.ts';
import type { Corridor, Town } from '../../server/cases/corridor.ts';
import { execute } from '../../server/cases/execute.ts';
import { installSituation } from '../../server/cases/publication.ts';
import { startCase } from '../../server/cases/start.ts';
import { createShelf } from '../../server/catalog/index.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { newId } from '../../server/platform/ids.ts';
import { openTasks } from '../../server/store/cases.ts';
import { openDatabase } from '../../server/store/database.ts';
import { insertDraft } from '../../server/store/drafts.ts';
import { applicationUrl } from '../../server/store/migrate.ts';
import { insertPerson, saveOfficer } from '../../server/store/people.ts';
import { newestVersion } from '../../server/store/situations.ts';
import { withClient } from '../postgres/roles.ts';
import { percentile, type Figure } from './figures.ts';
import { conclusion, files, submission, TASKS } from './situation.ts';

const TENANT = 1;
const town: Town = {
  name: 'x',
  officeName: 'x',
  address: 'x',
  email: 'x@x.example',
  phone: 'x',
  dataBox: 'aaaaaaa',
  portalDataBox: 'bbbbbbb',
  account: '19-2000145399/0800',
  iban: 'x',
  publicUrl: 'http://localhost',
};

export interface Load {
  readonly officers: number;
  readonly casesEach: number;
  readonly milliseconds: number;
}

export async function measureCorridor(ownerUrl: string, load: Load): Promise<readonly Figure[]> {
  await withClient(ownerUrl, (client) =>
    client.query(`insert into tenant (id, slug, name) values ($1, 'mereni', 'Měření') on conflict do nothing`, [TENANT]),
  );
  const db = openDatabase(applicationUrl(ownerUrl), load.officers + 2);
  const corridor: Corridor = { db, clock: systemClock, shelf: createShelf(), town: () => town, poke: () => undefined };
  try {
    await installSituation(corridor, TENANT, 'mereni', files);
    const { file, officer } = await settle(corridor);
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
    await db.close();
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

async function settle(corridor: Corridor): Promise<{ readonly file: () => Promise<string>; readonly officer: string }> {
  const { db, clock } = corridor;
  const personId = newId(clock.now());
  const officer = await db.withTenant(TENANT, async (trx) => {
    await insertPerson(
      trx,
      TENANT,
      {
        id: personId,
        givenName: 'Jana',
        familyName: 'Nová',
        birthDate: '1980-01-01',
        placeOfBirth: null,
        address: null,
        email: null,
        phone: null,
        dataBox: null,
        lang: 'cs',
      },
      clock.now(),
    );
    return saveOfficer(
      trx,
      TENANT,
      { id: newId(clock.now()), subject: randomUUID(), name: 'Eva', email: 'eva@x.example', groups: ['evidence'] },
      null,
    );
  });
  const file = async (): Promise<string> => {
    const draftId = newId(clock.now());
    await db.withTenant(TENANT, async (trx) => {
      const version = await newestVersion(trx, TENANT, 'mereni');
      await insertDraft(trx, TENANT, {
        id: draftId,
        personId,
        situation: 'mereni',
        versionId: version?.id ?? '',
        values: {},
        sources: {},
        page: null,
        revision: 1,
        savedAt: clock.now().toISOString(),
        submittedCase: null,
      });
    });
    return (
      await startCase(corridor, TENANT, {
        commandId: randomUUID(),
        actor: { kind: 'citizen', id: personId },
        draftId,
        revision: 1,
        values: submission,
        identity: {},
      })
    ).caseId;
  };
  return { file, officer: officer.id };
}
