// The payer is back from the gateway: asks how it ended until it has.
import { onMounted, ref, type Ref } from 'vue';
import type { CardPayment } from '../../server/contract/portal.ts';
import { useLoad, type Loading } from './load.ts';
import { usePoll } from './poll.ts';

const EVERY_MS = 3000;

export function useGatewayResult<P extends Pick<CardPayment, 'state'>>(
  read: () => Promise<P>,
): Loading<P> & { readonly turns: Ref<number> } {
  const loading = useLoad(read);
  const turns = ref(0);
  const isSettled = (): boolean => loading.value.value !== null && !['preparing', 'ready'].includes(loading.value.value.state);
  onMounted(loading.load);
  usePoll(EVERY_MS, async () => {
    if (isSettled()) return false;
    await loading.load();
    turns.value += 1;
    return !isSettled();
  });
  return { ...loading, turns };
}
