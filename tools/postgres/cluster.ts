// One embedded PostgreSQL: made in a folder if need be, started, stopped, and recovered after a death without a word.
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canReach, chooseAccount, spawnAs } from './account.ts';
import type { Account } from './account.ts';
import { stopLeftover } from './leftover.ts';
import { findPrograms } from './programs.ts';

export type ClusterOptions = {
  /** Folder of the cluster; made when missing. It is given to the account PostgreSQL runs under. */
  readonly folder: string;
  /** TCP port on 127.0.0.1; the caller has made sure that it is free. */
  readonly port: number;
  /** Password of the superuser `postgres`, used when the cluster is made. */
  readonly password: string;
  /** Extra `name=value` settings. Without them the defaults hold: every commit is on the disk. */
  readonly settings?: readonly string[];
};

export type Cluster = {
  /** Address of one database as the superuser. */
  readonly url: (database: string) => string;
  readonly port: number;
  readonly pid: number;
  /** Settles when PostgreSQL has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Fast shutdown: sessions are cut, everything committed is kept. */
  readonly stop: () => Promise<void>;
};

/** Makes the cluster if the folder is empty, takes a leftover server off it, starts it and waits until it answers. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  mkdirSync(options.folder, { recursive: true });
  const folder = realpathSync(options.folder);
  const account = chooseAccount();
  const programs = await findPrograms(account);
  await stopLeftover(folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(programs.initdb, account, { ...options, folder });
  const child = spawnAs(account, programs.postgres, serverArguments(nameFor(account, folder), options), folder);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await ready(child, folder);
  const user = `postgres:${encodeURIComponent(options.password)}`;
  return {
    url: (database) => `postgres://${user}@127.0.0.1:${options.port}/${database}`,
    port: options.port,
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/**
 * What the account calls the folder. Behind a closed home it cannot walk there by name, but it stands in it:
 * the working directory is entered before the account changes, and Linux gives it a name without a way.
 */
function nameFor(account: Account, folder: string): string {
  return canReach(account, folder) ? folder : '/proc/self/cwd';
}

function serverArguments(dataFolder: string, { port, settings = [] }: ClusterOptions): string[] {
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', ...settings];
  return ['-D', dataFolder, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
}

/**
 * Czech sorting comes from ICU, which is built in, so that it does not depend on the locales of the machine.
 * Made beside and renamed at the end: a cluster half made when the power went is never taken for a whole one.
 */
async function initialise(initdb: string, account: Account, { folder, password }: ClusterOptions): Promise<void> {
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  give(unfinished, 0o700, account);
  const secrets = mkdtempSync(join(tmpdir(), 'vyrizeno-'));
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  give(secrets, 0o700, account);
  give(passwordFile, 0o600, account);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=cs-CZ', '--text-search-config=simple'];
  const login = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    const child = spawnAs(account, initdb, ['-D', nameFor(account, unfinished), ...login, ...locale], unfinished);
    const said = collect(child);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`PostgreSQL could not be set up in ${folder}: ${said()}`);
    renameSync(unfinished, folder);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

/** Ready is what postmaster.pid says in its eighth line, which needs neither a connection nor the server's language. */
async function ready(child: ChildProcess, folder: string): Promise<void> {
  const said = collect(child);
  const started = Date.now();
  while (child.exitCode === null && child.signalCode === null && Date.now() - started < 120_000) {
    if (postmasterState(folder, child.pid) === 'ready') return;
    await pause(20);
  }
  child.kill('SIGQUIT');
  throw new Error(`PostgreSQL did not start in ${folder}: ${said()}`);
}

function postmasterState(folder: string, pid: number | undefined): string {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').split('\n');
  return Number(lines[0]) === pid ? (lines[7] ?? '').trim() : '';
}

/** Keeps the last words of a program, for the message when it fails; reading them also keeps its pipe from filling up. */
function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text.trim();
}

function give(path: string, mode: number, { owner }: Account): void {
  chmodSync(path, mode);
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
}
