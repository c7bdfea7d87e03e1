// One queue as its address says: view, order, page and words in the query; rows from the server.
import { computed, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { SortOrder } from '../../ui-kit/index.ts';
import type { QueueName, TaskList, TaskRow } from '../../server/contract/office.ts';
import { api } from '../api.ts';
import { failureText } from '../problems.cs.ts';
import { usePoll } from './poll.ts';

export interface QueueView {
  readonly queue: QueueName;
  readonly sort: string;
  readonly dir: 'asc' | 'desc';
  readonly q: string;
  readonly page: number;
}
export type TaskLine = TaskRow & { readonly id: string };

const names: readonly QueueName[] = ['mine', 'group', 'unassigned', 'overdue', 'all'];
const sorts = ['due', 'opened', 'mark', 'title'];

export interface Queue {
  readonly view: ComputedRef<QueueView>;
  readonly list: Ref<TaskList | null>;
  readonly lines: ComputedRef<readonly TaskLine[]>;
  readonly order: ComputedRef<SortOrder>;
  readonly loading: Ref<boolean>;
  readonly error: Ref<string>;
  readonly hrefOf: (change: Partial<QueueView>) => string;
  go(change: Partial<QueueView>): void;
  reload(): Promise<void>;
}

export function useQueue(): Queue {
  const route = useRoute();
  const router = useRouter();
  const list = ref<TaskList | null>(null);
  const loading = ref(false);
  const error = ref('');
  const view = computed(() => readView(route.query));
  const locationOf = (change: Partial<QueueView>) => ({ path: '/ukoly', query: writeView({ ...view.value, page: 1, ...change }) });

  async function reload(): Promise<void> {
    const asked = view.value;
    const fresh = await api.tasks({ ...asked });
    // An answer to a view that was left meanwhile is thrown away.
    if (asked === view.value) list.value = fresh;
  }
  async function load(): Promise<void> {
    loading.value = true;
    error.value = '';
    try {
      await reload();
    } catch (failure) {
      error.value = failureText(failure);
    } finally {
      loading.value = false;
    }
  }
  watch(
    view,
    (next, before) => {
      if (before !== undefined && JSON.stringify(next) === JSON.stringify(before)) return;
      if (before?.queue !== next.queue) list.value = null;
      if (route.name === 'queue') void load();
    },
    { immediate: true },
  );
  usePoll(reload, 10_000);

  return {
    view,
    list,
    loading,
    error,
    reload,
    lines: computed(() => (list.value?.tasks ?? []).map((row) => ({ ...row, id: `${row.caseId}/${row.executionId}` }))),
    order: computed(() => ({ column: view.value.sort, descending: view.value.dir === 'desc' })),
    hrefOf: (change) => router.resolve(locationOf(change)).href,
    go: (change) => void router.push(locationOf(change)),
  };
}

function readView(query: Readonly<Record<string, unknown>>): QueueView {
  const read = (key: string): string => (typeof query[key] === 'string' ? query[key] : '');
  return {
    queue: names.find((name) => name === read('fronta')) ?? 'mine',
    sort: sorts.find((sort) => sort === read('radit')) ?? 'due',
    dir: read('smer') === 'desc' ? 'desc' : 'asc',
    q: read('q'),
    page: Math.max(1, Number.parseInt(read('strana'), 10) || 1),
  };
}
/** Only what differs from the usual view, so that addresses stay short. */
function writeView(view: QueueView): Record<string, string> {
  return {
    ...(view.queue === 'mine' ? {} : { fronta: view.queue }),
    ...(view.sort === 'due' ? {} : { radit: view.sort }),
    ...(view.dir === 'asc' ? {} : { smer: view.dir }),
    ...(view.q === '' ? {} : { q: view.q }),
    ...(view.page === 1 ? {} : { strana: String(view.page) }),
  };
}
