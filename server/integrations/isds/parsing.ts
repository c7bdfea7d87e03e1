// Answers of ISDS read into our own shapes. Prefixes are free; missing and nil are the same to us.
import { createHash } from 'node:crypto';
import { OutsideFailure } from '../connector.ts';
import type { OutgoingFile } from '../connector.ts';
import { binaryOf, childElements, childText, firstElement } from '../soap.ts';
import type { SoapAnswer } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import type { IsdsStatus } from './statuses.ts';

/** dmMessageStatus: 1 submitted, 2 stamped, 3 virus, 4 in the box, 5 deemed delivered, 6 delivered by login, 7 read, 8 undeliverable, 9 erased, 10 in the vault. */
export type MessageState = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface MessageRecord {
  readonly messageId: string;
  readonly senderBox: string;
  readonly senderName: string;
  readonly senderType: number;
  readonly recipientBox: string;
  readonly subject: string;
  readonly senderRef?: string;
  readonly senderIdent?: string;
  readonly recipientRef?: string;
  readonly recipientIdent?: string;
  readonly toHands?: string;
  /** Do vlastních rukou. */
  readonly personalDelivery?: true;
}

export interface ListedMessage extends MessageRecord {
  readonly state: MessageState;
  /** Put into the recipient's box. */
  readonly deliveredAt?: string;
  /** Delivered in the sense of the law, by login or by fiction. */
  readonly acceptedAt?: string;
  /** A large message (VoDZ): other services hold it. */
  readonly isBig?: true;
}

export interface DownloadedMessage extends ListedMessage {
  readonly hash: { readonly algorithm: string; readonly value: string };
  readonly files: readonly (OutgoingFile & { readonly kind: string })[];
}

export interface StateChange {
  readonly messageId: string;
  readonly state: MessageState;
  readonly at: string;
}

export interface DeliveryInfo extends ListedMessage {
  readonly hash: { readonly algorithm: string; readonly value: string };
  /** `code` is the leading `EVn`. */
  readonly events: readonly { readonly at: string; readonly code: string; readonly text: string }[];
}

export function statusOf(answer: Element): IsdsStatus {
  const dm = firstElement(answer, 'dmStatus');
  const db = firstElement(answer, 'dbStatus');
  const code = childText(dm, 'dmStatusCode') ?? childText(db, 'dbStatusCode');
  if (!code || !/^\d{4}$/.test(code)) throw malformed('stav');
  return { code, message: childText(dm, 'dmStatusMessage') ?? childText(db, 'dbStatusMessage') ?? '' };
}

export function messageIdOf(answer: Element): string {
  return required(answer, 'dmID');
}

/** A sealed file. */
export function signature(answer: SoapAnswer): Buffer {
  const found = binaryOf(firstElement(answer.content, 'dmSignature'), answer.parts);
  if (!found || found.length === 0) throw malformed('dmSignature');
  return found;
}

export function listedMessages(answer: Element): ListedMessage[] {
  return childElements(firstElement(answer, 'dmRecords'), 'dmRecord').map((record) => ({
    ...envelope(record),
    ...times(record),
    ...(record.getAttribute('dmVODZ') === 'true' ? { isBig: true } : {}),
  }));
}

export function stateChanges(answer: Element): StateChange[] {
  return childElements(firstElement(answer, 'dmRecords'), 'dmRecord').map((record) => ({
    messageId: required(record, 'dmID'),
    state: state(record),
    at: required(record, 'dmEventTime'),
  }));
}

/** Throws when the hash does not fit the bytes: what was changed on the way is not a message. */
export function downloadedMessage(answer: Element, raw: Buffer): DownloadedMessage {
  const returned = answer.localName === 'dmReturnedMessage' ? answer : firstElement(answer, 'dmReturnedMessage');
  const content = firstElement(returned, 'dmDm');
  if (!returned || !content) throw malformed('dmDm');
  const hash = hashOf(returned);
  if (hashOfRaw(raw, hash.algorithm) !== hash.value)
    throw new OutsideFailure('isds-hash-mismatch', 'Otisk datové zprávy nesouhlasí s jejím obsahem.');
  return { ...envelope(content), ...times(returned), hash, files: files(content) };
}

export function envelopeOnly(answer: Element): ListedMessage {
  const returned = firstElement(answer, 'dmReturnedMessageEnvelope');
  const content = firstElement(returned, 'dmDm');
  if (!returned || !content) throw malformed('dmReturnedMessageEnvelope');
  return { ...envelope(content), ...times(returned), ...(returned.getAttribute('dmVODZ') === 'true' ? { isBig: true } : {}) };
}

export function deliveryInfo(answer: Element): DeliveryInfo {
  const delivery = firstElement(answer, 'dmDelivery');
  const content = firstElement(delivery, 'dmDm');
  if (!delivery || !content) throw malformed('dmDelivery');
  const events = childElements(firstElement(delivery, 'dmEvents'), 'dmEvent').map((event) => {
    const text = childText(event, 'dmEventDescr') ?? '';
    return { at: childText(event, 'dmEventTime') ?? '', code: /^EV\d+/.exec(text)?.[0] ?? '', text };
  });
  return { ...envelope(content), ...times(delivery), hash: hashOf(delivery), events };
}

function envelope(parent: Element): MessageRecord {
  const optional = (key: string, name: string): Record<string, string> => {
    const value = childText(parent, name);
    return value ? { [key]: value } : {};
  };
  return {
    messageId: required(parent, 'dmID'),
    senderBox: childText(parent, 'dbIDSender') ?? '',
    senderName: childText(parent, 'dmSender') ?? '',
    senderType: Number(childText(parent, 'dmSenderType') ?? 0),
    recipientBox: childText(parent, 'dbIDRecipient') ?? '',
    subject: childText(parent, 'dmAnnotation') ?? '',
    ...optional('senderRef', 'dmSenderRefNumber'),
    ...optional('senderIdent', 'dmSenderIdent'),
    ...optional('recipientRef', 'dmRecipientRefNumber'),
    ...optional('recipientIdent', 'dmRecipientIdent'),
    ...optional('toHands', 'dmToHands'),
    ...(childText(parent, 'dmPersonalDelivery') === 'true' ? { personalDelivery: true } : {}),
  };
}

function times(parent: Element): { state: MessageState; deliveredAt?: string; acceptedAt?: string } {
  const deliveredAt = childText(parent, 'dmDeliveryTime');
  const acceptedAt = childText(parent, 'dmAcceptanceTime');
  return { state: state(parent), ...(deliveredAt ? { deliveredAt } : {}), ...(acceptedAt ? { acceptedAt } : {}) };
}

function state(parent: Element): MessageState {
  const value = Number(required(parent, 'dmMessageStatus'));
  if (!Number.isInteger(value) || value < 1 || value > 10) throw malformed('dmMessageStatus');
  return value as MessageState;
}

function files(content: Element): DownloadedMessage['files'] {
  return childElements(firstElement(content, 'dmFiles'), 'dmFile').map((file) => {
    const encoded = childText(file, 'dmEncodedContent');
    const xml = firstElement(firstElement(file, 'dmXMLContent'));
    if (encoded === undefined && !xml) throw malformed('dmFile');
    return {
      name: file.getAttribute('dmFileDescr') ?? '',
      mime: file.getAttribute('dmMimeType') ?? '',
      kind: file.getAttribute('dmFileMetaType') ?? '',
      content: encoded === undefined ? Buffer.from(String(xml), 'utf8') : Buffer.from(encoded, 'base64'),
    };
  });
}

export function hashOf(parent: Element): { algorithm: string; value: string } {
  const hash = firstElement(parent, 'dmHash');
  return { algorithm: hash?.getAttribute('algorithm') ?? '', value: (hash?.textContent ?? '').replace(/\s/g, '') };
}

const algorithms: Readonly<Record<string, string>> = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' };

/** Over the bytes from `<p:dmDm` to `</p:dmDm>` as received; ISDS does not canonicalise. */
export function hashOfRaw(raw: Buffer, algorithm: string): string {
  const name = algorithms[algorithm];
  const text = raw.toString('latin1');
  const start = /<(?:[A-Za-z_][\w.-]*:)?dmDm[\s>]/.exec(text)?.index;
  // The last one: an attachment in XML may itself hold a data message.
  const end = [...text.matchAll(/<\/(?:[A-Za-z_][\w.-]*:)?dmDm\s*>/g)].at(-1);
  if (!name || start === undefined || !end) throw malformed('dmHash');
  return createHash(name)
    .update(raw.subarray(start, end.index + end[0].length))
    .digest('base64');
}

export function required(parent: Element, name: string): string {
  const value = childText(parent, name);
  if (value === undefined || value === '') throw malformed(name);
  return value;
}

export function malformed(what: string): OutsideFailure {
  return new OutsideFailure('isds-malformed', `V odpovědi ISDS chybí nebo je vadné: ${what}.`);
}
