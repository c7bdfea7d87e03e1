// How the answers of one open form get to the server: when, what happens when they do not, and never silently over newer ones.
import type { Ref, ShallowRef } from 'vue';
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

/** One open form: what is shown, and what the saving remembers. */
export interface OpenAnswers {
  readonly key: string;
  readonly store: AnswersStore;
  readonly values: ShallowRef<Readonly<Record<string, unknown>>>;
  readonly page: Ref<string | null>;
  readonly state: ShallowRef<SaveState>;
  readonly revision: Ref<number>;
  readonly restored: Ref<boolean>;
  timer: ReturnType<typeof setTimeout> | undefined;
  running: Promise<void> | null;
  /** Something has been written that the server does not have. */
  dirty: boolean;
  closed: boolean;
}

const PAUSE_MS = 800;
const RETRY_MS = 10_000;

export function planSaving(form: OpenAnswers, pauseMs: number): void {
  clearTimeout(form.timer);
  form.timer = setTimeout(() => {
    void flush(form);
  }, pauseMs);
}

/** Sends what waits, at once. `keepalive` for the last words of a page that is being left. */
export async function flush(form: OpenAnswers, keepalive = false): Promise<void> {
  clearTimeout(form.timer);
  // A loop: whoever waited beside us may have started another save meanwhile.
  while (form.running !== null) await form.running;
  if (!form.dirty || form.closed || form.state.value.kind === 'conflict') return;
  form.running = saveOnce(form, keepalive).finally(() => {
    form.running = null;
  });
  await form.running;
}

async function saveOnce(form: OpenAnswers, keepalive: boolean): Promise<void> {
  form.dirty = false;
  form.state.value = { kind: 'saving' };
  try {
    const saved = await form.store.save(snapshotOf(form), keepalive);
    form.revision.value = saved.revision;
    dropCopy(form.key);
    form.state.value = form.dirty ? { kind: 'waiting' } : { kind: 'saved', at: saved.savedAt };
  } catch (cause) {
    form.dirty = true;
    keepHere(form);
    await meet(form, cause instanceof ApiProblem ? cause : new ApiProblem(0, 'unknown', null, { cause }));
  }
}

async function meet(form: OpenAnswers, problem: ApiProblem): Promise<void> {
  if (problem.status === 401) {
    form.state.value = { kind: 'expired' };
    return;
  }
  if (problem.code === 'draft-changed-elsewhere' && (await compareWithNewer(form))) return;
  form.state.value = { kind: problem.code === 'network' ? 'offline' : 'failed' };
  if (!form.closed) planSaving(form, RETRY_MS);
}

/** False when the newer answers could not be read. */
async function compareWithNewer(form: OpenAnswers): Promise<boolean> {
  const newer = await form.store.newer().catch(() => null);
  if (newer === null) return false;
  if (sameData(newer.snapshot.values, form.values.value)) settle(form, newer.snapshot.revision, newer.savedAt);
  else form.state.value = { kind: 'conflict', theirs: newer.snapshot, at: newer.savedAt };
  return true;
}

/** The server already has just these answers, by whatever way they came. */
function settle(form: OpenAnswers, known: number, at: string): void {
  form.revision.value = known;
  form.dirty = false;
  dropCopy(form.key);
  form.state.value = { kind: 'saved', at };
}

export function change(form: OpenAnswers, values: Readonly<Record<string, unknown>>, page: string | null): void {
  form.values.value = values;
  form.page.value = page;
  form.dirty = true;
  const { kind } = form.state.value;
  if (form.closed || kind === 'conflict') return;
  if (kind === 'expired') {
    keepHere(form);
    return;
  }
  if (kind !== 'offline' && kind !== 'saving') form.state.value = { kind: 'waiting' };
  planSaving(form, PAUSE_MS);
}

/** Takes the server's answers, then those waiting in this browser, if any. */
export function open(form: OpenAnswers, first: Snapshot): void {
  show(form, first);
  const copy = readCopy(form.key);
  if (copy === null) return;
  form.restored.value = true;
  // The last words of the page before the login may have arrived after all.
  if (sameData(copy.values, first.values)) {
    settle(form, first.revision, copy.at);
    return;
  }
  // The revision it was written over goes along: if the draft has moved on, the server says so and the citizen chooses.
  show(form, copy);
  form.dirty = true;
  void flush(form);
}

export async function keepMine(form: OpenAnswers): Promise<void> {
  if (form.state.value.kind !== 'conflict') return;
  form.revision.value = form.state.value.theirs.revision;
  form.state.value = { kind: 'waiting' };
  form.dirty = true;
  await flush(form);
}

export function takeTheirs(form: OpenAnswers): void {
  if (form.state.value.kind !== 'conflict') return;
  const { theirs, at } = form.state.value;
  show(form, theirs);
  settle(form, theirs.revision, at);
}

/** No more saving; the copy in this browser goes. */
export function close(form: OpenAnswers): void {
  form.closed = true;
  clearTimeout(form.timer);
  dropCopy(form.key);
}

function show(form: OpenAnswers, { values, page, revision }: Snapshot): void {
  form.values.value = values;
  form.page.value = page;
  form.revision.value = revision;
}

function keepHere(form: OpenAnswers): void {
  keepCopy(form.key, { ...snapshotOf(form), at: new Date().toISOString() });
}

const snapshotOf = (form: OpenAnswers): Snapshot => ({
  values: form.values.value,
  page: form.page.value,
  revision: form.revision.value,
});
