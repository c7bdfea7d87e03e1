// The gateway says how a card payment stands, short of paid (that is receive-payment).
import type { Command } from '../corridor.ts';

export interface CardStateData {
  readonly inboxId: string;
  readonly cardPaymentId: string;
  readonly state: string;
}

export const noteCardState: Command<CardStateData> = {
  name: 'note-card-state',
  accept: (_file, { data }) => ({
    changes: [
      { kind: 'finish-message', id: data.inboxId, result: 'noted' },
      { kind: 'update-card-payment', id: data.cardPaymentId, change: { remoteState: data.state } },
    ],
    detail: { cardPayment: data.cardPaymentId, state: data.state },
    result: null,
  }),
};
