// A database of its own for each test file, cloned from the migrated template.
import { afterAll, inject } from 'vitest';
import { applicationUrl } from '../../server/store/migrate.ts';
import { ownerName } from '../../tools/postgres/names.ts';
import { address, withClient } from '../../tools/postgres/roles.ts';

export type TestDatabase = {
  /** As the owner of the schema: for migrations and for looking at every town's rows. */
  readonly ownerUrl: string;
  /** As the role that serves requests, held back by row-level security. */
  readonly appUrl: string;
  readonly name: string;
};

let clones = 0;

/**
 * Call it at the top of a test file: `const database = await cloneDatabase()`. The database goes with the file's last test, and the file
 * fails if one of its connections is still open by then (close your own pools in `afterAll` first: hooks run in reverse order).
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, prefix, password } = inject('postgres');
  clones += 1;
  const name = `${prefix}${process.pid}_${process.env['VITEST_POOL_ID'] ?? '0'}_${Date.now().toString(36)}_${clones}`;
  await withClient(adminUrl, (client) =>
    client.query(
      `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)} owner ${ownerName} strategy file_copy`,
    ),
  );
  afterAll(() => dropUnused(adminUrl, name));
  const ownerUrl = address(adminUrl, { user: { name: ownerName, password }, database: name });
  return { name, ownerUrl, appUrl: applicationUrl(ownerUrl) };
}

/** Without force on purpose: PostgreSQL waits five seconds for sessions to end and then refuses. */
async function dropUnused(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    try {
      await client.query(`drop database ${client.escapeIdentifier(name)}`);
    } catch (cause) {
      const { rows } = await client.query<{ query: string }>('select query from pg_stat_activity where datname = $1', [name]);
      throw new Error(`connections were left open; their last statements: ${rows.map(({ query }) => query).join(' | ')}`, { cause });
    }
  });
}
