// The gate's opinion of the draft, asked for 800 ms after the last change; the same gate stands before publication.
import { onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { CheckReport } from '../../server/contract/office.ts';
import { api } from '../api.ts';
import type { Files } from '../api.ts';
import { useLoading } from './action.ts';

export interface Check {
  readonly report: ShallowRef<CheckReport | null>;
  readonly busy: Ref<boolean>;
  readonly error: Ref<string>;
  now(): Promise<void>;
}

export function useCheck(situation: string, files: ShallowRef<Files>): Check {
  const report = shallowRef<CheckReport | null>(null);
  const waiting = ref(false);
  const loading = useLoading();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (): Promise<void> => {
    clearTimeout(timer);
    waiting.value = false;
    return loading.load(
      () => api.check(situation, files.value),
      (fresh) => {
        report.value = fresh;
      },
    );
  };
  watch(files, (next) => {
    if (Object.keys(next).length === 0) return;
    clearTimeout(timer);
    waiting.value = true;
    timer = setTimeout(() => void now(), 800);
  });
  onBeforeUnmount(() => clearTimeout(timer));
  return { report, busy: loading.busy, error: loading.error, now };
}
