// As many waiting cases as are asked for: one is filed through the corridor, and its rows are copied by the database with new ids and marks.
import { withClient } from '../postgres/roles.ts';
import { TENANT } from './office.ts';

/** Tables that hold a row of a waiting case, in the order of their foreign keys. Documents and drafts belong to the submission, not to the waiting. */
export const TABLES = ['cases', 'task', 'timer', 'journal', 'command'] as const;
type Column = { readonly name: string };

/** Seconds between the filing of one copy and the next when they are spread. */
const APART_S = 2;
let marked = 0;

/**
 * Ids of the copies; the first is not the model's own. The rows differ in ids and marks, and when they are `spread` also in all their times:
 * indexes of equal times are much smaller than those of real ones.
 */
export function copyCase(ownerUrl: string, caseId: string, count: number, spread = false): Promise<readonly string[]> {
  const firstMark = marked;
  marked += count;
  return withClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(TENANT)]);
    await client.query('create temp table copy on commit preserve rows as select uuidv7() as id, n from generate_series(1, $1::int) n', [
      count,
    ]);
    for (const table of TABLES) {
      const { rows } = await client.query<Column>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
        [table],
      );
      const names = rows.map(({ name }) => name);
      await client.query(
        `insert into ${table} (${names.join(', ')}) select ${names.map((name) => copied(table, name, { firstMark, spread })).join(', ')}
           from copy cross join (select * from ${table} where tenant_id = $1 and ${table === 'cases' ? 'id' : 'case_id'} = $2::uuid) m`,
        [TENANT, caseId],
      );
    }
    const { rows } = await client.query<{ id: string }>('select id from copy order by n');
    await client.query('drop table copy');
    // As autovacuum would within a minute: without counts the planner takes any index that begins with the town.
    await client.query(`analyze ${TABLES.join(', ')}, outbox, person`);
    return rows.map(({ id }) => id);
  });
}

const TIMES = new Set(['filed_at', 'last_activity_at', 'opened_at', 'at']);

function copied(table: string, column: string, { firstMark, spread }: { readonly firstMark: number; readonly spread: boolean }): string {
  if (column === (table === 'cases' ? 'id' : 'case_id')) return 'copy.id';
  if (table === 'cases' && column === 'mark') return `'SZ MERENI ' || lpad((copy.n + ${firstMark})::text, 7, '0') || '/2025'`;
  if (table === 'command' && column === 'id') return 'gen_random_uuid()::text';
  if (!spread) return `m.${column}`;
  const earlier = `copy.n * interval '${APART_S} seconds'`;
  // The engine counts its timers from `t`; a task's deadline is the end of a day and stays one.
  if (column === 'engine_state')
    return `jsonb_set(m.engine_state, '{t}', to_jsonb((m.engine_state ->> 't')::bigint - copy.n * ${APART_S}000::bigint))`;
  if (table === 'task' && column === 'due_at') return `m.due_at - (copy.n * ${APART_S} / 86400) * interval '1 day'`;
  if (TIMES.has(column) || (table === 'timer' && column === 'due_at')) return `m.${column} - ${earlier}`;
  return `m.${column}`;
}
