// What the gateway says about a payment, once it was asked: compared with what was ordered, credited when it is paid, kept for a person when it differs.
import { dayOf } from '../../domain/calendar.ts';
import {
  cardPaymentBy,
  lockCardPayment,
  sharesOf,
  updateCardPayment,
  type CardPaymentRow,
  type CardPaymentState,
} from '../../store/card-payments.ts';
import type { Transaction } from '../../store/database.ts';
import { refundsOfCardPayment } from '../../store/gateway-refunds.ts';
import type { PaymentSource } from '../incoming.ts';
import { receive } from '../receive.ts';

export interface GatewayWord {
  readonly gateway: string;
  readonly id: string;
  readonly orderNumber: string;
  /** In the words shared by gateways; any other is for a person. */
  readonly state: string;
  readonly remoteState: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: string;
}

export type Noted =
  /** Our own record of the order is not there yet. */
  | { readonly kind: 'unknown' }
  /** Nothing was booked; a person must look: why. */
  | { readonly kind: 'trouble'; readonly reason: 'card-payment-differs' | 'card-payment-state-unknown' | 'card-payment-refunded-outside' }
  | { readonly kind: 'noted' }
  | { readonly kind: 'credited'; readonly paymentId: string; readonly isAllocated: boolean };

/** Words that mean the payer's money is, or was, at the gateway. */
const PAID: ReadonlySet<string> = new Set(['paid', 'part-refunded', 'refunded']);
/** How far a payment has got. Late news of an earlier state changes nothing; money that comes after an end counts. */
const RANKS: Readonly<Record<CardPaymentState, number>> = {
  ordered: 0,
  open: 1,
  authorized: 2,
  cancelled: 3,
  expired: 3,
  failed: 0,
  paid: 4,
  'part-refunded': 5,
  refunded: 6,
};

export async function notePayment(
  trx: Transaction,
  tenantId: number,
  word: GatewayWord,
  { now }: { readonly now: string },
): Promise<Noted> {
  const found =
    (await cardPaymentBy(trx, tenantId, { remote_id: word.id })) ?? (await cardPaymentBy(trx, tenantId, { effect_key: word.orderNumber }));
  const card = found && (await lockCardPayment(trx, tenantId, found.id));
  if (!card) return { kind: 'unknown' };
  if (differs(card, word)) return trouble(trx, tenantId, card, { reason: 'card-payment-differs', now });
  const state = word.state as CardPaymentState;
  if (RANKS[state] === undefined || state === 'ordered') return trouble(trx, tenantId, card, { reason: 'card-payment-state-unknown', now });
  const news = RANKS[state] > RANKS[card.state] ? { state, remoteState: word.remoteState, method: word.method } : {};
  const known = card.remoteId === null ? { remoteId: word.id } : {};
  if (!PAID.has(state)) {
    await updateCardPayment(trx, tenantId, card.id, { ...news, ...known }, now);
    return { kind: 'noted' };
  }
  const credited = card.paymentId === null ? await credit(trx, tenantId, card, { word, now }) : undefined;
  await updateCardPayment(trx, tenantId, card.id, { ...news, ...known, ...(credited ? { paymentId: credited.paymentId } : {}) }, now);
  const isOurs = state === 'paid' || (await refundsOfCardPayment(trx, tenantId, card.id)).length > 0;
  if (!isOurs) return trouble(trx, tenantId, card, { reason: 'card-payment-refunded-outside', now });
  return credited ?? { kind: 'noted' };
}

const differs = (card: CardPaymentRow, word: GatewayWord): boolean =>
  word.gateway !== card.gateway ||
  word.amount !== card.amount ||
  word.currency !== 'CZK' ||
  word.orderNumber !== card.effectKey ||
  (card.remoteId !== null && card.remoteId !== word.id);

async function trouble(
  trx: Transaction,
  tenantId: number,
  card: CardPaymentRow,
  { reason, now }: { readonly reason: Extract<Noted, { kind: 'trouble' }>['reason']; readonly now: string },
): Promise<Noted> {
  await updateCardPayment(trx, tenantId, card.id, { trouble: reason }, now);
  return { kind: 'trouble', reason };
}

async function credit(
  trx: Transaction,
  tenantId: number,
  card: CardPaymentRow,
  { word, now }: { readonly word: GatewayWord; readonly now: string },
): Promise<Extract<Noted, { kind: 'credited' }>> {
  const wish = await sharesOf(trx, tenantId, card.id);
  const received = await receive(
    trx,
    tenantId,
    {
      source: card.gateway as PaymentSource,
      sourceId: word.id,
      account: `gateway:${card.gateway}`,
      amount: card.amount,
      variableSymbol: card.variableSymbol,
      counterAccount: '',
      payerName: '',
      message: 'Platba přes platební bránu',
      receivedOn: dayOf(now),
      wish,
    },
    { now },
  );
  return { kind: 'credited', paymentId: received.paymentId, isAllocated: received.allocated.length > 0 };
}
