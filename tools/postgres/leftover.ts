// A PostgreSQL that outlived the process that started it is stopped before its folder is used again.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const patience = [
  ['SIGINT', 20],
  ['SIGQUIT', 10],
  ['SIGKILL', 5],
] as const;

/** Stops a server still working on this folder; a stale pid file is left to PostgreSQL itself, which knows what to do. */
export async function stopLeftover(folder: string): Promise<void> {
  const pid = leftoverPid(folder);
  if (pid === undefined) return;
  for (const [signal, seconds] of patience) {
    process.kill(pid, signal);
    for (let waited = 0; waited < seconds * 20; waited += 1) {
      if (leftoverPid(folder) !== pid) return;
      await pause(50);
    }
  }
  throw new Error(`another PostgreSQL (process ${pid}) holds ${folder} and cannot be stopped`);
}

/** The process number of a PostgreSQL that works on this folder now; `folder` without symbolic links. */
export function leftoverPid(folder: string): number | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return pid > 1 && worksIn(pid, folder) ? pid : undefined;
}

/** Asked because the number may by now belong to somebody else. PostgreSQL stands in its data folder. */
function worksIn(pid: number, folder: string): boolean {
  try {
    if (existsSync('/proc/self/cwd')) return readlinkSync(`/proc/${pid}/cwd`) === folder;
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(folder);
  } catch {
    return false; // no such process
  }
}
