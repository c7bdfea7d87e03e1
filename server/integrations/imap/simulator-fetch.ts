// FETCH (RFC 3501, 6.4.5): what a client asks of a message and what it is told. BODYSTRUCTURE and numbered parts are not simulated.
import { addressParser } from 'postal-mime';
import type { Address } from 'postal-mime';
import type { KeptMail } from '../simulated-mailboxes.ts';
import { string, SyntaxRefused } from './simulator-syntax.ts';

const MACROS: Readonly<Record<string, readonly string[]>> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
};
const OLD_NAMES: Readonly<Record<string, string>> = { RFC822: 'BODY[]', 'RFC822.HEADER': 'BODY.PEEK[HEADER]', 'RFC822.TEXT': 'BODY[TEXT]' };

/** Items with macros spelled out; UID is added where the command names UIDs. */
export const itemsOf = (asked: readonly string[], byUid: boolean): readonly string[] => {
  const items = asked.flatMap((item) => MACROS[item.toUpperCase()] ?? [item]);
  return byUid && !items.some((item) => item.toUpperCase() === 'UID') ? ['UID', ...items] : items;
};

/** Reading a body that is not only peeked at makes the message seen. */
export const marksSeen = (items: readonly string[]): boolean => items.some((item) => /^(BODY\[|RFC822$|RFC822\.TEXT$)/i.test(item));

/** `* 1 FETCH (…)` with its CRLF, as Latin-1. */
export function fetched(number: number, message: KeptMail, items: readonly string[]): string {
  const raw = Buffer.from(message.mail.raw, 'base64').toString('latin1');
  return `* ${number} FETCH (${items.map((item) => oneItem(item, message, raw)).join(' ')})\r\n`;
}

function oneItem(item: string, message: KeptMail, raw: string): string {
  const name = item.toUpperCase();
  if (name === 'UID') return `UID ${message.uid}`;
  if (name === 'FLAGS') return `FLAGS (${message.flags.join(' ')})`;
  if (name === 'INTERNALDATE') return `INTERNALDATE "${internalDate(message.mail.at)}"`;
  if (name === 'RFC822.SIZE') return `RFC822.SIZE ${raw.length}`;
  if (name === 'ENVELOPE') return `ENVELOPE ${envelope(raw)}`;
  const old = OLD_NAMES[name];
  if (old !== undefined) return `${name} ${literal(section(old.slice(old.indexOf('[') + 1, -1), raw))}`;
  const body = /^BODY(?:\.PEEK)?\[(.*)\](?:<(\d{1,10})\.(\d{1,10})>)?$/i.exec(item);
  if (!body) throw new SyntaxRefused(`${name.slice(0, 40)} is not simulated`);
  const [, wanted = '', from, length] = body;
  const whole = section(wanted, raw);
  if (from === undefined) return `BODY[${wanted}] ${literal(whole)}`;
  return `BODY[${wanted}]<${Number(from)}> ${literal(whole.slice(Number(from), Number(from) + Number(length)))}`;
}

/** Always as a literal: bodies hold anything. */
const literal = (text: string): string => `{${text.length}}\r\n${text}`;

export function headOf(raw: string): string {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.slice(0, end + 4);
}
export const bodyOf = (raw: string): string => raw.slice(headOf(raw).length);

function section(wanted: string, raw: string): string {
  const name = wanted.trim();
  if (name === '') return raw;
  if (/^HEADER$/i.test(name)) return headOf(raw);
  if (/^TEXT$/i.test(name)) return bodyOf(raw);
  const fields = /^HEADER\.FIELDS(\.NOT)? \(([^)]*)\)$/i.exec(name);
  if (!fields) throw new SyntaxRefused('parts of a message are not simulated');
  const names = (fields[2] ?? '')
    .split(/\s+/)
    .map((one) => one.replaceAll('"', '').toLowerCase())
    .filter((one) => one !== '');
  const isWanted = (line: string): boolean => names.includes(line.slice(0, line.indexOf(':')).trim().toLowerCase()) === !fields[1];
  return `${headerLines(raw).filter(isWanted).join('\r\n')}${'\r\n\r\n'}`.replace(/^\r\n\r\n$/, '\r\n');
}

/** Whole fields with their folded lines. */
const headerLines = (raw: string): readonly string[] =>
  headOf(raw)
    .trimEnd()
    .split(/\r\n(?![ \t])/)
    .filter((line) => line.includes(':'));

/** The last value wins nothing: the first one counts. Unfolded. */
export function field(raw: string, name: string): string {
  const line = headerLines(raw).find((one) => one.toLowerCase().startsWith(`${name}:`)) ?? '';
  return line
    .slice(name.length + 1)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .trim();
}

/** RFC 3501, 7.4.2. */
function envelope(raw: string): string {
  const from = addresses(field(raw, 'from'));
  const orFrom = (list: string): string => (list === 'NIL' ? from : list);
  const parts = [
    string(field(raw, 'date')),
    string(field(raw, 'subject')),
    from,
    orFrom(addresses(field(raw, 'sender'))),
    orFrom(addresses(field(raw, 'reply-to'))),
    addresses(field(raw, 'to')),
    addresses(field(raw, 'cc')),
    addresses(field(raw, 'bcc')),
    string(field(raw, 'in-reply-to')),
    string(field(raw, 'message-id')),
  ];
  return `(${parts.join(' ')})`;
}

function addresses(value: string): string {
  const flat = (list: readonly Address[]): readonly { name: string; address: string }[] =>
    list.flatMap((one) => one.group ?? [{ name: one.name, address: one.address ?? '' }]);
  const people = value === '' ? [] : flat(addressParser(Buffer.from(value, 'latin1').toString('utf8')));
  const one = ({ name, address }: { name: string; address: string }): string => {
    const at = address.lastIndexOf('@');
    return `(${bytesOf(name)} NIL ${bytesOf(at < 0 ? address : address.slice(0, at))} ${bytesOf(at < 0 ? '' : address.slice(at + 1))})`;
  };
  return people.length === 0 ? 'NIL' : `(${people.slice(0, 100).map(one).join('')})`;
}

/** The parser may have decoded a name; on the line are bytes. */
const bytesOf = (text: string): string => string(Buffer.from(text, 'utf8').toString('latin1'));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
function internalDate(at: string): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day}-${MONTHS[date.getUTCMonth()] ?? 'Jan'}-${date.getUTCFullYear()} ${time} +0000`;
}
