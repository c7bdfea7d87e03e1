// A whole town as its own process, the way `npm start` runs it: a cloned database, built pages, the simulated outside. For tests that walk through it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietPort } from './port.ts';
import { buildUi } from '../../tools/build-ui.ts';
import type { TestDatabase } from './database.ts';

export type RunningTown = {
  readonly url: string;
  readonly dataDir: string;
  /** What the server has written, for messages of failed tests. */
  readonly output: () => string;
  /** Calls the door for tests of the simulated outside, `/zkusebni-svet/ovladani/…`. */
  readonly world: <Result>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<Result>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Starts it again on the same data, after it was stopped or killed. */
  readonly startAgain: (settings?: Readonly<Record<string, string>>) => Promise<void>;
  readonly ended: () => boolean;
  /** Stops it in order and removes its folder. */
  readonly close: () => Promise<void>;
};

const root = join(import.meta.dirname, '..', '..');

export async function startTown(database: TestDatabase, settings: Readonly<Record<string, string>> = {}): Promise<RunningTown> {
  await buildUi();
  const dataDir = mkdtempSync(join(tmpdir(), 'vyrizeno-town-'));
  const port = settings['PORT'] ? Number(settings['PORT']) : await quietPort();
  const url = `http://localhost:${port}`;
  const environment = {
    PORT: String(port),
    DATA_DIR: dataDir,
    DEMO: '1',
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    LOG_LEVEL: 'warn',
    ...settings,
  };
  let said = '';
  let child: ChildProcess | undefined;
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const started = spawn(process.execPath, ['--disable-proto=delete', join(root, 'server', 'main.ts')], {
      env: { ...process.env, ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const first = await Promise.race([once(started, 'message'), once(started, 'exit').then(() => undefined)]);
    if (first === undefined) throw new Error(`the town ended before it was ready:\n${said}`);
  };
  const ended = (): boolean => child === undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === undefined || ended()) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  await start();
  return {
    url,
    dataDir,
    kill,
    ended,
    startAgain: start,
    output: () => said,
    world: async <Result>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Result> => {
      const init =
        body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${url}/zkusebni-svet/ovladani${path}`, init);
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Result;
    },
    close: async () => {
      await kill('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
