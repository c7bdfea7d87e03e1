// Which case a message belongs to and what it says to it. Decides nothing about time or retries; writes only states of messages that we sent.
import { z } from 'zod';
import type { GatewayWord } from '../books/gateways/note-payment.ts';
import { PAID } from '../books/index.ts';
import type { Transaction } from '../store/database.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { waitFor } from '../store/money-events.ts';
import { placeCaseMessage, type PlacedBetweenCases } from './place-case-message.ts';
import { placeDataBoxMessage } from './place-data-message.ts';
import { placeDataBoxState } from './place-data-state.ts';
import { placeMail } from './place-mail.ts';
import type { PlacedDataMessage } from './placed.ts';

export type Placed =
  /** A movement of the town's account, in the words of the books. */
  | { readonly kind: 'bank-item'; readonly item: BankItem }
  | { readonly kind: 'card-payment'; readonly word: GatewayWord }
  | PlacedBetweenCases
  | PlacedDataMessage;

export function placeMessage(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<Placed> {
  switch (message.kind) {
    case 'bank-item':
      return Promise.resolve(placeBankItem(message));
    case 'card-payment':
      return Promise.resolve(placeCardPayment(message));
    case 'money-event':
      return placeMoneyEvent(trx, tenantId, message);
    case 'data-box-message':
      return placeDataBoxMessage(trx, tenantId, message, now);
    case 'data-box-state':
      return placeDataBoxState(trx, tenantId, message);
    case 'case-message':
    case 'case-signal':
    case 'case-delivery':
      return placeCaseMessage(trx, tenantId, message, now);
    case 'mail-message':
    case 'mail-bounce':
    case 'mail-auto':
      return placeMail(trx, tenantId, message, now);
    case 'data-box-unreadable':
      return Promise.resolve({ kind: 'finished', result: 'unsorted', reason: 'unreadable' });
    default:
      return Promise.resolve({ kind: 'finished', result: 'unsorted', reason: `unknown-kind:${message.kind}` });
  }
}

const bankItem = z.object({
  /** Our account with the bank's code; '' = the town's own. */
  account: z.string().default(''),
  amount: z.number().int(),
  currency: z.string().default('CZK'),
  isHeld: z.boolean().default(false),
  isReversal: z.boolean().default(false),
  vs: z.string().default(''),
  ks: z.string().default(''),
  ss: z.string().default(''),
  counterAccount: z.string().default(''),
  name: z.string().default(''),
  message: z.string().default(''),
  date: z.string(),
});
export type BankItem = z.output<typeof bankItem>;

function placeBankItem(message: InboxRow): Placed {
  const parsed = bankItem.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  if (parsed.data.isHeld) return { kind: 'finished', result: 'unsorted', reason: 'foreign-currency' };
  return parsed.data.amount === 0 ? { kind: 'finished', result: 'ignored', reason: 'nothing' } : { kind: 'bank-item', item: parsed.data };
}

const moneyEvent = z.object({ name: z.string(), caseId: z.uuid(), payload: z.object({ prescriptionId: z.uuid() }).loose() });

/**
 * What the books tell a case about its money. That all is paid is kept until the case begins to wait for it or ends; everything else is told to
 * whoever waits for it now, and noted otherwise.
 */
async function placeMoneyEvent(trx: Transaction, tenantId: number, message: InboxRow): Promise<Placed> {
  const parsed = moneyEvent.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  const { name, caseId, payload } = parsed.data;
  const found = await waitFor(trx, tenantId, { caseId, name, key: payload.prescriptionId });
  if (found.hasEnded) return { kind: 'finished', result: 'noted', reason: 'case-ended' };
  if (found.executionId === null)
    return name === PAID ? { kind: 'kept', reason: 'case-not-waiting' } : { kind: 'finished', result: 'noted', reason: 'nobody-waits' };
  const data = { inboxId: message.id, message: name, payload: payload as Json, executionId: found.executionId, documents: [] };
  return { kind: 'message', caseId, data };
}

const gatewayWord = z.object({
  gateway: z.string(),
  id: z.coerce.string(),
  orderNumber: z.string(),
  state: z.string(),
  remoteState: z.string(),
  amount: z.number().int(),
  currency: z.string(),
  method: z.string(),
});

function placeCardPayment(message: InboxRow): Placed {
  const parsed = gatewayWord.safeParse(message.payload);
  return parsed.success ? { kind: 'card-payment', word: parsed.data } : { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
}
