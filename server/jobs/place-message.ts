// Which case a message belongs to and what it says to it. Reads only; decides nothing about time or retries.
import { z } from 'zod';
import type { GatewayWord } from '../books/gateways/note-payment.ts';
import { PAID } from '../books/index.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf, type DocumentRow } from '../store/documents.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { waitFor } from '../store/money-events.ts';
import { effectByKey, effectByMessageId } from '../store/outbox.ts';
import { isSubscribed } from '../store/waits.ts';
import { DELIVERED } from '../cases/commands/index.ts';
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
  /** A movement of the town's account, in the words of the books. */
  | { readonly kind: 'bank-item'; readonly item: BankItem }
  | { readonly kind: 'card-payment'; readonly word: GatewayWord }
  | PlacedBetweenCases
  | { readonly kind: 'message'; readonly caseId: string; readonly data: ReceiveData }
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
