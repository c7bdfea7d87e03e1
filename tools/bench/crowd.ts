// As many waiting cases as are asked for: one is filed through the corridor, and its rows are copied by the database with new ids and marks.
import { withClient } from '../postgres/roles.ts';
import { TENANT } from './office.ts';

/** Tables that hold a row of a waiting case, in the order of their foreign keys. Documents and drafts belong to the submission, not to the waiting. */
export const TABLES = ['cases', 'task', 'timer', 'journal', 'command'] as const;
type Column = { readonly name: string };

/** Ids of the copies; the first is not the model's own. A new case id at a given place of each copied row: the rows differ in nothing else. */
export function copyCase(ownerUrl: string, caseId: string, count: number): Promise<readonly string[]> {
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
        `insert into ${table} (${names.join(', ')}) select ${names.map((name) => copied(table, name)).join(', ')}
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

function copied(table: string, column: string): string {
  if (column === (table === 'cases' ? 'id' : 'case_id')) return 'copy.id';
  if (table === 'cases' && column === 'mark') return `'SZ MERENI ' || substr(copy.id::text, 10, 27)`;
  if (table === 'command' && column === 'id') return 'gen_random_uuid()::text';
  return `m.${column}`;
}
