// Two towns must not share one data folder: the second would take the database away from the first.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Claim = { readonly release: () => void };

/** Claims the folder for this process; the process number of the holder when somebody alive has it. A dead holder's claim is void. `program` is what it runs. */
export function claimFolder(dataDir: string, program = 'tools/start.ts'): Claim | { readonly holder: number } {
  const file = join(dataDir, 'running.pid');
  if (existsSync(file)) {
    const holder = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (holder !== process.pid && isRunning(holder, program)) return { holder };
  }
  writeFileSync(file, `${process.pid}\n`);
  return { release: () => rmSync(file, { force: true }) };
}

/** Asked because the number may by now belong to somebody else. */
function isRunning(pid: number, program: string): boolean {
  if (!(pid > 1)) return false;
  if (existsSync('/proc/self/cmdline')) {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) && readFileSync(file, 'utf8').includes(program);
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
