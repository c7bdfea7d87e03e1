// The connection to PostgreSQL and the one way to a transaction: inside a town. The raw knex object never leaves the store's users.
import knex, { type Knex } from 'knex';
import pg from 'pg';

export type Transaction = Knex.Transaction;
export interface Database {
  /** Runs `work` in one transaction in which only the rows of `tenantId` exist. Serialisation failures and deadlocks are repeated, 5 times. */
  withTenant<T>(tenantId: number, work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** Reads reference tables that have no town (`tenant`). */
  tenants(): Promise<readonly TenantRow[]>;
  /** One round trip without any table; for `/health/ready`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
export interface TenantRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly settings: Record<string, unknown>;
}

// bigint (haléře, counts) as number: every amount we hold is below 2^53. date as text: legal dates have no time zone.
const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, (text) => Number(text));
pg.types.setTypeParser(DATE, (text) => text);

const REPEATED = new Set(['40001', '40P01']);
const MAX_REPEATS = 5;

/** @param url connection string of the application role. @param poolSize connections at most (default 16). */
export function openDatabase(url: string, poolSize = 16): Database {
  const db = knex({
    client: 'pg',
    // pg has no read timeout of its own: a half-open connection would hang for ever. Statements that wait for each other's rows
    // are awaited; those that do not are given together (Promise.all) and travel in one packet, executed in that order.
    connection: {
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
      keepAlive: true,
      pipeline: true,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: poolSize, afterCreate: prepareConnection },
    acquireConnectionTimeout: 10_000,
  });
  return {
    withTenant: (tenantId, work) =>
      repeatOnConflict(() =>
        db.transaction(async (trx) => {
          // Sent before the first statement of `work`, not waited for: should it fail, there are no rows and no commit.
          const inTown = trx.raw(`select set_config('app.tenant', ?, true)`, [String(tenantId)]).then();
          const [result] = await Promise.all([work(trx), inTown]);
          return result;
        }),
      ),
    tenants: () => db<TenantRow>('tenant').select('id', 'slug', 'name', 'settings').orderBy('id'),
    ping: async () => {
      await db.raw('select 1');
    },
    close: () => db.destroy(),
  };
}

function prepareConnection(connection: pg.Client, done: (error: Error | undefined, connection: pg.Client) => void): void {
  connection.on('error', () => undefined); // the pool drops the broken client; the query that used it has failed already
  connection.query(
    `set statement_timeout = '10s'; set idle_in_transaction_session_timeout = '10s'; set lock_timeout = '5s'; set time zone 'UTC'`,
    (error) => done(error as Error | undefined, connection),
  );
}

async function repeatOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await attempt();
    } catch (error) {
      if (repeats >= MAX_REPEATS || !REPEATED.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

/** True when the error is a violation of the named unique constraint or index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const e = error as { code?: string; constraint?: string };
  return e.code === '23505' && (constraint === undefined || e.constraint === constraint);
}
