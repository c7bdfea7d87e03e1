// The journal of a simulator: JSON lines, appended and flushed to disk before anything is answered, replayed at start.
// A simulator that forgot what it had received after kill -9 could not prove that nothing was doubled.
import { mkdirSync, openSync, closeSync, ftruncateSync, readFileSync, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface SimulatorStore {
  /** Everything written so far, oldest first. */
  read(): readonly Json[];
  /** Resolves when the entry is on disk. */
  append(entry: Json): Promise<void>;
  close(): Promise<void>;
}

export function createMemoryStore(): SimulatorStore {
  const entries: Json[] = [];
  return {
    read: () => [...entries],
    append: async (entry) => void entries.push(structuredClone(entry)),
    close: async () => undefined,
  };
}

/** A half-written last line (the process died in the middle) was never answered, so it is cut off. */
export function createFileStore(path: string): SimulatorStore {
  mkdirSync(dirname(path), { recursive: true });
  const lines = cutToWholeLines(path);
  let handle: Promise<FileHandle> | undefined;
  let pending: string[] = [];
  let flushing: Promise<void> | undefined;

  const flush = async (): Promise<void> => {
    handle ??= open(path, 'a');
    const file = await handle;
    const batch = pending.join('');
    pending = [];
    flushing = undefined;
    await file.appendFile(batch);
    await file.datasync();
  };
  let tail: Promise<void> = Promise.resolve();
  return {
    read: () => lines.map((line) => JSON.parse(line) as Json),
    append: (entry) => {
      pending.push(`${JSON.stringify(entry)}\n`);
      // Entries that arrive while a flush is waiting for its turn share that flush: one datasync for many answers.
      if (!flushing) {
        flushing = tail.then(flush);
        tail = flushing.catch(() => undefined);
      }
      return flushing;
    },
    close: async () => {
      await tail;
      await (await handle)?.close();
      handle = undefined;
    },
  };
}

function cutToWholeLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) {
    const file = openSync(path, 'r+');
    ftruncateSync(file, end);
    closeSync(file);
  }
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** State rebuilt from the journal; `record` changes it at once and resolves when the change is on disk. */
export interface Journaled<State, Event> {
  readonly state: State;
  record(event: Event): Promise<void>;
}

/** `apply` mutates the state and must depend on the event alone, so that a replay ends in the same state. */
export function journaled<State, Event>(
  store: SimulatorStore,
  state: State,
  apply: (state: State, event: Event) => void,
): Journaled<State, Event> {
  for (const entry of store.read()) apply(state, entry as Event);
  return {
    state,
    record: (event) => {
      apply(state, event);
      return store.append(event as Json);
    },
  };
}
