// Whom a message of another case reaches: nobody yet (it is kept), one (it is told), several (a person decides). Reads only, but for a signal's copies.
import { z } from 'zod';
import type { Transaction } from '../store/database.ts';
import { expiresAtOf, fanOut, receiversOf, startsBy, type Receiver } from '../store/case-messages.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';

const json = z.custom<Json>(() => true);
const thrown = z
  .object({
    name: z.string(),
    payload: json.default(null),
    key: z.string().nullable().default(null),
    /** The throwing case: who filed it is the applicant of a case that the message founds. */
    from: z.object({ caseId: z.uuid(), mark: z.string() }),
    /** Present on one delivery of a signal. */
    caseId: z.uuid().optional(),
    situation: z.string().optional(),
    elementId: z.string().optional(),
  })
  .loose();
export type Thrown = z.infer<typeof thrown>;

export type PlacedBetweenCases =
  | { readonly kind: 'message-to-case'; readonly thrown: Thrown; readonly receiver: Receiver }
  | { readonly kind: 'signal-to-case'; readonly thrown: Thrown; readonly caseId: string }
  | {
      readonly kind: 'start';
      readonly thrown: Thrown;
      readonly start: { readonly situation: string; readonly elementId: string; readonly versionId: string };
    }
  | { readonly kind: 'kept'; readonly reason: string }
  | { readonly kind: 'finished'; readonly result: 'unsorted' | 'noted'; readonly reason: string };

const unreadable = { kind: 'finished', result: 'unsorted', reason: 'unreadable' } as const;

export async function placeCaseMessage(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<PlacedBetweenCases> {
  const parsed = thrown.safeParse(message.payload);
  if (!parsed.success) return unreadable;
  switch (message.kind) {
    case 'case-message':
      return placeMessage(trx, tenantId, message, parsed.data, now);
    case 'case-signal':
      return placeSignal(trx, tenantId, message, parsed.data, now);
    default:
      return placeDelivery(trx, tenantId, parsed.data);
  }
}

/**
 * One message has one receiver (BPMN 2.0.2, 10.5.1: a message is correlated to one process instance). A key decides before no key; of several
 * waits of one case the oldest takes it; several cases are never guessed between. Without a waiting case it founds one, else it is kept.
 */
async function placeMessage(trx: Transaction, tenantId: number, message: InboxRow, said: Thrown, now: Date): Promise<PlacedBetweenCases> {
  const waiting = await receiversOf(trx, tenantId, said, 1_000);
  const closest = waiting.filter((receiver) => receiver.correlationKey === waiting[0]?.correlationKey);
  const [receiver] = closest;
  if (receiver) {
    return closest.every(({ caseId }) => caseId === receiver.caseId)
      ? { kind: 'message-to-case', thrown: said, receiver }
      : { kind: 'finished', result: 'unsorted', reason: 'several-receivers' };
  }
  const starts = await startsBy(trx, tenantId, 'message', said.name);
  const [start] = starts;
  if (start)
    return starts.length === 1
      ? { kind: 'start', thrown: said, start }
      : { kind: 'finished', result: 'unsorted', reason: 'several-receivers' };
  const expiresAt = await expiresAtOf(trx, tenantId, message.id);
  if (expiresAt !== null && expiresAt <= now.toISOString()) return { kind: 'finished', result: 'unsorted', reason: 'nobody-waited' };
  return { kind: 'kept', reason: 'nobody-waits-yet' };
}

/** A signal reaches all who listen when it is looked at, and nobody later (BPMN 2.0.2, 10.5.1). */
async function placeSignal(trx: Transaction, tenantId: number, message: InboxRow, said: Thrown, now: Date): Promise<PlacedBetweenCases> {
  const signal = { messageId: message.messageId, name: said.name, payload: message.payload, from: said.from.caseId };
  await fanOut(trx, tenantId, signal, now.toISOString());
  return { kind: 'finished', result: 'noted', reason: 'told' };
}

async function placeDelivery(trx: Transaction, tenantId: number, said: Thrown): Promise<PlacedBetweenCases> {
  if (said.caseId !== undefined) return { kind: 'signal-to-case', thrown: said, caseId: said.caseId };
  const starts = await startsBy(trx, tenantId, 'signal', said.name);
  const start = starts.find(({ situation, elementId }) => situation === said.situation && elementId === said.elementId);
  // The situation was published anew meanwhile and does not listen any more.
  return start ? { kind: 'start', thrown: said, start } : { kind: 'finished', result: 'noted', reason: 'no-longer-listening' };
}
