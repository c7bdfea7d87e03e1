// An orderly end: what was opened last is closed first, once, and a second signal does not wait.
import type { Log } from './log.ts';

export type Shutdown = {
  /** Registers what to close. Register in the order of opening. */
  readonly onClose: (name: string, close: () => Promise<unknown> | unknown) => void;
  /** Closes everything; calling it again gives the same promise. Never rejects: what fails is logged and the rest is closed. */
  readonly close: (reason: string) => Promise<void>;
  readonly isClosing: () => boolean;
  /** Ends the process on SIGINT, SIGTERM, and when the parent that started us with an IPC channel is gone. */
  readonly listen: () => void;
};

export type ShutdownOptions = {
  readonly log: Log;
  /** Milliseconds that one thing may take to close; then it is left behind. Default 30,000. */
  readonly patienceMs?: number;
};

/** One Ctrl-C under npm arrives twice: from the terminal, and passed on by npm. */
const sameKeyPressMs = 400;

export function createShutdown({ log, patienceMs = 30_000 }: ShutdownOptions): Shutdown {
  const open: { readonly name: string; readonly close: () => Promise<unknown> | unknown }[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async (reason: string): Promise<void> => {
    log.info({ reason }, 'shutdown');
    for (let item = open.pop(); item !== undefined; item = open.pop()) {
      try {
        await within(patienceMs, item.close);
      } catch (err) {
        log.error({ err, part: item.name }, 'shutdown-failed');
      }
    }
  };
  const close = (reason: string): Promise<void> => (closing ??= closeAll(reason));
  let firstSignalAt = Number.POSITIVE_INFINITY;
  const end = (reason: string, code: number): void => {
    if (code !== 0 && performance.now() - firstSignalAt > sameKeyPressMs) process.exit(code);
    firstSignalAt = Math.min(firstSignalAt, performance.now());
    void close(reason).then(() => process.exit(0));
  };
  return {
    onClose: (name, closeIt) => {
      open.push({ name, close: closeIt });
    },
    close,
    isClosing: () => closing !== undefined,
    listen: () => {
      process.on('SIGINT', () => end('SIGINT', 130));
      process.on('SIGTERM', () => end('SIGTERM', 143));
      process.on('disconnect', () => end('parent is gone', 0));
    },
  };
}

async function within(milliseconds: number, work: () => Promise<unknown> | unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not closed within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work(), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
