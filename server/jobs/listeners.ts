// Who is told the answers of work that belongs to no case. One explicit list; a name once used stays, because rows of the outbox carry it.
import { LISTENER, orderListener } from '../books/gateways/order-listener.ts';
import { REFUND_LISTENER, refundListener } from '../books/gateways/refunds.ts';
import { ORDER_LISTENER, paymentOrderListener } from '../books/payment-orders.ts';
import { economyExport } from './keep-export-answer.ts';
import type { Listeners } from './listener.ts';
import { runLetterListener } from './run-letters.ts';

export const listeners: Listeners = {
  'economy-export': economyExport,
  [ORDER_LISTENER]: paymentOrderListener,
  ...runLetterListener,
  [LISTENER]: orderListener,
  [REFUND_LISTENER]: refundListener,
};
