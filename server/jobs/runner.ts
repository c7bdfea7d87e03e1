// The clock of the house: a few loops that look for work, do it, and sleep with jitter. A poke after a commit wakes them at once.
import type { Log } from '../platform/log.ts';

export interface Loop {
  readonly name: string;
  /** Loops of one crew look for the same work: a poke wakes one of them, and whoever finds work wakes the next. Without it the loop is its own crew. */
  readonly crew?: string;
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
/** After a look that found nothing, pokes are answered together after this: under load every commit pokes. */
const GATHER_MS = 10;
const FAILED_PAUSE_MS = 1_000;

/** A loop that throws is logged and tried again after a pause; it never stops the others. */
export function createRunner(loops: readonly Loop[], log: Log): Runner {
  let stopped = false;
  const { sleep, wakeOne, wakeCrews, wakeAll } = newDormitory();
  let running: Promise<void>[] = [];
  const keep = async (loop: Loop): Promise<void> => {
    const crew = loop.crew ?? loop.name;
    while (!stopped) {
      const done = await loop.run().catch((error: unknown) => {
        log.error({ err: error, loop: loop.name }, 'job loop failed');
        return -1;
      });
      if (done > 0) wakeOne(crew);
      if (done > 0 || stopped) continue;
      await sleep(done < 0 ? FAILED_PAUSE_MS : loop.everyMs * (1 - JITTER * Math.random()), crew);
    }
  };
  let gathering: NodeJS.Timeout | undefined;
  const poke = (): void => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      wakeCrews();
    }, GATHER_MS);
  };
  return {
    start: () => {
      running = loops.map(keep);
    },
    poke,
    stop: async () => {
      stopped = true;
      clearTimeout(gathering);
      wakeAll();
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

interface Dormitory {
  sleep(ms: number, crew: string): Promise<void>;
  wakeOne(crew: string): void;
  /** One of each crew. */
  wakeCrews(): void;
  wakeAll(): void;
}

/** Where loops of the same crew sleep until their time is over or somebody wakes them. */
function newDormitory(): Dormitory {
  const sleepers = new Map<() => void, string>();
  return {
    sleep: (ms, crew) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          sleepers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        sleepers.set(wake, crew);
      }),
    wakeOne: (crew) => {
      for (const [wake, of] of sleepers) if (of === crew) return wake();
    },
    wakeCrews: () => {
      const woken = new Set<string>();
      for (const [wake, crew] of [...sleepers]) {
        if (woken.has(crew)) continue;
        woken.add(crew);
        wake();
      }
    },
    wakeAll: () => {
      for (const wake of [...sleepers.keys()]) wake();
    },
  };
}
