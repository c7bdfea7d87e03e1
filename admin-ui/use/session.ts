// Who works here and how much waits: one shared state for the shell and the pages, refreshed every 10 s.
import { computed, ref } from 'vue';
import type { OfficeSession, Queues } from '../../server/contract/office.ts';
import { api } from '../api.ts';
import { loginLost, rememberCsrf } from '../http.ts';

export const session = ref<OfficeSession | null>(null);
export const queues = ref<Queues | null>(null);

/** The town's clock, which the demo may move. */
export const now = computed(() => session.value?.now ?? new Date().toISOString());
export const can = computed(
  () =>
    session.value?.can ?? {
      work: false,
      assign: false,
      model: false,
      publish: false,
      repair: false,
      money: false,
      cash: false,
      books: false,
      intervene: false,
      migrate: false,
      configure: false,
    },
);

/** Throws ApiProblem. A login regained in another window makes the page whole again. */
export async function loadSession(): Promise<void> {
  const fresh = await api.session();
  rememberCsrf(fresh.csrf);
  loginLost.value = fresh.officer === null && (session.value?.officer ?? null) !== null;
  if (!loginLost.value) session.value = fresh;
}
export async function loadQueues(): Promise<void> {
  if (!can.value.work && !can.value.repair && !can.value.money) return;
  queues.value = await api.queues();
}
