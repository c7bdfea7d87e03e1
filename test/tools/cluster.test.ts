// The embedded PostgreSQL survives what happens to it: power cuts, half-made folders, starters killed without a word, closed homes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { quietPort } from '../setup/port.ts';
import { startCluster } from '../../tools/postgres/cluster.ts';
import type { Cluster } from '../../tools/postgres/cluster.ts';
import { withClient } from '../../tools/postgres/roles.ts';

const home = mkdtempSync(join(tmpdir(), 'vyrizeno-cluster-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const start = async (name: string): Promise<Cluster> =>
  startCluster({ folder: join(home, name), port: await quietPort(), password: 'only-for-tests' });
const write = (cluster: Cluster, statement: string): Promise<unknown> =>
  withClient(cluster.url('postgres'), (client) => client.query(statement));
const count = async (cluster: Cluster): Promise<number | undefined> =>
  withClient(
    cluster.url('postgres'),
    async (client) => (await client.query<{ n: number }>('select count(*)::int as n from kept')).rows[0]?.n,
  );

test('what was committed is there after PostgreSQL was killed, and after its starter was', async () => {
  const first = await start('killed');
  await write(first, 'create table kept as select 1 as n');
  process.kill(first.pid, 'SIGKILL');
  await first.ended;

  const second = await start('killed');
  expect(await count(second)).toBe(1);
  await second.stop();

  const script = `import { startCluster } from './tools/postgres/cluster.ts';
    const { pid } = await startCluster({ folder: process.argv[1], port: Number(process.argv[2]), password: 'only-for-tests' });
    console.log(pid); setInterval(() => undefined, 1000);`;
  const starter = spawn(
    process.execPath,
    ['--input-type=module-typescript', '-e', script, join(home, 'killed'), String(await quietPort())],
    { cwd: join(import.meta.dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(starter.stdout, 'data');
  starter.kill('SIGKILL');
  await once(starter, 'exit');

  const third = await start('killed');
  expect(await count(third)).toBe(1);
  await third.stop();
});

test('a cluster half made is made again', async () => {
  mkdirSync(join(home, 'half.new'));
  writeFileSync(join(home, 'half.new', 'PG_VERSION'), '18\n');
  const cluster = await start('half');
  await write(cluster, 'create table kept as select 1 as n');
  await cluster.stop();
  expect(existsSync(join(home, 'half.new'))).toBe(false);
});

test('a folder in a home closed to others works', async () => {
  mkdirSync(join(home, 'closed'));
  chmodSync(join(home, 'closed'), 0o700);
  const cluster = await start(join('closed', 'postgres'));
  await write(cluster, 'create table kept as select 1 as n');
  expect(await count(cluster)).toBe(1);
  await cluster.stop();
});

test('a server whose folder is not its own says so', async () => {
  mkdirSync(join(home, 'foreign'));
  writeFileSync(join(home, 'foreign', 'PG_VERSION'), '9\n');
  await expect(start('foreign')).rejects.toThrow('PostgreSQL did not start');
});
