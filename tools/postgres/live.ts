// The database of a town for tools that work beside it: the given one, the embedded one of a running town, or the embedded one of a stopped town, started for as long as the tool runs.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../server/platform/config.ts';
import { startEmbedded } from './embedded.ts';
import { findFault } from './given.ts';
import { leftoverPid } from './leftover.ts';
import { ownerName } from './names.ts';

export interface LiveDatabase {
  /** As the owner of the schema, who sees every town only one at a time. */
  readonly ownerUrl: string;
  /** How it was found, for the person who asked. */
  readonly found: 'given' | 'running' | 'started';
  readonly close: () => Promise<void>;
}

/** Throws with a sentence when there is no town in the data folder. */
export async function openLive(config: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir'>): Promise<LiveDatabase> {
  const given = config.databaseOwnerUrl ?? config.databaseUrl;
  if (given !== undefined) return { ownerUrl: given, found: 'given', close: () => Promise.resolve() };
  const passwords = join(config.dataDir, 'postgres-passwords.json');
  if (!existsSync(passwords)) throw new Error(`Ve složce ${config.dataDir} není žádné město. Zadejte DATABASE_URL nebo DATA_DIR.`);
  const running = await runningUrl(config.dataDir, (JSON.parse(readFileSync(passwords, 'utf8')) as { owner: string }).owner);
  if (running !== undefined) return { ownerUrl: running, found: 'running', close: () => Promise.resolve() };
  const { ownerUrl, cluster } = await startEmbedded(config.dataDir);
  return { ownerUrl, found: 'started', close: () => cluster.stop() };
}

const PATIENCE_MS = 20_000;

/** Waited for while a PostgreSQL works on the folder: starting another one would stop it, and the town with it. */
async function runningUrl(dataDir: string, password: string): Promise<string | undefined> {
  const end = Date.now() + PATIENCE_MS;
  let fault: string | undefined;
  while (isWorking(dataDir)) {
    const url = readyUrl(dataDir, password);
    fault = url && (await findFault(url));
    if (url !== undefined && fault === undefined) return url;
    if (Date.now() > end) throw new Error(`Databáze ve složce ${dataDir} běží, ale neodpovídá. ${fault ?? ''}`.trim());
    await pause(250);
  }
  return undefined;
}

function isWorking(dataDir: string): boolean {
  const folder = join(dataDir, 'postgres');
  return existsSync(folder) && leftoverPid(realpathSync(folder)) !== undefined;
}

/** The fourth line of postmaster.pid is the port, the eighth says whether it is ready. */
function readyUrl(dataDir: string, password: string): string | undefined {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  if ((lines[7] ?? '').trim() !== 'ready') return undefined;
  return `postgres://${ownerName}:${encodeURIComponent(password)}@127.0.0.1:${lines[3]}/vyrizeno`;
}
