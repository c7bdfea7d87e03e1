// What a search among tasks means: names of tasks and cases that the words stand in. Row-level security keeps indexes of parts of words from use
// (their operators are not leakproof), so the words are looked for where there is little to read: in the index of marks, among the applicants,
// and in each name of a task once.
import type { Transaction } from '../store/database.ts';

export interface Hits {
  readonly titles: readonly string[];
  /** Undefined when there are too many to be named: then each task's case is asked. */
  readonly cases: readonly string[] | undefined;
  /** The words as a pattern of LIKE. */
  readonly like: string;
}

const NAMED_CASES = 20_000;

/** Undefined for no words: everything is wanted. */
export async function searched(trx: Transaction, tenantId: number, q: string): Promise<Hits | undefined> {
  const words = q.trim();
  if (words === '') return undefined;
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const titles = (await titlesOfTasks(trx, tenantId)).filter((title) =>
    title.toLocaleLowerCase('cs').includes(words.toLocaleLowerCase('cs')),
  );
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select id from (
       (select c.id from cases c where c.tenant_id = ? and c.mark = any(array(select m.mark from cases m where m.tenant_id = ? and m.mark ilike ? limit ?)))
       union all
       (select c.id from cases c where c.tenant_id = ? and c.applicant_id = any(array(
          select p.id from person p where p.tenant_id = ? and (p.given_name || ' ' || p.family_name) ilike ? limit ?)) limit ?)
     ) found limit ?`,
    [tenantId, tenantId, like, NAMED_CASES + 1, tenantId, tenantId, like, NAMED_CASES + 1, NAMED_CASES + 1, NAMED_CASES + 1],
  );
  const cases = rows.length > NAMED_CASES ? undefined : [...new Set(rows.map(({ id }) => id))];
  return { titles, cases, like };
}

/** Each name that an open task has, found by one step into the index. */
async function titlesOfTasks(trx: Transaction, tenantId: number): Promise<readonly string[]> {
  const next = (after: string): string =>
    `(select t.title from task t where t.tenant_id = ? and t.closed_at is null and t.title ${after} order by t.title limit 1)`;
  const { rows } = await trx.raw<{ rows: { title: string }[] }>(
    `with recursive named (title) as (
       select ${next('is not null')} union all select ${next('> named.title')} from named where named.title is not null
     ) select title from named where title is not null`,
    [tenantId, tenantId],
  );
  return rows.map(({ title }) => title);
}
