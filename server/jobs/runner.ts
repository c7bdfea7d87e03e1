// The clock of the house: a few loops that look for work, do it, and sleep with jitter. A poke after a commit wakes them at once.
import type { Log } from '../platform/log.ts';

export interface Loop {
  readonly name: string;
  /** Longest pause between two looks, milliseconds. */
  readonly everyMs: number;
  /** Returns how much was done; more than nothing = look again at once. */
  run(): Promise<number>;
}
export interface Runner {
  start(): void;
  poke(): void;
  stop(): Promise<void>;
  /** For tests: runs all loops until none finds anything. */ settle(): Promise<void>;
}

const JITTER = 0.2;
const FAILED_PAUSE_MS = 1_000;

/** A loop that throws is logged and tried again after a pause; it never stops the others. */
export function createRunner(loops: readonly Loop[], log: Log): Runner {
  let stopped = false;
  const sleepers = new Set<() => void>();
  let running: Promise<void>[] = [];
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  const keep = async (loop: Loop): Promise<void> => {
    while (!stopped) {
      const done = await loop.run().catch((error: unknown) => {
        log.error({ err: error, loop: loop.name }, 'job loop failed');
        return -1;
      });
      if (done > 0 || stopped) continue;
      await sleep(done < 0 ? FAILED_PAUSE_MS : loop.everyMs * (1 - JITTER * Math.random()));
    }
  };
  const poke = (): void => {
    for (const wake of [...sleepers]) wake();
  };
  return {
    start: () => {
      running = loops.map(keep);
    },
    poke,
    stop: async () => {
      stopped = true;
      poke();
      await Promise.all(running);
    },
    settle: async () => {
      for (let done = 1; done > 0;) {
        done = 0;
        for (const loop of loops) done += await loop.run();
      }
    },
  };
}
