// How fast PostgreSQL commits here, with nothing of ours in between: the ceiling that the corridor is held against.
import pg from 'pg';
import type { Figure } from './figures.ts';

/** One row per transaction, on as many connections as the corridor has commands at once, for so many milliseconds. */
export async function measureCommits(
  ownerUrl: string,
  { connections, milliseconds }: { readonly connections: number; readonly milliseconds: number },
): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: connections });
  pool.on('error', () => undefined); // `end` does not wait for the sockets, and the server may go first
  await pool.query('drop table if exists bench_commit; create table bench_commit (id uuid primary key, body jsonb not null)');
  const end = performance.now() + milliseconds;
  const body = JSON.stringify({ answers: 'x'.repeat(1500) });
  const write = async (): Promise<number> => {
    let commits = 0;
    for (; performance.now() < end; commits += 1) await pool.query('insert into bench_commit values (gen_random_uuid(), $1)', [body]);
    return commits;
  };
  const started = performance.now();
  const counts = await Promise.all(Array.from({ length: connections }, write));
  const seconds = (performance.now() - started) / 1000;
  await pool.query('drop table bench_commit');
  await pool.end();
  return { name: 'postgres.commits_per_second', value: counts.reduce((sum, count) => sum + count, 0) / seconds, unit: '1/s' };
}
