// Which case a message belongs to and what it says to it. Reads only; decides nothing about time or retries.
import { z } from 'zod';
import { dayOf } from '../domain/calendar.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf, type DocumentRow } from '../store/documents.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { cardPaymentBy, prescriptionById, prescriptionBySymbol } from '../store/money.ts';
import { effectByKey, effectByMessageId } from '../store/outbox.ts';
import { isSubscribed } from '../store/waits.ts';
import { DELIVERED, type IncomingPayment } from '../cases/commands/index.ts';
import { placeCaseMessage, type PlacedBetweenCases } from './place-case-message.ts';

type ReceiveData = {
  readonly inboxId: string;
  readonly message: string;
  readonly payload: Json;
  /** The very wait that is meant. */
  readonly executionId?: string;
  readonly documents: readonly DocumentRow[];
};
export type Placed =
  | {
      readonly kind: 'payment';
      readonly caseId: string;
      readonly data: {
        readonly inboxId: string;
        readonly prescriptionId: string;
        readonly payment: IncomingPayment;
        readonly cardPaymentId?: string;
      };
    }
  | {
      readonly kind: 'card-state';
      readonly caseId: string;
      readonly data: { readonly inboxId: string; readonly cardPaymentId: string; readonly state: string };
    }
  | PlacedBetweenCases
  | { readonly kind: 'message'; readonly caseId: string; readonly data: ReceiveData }
  | { readonly kind: 'unmatched-payment'; readonly payment: IncomingPayment; readonly reason: string }
  /** The process is not there yet, or our own record of what we sent is late. */
  | { readonly kind: 'not-yet'; readonly reason: string }
  | { readonly kind: 'finished'; readonly result: 'unsorted' | 'ignored' | 'noted'; readonly reason: string };

/** Message names that diagrams wait for. */
export const ARRIVED = 'podani-dodano';
/** States of a data message that mean delivered: by fiction, by login, read (ISDS operating rules). */
const DELIVERED_STATES = new Set([5, 6, 7]);
const IN_BOX = 4;
const BY_FICTION = 5;

export function placeMessage(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<Placed> {
  switch (message.kind) {
    case 'bank-item':
      return placeBankItem(trx, tenantId, message);
    case 'card-payment':
      return placeCardPayment(trx, tenantId, message, now);
    case 'data-box-message':
      return placeDataBoxMessage(trx, tenantId, message, now);
    case 'data-box-state':
      return placeDataBoxState(trx, tenantId, message);
    case 'case-message':
    case 'case-signal':
    case 'case-delivery':
      return placeCaseMessage(trx, tenantId, message, now);
    default:
      return Promise.resolve({ kind: 'finished', result: 'unsorted', reason: `unknown-kind:${message.kind}` });
  }
}

const bankItem = z.object({
  amount: z.number().int(),
  vs: z.string().default(''),
  counterAccount: z.string().default(''),
  name: z.string().default(''),
  message: z.string().default(''),
  date: z.string(),
});

async function placeBankItem(trx: Transaction, tenantId: number, message: InboxRow): Promise<Placed> {
  const parsed = bankItem.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  const item = parsed.data;
  if (item.amount <= 0) return { kind: 'finished', result: 'ignored', reason: 'debit' };
  const symbol = item.vs.replace(/^0+/, '');
  const payment: IncomingPayment = {
    source: 'bank',
    sourceId: message.messageId,
    amount: item.amount,
    variableSymbol: symbol,
    counterAccount: item.counterAccount,
    payerName: item.name,
    message: item.message,
    receivedOn: item.date,
  };
  const prescription = symbol === '' ? undefined : await prescriptionBySymbol(trx, tenantId, symbol);
  if (!prescription) return { kind: 'unmatched-payment', payment, reason: symbol === '' ? 'no-symbol' : 'unknown-symbol' };
  return { kind: 'payment', caseId: prescription.caseId, data: { inboxId: message.id, prescriptionId: prescription.id, payment } };
}

const cardPayment = z.object({
  id: z.coerce.string(),
  orderNumber: z.string(),
  state: z.string(),
  amount: z.number().int(),
  currency: z.string(),
});

async function placeCardPayment(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<Placed> {
  const parsed = cardPayment.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  const found = parsed.data;
  const card =
    (await cardPaymentBy(trx, tenantId, { remote_id: found.id })) ??
    (await cardPaymentBy(trx, tenantId, { effect_key: found.orderNumber }));
  if (!card) return { kind: 'not-yet', reason: 'card-payment-unknown' };
  if (found.state !== 'PAID')
    return { kind: 'card-state', caseId: card.caseId, data: { inboxId: message.id, cardPaymentId: card.id, state: found.state } };
  const prescription = await prescriptionById(trx, tenantId, card.prescriptionId);
  if (!prescription || found.currency !== 'CZK' || found.amount !== card.amount)
    return { kind: 'finished', result: 'unsorted', reason: 'card-payment-differs' };
  const payment: IncomingPayment = {
    source: 'gopay',
    sourceId: found.id,
    amount: found.amount,
    variableSymbol: prescription.variableSymbol,
    counterAccount: '',
    payerName: '',
    message: 'Platba kartou',
    receivedOn: dayOf(now.toISOString()),
  };
  return {
    kind: 'payment',
    caseId: card.caseId,
    data: { inboxId: message.id, prescriptionId: card.prescriptionId, payment, cardPaymentId: card.id },
  };
}

const dataBoxMessage = z
  .object({
    messageId: z.string(),
    senderBox: z.string(),
    subject: z.string(),
    senderIdent: z.string().optional(),
    deliveredAt: z.string().optional(),
  })
  .loose();

/** Our own submission comes back to the town's box under the key of the effect that sent it. */
async function placeDataBoxMessage(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<Placed> {
  const parsed = dataBoxMessage.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  const effect = parsed.data.senderIdent ? await effectByKey(trx, tenantId, parsed.data.senderIdent) : undefined;
  const caseId = effect?.caseId ?? null;
  if (caseId === null) return { kind: 'finished', result: 'unsorted', reason: 'no-case' };
  if (!(await isSubscribed(trx, tenantId, caseId, ARRIVED))) return { kind: 'not-yet', reason: 'case-not-waiting' };
  const files = await filesOf(trx, tenantId, 'inbox', message.id);
  const envelope: DocumentRow = {
    id: newId(now),
    caseId,
    kind: 'message',
    title: `Datová zpráva ${parsed.data.messageId}`,
    number: null,
    direction: 'in',
    fileId: null,
    createdAt: now.toISOString(),
    content: {
      form: 'message',
      subject: parsed.data.subject,
      messageId: parsed.data.messageId,
      senderBox: parsed.data.senderBox,
      deliveredAt: parsed.data.deliveredAt ?? null,
      files: files.map((f) => f.name),
    },
  };
  return {
    kind: 'message',
    caseId,
    data: {
      inboxId: message.id,
      message: ARRIVED,
      payload: { messageId: parsed.data.messageId, deliveredAt: parsed.data.deliveredAt ?? null },
      documents: [envelope],
    },
  };
}

const dataBoxState = z.object({ messageId: z.string(), state: z.number().int(), at: z.string() }).loose();

/** Delivery of a letter is told only to a process that waits for it; else it is noted. */
async function placeDataBoxState(trx: Transaction, tenantId: number, message: InboxRow): Promise<Placed> {
  const parsed = dataBoxState.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  if (!DELIVERED_STATES.has(parsed.data.state)) return { kind: 'finished', result: 'noted', reason: `state-${parsed.data.state}` };
  const effect = await effectByMessageId(trx, tenantId, parsed.data.messageId);
  const documentId = documentOf(effect?.input ?? null);
  const caseId = effect?.caseId ?? null;
  const executionId = caseId === null ? undefined : await waitForDelivery(trx, tenantId, caseId, documentId);
  if (caseId === null || executionId === undefined) return { kind: 'finished', result: 'noted', reason: `state-${parsed.data.state}` };
  return {
    kind: 'message',
    caseId,
    data: {
      inboxId: message.id,
      message: DELIVERED,
      executionId,
      payload: {
        documentId,
        messageId: parsed.data.messageId,
        deliveredAt: parsed.data.at,
        how: parsed.data.state === BY_FICTION ? 'fiction' : 'login',
        putInBoxAt: await putInBoxAt(trx, tenantId, parsed.data.messageId),
      },
      documents: [],
    },
  };
}

/** The letter that an effect has sent: how a process tells one delivery from another. */
function documentOf(input: Json): string | null {
  const documents = typeof input === 'object' && input !== null && 'documents' in input ? input['documents'] : null;
  return Array.isArray(documents) && typeof documents[0] === 'string' ? documents[0] : null;
}

/** The wait for this very letter, else the oldest that takes any. */
async function waitForDelivery(trx: Transaction, tenantId: number, caseId: string, documentId: string | null): Promise<string | undefined> {
  const row = await trx('subscription')
    .where({ tenant_id: tenantId, case_id: caseId, kind: 'message', message: DELIVERED })
    .where((fits) => fits.whereNull('correlation_key').orWhere('correlation_key', documentId))
    .orderByRaw('correlation_key nulls last, since')
    .first('execution_id');
  return row?.execution_id;
}

/** When the message was put into the box: told by its earlier state, which is kept in the inbox. */
async function putInBoxAt(trx: Transaction, tenantId: number, messageId: string): Promise<string | null> {
  const row = await trx('inbox')
    .where({ tenant_id: tenantId, source: 'isds', message_id: `state:${messageId}:${IN_BOX}` })
    .first('payload');
  return typeof row?.payload?.at === 'string' ? row.payload.at : null;
}
