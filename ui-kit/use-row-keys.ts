// Moving over the rows of a table by keyboard: j/k or arrows, Home, End, Enter opens, x selects.
// Works only while a row has the focus, so that letters stay letters elsewhere (WCAG 2.1.4).
import { ref } from 'vue';
import type { Ref } from 'vue';

export interface RowKeys {
  /** Index of the row that Tab reaches. */
  readonly active: Ref<number>;
  readonly onKeydown: (event: KeyboardEvent) => void;
}

export interface RowKeysOptions {
  readonly count: () => number;
  /** Gives the focus to a row. */
  readonly focus: (index: number) => void;
  readonly open?: (index: number) => void;
  readonly select?: (index: number) => void;
  /** Letters j, k and x can be switched off by the person. */
  readonly letters?: () => boolean;
}

export function useRowKeys(options: RowKeysOptions): RowKeys {
  const active = ref(0);
  const go = (index: number): void => {
    active.value = Math.max(0, Math.min(options.count() - 1, index));
    options.focus(active.value);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.getAttribute('data-row') === null) return;
    const action = actionFor(event.key, options, active.value, go);
    if (!action) return;
    event.preventDefault();
    action();
  };
  return { active, onKeydown };
}

function actionFor(key: string, options: RowKeysOptions, at: number, go: (index: number) => void): (() => void) | undefined {
  const letters = options.letters?.() ?? true;
  if (key === 'ArrowDown' || (letters && key === 'j')) return () => go(at + 1);
  if (key === 'ArrowUp' || (letters && key === 'k')) return () => go(at - 1);
  if (key === 'Home') return () => go(0);
  if (key === 'End') return () => go(options.count() - 1);
  if (key === 'Enter' && options.open) return () => options.open?.(at);
  if ((key === ' ' || (letters && key === 'x')) && options.select) return () => options.select?.(at);
  return undefined;
}
