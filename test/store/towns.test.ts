// The wall between towns, for every table that the catalogue knows: a table that is added without it fails here.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAnswer } from '../../server/cases/commands/index.ts';
import { signJournal } from '../../server/jobs/sign-journal.ts';
import { insertFile } from '../../server/store/documents.ts';
import { noteTrouble, saveCursor } from '../../server/store/inbox.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { whole } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { aWorkshop } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { rowsOfDuties } from './rows-of-duties.ts';
import { rowsOfGateways } from './rows-of-gateways.ts';
import { rowsOfMoney } from './rows-of-money.ts';
import { rowsOfOfficers } from './rows-of-officers.ts';
import { rowsOfPaper } from './rows-of-paper.ts';
import { rowsOfRecords } from './rows-of-records.ts';
import { rowsOfRepresentation } from './rows-of-representation.ts';

const database = await cloneDatabase();
const tables = await withClient(everyTownUrl(database), async (client) =>
  (
    await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`,
    )
  ).rows.map(({ name }) => name),
);
let towns: readonly TestTown[];
beforeAll(async () => {
  towns = [await openTestTown(database, 1), await openTestTown(database, 2)];
  for (const town of towns) await fill(town);
});
afterAll(async () => {
  for (const town of towns) await town.close();
});

/** A case far enough to leave a row in as many tables as it can, and the rest by hand. */
async function fill(town: TestTown): Promise<void> {
  await town.install('zkouska', whole());
  const caseId = await town.file('zkouska');
  await town.complete(caseId, 'kontrola');
  const { tenantId } = town;
  const [held] = await town.db.withTenant(tenantId, (trx) => claimEffects(trx, tenantId, 1, 60_000));
  if (!held) throw new Error('no effect');
  await town.run(
    caseId,
    recordAnswer,
    { kind: 'outside', id: 'isds.send' },
    { key: held.key, lease: held.lease, answer: { done: { messageId: '1' } } },
  );
  await signJournal(aWorkshop(town, []));
  const at = town.clock.now().toISOString();
  await town.db.withTenant(tenantId, async (trx) => {
    await insertFile(trx, tenantId, {
      id: crypto.randomUUID(),
      ownerKind: 'case',
      ownerId: caseId,
      caseId,
      field: 'x',
      name: 'x.pdf',
      mime: 'application/pdf',
      content: new Uint8Array([1]),
      createdAt: at,
    });
    await saveCursor(trx, tenantId, 'bank', '1', at);
    await noteTrouble(trx, tenantId, 'bank', 'x', at);
  });
  await fillByHand(town, caseId);
}

async function fillByHand(town: TestTown, caseId: string): Promise<void> {
  const { tenantId: t, citizen, neighbour, eva } = town;
  const at = town.clock.now().toISOString();
  const id = (): string => crypto.randomUUID();
  const [prescription] = await town.sql<{ id: string }>('select id from prescription where tenant_id = $1', [t]);
  const [version] = await town.sql<{ id: string }>('select id from situation_version where tenant_id = $1', [t]);
  const [effectOfCase] = await town.sql<{ key: string }>('select key from outbox where tenant_id = $1 and case_id = $2', [t, caseId]);
  const [document] = await town.sql<{ id: string }>('select id from document where tenant_id = $1 and case_id = $2', [t, caseId]);
  const payment = id();
  const batch = id();
  const money = rowsOfMoney({ at, personId: citizen.id, officerId: eva.id, paymentId: payment, prescriptionId: prescription?.id ?? '' });
  const rows: Readonly<Record<string, Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[]>> = {
    person_identity: { provider: 'nia', subject: id(), person_id: citizen.id, loa: 'low', last_login_at: at },
    session: { id_hash: id(), kind: 'citizen', person_id: citizen.id, csrf_token: 'x', created_at: at, last_seen_at: at, expires_at: at },
    login_transaction: { id: id(), kind: 'citizen', return_path: '/', created_at: at },
    seen_assertion: { id: id(), until: at },
    situation_draft: { situation: 'zkouska', files: '{}', revision: 1, based_on: 1, saved_at: at, saved_by: 'x' },
    data_message: { message_id: id(), effect_key: effectOfCase?.key, case_id: caseId, state: 4, state_at: at },
    note: { id: id(), case_id: caseId, officer_id: eva.id, text: 'x', at },
    incident: {
      id: id(),
      case_id: caseId,
      execution_id: 'x',
      element_id: 'x',
      element_name: 'x',
      code: 'x',
      reason: 'x',
      since: at,
      closed_at: at,
    },
    deadline_event: { case_id: caseId, seq: 1, deadline: 'x', type: 'received', at: '2026-03-02', recorded_at: at, by_kind: 'clock' },
    case_deadline: { case_id: caseId, name: 'x', rule: 'sr/decision', who: 'office', state: 'running', changes: 0, updated_at: at },
    deadline_alert: { case_id: caseId, subject: 'task:x', kind: 'warning', due_on: '2026-03-02', officers: '[]', at },
    calendar_feed: { id: id(), token_hash: id(), owner_kind: 'citizen', owner_id: citizen.id, created_at: at },
    payment: { id: payment, source: 'test', source_id: id(), amount: 1, received_on: '2026-03-02', recorded_at: at },
    message_start: { kind: 'message', name: 'x', situation: 'zkouska', element_id: 'x', version_id: version?.id },
    operation: { id: id(), case_id: caseId, kind: 'modify', reason: 'x', officer_id: eva.id, at },
    case_batch: {
      id: batch,
      kind: 'retry',
      rehearsal: false,
      reason: 'x',
      state: 'done',
      officer_id: eva.id,
      officer_groups: '{}',
      created_at: at,
      finished_at: at,
    },
    case_batch_item: { batch_id: batch, case_id: caseId, place: 1 },
    case_before: {
      case_id: caseId,
      batch_id: batch,
      version_id: version?.id,
      engine_state: '{}',
      after_hash: 'x',
      revertible: false,
      migrated_at: at,
    },
    ...money,
    ...rowsOfGateways({
      at,
      caseId,
      prescriptionId: prescription?.id ?? '',
      refundId: (money['refund'] as { readonly id: string }).id,
    }),
    ...rowsOfRepresentation({ at, personId: citizen.id, otherId: neighbour.id }),
    ...rowsOfOfficers({ at, officerId: eva.id }),
    ...rowsOfPaper({ at, caseId, effectKey: effectOfCase?.key, documentId: document?.id, officerId: eva.id }),
    ...rowsOfRecords({ at, caseId, officerId: eva.id }),
    ...rowsOfDuties({ at, officerId: eva.id, versionId: version?.id, payer: (money['payer'] as { readonly id: string }).id }),
  };
  await town.db.withTenant(t, async (trx) => {
    for (const [table, row] of Object.entries(rows)) {
      const several: readonly object[] = Array.isArray(row) ? row : [row];
      await trx(table).insert(several.map((one) => ({ tenant_id: t, ...one })));
    }
  });
}

const asTown = <T>(
  tenant: string,
  work: (query: (sql: string) => Promise<{ rowCount: number | null; rows: Record<string, unknown>[] }>) => Promise<T>,
): Promise<T> =>
  withClient(database.appUrl, async (client) => {
    await client.query('begin');
    await client.query(`select set_config('app.tenant', $1, true)`, [tenant]);
    try {
      return await work((sql) => client.query(sql));
    } finally {
      await client.query('rollback');
    }
  });

test('the town sees its own invariants hold', async () => {
  // Rows made by hand carry no prescription of their own; only the journals and cases are compared here.
  expect((await brokenInvariants(everyTownUrl(database))).filter((line) => /^I(1|2|3|9|10|13|15) /.test(line))).toEqual([]);
});

test('the catalogue knows the tables of towns, and this test has a row in each', async () => {
  expect(tables.length).toBeGreaterThan(25);
  for (const table of tables) {
    const [row] = await withClient(
      everyTownUrl(database),
      async (client) => (await client.query<{ n: number }>(`select count(*) filter (where tenant_id = 1)::int as n from ${table}`)).rows,
    );
    expect(row?.n, table).toBeGreaterThan(0);
  }
});

test.each(tables)('%s: the other town reads, changes and deletes nothing of it', async (table) => {
  await asTown('2', async (query) => {
    expect((await query(`select * from ${table} where tenant_id = 1`)).rowCount).toBe(0);
    expect((await query(`select * from ${table}`)).rows.every((row) => row['tenant_id'] === 2)).toBe(true);
  });
  for (const statement of [`update ${table} set tenant_id = tenant_id where tenant_id = 1`, `delete from ${table} where tenant_id = 1`]) {
    await asTown('2', async (query) => {
      const end = await query(statement).then(
        ({ rowCount }) => rowCount,
        (error: { code?: string }) => error.code,
      );
      expect([0, '42501']).toContain(end); // nothing is there, or the right is missing altogether
    });
  }
});

test.each(tables)('%s: nothing is slipped into another town', async (table) => {
  await asTown('2', async (query) => {
    await expect(
      query(
        `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(x) || '{"tenant_id": 1}')).* from ${table} x limit 1`,
      ),
    ).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('row-level security') });
  });
});

test.each(tables)('%s: without a town there are no rows', async (table) => {
  await withClient(database.appUrl, async (client) => {
    expect((await client.query(`select * from ${table}`)).rowCount).toBe(0);
    await client.query(`select set_config('app.tenant', '', false)`);
    expect((await client.query(`select * from ${table}`)).rowCount).toBe(0);
  });
});

test.each(tables)('%s: its keys begin with the town', async (table) => {
  const { rows } = await withClient(everyTownUrl(database), (client) =>
    client.query<{ index: string; first: string }>(
      `select i.indexrelid::regclass::text as index, a.attname as first from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indrelid = $1::regclass`,
      [table],
    ),
  );
  expect(rows.filter(({ first }) => first !== 'tenant_id')).toEqual([]);
});

test('every reference between tables of towns names the town', async () => {
  // Registers of the whole country belong to no town and name none; whether they are such is read from their columns, not only from this list.
  const ofTheCountry = ['address_import', 'address_point', 'address_street'];
  const { rows } = await withClient(everyTownUrl(database), (client) =>
    client.query(
      `select f.conname from pg_constraint f where f.contype = 'f' and f.confrelid::regclass::text <> 'tenant' and f.connamespace = 'public'::regnamespace
       and not (f.conrelid::regclass::text = any($1) and f.confrelid::regclass::text = any($1)
                and not exists (select from pg_attribute a where a.attrelid in (f.conrelid, f.confrelid) and a.attname = 'tenant_id'))
       and not exists (select from unnest(f.conkey, f.confkey) k(own, other) join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.own join pg_attribute b on b.attrelid = f.confrelid and b.attnum = k.other where a.attname = 'tenant_id' and b.attname = 'tenant_id')`,
      [ofTheCountry],
    ),
  );
  expect(rows).toEqual([]);
});

test('the serving role cannot lift the wall, become somebody else or change the schema', async () => {
  const statements = [
    'set role vyrizeno_owner',
    'alter table cases disable row level security',
    'alter table cases no force row level security',
    'drop policy town on cases',
    'create table x (a int)',
    'alter role vyrizeno_app bypassrls',
    `insert into tenant (id, slug, name) values (9, 'x', 'x')`,
    'truncate cases',
  ];
  for (const statement of statements)
    await withClient(database.appUrl, async (client) => {
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|42704)$/) });
    });
  await withClient(database.appUrl, async (client) => {
    await client.query('set row_security = off');
    await expect(client.query('select * from cases')).rejects.toMatchObject({ code: '42501' });
  });
  const { rows } = await withClient(everyTownUrl(database), (client) =>
    client.query(`select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = 'vyrizeno_app'`),
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false }]);
});

test('the setting of one transaction does not stay on the connection', async () => {
  const [town] = towns;
  await town?.db.withTenant(1, async (trx) => {
    await trx.raw('select 1');
  });
  await withClient(database.appUrl, async (client) => {
    await client.query('begin');
    await client.query(`select set_config('app.tenant', '1', true)`);
    await client.query('commit');
    expect((await client.query('select * from cases')).rowCount).toBe(0);
  });
});

test("one town's worker claims nothing of another", async () => {
  const [first, second] = towns;
  if (!first || !second) throw new Error('two towns are needed');
  const caseId = await first.file('zkouska');
  await first.complete(caseId, 'kontrola');
  expect(await second.db.withTenant(2, (trx) => claimEffects(trx, 1, 8, 1_000))).toEqual([]);
  expect(await first.db.withTenant(1, (trx) => claimEffects(trx, 1, 8, 1_000))).toHaveLength(1);
});
