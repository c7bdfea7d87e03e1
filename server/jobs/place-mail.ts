// What a message from the e-podatelna's mailbox is: a letter of a person, paired with its case; our own mail that came back; or the word of a machine.
import { z } from 'zod';
import { bounceVerdict } from '../domain/notices/index.ts';
import { pairMessage, type Found } from '../domain/pairing.ts';
import { referencesIn } from '../domain/references.ts';
import { noteBroken } from '../store/contacts.ts';
import type { Transaction } from '../store/database.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { casesOfMail, isMailKnown } from '../store/mail-pairing.ts';
import { effectByKey } from '../store/outbox.ts';
import { casesByReference } from '../store/pairing.ts';
import type { PlacedDataMessage } from './placed.ts';

export const MAIL_KINDS: readonly string[] = ['mail-message', 'mail-bounce', 'mail-auto'];
type Finished = Extract<PlacedDataMessage, { kind: 'finished' }>;
const finished = (result: Finished['result'], reason: string, pairing?: Json): Finished => ({
  kind: 'finished',
  result,
  reason,
  ...(pairing === undefined ? {} : { pairing }),
});

export function placeMail(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<PlacedDataMessage> {
  if (message.kind === 'mail-bounce') return placeBounce(trx, tenantId, message, now);
  // An out-of-office reply, a list, a confirmation of reading: kept, and nobody is bothered or answered.
  if (message.kind === 'mail-auto') return Promise.resolve(finished('ignored', 'automatic'));
  return placeLetter(trx, tenantId, message);
}

const letterSchema = z.object({
  from: z.string(),
  subject: z.string(),
  messageId: z.string(),
  bodyHash: z.string().default(''),
  about: z.array(z.string()).default([]),
  trouble: z.string().optional(),
});

async function placeLetter(trx: Transaction, tenantId: number, message: InboxRow): Promise<PlacedDataMessage> {
  const parsed = letterSchema.safeParse(message.payload);
  if (!parsed.success || (parsed.data.trouble !== undefined && parsed.data.trouble !== 'too-large'))
    return finished('unsorted', 'unreadable');
  const { from, subject, messageId, bodyHash, about, trouble } = parsed.data;
  if (trouble === 'too-large') return finished('unsorted', 'mail-too-large');
  if (await isMailKnown(trx, tenantId, { inboxId: message.id, messageId, bodyHash })) return finished('ignored', 'same-message');
  const found: Found[] = [];
  for (const key of about) {
    const answered = await effectByKey(trx, tenantId, key);
    if (answered?.caseId) found.push({ rule: 'reply', caseId: answered.caseId });
  }
  for (const caseId of await casesByReference(trx, tenantId, referencesIn(subject))) found.push({ rule: 'subject', caseId });
  for (const caseId of await casesOfMail(trx, tenantId, from)) found.push({ rule: 'sender', caseId });
  const pairing = pairMessage(found);
  if (pairing.chosen) {
    const { caseId, rule, certainty } = pairing.chosen;
    return { kind: 'filing', caseId, data: { inboxId: message.id, pairing: { rule, certainty } } };
  }
  const { candidates } = pairing;
  const isOnlySender = candidates.every(({ rule }) => rule === 'sender');
  const reason = candidates.length === 0 ? 'no-case' : isOnlySender ? 'only-by-sender' : 'several-cases';
  return finished('unsorted', reason, { candidates: candidates.slice(0, 10) as unknown as Json });
}

const bounceSchema = z.object({
  bounce: z.object({
    key: z.string(),
    recipients: z.array(z.object({ action: z.enum(['failed', 'delayed', 'other']), status: z.string() })),
  }),
});

/**
 * Believed only when it names a message that we sent, whose key cannot be guessed; and what does not work is the address to which we sent it, whatever the
 * notification says.
 */
async function placeBounce(trx: Transaction, tenantId: number, message: InboxRow, now: Date): Promise<PlacedDataMessage> {
  const parsed = bounceSchema.safeParse(message.payload);
  if (!parsed.success) return finished('unsorted', 'unreadable');
  const { key, recipients } = parsed.data.bounce;
  const sent = key === '' ? undefined : await effectByKey(trx, tenantId, key);
  const { to } = (sent?.input ?? {}) as { readonly to?: unknown };
  if (sent?.effect !== 'mail.send' || typeof to !== 'string') return finished('ignored', 'bounce-unknown');
  const [worst] = [...recipients].sort((a, b) => weight(b) - weight(a));
  const verdict = worst && bounceVerdict(worst.action, worst.status);
  if (!worst || !verdict) return finished('noted', 'bounce-delayed');
  await noteBroken(trx, tenantId, { address: to, ...verdict, status: worst.status, at: now.toISOString() });
  return finished('noted', verdict.permanent ? 'bounce-permanent' : 'bounce-temporary');
}

const weight = ({ action, status }: { readonly action: string; readonly status: string }): number =>
  (action === 'failed' ? 2 : 0) + (status.startsWith('5') ? 1 : 0);
