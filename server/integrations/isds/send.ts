// Effect `isds.send`: one data message out of one of our boxes, found again by its key in dmSenderIdent.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Answer, Effect } from '../connector.ts';
import { prepareAttachments } from './attachments.ts';
import type { IsdsClient } from './client.ts';
import type { IsdsSettings } from './config.ts';
import type { SealTrust } from './seal-trust.ts';
import { failureOf, refusalOf, sentenceOf } from './statuses.ts';

const reference = z.string().max(50);

export const sendInputSchema = z.object({
  /** Name of the account in the configuration: `portal`, `town`. */
  from: z.string().min(1),
  /** Recipient's box. */
  to: z.string().regex(/^[a-z0-9]{7}$/),
  subject: z.string().min(1).max(255),
  /** Our číslo jednací. */
  senderRef: reference.optional(),
  /** Recipient's číslo jednací. */
  recipientRef: reference.optional(),
  /** Recipient's spisová značka. */
  recipientIdent: reference.optional(),
  toHands: z.string().max(255).optional(),
  /** Do vlastních rukou. */
  personalDelivery: z.boolean().optional(),
  /** False where a law excludes delivery by fiction (§ 17 odst. 4 zákona č. 300/2008 Sb.); otherwise it is allowed. */
  allowFiction: z.boolean().optional(),
  /** The first is the main document. */
  documents: z.array(z.uuid()),
});

export const sendOutputSchema = z.object({ messageId: z.string().min(1) });

export type SendInput = z.output<typeof sendInputSchema>;
export type SendOutput = z.output<typeof sendOutputSchema>;

export interface SendDependencies {
  readonly settings: IsdsSettings;
  readonly clients: ReadonlyMap<string, IsdsClient>;
  readonly clock: { now(): Date };
  readonly trust: SealTrust;
}

const DAY = 86_400_000;

export function createSend(deps: SendDependencies): Effect<SendInput, SendOutput> {
  const clientOf = (input: SendInput): IsdsClient => {
    const client = deps.clients.get(input.from);
    if (!client)
      throw new OutsideFailure('isds-account-missing', `V nastavení chybí účet datové schránky „${input.from}“.`, { retryable: false });
    return client;
  };
  return {
    input: sendInputSchema,
    output: sendOutputSchema,
    // A call waits for others of its account, then for its answer; a large message uploads first.
    timeoutMs: deps.settings.timeoutMs * 2 + deps.settings.bigTimeoutMs + 1000,
    find: async (key, input) => {
      const now = deps.clock.now().getTime();
      const sent = clientOf(input).listSent(new Date(now - deps.settings.findDays * DAY), new Date(now + DAY));
      for await (const message of sent) if (message.senderIdent === key) return { messageId: message.messageId };
      return undefined;
    },
    perform: async (key, input, files): Promise<Answer<SendOutput>> => {
      const attachments = prepareAttachments(files, deps.settings);
      if ('refused' in attachments) return attachments;
      const client = clientOf(input);
      const send = attachments.isBig ? client.createBigMessage : client.createMessage;
      const { status, messageId } = await send(envelopeOf(key, input), attachments.files);
      if (messageId !== undefined) return { done: { messageId } };
      const code = refusalOf(status);
      if (!code) throw failureOf(status);
      return { refused: { code, reason: sentenceOf(status) } };
    },
  };
}

function envelopeOf(key: string, input: SendInput): Parameters<IsdsClient['createMessage']>[0] {
  return {
    dbIDRecipient: input.to,
    dmAnnotation: input.subject,
    // The key stands where the operator keeps a spisová značka: the only sender's field that the list of sent messages gives back and a letter does not print.
    dmSenderIdent: key,
    dmPersonalDelivery: input.personalDelivery ?? false,
    dmAllowSubstDelivery: input.allowFiction ?? true,
    ...(input.senderRef ? { dmSenderRefNumber: input.senderRef } : {}),
    ...(input.recipientRef ? { dmRecipientRefNumber: input.recipientRef } : {}),
    ...(input.recipientIdent ? { dmRecipientIdent: input.recipientIdent } : {}),
    ...(input.toHands ? { dmToHands: input.toHands } : {}),
  };
}
