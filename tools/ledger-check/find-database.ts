// Where the books of this installation are: the given database, the one of the town that runs now, or the stopped town's own, which is started for the time of the look.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '../postgres/embedded.ts';
import { leftoverPid } from '../postgres/leftover.ts';
import { withClient } from '../postgres/roles.ts';

/** An answer for the operator instead of an address. */
export class NoDatabase extends Error {}

export interface Found {
  readonly url: string;
  /** Puts things back as they were found. */
  readonly close: () => Promise<void>;
}

const name = 'vyrizeno';
const PATIENCE_MS = 20_000;

/** @throws NoDatabase where there has never been a town */
export async function findDatabase(given: string | undefined, dataDir: string): Promise<Found> {
  if (given !== undefined) return { url: given, close: () => Promise.resolve() };
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION')))
    throw new NoDatabase(`Ve složce ${dataDir} žádná databáze není. Uveďte DATABASE_URL, nebo DATA_DIR města.`);
  const running = await runningCluster(dataDir);
  if (running !== undefined) return { url: running, close: () => Promise.resolve() };
  const { cluster } = await startEmbedded(dataDir);
  return { url: cluster.url(name), close: () => cluster.stop() };
}

/** Address of the cluster that works on the folder now, once it answers; undefined when none does. */
async function runningCluster(dataDir: string): Promise<string | undefined> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const port = portOf(realpathSync(join(dataDir, 'postgres')));
    if (port === undefined) return undefined;
    const url = `postgres://postgres:${encodeURIComponent(superuserPassword(dataDir))}@127.0.0.1:${port}/${name}`;
    const answered = await withClient(url, (client) => client.query('select 1')).then(
      () => true,
      () => false,
    );
    if (answered) return url;
    if (Date.now() > end) throw new NoDatabase(`Databáze ve složce ${dataDir} běží, ale neodpovídá.`);
    await pause(250);
  }
}

/** The port is the fourth line of the file in which PostgreSQL notes that it runs. */
function portOf(folder: string): string | undefined {
  if (leftoverPid(folder) === undefined) return undefined;
  return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3];
}

function superuserPassword(dataDir: string): string {
  const { superuser } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8')) as { readonly superuser: string };
  return superuser;
}
