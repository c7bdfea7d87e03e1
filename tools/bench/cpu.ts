// CPU time of PostgreSQL, from the kernel's own count: on a shared machine it says more than the wall clock. Linux only; elsewhere it is not a number.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The kernel counts in hundredths of a second (USER_HZ). */
const TICK_MS = 10;

/** Milliseconds of CPU that the server of this data folder and all its processes, ended ones too, have used so far. */
export function postgresCpuMs(dataFolder: string): number {
  try {
    const postmaster = Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => statOf(pid) ?? []);
    const own = processes.filter(({ pid, parent }) => pid === postmaster || parent === postmaster);
    return own.reduce((sum, { pid, used, ofEnded }) => sum + used + (pid === postmaster ? ofEnded : 0), 0) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

type Stat = { readonly pid: number; readonly parent: number; readonly used: number; readonly ofEnded: number };

/** Undefined for a process that has just ended. Fields as in proc(5): the name in brackets may hold spaces. */
function statOf(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number): number => fields[index] ?? 0;
    return { pid: Number(pid), parent: at(1), used: at(11) + at(12), ofEnded: at(13) + at(14) };
  } catch {
    return undefined;
  }
}
