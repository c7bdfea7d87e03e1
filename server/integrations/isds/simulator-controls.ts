// Acts of people in the simulated ISDS that tests do over HTTP, and what it says it has done.
import { z } from 'zod';
import type { Json, Simulator } from '../simulator.ts';
import type { IsdsCore } from './simulator-core.ts';
import { rewrittenName } from './file-names.ts';

const boxOnly = z.object({ box: z.string() });
const spoil = z.object({ messageId: z.string(), state: z.union([z.literal(3), z.literal(8), z.literal(9)]) });
const boxState = z.object({ box: z.string(), state: z.number().int() });
export const switchNames = ['stamps', 'weekend', 'maintenance', 'friday'] as const;
const switched = z.object({ name: z.enum(switchNames), isOn: z.boolean() });
const forced = z.object({ operation: z.string(), code: z.string().regex(/^\d{4}$/), times: z.number().int().positive().default(1) });
const reference = z.string().max(50).optional();
const newMessage = z
  .object({
    from: z.string(),
    to: z.string(),
    subject: z.string().min(1).max(255),
    /** Becomes the main document zprava.txt. */
    text: z.string().optional(),
    senderRef: reference,
    senderIdent: reference,
    recipientRef: reference,
    recipientIdent: reference,
    toHands: z.string().optional(),
    personalDelivery: z.boolean().optional(),
    /** `content` in base64. */
    files: z.array(z.object({ name: z.string().min(1), mime: z.string().default(''), content: z.base64() })).default([]),
  })
  .refine(({ text, files }) => text !== undefined || files.length > 0, 'a message has a text or files');

export function ledger(core: IsdsCore): Json {
  return core.messages().map(({ message, facts }) => ({
    messageId: message.id,
    from: message.from,
    to: message.to,
    senderIdent: message.envelope.dmSenderIdent ?? null,
    senderRef: message.envelope.dmSenderRefNumber ?? null,
    subject: message.envelope.dmAnnotation ?? null,
    files: message.files.map((file) => file.name),
    state: facts.state,
    at: message.at,
  }));
}

export function controls(core: IsdsCore): Simulator['control'] & object {
  return {
    /** A person logs in: everything waiting in the box is delivered. */
    login: async (input) => {
      await core.login(boxOnly.parse(input).box);
      return { ok: true };
    },
    /** Virus (3), box closed retroactively (8), content erased (9). */
    spoil: async (input) => {
      const { messageId, state } = spoil.parse(input);
      await core.record({ type: 'spoiled', id: messageId, state, at: new Date(core.now()).toISOString() });
      return { ok: true };
    },
    'set-box-state': async (input) => {
      await core.record({ type: 'box-state', ...boxState.parse(input) });
      return { ok: true };
    },
    switch: async (input) => {
      await core.record({ type: 'switch', ...switched.parse(input), at: new Date(core.now()).toISOString() });
      return { ok: true };
    },
    /** The next calls of an operation, or of all (`*`), are answered by a status and do no work: 3008, 3009, 9005. */
    status: async (input) => {
      const { operation, code, times } = forced.parse(input);
      core.forced.push({ operation, code, left: times });
      return { ok: true };
    },
    /** A person writes from a box. */
    send: async (input) => core.send(...draftOf(newMessage.parse(input))),
  };
}

function draftOf(message: z.output<typeof newMessage>): Parameters<IsdsCore['send']> {
  const text = message.text === undefined ? [] : [{ name: 'zprava.txt', mime: 'text/plain', content: base64(message.text) }];
  const files = [...text, ...message.files].map((file, index) => ({
    ...file,
    name: rewrittenName(file.name),
    kind: index === 0 ? 'main' : 'enclosure',
  }));
  const envelope = {
    dbIDRecipient: message.to,
    dmAnnotation: message.subject,
    dmPersonalDelivery: String(message.personalDelivery ?? false),
    dmAllowSubstDelivery: 'true',
    ...(message.senderRef ? { dmSenderRefNumber: message.senderRef } : {}),
    ...(message.senderIdent ? { dmSenderIdent: message.senderIdent } : {}),
    ...(message.recipientRef ? { dmRecipientRefNumber: message.recipientRef } : {}),
    ...(message.recipientIdent ? { dmRecipientIdent: message.recipientIdent } : {}),
    ...(message.toHands ? { dmToHands: message.toHands } : {}),
  };
  return [message.from, { envelope, files }];
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
