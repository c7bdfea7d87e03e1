// Whose case a received data message is about. Our own submission comes back under the key of its effect; anything else is paired by references and box.
import { dataMessageSchema, type ReadMessage } from '../cases/messages/message-documents.ts';
import { pairMessage, type Found, type Pairing, type PairingRule } from '../domain/pairing.ts';
import { referencesIn } from '../domain/references.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf, type DocumentRow } from '../store/documents.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { effectByKey } from '../store/outbox.ts';
import { casesByReference, casesByTheirReference, casesOfBox } from '../store/pairing.ts';
import { isSubscribed } from '../store/waits.ts';
import type { PlacedDataMessage } from './placed.ts';

/** The message that a process waits for after it has filed a submission from the portal's box. */
export const ARRIVED = 'podani-dodano';

export async function placeDataBoxMessage(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<PlacedDataMessage> {
  const parsed = dataMessageSchema.safeParse(message.payload);
  if (!parsed.success) return { kind: 'finished', result: 'unsorted', reason: 'unreadable' };
  const own = await effectByKey(trx, tenantId, parsed.data.senderIdent ?? '');
  if (own?.caseId) return placeOwnSubmission(trx, tenantId, { message, read: parsed.data, caseId: own.caseId, now });
  const pairing = pairMessage(await foundFor(trx, tenantId, parsed.data));
  const kept = { candidates: pairing.candidates.slice(0, 10) as unknown as Json };
  if (pairing.chosen) {
    const { caseId, rule, certainty } = pairing.chosen;
    return { kind: 'filing', caseId, data: { inboxId: message.id, pairing: { rule, certainty } } };
  }
  return { kind: 'finished', result: 'unsorted', reason: whyUnsorted(pairing), pairing: kept };
}

function whyUnsorted({ candidates }: Pairing): string {
  if (candidates.length === 0) return 'no-case';
  return candidates.every(({ rule }) => rule === 'sender') ? 'only-by-sender' : 'several-cases';
}

async function foundFor(trx: Transaction, tenantId: number, read: ReadMessage): Promise<readonly Found[]> {
  const found: Found[] = [];
  const add = (rule: PairingRule, ids: readonly string[]): void => void found.push(...ids.map((caseId): Found => ({ rule, caseId })));
  // A reply made in the data box carries our dmSenderIdent, the effect's key, as its dmRecipientIdent.
  const replied = await effectByKey(trx, tenantId, read.recipientIdent ?? '');
  if (replied?.caseId) add('reply', [replied.caseId]);
  const named = referencesIn(`${read.recipientIdent ?? ''} ; ${read.recipientRef ?? ''}`);
  add('mark', await casesByReference(trx, tenantId, { marks: named.marks, numbers: [] }));
  add('number', await casesByReference(trx, tenantId, { marks: [], numbers: named.numbers }));
  add('subject', await casesByReference(trx, tenantId, referencesIn(read.subject)));
  const references = [read.senderRef, read.senderIdent].flatMap((reference) => (reference?.trim() ? [reference] : []));
  add('their-reference', await casesByTheirReference(trx, tenantId, { box: read.senderBox, references }));
  found.push(...(await casesOfBox(trx, tenantId, read.senderBox)));
  return found;
}

interface OwnSubmission {
  readonly message: InboxRow;
  readonly read: ReadMessage;
  readonly caseId: string;
  readonly now: Date;
}

async function placeOwnSubmission(
  trx: Transaction,
  tenantId: number,
  { message, read, caseId, now }: OwnSubmission,
): Promise<PlacedDataMessage> {
  if (!(await isSubscribed(trx, tenantId, caseId, ARRIVED))) return { kind: 'not-yet', reason: 'case-not-waiting' };
  const files = await filesOf(trx, tenantId, 'inbox', message.id);
  const deliveredAt = read.deliveredAt ?? null;
  const envelope: DocumentRow = {
    id: newId(now),
    caseId,
    kind: 'message',
    title: `Datová zpráva ${read.messageId}`,
    number: null,
    direction: 'in',
    fileId: null,
    createdAt: now.toISOString(),
    content: {
      form: 'message',
      subject: read.subject,
      messageId: read.messageId,
      senderBox: read.senderBox,
      deliveredAt,
      files: files.map((f) => f.name),
    },
  };
  const payload = { messageId: read.messageId, deliveredAt };
  return { kind: 'message', caseId, data: { inboxId: message.id, message: ARRIVED, payload, documents: [envelope] } };
}
