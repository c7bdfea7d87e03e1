// Autosave of a form's answers: to the server after a pause, into this browser when that fails, and never silently over newer ones.
import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue';
import { ApiProblem } from '../api.ts';
import { dropCopy, keepCopy, readCopy } from './local-copy.ts';
import { sameData } from './same-data.ts';

export type SaveState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'offline' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'conflict'; readonly theirs: Snapshot; readonly at: string };

export interface Snapshot {
  readonly values: Readonly<Record<string, unknown>>;
  readonly page: string | null;
  readonly revision: number;
}

export interface AnswersStore {
  /** Resolves with the new revision and time; refuses with ApiProblem. */
  save(answers: Snapshot, keepalive: boolean): Promise<{ readonly revision: number; readonly savedAt: string }>;
  /** The newer answers after a conflict. */
  newer(): Promise<{ readonly snapshot: Snapshot; readonly savedAt: string }>;
}

export interface Answers {
  readonly values: Ref<Readonly<Record<string, unknown>>>;
  readonly page: Ref<string | null>;
  readonly state: Ref<SaveState>;
  readonly revision: Ref<number>;
  readonly restored: Ref<boolean>;
  /** Takes the server's answers, then those waiting in this browser, if any. */
  open(first: Snapshot): void;
  change(values: Readonly<Record<string, unknown>>, page: string | null): void;
  /** Sends what waits, at once. */
  flush(keepalive?: boolean): Promise<void>;
  keepMine(): Promise<void>;
  takeTheirs(): void;
  /** No more saving; the copy in this browser goes. */
  close(): void;
}

const PAUSE_MS = 800;
const RETRY_MS = 10_000;

export function useAnswers(key: string, store: AnswersStore): Answers {
  const values = shallowRef<Readonly<Record<string, unknown>>>({});
  const page = ref<string | null>(null);
  const state = shallowRef<SaveState>({ kind: 'clean' });
  const revision = ref(0);
  const restored = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let dirty = false;
  let closed = false;

  const snapshot = (): Snapshot => ({ values: values.value, page: page.value, revision: revision.value });
  const plan = (pause: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      void flush();
    }, pause);
  };

  async function flush(keepalive = false): Promise<void> {
    clearTimeout(timer);
    // A loop: whoever waited beside us may have started another save meanwhile.
    while (running !== null) await running;
    if (!dirty || closed || state.value.kind === 'conflict') return;
    running = saveOnce(keepalive).finally(() => {
      running = null;
    });
    await running;
  }

  async function saveOnce(keepalive: boolean): Promise<void> {
    dirty = false;
    state.value = { kind: 'saving' };
    try {
      const saved = await store.save(snapshot(), keepalive);
      revision.value = saved.revision;
      dropCopy(key);
      state.value = dirty ? { kind: 'waiting' } : { kind: 'saved', at: saved.savedAt };
    } catch (cause) {
      dirty = true;
      keepCopy(key, { ...snapshot(), at: new Date().toISOString() });
      await meet(cause);
    }
  }

  /** The server already has just these answers, by whatever way they came. */
  function settle(known: number, at: string): void {
    revision.value = known;
    dirty = false;
    dropCopy(key);
    state.value = { kind: 'saved', at };
  }

  async function meet(cause: unknown): Promise<void> {
    const problem = cause instanceof ApiProblem ? cause : new ApiProblem(0, 'unknown', null, { cause });
    if (problem.status === 401) {
      state.value = { kind: 'expired' };
      return;
    }
    if (problem.code === 'draft-changed-elsewhere') {
      const newer = await store.newer().catch(() => null);
      if (newer !== null && sameData(newer.snapshot.values, values.value)) {
        settle(newer.snapshot.revision, newer.savedAt);
        return;
      }
      if (newer !== null) {
        state.value = { kind: 'conflict', theirs: newer.snapshot, at: newer.savedAt };
        return;
      }
    }
    state.value = { kind: problem.code === 'network' ? 'offline' : 'failed' };
    if (!closed) plan(RETRY_MS);
  }

  function change(next: Readonly<Record<string, unknown>>, nextPage: string | null): void {
    values.value = next;
    page.value = nextPage;
    dirty = true;
    if (closed || state.value.kind === 'conflict') return;
    if (state.value.kind === 'expired') {
      keepCopy(key, { ...snapshot(), at: new Date().toISOString() });
      return;
    }
    if (state.value.kind !== 'offline' && state.value.kind !== 'saving') state.value = { kind: 'waiting' };
    plan(PAUSE_MS);
  }

  function open(first: Snapshot): void {
    values.value = first.values;
    page.value = first.page;
    revision.value = first.revision;
    const copy = readCopy(key);
    if (copy === null) return;
    restored.value = true;
    // The last words of the page before the login may have arrived after all.
    if (sameData(copy.values, first.values)) {
      settle(first.revision, copy.at);
      return;
    }
    values.value = copy.values;
    page.value = copy.page;
    // The revision it was written over goes along: if the draft has moved on, the server says so and the citizen chooses.
    revision.value = copy.revision;
    dirty = true;
    void flush();
  }

  async function keepMine(): Promise<void> {
    if (state.value.kind !== 'conflict') return;
    revision.value = state.value.theirs.revision;
    state.value = { kind: 'waiting' };
    dirty = true;
    await flush();
  }
  function takeTheirs(): void {
    if (state.value.kind !== 'conflict') return;
    const { theirs, at } = state.value;
    values.value = theirs.values;
    page.value = theirs.page;
    revision.value = theirs.revision;
    dirty = false;
    dropCopy(key);
    state.value = { kind: 'saved', at };
  }

  const online = (): void => {
    if (dirty) plan(0);
  };
  const leaving = (): void => {
    if (dirty && state.value.kind !== 'expired') void flush(true);
  };
  onMounted(() => {
    addEventListener('online', online);
    addEventListener('pagehide', leaving);
  });
  onBeforeUnmount(() => {
    removeEventListener('online', online);
    removeEventListener('pagehide', leaving);
    clearTimeout(timer);
    if (dirty) void flush(true);
  });
  return {
    values,
    page,
    state,
    revision,
    restored,
    open,
    change,
    flush,
    keepMine,
    takeTheirs,
    close: () => {
      closed = true;
      clearTimeout(timer);
      dropCopy(key);
    },
  };
}
