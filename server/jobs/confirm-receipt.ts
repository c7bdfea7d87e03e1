// The sender of an e-mail to the podatelna is told once that it has come (§ 4 vyhlášky č. 259/2012 Sb.). Never a machine, never an answer to such a confirmation,
// and not without end to one address: nobody has proved that it is the sender's.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { receiptMail } from '../domain/mail-receipt.ts';
import type { InboxRow } from '../store/inbox.ts';
import { isMailKnown, lettersFrom } from '../store/mail-pairing.ts';
import { effectByKey, insertEffects } from '../store/outbox.ts';
import type { Workshop } from './workshop.ts';

const TITLE = 'Potvrzení o doručení e-mailu';
const MOST_A_DAY = 10;
const DAY = 86_400_000;
const NOBODY = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|neodpovidat|noreply)\b/i;

const letterSchema = z.object({
  /** The town's wish, as the connector has it. */
  confirm: z.literal(true),
  from: z.email(),
  subject: z.string().default(''),
  messageId: z.string().default(''),
  bodyHash: z.string().default(''),
  receivedAt: z.string().nullish(),
  about: z.array(z.string()).default([]),
  files: z.array(z.unknown()).default([]),
  signature: z.object({ reason: z.string() }).optional(),
});
type Letter = z.output<typeof letterSchema>;

/** Asked as often as the message is looked at; the key lets one mail go. */
export async function confirmReceipt(workshop: Workshop, tenantId: number, message: InboxRow): Promise<void> {
  const parsed = letterSchema.safeParse(message.payload);
  if (!parsed.success || NOBODY.test(parsed.data.from)) return;
  const letter = parsed.data;
  const { db, clock } = workshop.corridor;
  const town = workshop.corridor.town(tenantId);
  if (letter.from.toLowerCase() === town.email.toLowerCase()) return;
  const now = clock.now();
  await db.withTenant(tenantId, async (trx) => {
    if (await isMailKnown(trx, tenantId, { inboxId: message.id, messageId: letter.messageId, bodyHash: letter.bodyHash })) return;
    for (const key of letter.about) if ((await effectByKey(trx, tenantId, key))?.title === TITLE) return;
    const since = new Date(now.getTime() - DAY).toISOString();
    if ((await lettersFrom(trx, tenantId, letter.from, since)) > MOST_A_DAY) return;
    await insertEffects(trx, tenantId, [
      {
        key: createHash('sha256').update(`${tenantId}/receipt/${message.id}`).digest('hex').slice(0, 40),
        caseId: null,
        executionId: null,
        elementId: null,
        effect: 'mail.send',
        title: TITLE,
        input: { to: letter.from, ...receiptMail(receiptOf(letter, message, town.officeName)), documents: [] },
        at: now.toISOString(),
      },
    ]);
  });
}

const receiptOf = (letter: Letter, message: InboxRow, officeName: string) => ({
  receivedAt: letter.receivedAt ?? message.receivedAt,
  subject: letter.subject,
  messageId: letter.messageId,
  attachments: letter.files.length,
  isSigned: letter.signature?.reason === 'signature',
  officeName,
});
