// A received data message comes into a case: by a rule or by an officer. A process that waits for such a message hears of it; otherwise it lies there
// as a document and an officer takes note of it.
import { dayOf } from '../../domain/calendar.ts';
import { permitOfficer } from '../../domain/permission.ts';
import { pendingNumber } from '../../domain/pending-number.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import { oldestWait } from '../../store/case-messages.ts';
import { filesOf, type FileRow } from '../../store/documents.ts';
import { keptMessage, type KeptDataMessage } from '../../store/kept-messages.ts';
import { documentNumberFor } from '../acts/register-submission.ts';
import { Overtaken } from '../changes.ts';
import type { Command } from '../corridor.ts';
import { MAIL, mailFacts } from '../messages/mail-envelope.ts';
import { dataMessageSchema, isFromApplicant, messageDocuments, type Incoming } from '../messages/message-documents.ts';

/** The message that tells a process that a data message has come into its case. */
export const MESSAGE_CAME = 'dosla-zprava';
/** The same of an e-mail that a rule has put there: nobody has looked at who wrote it, so only a process that asks for just that hears of it. */
export const MAIL_CAME = 'dosel-email';
/** What a case waits for that was filed in the portal: its own submission back from the office's box. An officer's word counts for it too. */
const ARRIVED = 'podani-dodano';

export interface FilingData {
  readonly inboxId: string;
  /** Rule and certainty, or the officer's word. */
  readonly pairing: { readonly rule: string; readonly certainty: string };
}
interface Gathered {
  readonly message: KeptDataMessage | undefined;
  readonly files: readonly FileRow[];
  readonly number: string | null;
  /** Where the process waits, by the name of the message. */
  readonly waits: { readonly [name: string]: string | undefined };
}

/** Refuses `message-not-found` and, to an officer, `message-already-sorted`. */
export const fileMessage: Command<FilingData, Gathered> = {
  name: 'file-message',
  async gather(trx, file, { inboxId }) {
    const message = await keptMessage(trx, file.tenantId, inboxId);
    const isFree = message !== undefined && (message.processedAt === null || message.result === 'unsorted');
    const wait = (name: string): Promise<string | undefined> => oldestWait(trx, file.tenantId, file.row.id, name);
    return {
      message,
      files: await filesOf(trx, file.tenantId, 'inbox', inboxId),
      number: isFree ? (message.documentNumber ?? (await documentNumberFor(trx, file))) : null,
      waits: { [MESSAGE_CAME]: await wait(MESSAGE_CAME), [MAIL_CAME]: await wait(MAIL_CAME), [ARRIVED]: await wait(ARRIVED) },
    };
  },
  accept(file, { actor, data }, { message, files, number, waits }) {
    const isByHand = actor.kind === 'officer';
    if (actor.kind === 'citizen') permitOfficer(actor);
    if (!message) throw new Problem('not-found', 'message-not-found');
    if (message.processedAt !== null && message.result !== 'unsorted') {
      if (isByHand) throw new Problem('conflict', 'message-already-sorted');
      throw new Overtaken('message processed before');
    }
    const parsed = dataMessageSchema.safeParse(message.payload);
    const incoming: Incoming = { message, read: parsed.success ? parsed.data : undefined, files, number };
    const fromApplicant = isFromApplicant(file, incoming.read);
    const told = file.row.endedAt === null ? namesFor(message, isByHand).find((name) => waits[name] !== undefined) : undefined;
    const detail = {
      message: told ?? 'datova-zprava',
      inbox: data.inboxId,
      rule: data.pairing.rule,
      certainty: data.pairing.certainty,
      fromApplicant,
    };
    const acceptance = {
      changes: [
        {
          kind: 'place-message' as const,
          placing: {
            id: data.inboxId,
            number,
            pairing: { ...candidatesOf(message), ...data.pairing, told: told ?? null, fromApplicant },
            officerId: isByHand ? actor.id : null,
            reason: isByHand ? `mark:${file.row.mark}` : data.pairing.rule,
          },
        },
        { kind: 'add-documents' as const, documents: messageDocuments(file, incoming) },
      ],
      detail,
      result: { told: told !== undefined, caseId: file.row.id },
    };
    const executionId = told && waits[told];
    if (told === undefined || executionId === undefined) return acceptance;
    const payload = payloadOf(incoming, fromApplicant);
    return { ...acceptance, stimulus: { kind: 'message', message: told, payload, executionId } };
  },
};

/**
 * Under which names a process may hear of it, the first first. Anybody may write an e-mail with our mark in it: until an officer has put it into the
 * case by hand, a process hears of it only under the name that says so.
 */
function namesFor({ kind }: KeptDataMessage, isByHand: boolean): readonly string[] {
  if (kind === MAIL) return isByHand ? [MESSAGE_CAME, MAIL_CAME, ARRIVED] : [MAIL_CAME];
  return isByHand ? [MESSAGE_CAME, ARRIVED] : [MESSAGE_CAME];
}

function payloadOf({ message, read, number }: Incoming, fromApplicant: boolean): Json {
  const mail = message.kind === MAIL ? mailFacts(message.payload) : undefined;
  const deliveredAt = read?.deliveredAt ?? mail?.receivedAt ?? message.receivedAt;
  return {
    documentId: message.id,
    // An eSSL gives the number a moment later: until then the words that stand for it.
    documentNumber: number ?? pendingNumber(message.id),
    messageId: read?.messageId ?? mail?.messageId ?? null,
    deliveredAt,
    deliveredOn: dayOf(deliveredAt),
    subject: read?.subject ?? mail?.subject ?? '',
    senderBox: read?.senderBox ?? null,
    fromApplicant,
  };
}

/** What was thought of before is kept beside what was chosen. */
function candidatesOf(message: KeptDataMessage): { readonly [key: string]: Json } {
  const { pairing } = message;
  return typeof pairing === 'object' && pairing !== null && 'candidates' in pairing ? { candidates: pairing['candidates'] ?? [] } : {};
}
