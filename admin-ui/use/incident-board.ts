// Incidents as the address chooses them, refreshed while they are seen, with a new try for one or for many.
import { computed, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { BatchCard, BoardIncident, IncidentBoard } from '../../server/contract/operations.ts';
import { api } from '../api.ts';
import { operations, type Chosen } from '../api-operations.ts';
import { newCommandId } from '../http.ts';
import { texts } from '../texts.cs.ts';
import { useAction, useLoading } from './action.ts';
import { announce } from './announce.ts';
import { usePoll } from './poll.ts';
import { loadQueues } from './session.ts';

/** The choice stands in the address. */
function useChosen(onChange: () => void) {
  const route = useRoute();
  const router = useRouter();
  const read = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '');
  const chosen = computed<Chosen>(() => ({ service: read('situace'), element: read('krok'), code: read('pricina') }));

  function choose(change: Partial<Chosen>): void {
    const { service, element, code } = { ...chosen.value, ...change };
    onChange();
    void router.replace({
      query: { ...(service && { situace: service }), ...(element && { krok: element }), ...(code && { pricina: code }) },
    });
  }
  return { chosen, choose };
}

export function useIncidentBoard() {
  const board = shallowRef<IncidentBoard | null>(null);
  const selected = ref<readonly string[]>([]);
  const done = ref('');
  const batch = shallowRef<BatchCard | null>(null);
  const loading = useLoading();
  const action = useAction();
  const { chosen, choose } = useChosen(() => {
    selected.value = [];
  });
  const load = (): Promise<void> =>
    loading.load(
      () => operations.board(chosen.value),
      (fresh) => {
        board.value = fresh;
        selected.value = selected.value.filter((id) => fresh.incidents.some((incident) => incident.id === id));
      },
    );
  watch(() => JSON.stringify(chosen.value), load, { immediate: true });
  usePoll(load, 5_000);

  async function refresh(): Promise<void> {
    await Promise.all([load(), loadQueues()]);
  }
  function finish(text: string): void {
    done.value = text;
    announce(text);
    void refresh();
  }
  async function retry(incident: BoardIncident): Promise<void> {
    const went = await action.run(() => api.retryIncident(incident.id));
    if (went) finish(texts.incidents.retried(incident.elementName || incident.elementId, incident.mark));
    else await load();
  }
  async function retryMany(order: (commandId: string) => Promise<BatchCard>): Promise<void> {
    await action.run(async () => {
      batch.value = await order(newCommandId());
      selected.value = [];
    });
  }
  return {
    board,
    selected,
    done,
    batch,
    chosen,
    choose,
    busy: action.busy,
    isLoading: loading.busy,
    error: computed(() => action.error.value || loading.error.value),
    refresh,
    finish,
    retry,
    retryChosen: () => retryMany((id) => operations.retryChosen(id, selected.value)),
    retryAlike: () => retryMany((id) => operations.retryAlike(id, chosen.value)),
  };
}
