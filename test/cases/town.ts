// A town on a real database with the corridor and nothing else: its people, its situations, and short words for what they do.
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { createShelf, type SituationFiles } from '../../server/catalog/index.ts';
import { completeTask, wake, withdraw } from '../../server/cases/commands/index.ts';
import type { Command, Corridor, Town } from '../../server/cases/corridor.ts';
import { execute, type Executed } from '../../server/cases/execute.ts';
import { installSituation } from '../../server/cases/publication.ts';
import { startCase, type Started } from '../../server/cases/start.ts';
import type { Actor } from '../../server/domain/permission.ts';
import { createFixedClock } from '../../server/platform/clock.ts';
import { newId } from '../../server/platform/ids.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { insertDraft } from '../../server/store/drafts.ts';
import { insertPerson, saveOfficer } from '../../server/store/people.ts';
import { newestVersion } from '../../server/store/situations.ts';
import { address, withClient } from '../../tools/postgres/roles.ts';
import type { TestDatabase } from '../setup/database.ts';

export const MORNING = new Date('2026-03-02T08:00:00.000Z');
const facts: Town = {
  name: 'Lhota',
  officeName: 'Obecní úřad Lhota',
  address: 'Náves 1',
  email: 'urad@lhota.example',
  phone: '1',
  dataBox: 'lhotaaa',
  portalDataBox: 'portala',
  account: '19-2000145399/0800',
  iban: 'CZ6508000000192000145399',
  publicUrl: 'http://localhost:3000',
};
export type Officer = Extract<Actor, { kind: 'officer' }>;
export type Citizen = Extract<Actor, { kind: 'citizen' }>;

export interface TestTown {
  readonly tenantId: number;
  readonly corridor: Corridor;
  readonly db: Database;
  readonly clock: ReturnType<typeof createFixedClock>;
  readonly citizen: Citizen;
  readonly neighbour: Citizen;
  /** Two officers of the group `evidence`, a head of the office, and one of another group. */
  readonly eva: Officer;
  readonly petr: Officer;
  readonly head: Officer;
  readonly stranger: Officer;
  readonly pokes: () => number;
  later(ms: number): void;
  install(id: string, files: SituationFiles): Promise<void>;
  draft(situation: string, person?: Citizen): Promise<string>;
  submit(
    draftId: string,
    given?: { readonly commandId?: string; readonly values?: Readonly<Record<string, unknown>>; readonly person?: Citizen },
  ): Promise<Started>;
  file(situation: string, values?: Readonly<Record<string, unknown>>): Promise<string>;
  run<Data, Extra>(caseId: string, command: Command<Data, Extra>, actor: Actor, data: Data, commandId?: string): Promise<Executed>;
  task(caseId: string, elementId: string): Promise<string>;
  complete(caseId: string, elementId: string, values?: Readonly<Record<string, unknown>>, actor?: Actor): Promise<Executed>;
  withdraw(caseId: string): Promise<Executed>;
  wake(caseId: string): Promise<Executed>;
  /** What the case waits for, as `task kontrola`, sorted; `ended approved` at its end. */
  waits(caseId: string): Promise<readonly string[]>;
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** A role that sees every town, for looking and for invariants. */
export const everyTownUrl = (database: TestDatabase): string => address(inject('postgres').adminUrl, { database: database.name });

export async function openTestTown(database: TestDatabase, tenantId = 1, more: Partial<Town> = {}): Promise<TestTown> {
  const all = everyTownUrl(database);
  await withClient(all, (client) =>
    client.query('insert into tenant (id, slug, name) values ($1, $2, $3)', [tenantId, `obec-${tenantId}`, `Obec ${tenantId}`]),
  );
  const db = openDatabase(database.appUrl, 24);
  const clock = createFixedClock(MORNING);
  let pokes = 0;
  const corridor: Corridor = {
    db,
    clock,
    shelf: createShelf(),
    town: () => ({ ...facts, ...more }),
    poke: () => {
      pokes += 1;
    },
  };
  const people = await settle(db, tenantId);
  const sql: TestTown['sql'] = (text, values = []) => withClient(all, async (client) => (await client.query(text, [...values])).rows);
  const run: TestTown['run'] = (caseId, command, actor, data, commandId = randomUUID()) =>
    execute(corridor, tenantId, caseId, command, { commandId, actor, data });
  const task: TestTown['task'] = async (caseId, elementId) => {
    const [row] = await sql<{ execution_id: string }>(
      'select execution_id from task where tenant_id = $1 and case_id = $2 and element_id = $3 order by opened_at desc limit 1',
      [tenantId, caseId, elementId],
    );
    if (!row) throw new Error(`no task ${elementId}`);
    return row.execution_id;
  };
  const draft: TestTown['draft'] = (situation, person = people.citizen) =>
    db.withTenant(tenantId, async (trx) => {
      const version = await newestVersion(trx, tenantId, situation);
      if (!version) throw new Error(`no situation ${situation}`);
      const id = newId(clock.now());
      await insertDraft(trx, tenantId, {
        id,
        personId: person.id,
        situation,
        versionId: version.id,
        values: {},
        sources: {},
        page: null,
        revision: 1,
        savedAt: clock.now().toISOString(),
        submittedCase: null,
      });
      return id;
    });
  const submit: TestTown['submit'] = (draftId, given = {}) =>
    startCase(corridor, tenantId, {
      commandId: given.commandId ?? randomUUID(),
      actor: given.person ?? people.citizen,
      draftId,
      revision: 1,
      values: given.values ?? { jmeno: 'Jana', castka: 30_000 },
      identity: {},
    });
  return {
    tenantId,
    corridor,
    db,
    clock,
    ...people,
    sql,
    run,
    task,
    draft,
    submit,
    pokes: () => pokes,
    later: (ms) => clock.set(new Date(clock.now().getTime() + ms)),
    install: async (id, files) => {
      await installSituation(corridor, tenantId, id, files);
    },
    file: async (situation, values = { jmeno: 'Jana', castka: 30_000 }) => (await submit(await draft(situation), { values })).caseId,
    complete: async (caseId, elementId, values = { zaver: 'ano' }, actor = people.eva) =>
      run(caseId, completeTask, actor, { executionId: await task(caseId, elementId), values: values as never }),
    withdraw: (caseId) => run(caseId, withdraw, people.citizen, { reason: 'rozmyslel jsem si to' }),
    wake: (caseId) => run(caseId, wake, { kind: 'clock' }, { at: clock.now().toISOString() }),
    waits: (caseId) => waitsOf(sql, caseId),
    close: () => db.close(),
  };
}

async function waitsOf(sql: TestTown['sql'], caseId: string): Promise<readonly string[]> {
  const rows = await sql<{ what: string }>(
    `select 'task ' || element_id as what from task where case_id = $1 and closed_at is null
     union all select 'timer ' || element_id from timer where case_id = $1 and fired_at is null and cancelled_at is null
     union all select kind || ' ' || message from subscription where case_id = $1
     union all select 'incident ' || element_id || ' ' || code from incident where case_id = $1 and closed_at is null
     union all select 'effect ' || coalesce(element_id, '') || ' ' || state from outbox where case_id = $1 and execution_id is not null and state in ('ready', 'leased', 'dead', 'by-hand')
     union all select 'ended ' || outcome from cases where id = $1 and ended_at is not null order by 1`,
    [caseId],
  );
  return rows.map(({ what }) => what);
}

async function settle(
  db: Database,
  tenantId: number,
): Promise<Pick<TestTown, 'citizen' | 'neighbour' | 'eva' | 'petr' | 'head' | 'stranger'>> {
  const person = (givenName: string, email: string | null): Promise<Citizen> =>
    db.withTenant(tenantId, async (trx) => {
      const id = newId(MORNING);
      await insertPerson(
        trx,
        tenantId,
        {
          id,
          givenName,
          familyName: 'Nováková',
          birthDate: '1980-01-01',
          placeOfBirth: null,
          address: null,
          email,
          phone: null,
          dataBox: null,
          lang: 'cs',
        },
        MORNING,
      );
      return { kind: 'citizen', id };
    });
  const officer = (name: string, groups: readonly string[]): Promise<Officer> =>
    db.withTenant(tenantId, async (trx) => {
      const saved = await saveOfficer(
        trx,
        tenantId,
        { id: newId(MORNING), subject: name, name, email: `${name}@lhota.example`, groups },
        null,
      );
      return { kind: 'officer', id: saved.id, groups };
    });
  return {
    citizen: await person('Jana', null),
    neighbour: await person('Petra', null),
    eva: await officer('Eva Nová', ['evidence']),
    petr: await officer('Petr Malý', ['evidence']),
    head: await officer('Hana Hlavní', ['vedouci']),
    stranger: await officer('Cyril Cizí', ['informace']),
  };
}
