// What time it is. Everybody who needs the time is handed a clock, so that a demo or a test can move it.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

export type Clock = {
  readonly now: () => Date;
};

export const systemClock: Clock = { now: () => new Date() };

/** Stands still until it is set; for tests of code that takes a clock. */
export function createFixedClock(start: Date): Clock & { readonly set: (date: Date) => void } {
  let current = start;
  return {
    now: () => new Date(current),
    set: (date) => {
      current = date;
    },
  };
}

const shape = z.object({ offsetMs: z.number().int() });

/** How long an answer of the file system is believed, in milliseconds. */
const recheckMs = 200;

/**
 * The system's time moved by the `offsetMs` (milliseconds) in a JSON file. The file is shared by several processes and looked at again at most
 * every 200 ms, so all of them follow a move soon. No file, or one that cannot be read, means no move.
 */
export function createDemoClock(file: string): Clock & { readonly offsetMs: () => number; readonly moveTo: (offsetMs: number) => void } {
  let offsetMs = 0;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let version = '';
  const look = (): number => {
    if (performance.now() - checkedAt < recheckMs) return offsetMs;
    checkedAt = performance.now();
    const found = versionOf(file);
    if (found !== version) offsetMs = found === '' ? 0 : readOffset(file);
    version = found;
    return offsetMs;
  };
  return {
    now: () => new Date(Date.now() + look()),
    offsetMs: look,
    moveTo: (next) => {
      mkdirSync(dirname(file), { recursive: true });
      // Renamed into place, so that nobody ever reads half a number.
      writeFileSync(`${file}.${process.pid}`, JSON.stringify({ offsetMs: next }));
      renameSync(`${file}.${process.pid}`, file);
      checkedAt = Number.NEGATIVE_INFINITY;
    },
  };
}

/** Changes whenever the file does: two writes within one tick of the file system's clock still make two files. */
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.mtimeNs}/${stat.ino}/${stat.size}`;
}

function readOffset(file: string): number {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8'))).offsetMs;
  } catch {
    return 0;
  }
}
