// Brings the schema up to date: forward only, each file once, all in one transaction under a transaction-scoped lock,
// so that a kill -9 in the middle leaves nothing behind.
import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const LOCK = 7_310_421;
const FOLDER = join(import.meta.dirname, '..', '..', 'migrations');
const APP_ROLE = 'vyrizeno_app';

export interface MigrationReport {
  readonly applied: readonly string[];
  readonly version: string;
}

/**
 * Runs pending migrations as the owner and lets the application role log in.
 * Throws when a file that was applied earlier has been changed since.
 */
export async function migrate(ownerUrl: string, folder = FOLDER): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists schema_migration (name text primary key, hash text not null, at timestamptz not null default now())',
    );
    const applied = await applyPending(client, folder);
    await client.query(`alter role ${APP_ROLE} login password ${quoted(appPassword(ownerUrl))}`);
    await client.query('commit');
    return applied;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

async function applyPending(client: pg.Client, folder: string): Promise<MigrationReport> {
  const done = new Map(
    (await client.query<{ name: string; hash: string }>('select name, hash from schema_migration')).rows.map((r) => [r.name, r.hash]),
  );
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  const applied: string[] = [];
  for (const name of names) {
    const sql = await readFile(join(folder, name), 'utf8');
    const hash = createHash('sha256').update(sql).digest('hex');
    const known = done.get(name);
    if (known === hash) continue;
    if (known !== undefined) throw new Error(`migration ${name} was changed after it had been applied`);
    await client.query(sql);
    await client.query('insert into schema_migration (name, hash) values ($1, $2)', [name, hash]);
    applied.push(name);
  }
  return { applied, version: names.at(-1) ?? '' };
}

/** Connection string of the application role beside the owner's. The password follows from the owner's, so that every process finds it. */
export function applicationUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = APP_ROLE;
  url.password = appPassword(ownerUrl);
  return url.href;
}

function appPassword(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  return createHmac('sha256', decodeURIComponent(url.password) || 'no-owner-password')
    .update(APP_ROLE)
    .digest('base64url');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
