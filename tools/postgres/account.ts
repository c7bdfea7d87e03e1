// Under which system account PostgreSQL runs. It refuses to run as root, so root hands it to an ordinary account.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export type Owner = { readonly uid: number; readonly gid: number };

export type Account = {
  /** Whose the data folder must be; undefined when we are an ordinary user and everything is simply ours. */
  readonly owner: Owner | undefined;
  /** The words put before a program so that it runs under the account and ends when we die without a word (kill -9). */
  readonly prefix: readonly string[];
};

/** Asks the kernel to stop PostgreSQL when its parent dies. Linux with util-linux only; elsewhere see leftover.ts. */
const followParent = ['--pdeathsig', 'INT'];

/** Throws with a sentence for the operator when root finds no account to hand PostgreSQL to. */
export function chooseAccount(): Account {
  const hasSetpriv = succeeds('setpriv', [...followParent, 'true']);
  if (process.getuid?.() !== 0) return { owner: undefined, prefix: hasSetpriv ? ['setpriv', ...followParent] : [] };
  const owner = findPostgresUser();
  if (!hasSetpriv) return { owner, prefix: [] };
  // --pdeathsig is forgotten when the account changes, and setpriv sets it after the change.
  return { owner, prefix: ['setpriv', ...followParent, `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'] };
}

/** Starts a program as the account, in its own process group, so that Ctrl-C in a terminal does not reach it. */
export function spawnAs(account: Account, program: string, args: readonly string[], cwd: string): ChildProcess {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const env = { ...process.env, LC_ALL: 'C' };
  return spawn(command, rest, { ...spawnIds(account), cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Whether the account gets as far as this file or folder, through all its parents (a home may be closed to others). */
export function canReach(account: Account, path: string): boolean {
  const [command = 'ls', ...rest] = [...account.prefix, 'ls', '-d', path];
  return succeeds(command, rest, spawnIds(account));
}

function spawnIds({ prefix, owner }: Account): Partial<Owner> {
  return prefix.length === 0 ? (owner ?? {}) : {};
}

/** The account `postgres`, made when it is missing; `nobody` where no account can be made. */
function findPostgresUser(): Owner {
  const known = idsOf('postgres');
  if (known !== undefined) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'], { stdio: 'ignore' });
  const ids = idsOf('postgres') ?? idsOf('nobody');
  if (ids === undefined) {
    throw new Error(
      'PostgreSQL cannot run as root and no account "postgres" could be made. Run as an ordinary user, make that account, or give DATABASE_URL.',
    );
  }
  return ids;
}

function idsOf(name: string): Owner | undefined {
  const read = (option: string): number => Number.parseInt(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout, 10);
  const ids = { uid: read('-u'), gid: read('-g') };
  return Number.isNaN(ids.uid) || Number.isNaN(ids.gid) ? undefined : ids;
}

function succeeds(program: string, args: readonly string[], ids: Partial<Owner> = {}): boolean {
  return spawnSync(program, args, { ...ids, stdio: 'ignore', cwd: '/' }).status === 0;
}
