// What ISDS says about a message that we sent: its state is written down once and only forward, and the first word of its delivery is told to the
// process that waits for it. Delivered is what ISDS says is delivered; the ten days of § 17 odst. 4 zákona č. 300/2008 Sb. are never counted here.
import { z } from 'zod';
import { DELIVERED } from '../cases/commands/index.ts';
import { OFFICE_ONLY } from '../cases/messages/message-documents.ts';
import { letterWait } from '../store/case-messages.ts';
import { noteMessageState, type DataMessageRow } from '../store/data-messages.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf, type DocumentRow } from '../store/documents.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { effectByMessageId } from '../store/outbox.ts';
import type { PlacedDataMessage } from './placed.ts';

/** By fiction, by login, read: what means delivered (operating rules of ISDS, states of messages). */
const DELIVERY: Readonly<Record<number, 'fiction' | 'login'>> = { 5: 'fiction', 6: 'login', 7: 'login' };
const IN_BOX = 4;
/** A virus was found, or the box was closed before the message was delivered: nothing was delivered and a person must see to it. */
const LOST = new Set([3, 8]);

const time = z.iso.datetime({ offset: true });
const stateSchema = z
  .object({
    messageId: z.string(),
    state: z.number().int().min(1).max(10),
    at: time,
    /** Put into the box; `acceptedAt` is the delivery in the sense of the law. */
    deliveredAt: time.optional(),
    acceptedAt: time.optional(),
    /** Verification of the delivery report that came with it. */
    zfo: z.object({ valid: z.boolean(), reasonText: z.string().optional() }).optional(),
  })
  .loose();

export async function placeDataBoxState(trx: Transaction, tenantId: number, message: InboxRow): Promise<PlacedDataMessage> {
  const parsed = stateSchema.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  const { messageId, state, at, zfo } = parsed.data;
  const effect = await effectByMessageId(trx, tenantId, messageId);
  // ISDS may be faster than our own record of what we sent; what was sent by others from the same box is given up later and noted.
  if (!effect) return { kind: 'not-yet', reason: 'not-sent-by-us' };
  const { key: effectKey, caseId } = effect;
  const documentId = documentOf(effect.input);
  const how = DELIVERY[state] ?? null;
  const said = {
    state,
    at,
    how,
    putInBoxAt: parsed.data.deliveredAt ?? (state === IN_BOX ? at : null),
    deliveredAt: how === null ? null : (parsed.data.acceptedAt ?? at),
    inboxId: message.id,
    receipt: zfo ? { valid: zfo.valid, text: zfo.reasonText ?? '' } : null,
  };
  const sent = await noteMessageState(trx, tenantId, { messageId, effectKey, caseId, documentId }, said);
  if (LOST.has(state)) return { kind: 'finished', result: 'unsorted', reason: `undeliverable-${state}` };
  const noted = { kind: 'finished', result: 'noted', reason: `state-${state}` } as const;
  if (how === null || caseId === null || sent.toldBy !== message.id) return noted;
  const documents = await receipts(trx, tenantId, { caseId, inboxId: message.id, messageId, title: effect.title });
  // A submission that the portal passed on to the office is no letter: its way is told by its arrival, and only the proof of it is put into the case.
  if (documentId === null)
    return documents.length === 0 ? noted : { kind: 'delivery', caseId, data: { inboxId: message.id, payload: null, documents } };
  const payload = deliveryPayload(sent, documentId);
  const executionId = await waitForDelivery(trx, tenantId, caseId, documentId);
  if (executionId === undefined) return { kind: 'delivery', caseId, data: { inboxId: message.id, payload, documents } };
  return { kind: 'message', caseId, data: { inboxId: message.id, message: DELIVERED, executionId, payload, documents } };
}

interface Receipt {
  readonly caseId: string;
  readonly inboxId: string;
  readonly messageId: string;
  readonly title: string;
}
/** The sealed delivery report and the sealed message lie beside the letter that they prove; officers see them. */
async function receipts(
  trx: Transaction,
  tenantId: number,
  { caseId, inboxId, messageId, title }: Receipt,
): Promise<readonly DocumentRow[]> {
  return (await filesOf(trx, tenantId, 'inbox', inboxId)).map((file) => ({
    id: file.id,
    caseId,
    kind: OFFICE_ONLY,
    title: `${file.name.startsWith('dorucenka-') ? 'Doručenka datové zprávy' : 'Odeslaná datová zpráva'} ${messageId}: ${title}`.slice(
      0,
      200,
    ),
    number: null,
    direction: 'out',
    fileId: file.id,
    createdAt: file.createdAt,
    content: null,
  }));
}

const deliveryPayload = (sent: DataMessageRow, documentId: string | null): Json => ({
  documentId,
  messageId: sent.messageId,
  deliveredAt: sent.deliveredAt,
  how: sent.how,
  putInBoxAt: sent.putInBoxAt,
});

/** The letter that an effect has sent: how a process tells one delivery from another. */
function documentOf(input: Json): string | null {
  const documents = typeof input === 'object' && input !== null && 'documents' in input ? input['documents'] : null;
  const [first] = Array.isArray(documents) ? documents : [];
  return typeof first === 'string' && z.uuid().safeParse(first).success ? first : null;
}

/** The wait for this very letter, else the oldest that takes any. */
export const waitForDelivery = (
  trx: Transaction,
  tenantId: number,
  caseId: string,
  documentId: string | null,
): Promise<string | undefined> => letterWait(trx, tenantId, caseId, { message: DELIVERED, documentId });
