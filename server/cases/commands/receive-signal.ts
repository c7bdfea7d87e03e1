// A signal of another case: told to every wait of this case that listens to it. Whoever has stopped listening meanwhile is not disturbed.
import type { Json } from '../../engine/types.ts';
import type { Command } from '../corridor.ts';

export interface SignalData {
  /** Row of the inbox that this is; processed in the same transaction. */
  readonly inboxId: string;
  readonly signal: string;
  readonly payload: Json;
}

export const receiveSignal: Command<SignalData> = {
  name: 'receive-signal',
  accept: (_file, { data }) => ({
    stimulus: { kind: 'signal', signal: data.signal, payload: data.payload },
    lateIsFine: true,
    changes: [{ kind: 'finish-message', id: data.inboxId, result: 'delivered' }],
    detail: { signal: data.signal, inbox: data.inboxId },
    result: null,
  }),
};
