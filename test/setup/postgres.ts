// One PostgreSQL for the whole run: embedded, or TEST_DATABASE_URL. The schema is migrated once, into the template that files clone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../server/store/migrate.ts';
import { startCluster } from '../../tools/postgres/cluster.ts';
import { ownerName } from '../../tools/postgres/names.ts';
import { address, prepareDatabase, prepareOwner, withClient } from '../../tools/postgres/roles.ts';
import { quietPort } from './port.ts';

export type TestPostgres = {
  /** Of the role that makes and drops databases. */
  readonly adminUrl: string;
  /** Database with the newest schema and no rows. */
  readonly template: string;
  /** Names of all databases of this run begin with it. */
  readonly prefix: string;
  readonly password: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: TestPostgres;
  }
}

type Running = { readonly postgres: TestPostgres; readonly stop: () => Promise<void> };

/** Nothing here has to survive a power cut. */
const hasty = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off', 'wal_level=minimal', 'max_wal_senders=0'];

/** Each vitest project loads this file anew and calls it; the server is shared through the process. */
const shared: { vyrizenoPostgres?: { users: number; running: Promise<Running> } } = globalThis as never;

export async function setup(project: TestProject): Promise<void> {
  shared.vyrizenoPostgres ??= { users: 0, running: start() };
  shared.vyrizenoPostgres.users += 1;
  project.provide('postgres', (await shared.vyrizenoPostgres.running).postgres);
}

export async function teardown(): Promise<void> {
  const held = shared.vyrizenoPostgres;
  if (held === undefined) return;
  held.users -= 1;
  if (held.users > 0) return;
  delete shared.vyrizenoPostgres;
  await (await held.running).stop();
}

async function start(): Promise<Running> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startEmbedded() : { adminUrl: given, stop: () => Promise.resolve() };
  const prefix = `test_${process.pid}_`;
  const postgres = { adminUrl: server.adminUrl, template: `${prefix}template`, prefix, password: 'only-for-tests' };
  const owner = { name: ownerName, password: postgres.password };
  await prepareOwner(server.adminUrl, owner);
  await prepareDatabase(server.adminUrl, postgres.template, ownerName);
  await migrate(address(server.adminUrl, { user: owner, database: postgres.template }));
  const stop = async (): Promise<void> => {
    await dropAll(postgres);
    await server.stop();
  };
  return { postgres, stop };
}

async function startEmbedded(): Promise<{ readonly adminUrl: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'vyrizeno-test-'));
  const port = await quietPort();
  const cluster = await startCluster({ folder: join(folder, 'postgres'), port, password: 'only-for-tests', settings: hasty });
  const stop = async (): Promise<void> => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: cluster.url('postgres'), stop };
}

/** Also what a file that died before its end left behind. */
async function dropAll({ adminUrl, prefix }: TestPostgres): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [prefix]);
    for (const { datname } of rows) await client.query(`drop database ${client.escapeIdentifier(datname)} with (force)`);
  });
}
