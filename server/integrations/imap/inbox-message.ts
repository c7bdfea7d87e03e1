// From the bytes of a message to what the town keeps of it: who, what about, the text, the attachments, and the message as it came.
import { createHash } from 'node:crypto';
import type { InboxMessage, OutgoingFile } from '../connector.ts';
import { takeAttachments } from './attachments.ts';
import { headerOf, isFromMachine, ourKeys, readBounce } from './bounce.ts';
import type { ImapSettings } from './config.ts';
import { readMime, type ReadMime } from './read-mime.ts';

interface Given {
  readonly settings: Pick<ImapSettings, 'domain' | 'bounceAddress'> & Partial<Pick<ImapSettings, 'trustedAuthorities' | 'confirmReceipt'>>;
  readonly receivedAt: string | null;
}

export const MAIL = 'mail-message';
export const BOUNCE = 'mail-bounce';
export const AUTOMATIC = 'mail-auto';

/** Never throws: what cannot be read is kept whole for a person, with the reason. */
export async function readMessage(raw: Buffer, given: Given): Promise<InboxMessage> {
  const message = await understood(raw, given);
  return { ...message, payload: soundly(message.payload) };
}

async function understood(raw: Buffer, { settings, receivedAt }: Given): Promise<InboxMessage> {
  const id = idOf(headOf(raw), raw.byteLength);
  const original: OutgoingFile = { name: 'zprava.eml', mime: 'message/rfc822', content: raw };
  const at = receivedAt === null ? new Date() : new Date(receivedAt);
  const mail = await readMime(raw, { trustedAuthorities: settings.trustedAuthorities ?? [], at });
  if ('trouble' in mail)
    return {
      id,
      kind: MAIL,
      payload: { ...nameless, receivedAt, trouble: mail.trouble, size: raw.byteLength },
      files: [original],
      trouble: mail.trouble,
    };
  const bounce = readBounce(mail, settings);
  const payload = payloadOf(mail, receivedAt);
  if (bounce) return { id, kind: BOUNCE, payload: { ...payload, bounce }, files: [original] };
  if (isFromMachine(mail))
    return { id, kind: AUTOMATIC, payload: { ...payload, about: aboutOf(mail, settings.domain) }, files: [original] };
  const { files, left } = takeAttachments(mail.parts.filter(({ mime }) => !isSignature(mime)));
  return {
    id,
    kind: MAIL,
    payload: {
      ...payload,
      bodyHash: createHash('sha256').update(bodyOf(raw)).digest('hex'),
      about: aboutOf(mail, settings.domain),
      files: files.map(({ name, originalName, mime, content, isDangerous }) => ({
        name,
        size: content.byteLength,
        mime,
        ...(isDangerous ? { originalName, isDangerous } : {}),
      })),
      ...(left > 0 ? { attachmentsLeft: left } : {}),
      ...(settings.confirmReceipt === true ? { confirm: true } : {}),
      ...(mail.signature ? { signature: mail.signature } : { signed: signatureOf(mail) }),
    },
    files: [original, ...textFile(mail), ...files.map(({ name, mime, content }) => ({ name, mime, content }))],
  };
}

/** Too large to be read: its head is kept, and where it lies. */
export async function oversizedMessage(
  head: Buffer,
  { size, receivedAt }: { readonly size: number; readonly receivedAt: string | null },
): Promise<InboxMessage> {
  const mail = await readMime(head);
  const known = 'trouble' in mail ? { ...nameless, receivedAt } : payloadOf(mail, receivedAt);
  return {
    id: idOf(head, size),
    kind: MAIL,
    payload: soundly({ ...known, trouble: 'too-large', size }),
    files: [{ name: 'hlavicka.txt', mime: 'text/plain', content: head.subarray(0, 100_000) }],
    trouble: 'too-large',
  };
}

const nameless = { senderName: '', from: '', subject: '', text: '', sentAt: null, messageId: '', files: [] } as const;

function payloadOf(mail: ReadMime, receivedAt: string | null) {
  const sent = Date.parse(headerOf(mail, 'date'));
  const { name, address } = mail.from;
  return {
    from: clean(address, 254),
    senderName: clean(name === '' ? address : `${name} (${address})`, 300),
    to: mail.to.slice(0, 20).map((one) => clean(one, 254)),
    subject: clean(mail.subject, 500) || '(bez předmětu)',
    text: mail.text.slice(0, 20_000),
    sentAt: Number.isNaN(sent) ? null : new Date(sent).toISOString(),
    receivedAt,
    messageId: clean(headerOf(mail, 'message-id'), 300),
  };
}

/** Which messages of ours it answers. */
const aboutOf = (mail: ReadMime, domain: string): readonly string[] =>
  ourKeys(`${headerOf(mail, 'in-reply-to')} ${headerOf(mail, 'references')}`, domain);

/** A signature of another kind is only noted: no Czech law knows it, and the message as it came is kept. */
function signatureOf(mail: ReadMime): 'PGP (neověřený)' | null {
  const isThere = /application\/pgp-signature/i.test(headerOf(mail, 'content-type'));
  return isThere || mail.parts.some(({ mime }) => mime === 'application/pgp-signature') ? 'PGP (neověřený)' : null;
}
const isSignature = (mime: string): boolean => /^application\/(x-)?pkcs7-signature$/.test(mime) || mime === 'application/pgp-signature';

/** The text as a file of its own: it is read without a mail program. */
function textFile(mail: ReadMime): readonly OutgoingFile[] {
  if (mail.text.trim() === '') return [];
  return [{ name: 'text-zpravy.txt', mime: 'text/plain', content: new TextEncoder().encode(cleanText(mail.text)) }];
}

/**
 * The same message has the same id wherever and however often it lies in the mailbox: its whole head (with the marks of every server on its way) and its
 * size. A Message-ID alone would let a sender hide somebody else's message behind his own.
 */
const idOf = (head: Uint8Array, size: number): string => createHash('sha256').update(`${size}\n`).update(head).digest('hex');

function headOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(0, end + 4);
}
const bodyOf = (raw: Buffer): Buffer => raw.subarray(headOf(raw).byteLength);

const clean = (text: string, longest: number): string =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longest);
/** PostgreSQL keeps neither NUL nor half of a pair. */
const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
const soundly = (payload: unknown): unknown =>
  JSON.parse(JSON.stringify(payload), (_key, value: unknown) => (typeof value === 'string' ? cleanText(value) : value));
