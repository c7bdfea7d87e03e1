// Asks a database about every invariant, in one snapshot, without changing anything and without holding anybody up.
import type { Client } from 'pg';
import { withClient } from '../postgres/roles.ts';
import type { Invariant } from './invariant.ts';
import { moneyInvariants } from './invariants.ts';

export interface Finding {
  readonly name: string;
  readonly says: string;
  readonly violations: number;
  /** The first of them, as rows of the statement. */
  readonly examples: readonly unknown[];
}

const EXAMPLES = 3;
type Counted = { readonly violations: number; readonly examples: readonly unknown[] | null };

/** @param url any role that may read: one that row-level security holds back is asked town by town */
export const checkBooks = (url: string, invariants: readonly Invariant[] = moneyInvariants): Promise<readonly Finding[]> =>
  withClient(url, async (client) => {
    await client.query('begin transaction isolation level repeatable read read only');
    const findings = await findingsOf(client, invariants);
    await client.query('rollback');
    return findings;
  });

/** The same in the transaction that `client` is in, with what it has changed so far. */
export async function findingsOf(client: Client, invariants: readonly Invariant[] = moneyInvariants): Promise<readonly Finding[]> {
  const towns = await wallsOf(client);
  const findings: Finding[] = [];
  for (const { name, says, sql } of invariants) findings.push({ name, says, ...(await count(client, sql, towns)) });
  return findings;
}

/** The towns to be asked one by one; nothing for a role that sees them all. */
async function wallsOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ free: boolean }>(
    'select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user',
  );
  if (rows[0]?.free === true) return [''];
  return (await client.query<{ id: string }>('select id::text from tenant order by id')).rows.map(({ id }) => id);
}

async function count(client: Client, sql: string, towns: readonly string[]): Promise<Omit<Finding, 'name' | 'says'>> {
  let violations = 0;
  const examples: unknown[] = [];
  for (const town of towns) {
    await client.query(`select set_config('app.tenant', $1, true)`, [town]);
    const { rows } = await client.query<Counted>(
      `with broken as (${sql}) select (select count(*)::int from broken) as violations,
        (select json_agg(b) from (select * from broken limit ${EXAMPLES}) b) as examples`,
    );
    violations += rows[0]?.violations ?? 0;
    examples.push(...(rows[0]?.examples ?? []));
  }
  return { violations, examples: examples.slice(0, EXAMPLES) };
}

/** Names of what is broken in one town, by one statement: for checks after every story of a campaign. `client` is of the serving role, behind the wall. */
export async function brokenInTown(client: Client, tenantId: number): Promise<readonly string[]> {
  await client.query(`select set_config('app.tenant', $1, false)`, [String(tenantId)]);
  const { rows } = await client.query<{ broken: Readonly<Record<string, number>> }>({ name: 'broken-in-town', text: ALL_AT_ONCE });
  return Object.entries(rows[0]?.broken ?? {})
    .filter(([, violations]) => violations > 0)
    .map(([name, violations]) => `${name} ${violations}×`);
}
const ALL_AT_ONCE = `select jsonb_object_agg(name, violations) as broken from (${moneyInvariants
  .map(({ name, sql }) => `select '${name}' as name, (select count(*)::int from (${sql}) broken) as violations`)
  .join(' union all ')}) every`;

/** What is broken, one line each; empty when all is well. */
export const brokenBooks = async (url: string): Promise<readonly string[]> =>
  (await checkBooks(url))
    .filter(({ violations }) => violations > 0)
    .map(({ name, says, violations, examples }) => `${name} ${says} ${violations}× ${JSON.stringify(examples)}`);
