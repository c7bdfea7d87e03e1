// What waiting cases cost on the disk, and whether the pages that officers look at stay quick over so many of them.
import { officeCase } from '../../server/queries/office-case.ts';
import { listTasks, queueCounts } from '../../server/queries/office-tasks.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { withClient } from '../postgres/roles.ts';
import type { Place } from './corridor.ts';
import { copyCase, TABLES } from './crowd.ts';
import { percentile, type Figure } from './figures.ts';
import { TENANT } from './office.ts';
import { SIZES } from './situation.ts';

const LOOKS = 40;

export async function measureStorage(place: Place, count: number): Promise<readonly Figure[]> {
  const { office, ownerUrl } = place;
  const before = await sizes(ownerUrl);
  const figures: Figure[] = [];
  let cases: readonly string[] = [];
  for (const size of SIZES) {
    const model = await office.file(size);
    figures.push({ name: `case.bytes.${size.nodes}_nodes`, value: await rowBytes(ownerUrl, model), unit: 'B' });
    if (size === SIZES[0]) cases = await copyCase(ownerUrl, model, count, true);
  }
  const after = await sizes(ownerUrl);
  const grown = TABLES.map((table) => ({ table, bytes: (after.get(table) ?? 0) - (before.get(table) ?? 0) }));
  const total = grown.reduce((sum, { bytes }) => sum + bytes, 0);
  figures.push({ name: 'storage.cases', value: count, unit: 'cases' });
  figures.push({ name: 'storage.bytes_per_case', value: total / count, unit: 'B' });
  for (const { table, bytes } of grown) figures.push({ name: `storage.bytes_per_case.${table}`, value: bytes / count, unit: 'B' });
  figures.push({ name: 'storage.bytes_of_a_million', value: (total / count) * 1e6, unit: 'B' });
  return [...figures, ...(await looks(place, cases)), await dueWithoutScan(ownerUrl)];
}

/** Heap and indexes. */
function sizes(ownerUrl: string): Promise<ReadonlyMap<string, number>> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`vacuum analyze ${TABLES.join(', ')}`);
    const { rows } = await client.query<{ name: string; bytes: string }>(
      'select t as name, pg_total_relation_size(t::regclass)::text as bytes from unnest($1::text[]) t',
      [[...TABLES]],
    );
    return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
  });
}

/** The rows that a case waits by: its own with the engine's state, its open task, its timer. */
function rowBytes(ownerUrl: string, caseId: string): Promise<number> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(TENANT)]);
    const { rows } = await client.query<{ bytes: number }>(
      `select (select pg_column_size(c.*) from cases c where tenant_id = $1 and id = $2)
            + (select sum(pg_column_size(t.*)) from task t where tenant_id = $1 and case_id = $2)
            + (select sum(pg_column_size(t.*)) from timer t where tenant_id = $1 and case_id = $2) as bytes`,
      [TENANT, caseId],
    );
    return Number(rows[0]?.bytes);
  });
}

async function looks({ office }: Place, cases: readonly string[]): Promise<readonly Figure[]> {
  const { corridor, officer } = office;
  const reader: Reader = { db: corridor.db, shelf: corridor.shelf, now: corridor.clock.now, account: () => ({ account: '', iban: '' }) };
  const eva = { kind: 'officer' as const, id: officer, groups: ['evidence'] };
  const p95 = async (name: string, look: (turn: number) => Promise<unknown>): Promise<Figure> => {
    const samples: number[] = [];
    for (let turn = 0; turn < LOOKS; turn += 1) {
      const begun = performance.now();
      await look(turn);
      samples.push(performance.now() - begun);
    }
    return { name, value: percentile(samples, 0.95), unit: 'ms' };
  };
  const query = { queue: 'group', sort: 'due', dir: 'asc', q: '' } as const;
  return [
    await p95('page.queue_p95_ms', (turn) => listTasks(reader, TENANT, eva, { ...query, page: 1 + (turn % 3) })),
    await p95('page.search_p95_ms', (turn) => listTasks(reader, TENANT, eva, { ...query, q: `0000${100 + turn}`, page: 1 })),
    await p95('page.counts_p95_ms', () => queueCounts(reader, TENANT, eva)),
    await p95('page.case_p95_ms', (turn) => officeCase(reader, TENANT, cases[(turn * 997) % cases.length] ?? '')),
  ];
}

/** 1 when the plan of the look for due timers goes by the index of open timers. */
function dueWithoutScan(ownerUrl: string): Promise<Figure> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(TENANT)]);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain select c.id from timer t join cases c on c.tenant_id = t.tenant_id and c.id = t.case_id
        where t.tenant_id = ${TENANT} and t.fired_at is null and t.cancelled_at is null and t.due_at <= now() order by t.due_at limit 100 for update of c skip locked`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    return { name: 'timers.found_by_index', value: plan.includes('timer_due') && !plan.includes('Seq Scan') ? 1 : 0, unit: 'yes=1' };
  });
}
