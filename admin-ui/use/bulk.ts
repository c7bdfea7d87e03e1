// The same act on several tasks, one after another, with a report of what did not work and why.
import { ref } from 'vue';
import type { Ref } from 'vue';
import { failureText } from '../problems.cs.ts';
import type { TaskLine } from './queue.ts';

export interface BulkReport {
  readonly done: readonly TaskLine[];
  readonly failed: readonly { readonly line: TaskLine; readonly why: string }[];
}
export interface Bulk {
  readonly busy: Ref<boolean>;
  readonly report: Ref<BulkReport | null>;
  run(lines: readonly TaskLine[], act: (line: TaskLine) => Promise<unknown>): Promise<void>;
}

export function useBulk(): Bulk {
  const busy = ref(false);
  const report = ref<BulkReport | null>(null);
  async function run(lines: readonly TaskLine[], act: (line: TaskLine) => Promise<unknown>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const done: TaskLine[] = [];
    const failed: { line: TaskLine; why: string }[] = [];
    for (const line of lines) {
      try {
        await act(line);
        done.push(line);
      } catch (failure) {
        failed.push({ line, why: failureText(failure) });
      }
    }
    report.value = { done, failed };
    busy.value = false;
  }
  return { busy, report, run };
}
