// The connection to PostgreSQL and the one way to a transaction: inside a town. Neither the pool nor a connection leaves the store.
// The transaction is begun and ended here on a connection of pg's own pool; knex only builds statements in it, and only when somebody asks it to
// (its own transactions took 0.4 ms of CPU each, these take 0.05).
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { openLane, packed, type Lane } from './lane.ts';

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

/** VY004: the month was closed while we were booking into it; the next try books into the open one. */
const REPEATED = new Set(['40001', '40P01', 'VY004']);
const MAX_REPEATS = 5;

/** @param url connection string of the application role. @param poolSize connections at most (default 16). */
export function openDatabase(url: string, poolSize = 16): Database {
  const pool = openPool(url, poolSize);
  return {
    withTenant: (tenantId, work) => repeatOnConflict(() => inTown(pool, tenantId, work)),
    tenants: async () => (await pool.query<TenantRow>('select id, slug, name, settings from tenant order by id')).rows,
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

function openPool(url: string, max: number): pg.Pool {
  // pg has no read timeout of its own: a half-open connection would hang for ever. Statements that wait for each other's rows
  // are awaited; those that do not are given together and travel in one packet, executed in that order.
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    query_timeout: 15_000,
    keepAlive: true,
    pipeline: true,
  } as pg.PoolConfig);
  pool.on('error', () => undefined); // the pool drops the broken client; the query that used it has failed already
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    client
      .query(`set statement_timeout = '10s'; set idle_in_transaction_session_timeout = '10s'; set lock_timeout = '5s'; set time zone 'UTC'`)
      .catch(() => undefined); // a connection that broke at once: the next statement tells
  });
  return pool;
}

async function inTown<T>(pool: pg.Pool, tenantId: number, work: (trx: Transaction) => Promise<T>): Promise<T> {
  if (!Number.isSafeInteger(tenantId)) throw new TypeError('a town has a whole number');
  const client = await pool.connect();
  const lane = openLane(client, (connection, reached) => statementsOn(connection, reached) as Transaction);
  try {
    // Sent before the first statement of `work`, not waited for: should it fail, there are no rows and no commit.
    packed(client);
    lane.last(client.query(`begin; set local app.tenant = '${tenantId}'`));
    const result = await work(lane.trx);
    await commit(client, lane);
    client.release();
    return result;
  } catch (error) {
    lane.end();
    client.release(await rollback(client));
    throw (await lane.firstFailure()) ?? error;
  }
}

/** COMMIT travels behind the last statements; PostgreSQL answers it with ROLLBACK when one of them has failed. */
async function commit(client: pg.PoolClient, lane: Lane): Promise<void> {
  packed(client);
  lane.flush();
  lane.end();
  const committed = client.query('commit');
  const [{ command }] = await Promise.all([committed, lane.settled()]);
  if (command !== 'COMMIT') throw new Error(`the transaction was not committed: ${command}`);
}

/** What to release the client with: a connection that cannot even roll back is thrown away. */
async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** A knex for one transaction. `reached` is called before each statement; it refuses one that comes too late. */
function statementsOn(connection: pg.PoolClient, reached: () => void): Knex {
  const statements = knex({ client: 'pg' });
  const client = statements.client as { acquireConnection: () => Promise<unknown>; releaseConnection: () => Promise<void> };
  client.acquireConnection = async () => {
    reached();
    return connection;
  };
  client.releaseConnection = () => Promise.resolve();
  return statements;
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

/** True when a part that must concern one row concerned none: somebody else did the same thing first. */
export function isOvertaken(error: unknown): error is Error {
  return error instanceof Error && (error as { code?: string }).code === 'VY001';
}

/** True when the error is a violation of the named unique constraint or index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const e = error as { code?: string; constraint?: string };
  return e.code === '23505' && (constraint === undefined || e.constraint === constraint);
}
