// Autosave of a form's answers for a page: to the server after a pause, and once more when the page is left.
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import {
  change,
  close,
  flush,
  keepMine,
  open,
  planSaving,
  takeTheirs,
  type AnswersStore,
  type OpenAnswers,
  type Snapshot,
} from './answers-saving.ts';

export type { SaveState, Snapshot } from './answers-saving.ts';

export interface Answers extends Pick<OpenAnswers, 'values' | 'page' | 'state' | 'revision' | 'restored'> {
  open(first: Snapshot): void;
  change(values: Readonly<Record<string, unknown>>, page: string | null): void;
  flush(keepalive?: boolean): Promise<void>;
  keepMine(): Promise<void>;
  takeTheirs(): void;
  close(): void;
}

/** `key` names the copy kept in this browser while the server cannot be reached. */
export function useAnswers(key: string, store: AnswersStore): Answers {
  const form: OpenAnswers = {
    key,
    store,
    values: shallowRef({}),
    page: ref(null),
    state: shallowRef({ kind: 'clean' }),
    revision: ref(0),
    restored: ref(false),
    timer: undefined,
    running: null,
    dirty: false,
    closed: false,
  };
  const online = (): void => {
    if (form.dirty) planSaving(form, 0);
  };
  const leaving = (): void => {
    if (form.dirty && form.state.value.kind !== 'expired') void flush(form, true);
  };
  onMounted(() => {
    addEventListener('online', online);
    addEventListener('pagehide', leaving);
  });
  onBeforeUnmount(() => {
    removeEventListener('online', online);
    removeEventListener('pagehide', leaving);
    clearTimeout(form.timer);
    if (form.dirty) void flush(form, true);
  });
  const { values, page, state, revision, restored } = form;
  return {
    values,
    page,
    state,
    revision,
    restored,
    open: (first) => open(form, first),
    change: (next, nextPage) => change(form, next, nextPage),
    flush: (keepalive) => flush(form, keepalive),
    keepMine: () => keepMine(form),
    takeTheirs: () => takeTheirs(form),
    close: () => close(form),
  };
}
