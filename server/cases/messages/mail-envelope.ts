// An e-mail that came to the e-podatelna, as the head of a document in a case. Nothing about its sender is proved, and the document says so.
import { z } from 'zod';
import type { Json } from '../../engine/types.ts';

export const MAIL = 'mail-message';
const mailSchema = z.object({
  senderName: z.string(),
  subject: z.string(),
  messageId: z.string(),
  receivedAt: z.string().nullish(),
  sentAt: z.string().nullish(),
});

export interface MailFacts {
  readonly senderName: string;
  readonly subject: string;
  readonly messageId: string;
  /** When it came to our mailbox; null when the mailbox did not say. */
  readonly receivedAt: string | null;
  /** The sender's own word. */
  readonly sentAt: string | null;
}

/** Undefined when we cannot read it. */
export function mailFacts(payload: Json): MailFacts | undefined {
  const parsed = mailSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const { senderName, subject, messageId, receivedAt, sentAt } = parsed.data;
  return { senderName, subject, messageId, receivedAt: receivedAt ?? null, sentAt: sentAt ?? null };
}

export function mailEnvelope(payload: Json, files: readonly string[]): { readonly title: string; readonly content: Json } {
  const mail = mailFacts(payload);
  if (!mail) return { title: 'E-mail', content: { form: 'message', subject: '', messageId: '', senderBox: '', deliveredAt: null, files } };
  const { senderName, subject, messageId, receivedAt, sentAt } = mail;
  return {
    title: `E-mail: ${subject}`.slice(0, 200),
    content: { form: 'message', subject, messageId, senderBox: senderName, deliveredAt: receivedAt ?? sentAt, files },
  };
}
