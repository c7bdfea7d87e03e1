// A received data message comes into a case: by a rule or by an officer. A process that waits for such a message hears of it; otherwise it lies there
// as a document and an officer takes note of it.
import { permitOfficer } from '../../domain/permission.ts';
import { pendingNumber } from '../../domain/pending-number.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import { oldestWait } from '../../store/case-messages.ts';
import { filesOf, type FileRow } from '../../store/documents.ts';
import { keptMessage, type KeptDataMessage } from '../../store/kept-messages.ts';
import { documentNumberFor } from '../acts/register-submission.ts';
import { Overtaken } from '../changes.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { MAIL } from '../messages/mail-envelope.ts';
import { dataMessageSchema, isFromApplicant, messageDocuments, type Incoming } from '../messages/message-documents.ts';

/** The message that tells a process that a data message has come into its case. */
export const MESSAGE_CAME = 'dosla-zprava';
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
  readonly came: string | undefined;
  readonly arrived: string | undefined;
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
      came: await wait(MESSAGE_CAME),
      arrived: await wait(ARRIVED),
    };
  },
  accept(file, { actor, data }, { message, files, number, came, arrived }) {
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
    // Anybody may write an e-mail with our mark in it: it lies in the case, and a process hears of it only by an officer's word.
    const isUnproved = message.kind === MAIL && !isByHand;
    const told =
      file.row.endedAt !== null || isUnproved
        ? undefined
        : came !== undefined
          ? MESSAGE_CAME
          : isByHand && arrived !== undefined
            ? ARRIVED
            : undefined;
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
    const executionId = told === MESSAGE_CAME ? came : told === ARRIVED ? arrived : undefined;
    if (told === undefined || executionId === undefined) return acceptance;
    const payload = payloadOf(file, incoming, fromApplicant);
    return { ...acceptance, stimulus: { kind: 'message', message: told, payload, executionId } };
  },
};

const payloadOf = (file: CaseFile, { message, read, number }: Incoming, fromApplicant: boolean): Json => ({
  documentId: message.id,
  // An eSSL gives the number a moment later: until then the words that stand for it.
  documentNumber: number ?? pendingNumber(message.id),
  messageId: read?.messageId ?? null,
  deliveredAt: read?.deliveredAt ?? file.now,
  subject: read?.subject ?? '',
  senderBox: read?.senderBox ?? null,
  fromApplicant,
});

/** What was thought of before is kept beside what was chosen. */
function candidatesOf(message: KeptDataMessage): { readonly [key: string]: Json } {
  const { pairing } = message;
  return typeof pairing === 'object' && pairing !== null && 'candidates' in pairing ? { candidates: pairing['candidates'] ?? [] } : {};
}
