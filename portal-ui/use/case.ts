// A case kept fresh while it is looked at: quiet questions, a word only when something has changed.
import { computed, onMounted, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { CitizenCase } from '../../server/contract/portal.ts';
import { ApiProblem } from '../api.ts';
import { ownApi } from '../own-api.ts';
import { useLoad } from './load.ts';
import { usePoll } from './poll.ts';
import { useSay } from './say.ts';
import { useSession } from './session.ts';

const EVERY_MS = 5000;

export interface WatchedCase {
  readonly file: Ref<CitizenCase | null>;
  /** Why the case cannot be shown at all. */
  readonly problem: Ref<unknown>;
  readonly loading: Ref<boolean>;
  /** For a live region: empty until the case changes under the reader's eyes. */
  readonly news: Ref<string>;
  /** When set, the shown state is from that time, because newer cannot be read. */
  readonly staleSince: ComputedRef<string | null>;
  load(): Promise<void>;
  /** The answer of an action is the newest case. */
  take(fresh: CitizenCase): void;
}

export function useCase(caseId: string): WatchedCase {
  const { t } = useSay();
  const { now } = useSession();
  const { value: file, problem, loading, load } = useLoad(() => ownApi.case(caseId));
  const news = ref('');
  const readAt = shallowRef(now());
  const failing = shallowRef<unknown>(null);
  onMounted(async () => {
    await load();
    readAt.value = now();
  });

  function take(fresh: CitizenCase): void {
    readAt.value = now();
    if (JSON.stringify(fresh) === JSON.stringify(file.value)) return;
    const before = file.value?.state.title;
    file.value = fresh;
    if (before !== undefined && before !== fresh.state.title) news.value = t('case.updated', { state: fresh.state.title });
  }

  usePoll(EVERY_MS, async () => {
    if (file.value === null) return true;
    try {
      take(await ownApi.case(caseId));
      failing.value = null;
    } catch (cause) {
      if (cause instanceof ApiProblem && [401, 403, 404].includes(cause.status)) {
        problem.value = cause;
        return false;
      }
      failing.value = cause;
    }
    return true;
  });
  const staleSince = computed(() => (failing.value === null ? null : readAt.value));
  return { file, problem, loading, news, staleSince, load, take };
}
