// Returned mail: a delivery status notification (RFC 3464), or a plain message of a mail server about a message of ours; and messages of machines.
import type { ReadMime } from './mime-thread.ts';

export interface Bounce {
  /** Key of the effect that sent what came back; '' when nothing says it. */
  readonly key: string;
  readonly recipients: readonly BouncedRecipient[];
}
export interface BouncedRecipient {
  /** '' when only the key says whom it was for. */
  readonly address: string;
  /** `delayed`: the server still tries. */
  readonly action: 'failed' | 'delayed' | 'other';
  /** RFC 3463, `5.1.1`; '' when it is not said. */
  readonly status: string;
  readonly diagnostic: string;
}
export interface Ours {
  /** Right side of our Message-IDs. */
  readonly domain: string;
  readonly bounceAddress?: string | undefined;
}

const REPORT = 'message/delivery-status';
const MOST_RECIPIENTS = 50;

export const headerOf = (mail: ReadMime, name: string): string => mail.headers.find(([key]) => key === name)?.[1] ?? '';

/** Undefined when the message is no returned mail. */
export function readBounce(mail: ReadMime, ours: Ours): Bounce | undefined {
  const report = mail.parts.find(({ mime }) => mime === REPORT);
  const key = keyOf(mail, ours);
  if (report) return { key, recipients: recipientsIn(new TextDecoder().decode(report.content)) };
  if (!isFromServer(mail) || key === '') return undefined;
  // A server that knows no standard: what it says stands in the text.
  const text = mail.text === '' ? mail.html : mail.text;
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? '';
  const reply = /\b([45])\d\d[ -]/.exec(text)?.[1];
  const action = status.startsWith('4') || (status === '' && reply === '4') ? 'delayed' : 'failed';
  const line = text.split(/\r?\n/).find((one) => /\b[45]\d\d\b|\b[45]\.\d\.\d/.test(one)) ?? '';
  return { key, recipients: [{ address: '', action, status, diagnostic: line.trim().slice(0, 300) }] };
}

/** An answer that no person wrote (RFC 3834): an out-of-office reply, a list, a confirmation of reading. Never answered, never a submission. */
export function isFromMachine(mail: ReadMime): boolean {
  const submitted = headerOf(mail, 'auto-submitted').toLowerCase();
  if (submitted !== '' && !submitted.startsWith('no')) return true;
  if (/^(bulk|junk|auto_reply|list)\b/i.test(headerOf(mail, 'precedence'))) return true;
  if (headerOf(mail, 'x-autoreply') !== '' || headerOf(mail, 'x-autorespond') !== '' || headerOf(mail, 'list-id') !== '') return true;
  return /disposition-notification/i.test(headerOf(mail, 'content-type'));
}

const isFromServer = (mail: ReadMime): boolean =>
  /^(mailer-daemon|postmaster)@/i.test(mail.from.address) || /^<\s*>$/.test(headerOf(mail, 'return-path').trim());

/** Fields of one recipient stand between empty lines; the first block is about the message. */
function recipientsIn(report: string): readonly BouncedRecipient[] {
  const blocks = report
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n\s*\r?\n/)
    .slice(0, MOST_RECIPIENTS + 1);
  return blocks.flatMap((block) => {
    const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(block)?.[1]?.trim() ?? '';
    const recipient = field('Original-Recipient') || field('Final-Recipient');
    if (recipient === '') return [];
    const action = field('Action').toLowerCase();
    return [
      {
        address: recipient
          .replace(/^[a-z0-9-]+\s*;\s*/i, '')
          .replaceAll(/[<>]/g, '')
          .trim()
          .slice(0, 254),
        action: action.startsWith('fail') ? 'failed' : action.startsWith('delay') ? 'delayed' : 'other',
        status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(field('Status'))?.[0] ?? '',
        diagnostic: field('Diagnostic-Code')
          .replace(/^[a-z0-9-]+\s*;\s*/i, '')
          .slice(0, 300),
      } as const,
    ];
  });
}

/** Which message of ours: by the address that it came back to, by the head of the returned one, by a reference, by the text. */
function keyOf(mail: ReadMime, { domain, bounceAddress }: Ours): string {
  const byAddress = bounceAddress === undefined ? '' : (plusOf(mail, bounceAddress) ?? '');
  if (byAddress !== '') return byAddress;
  const returned = mail.parts
    .filter(({ mime }) => mime === 'message/rfc822' || mime === 'text/rfc822-headers' || mime === 'message/rfc822-headers')
    .map(({ content }) => new TextDecoder('latin1').decode(content.subarray(0, 100_000)));
  const places = [...returned, headerOf(mail, 'in-reply-to'), headerOf(mail, 'references'), mail.text, mail.html];
  return places.map((text) => ourKeys(text, domain)[0] ?? '').find((key) => key !== '') ?? '';
}

/** Keys of our effects in a text that names our Message-IDs. They cannot be guessed, so whoever names one has had the message. */
export function ourKeys(text: string, domain: string): readonly string[] {
  const escaped = domain.replaceAll(/[^A-Za-z0-9]/g, '\\$&');
  const found = [...text.slice(0, 200_000).matchAll(new RegExp(`<([\\w.-]{1,60})@${escaped}>`, 'gi'))].map(([, key = '']) => key);
  return [...new Set(found)].slice(0, 20);
}

function plusOf(mail: ReadMime, bounceAddress: string): string | undefined {
  const [local = '', domain = ''] = bounceAddress.toLowerCase().split('@');
  const received = [...mail.to, headerOf(mail, 'delivered-to'), headerOf(mail, 'x-original-to')];
  for (const address of received) {
    const [name = '', host = ''] = address.trim().replaceAll(/[<>]/g, '').split('@');
    if (host.toLowerCase() === domain && name.toLowerCase().startsWith(`${local}+`)) return name.slice(local.length + 1);
  }
  return undefined;
}
