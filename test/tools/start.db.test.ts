// `npm start` as a person uses it: it comes up on an empty folder, passes over a taken port, and leaves nothing running however it ends.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const dataDir = mkdtempSync(join(tmpdir(), 'vyrizeno-start-'));
const started: ChildProcess[] = [];
afterEach(() => started.splice(0).forEach(killGroup));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

type Town = { readonly child: ChildProcess; readonly url: string; readonly said: () => string };

/** Settled when the address is printed, or the process has ended. */
async function npmStart(settings: Readonly<Record<string, string>>): Promise<Town> {
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings };
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!text.includes('Ctrl+C') && child.exitCode === null) await pause(50);
  return { child, url: /běží na (\S+)/.exec(text)?.[1] ?? '', said: () => text };
}

/** Everything that has this test's data folder in its command line or environment: starter, server, PostgreSQL. */
function leftOvers(): string {
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid,args'], { encoding: 'utf8', maxBuffer: 50_000_000 });
  return stdout
    .split('\n')
    .filter((line) => line.includes(dataDir))
    .map((line) => line.slice(0, 120))
    .join('\n');
}

async function nothingIsLeft(): Promise<void> {
  for (let tries = 0; tries < 100 && leftOvers() !== ''; tries += 1) await pause(100);
  expect(leftOvers()).toBe('');
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

test('it comes up beside a taken port, refuses to share its folder, and Ctrl-C leaves nothing', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;

  const town = await npmStart({ PORT: String(port) });

  expect(town.said()).toContain(`Port ${port} je obsazený`);
  expect((await fetch(`${town.url}/health/ready`)).status).toBe(200);
  const second = await npmStart({ PORT: String(port) });
  expect(second.said()).toContain('DATA_DIR');
  if (second.child.exitCode === null) await once(second.child, 'exit');
  expect(second.child.exitCode).toBe(78);
  process.kill(-(town.child.pid ?? 0), 'SIGINT');
  await once(town.child, 'exit');
  await nothingIsLeft();
  taken.close();
});

test('killed without a word, nothing is left, and it comes up again on the same data in under ten seconds', async () => {
  const first = await npmStart({ PORT: '0' });
  expect(first.url).not.toBe('');
  killGroup(first.child);
  await nothingIsLeft();

  const since = Date.now();
  const second = await npmStart({ PORT: '0' });
  expect((await fetch(`${second.url}/health/live`)).status).toBe(200);
  expect(Date.now() - since).toBeLessThan(10_000);
  // Only npm gets the signal, as from a process manager.
  second.child.kill('SIGTERM');
  await nothingIsLeft();
});

test('a database that does not answer is told in one line that names the key', async () => {
  const town = await npmStart({ DATABASE_URL: 'postgres://nobody:tajne@127.0.0.1:1/none' });
  if (town.child.exitCode === null) await once(town.child, 'exit');
  expect(town.child.exitCode).toBe(78);
  expect(town.said()).toContain('Chybné nastavení DATABASE_URL');
  expect(town.said()).not.toContain('tajne');
});
