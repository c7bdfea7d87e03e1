// Answers of the simulated ISDS as XML, in the shapes captured from the real one: prefix `q:`, times with milliseconds and offset.
import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { escapeXml } from '../soap.ts';
import type { IsdsCore } from './simulator-core.ts';
import { ISDS_NAMESPACE, envelopeFields, ownerFields } from './messages.ts';
import { boxTypeNumbers } from './simulator-state.ts';
import type { KnownMessage, MessageFacts, SimulatedBox, SimulatedMessage } from './simulator-state.ts';

export function isdsTime(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO('Europe/Prague')
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
}

/** A child element in prefix `prefix`; undefined becomes nil. */
export function field(prefix: string, name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? `<${prefix}:${name} xsi:nil="true"/>` : `<${prefix}:${name}>${escapeXml(String(value))}</${prefix}:${name}>`;
}

const texts: Readonly<Record<string, string>> = {
  '0000': 'Provedeno úspěšně.',
  '0002': 'Nic nebylo nalezeno.',
  '1101': 'Nebyl zadán typ schránky.',
  '1200': 'Zpráva je příliš velká.',
  '0003': 'Nalezeno příliš mnoho záznamů, seznam byl zkrácen.',
  '0004': 'Některé zprávy se nepodařilo odeslat.',
  '0005': 'Podepsáno bez časového razítka.',
  '1152': 'Hledaný text je příliš krátký.',
  '1156': 'Neplatná stránka výsledků.',
  '1201': 'Schránka odesílatele není přístupná.',
  '1281': 'Služba není určena pro tento druh zprávy.',
  '1286': 'Úložiště příloh je plné.',
  '1288': 'Nesouhlasí otisk přílohy.',
  '1289': 'Nesouhlasí otisk přílohy.',
  '1293': 'Cizí příloha.',
  '1294': 'Příloha není v úložišti.',
  '1296': 'Přílohy jsou příliš velké.',
  '1297': 'Zpráva je pro tuto službu příliš malá.',
  '1299': 'Příloha neexistuje.',
  '3009': 'Příliš mnoho požadavků.',
  '1204': 'Schránka příjemce není přístupná.',
  '1214': 'Nepovolený formát přílohy.',
  '1219': 'Zpráva v této schránce neexistuje.',
  '1232': 'Ani jedna strana není orgánem veřejné moci.',
  '2006': 'Unknown operation',
  '2010': 'Chybný soubor.',
  '2032': 'Zpráva neobsahuje žádný dokument.',
  '3008': 'Příliš mnoho souběžných požadavků.',
  '9005': 'Chyba komponenty.',
  '5001': 'Schránka neexistuje.',
};

/** The element of an answer. Services over boxes say dbStatus, the others dmStatus. */
export function answer(operation: string, code: string, content = '', message?: string): string {
  const name = `q:${operation}Response`;
  const status = statusElement(boxOperations.has(operation) ? 'db' : 'dm', code, message);
  return `<${name} xmlns:q="${ISDS_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}${status}</${name}>`;
}

export function statusElement(kind: 'db' | 'dm', code: string, message?: string): string {
  return `<q:${kind}Status>${field('q', `${kind}StatusCode`, code)}${field('q', `${kind}StatusMessage`, message ?? texts[code] ?? '')}</q:${kind}Status>`;
}

const boxOperations: ReadonlySet<string> = new Set([
  'FindDataBox2',
  'ISDSSearch3',
  'CheckDataBox',
  'GetOwnerInfoFromLogin2',
  'GetUserInfoFromLogin2',
  'GetPasswordInfo',
]);

/** gMessageEnvelope in order. */
export function envelope(prefix: string, known: KnownMessage): string {
  const { message, sender, recipient } = known;
  const head =
    field(prefix, 'dmID', message.id) +
    field(prefix, 'dbIDSender', sender.id) +
    field(prefix, 'dmSender', sender.name) +
    field(prefix, 'dmSenderAddress', sender.address) +
    field(prefix, 'dmSenderType', boxTypeNumbers[sender.type]) +
    field(prefix, 'dmRecipient', recipient.name) +
    field(prefix, 'dmRecipientAddress', recipient.address) +
    field(prefix, 'dmAmbiguousRecipient', false);
  return head + envelopeFields.map((name) => field(prefix, name, message.envelope[name])).join('');
}

/** The element dmDm as it is hashed, with or without files. */
export function dmDm(known: KnownMessage, withFiles: boolean): string {
  const files = known.message.files.map(
    (file) =>
      `<p:dmFile dmFileDescr="${escapeXml(file.name)}" dmFileMetaType="${file.kind}" dmMimeType="${escapeXml(file.mime)}"><p:dmEncodedContent>${file.content}</p:dmEncodedContent></p:dmFile>`,
  );
  const content = withFiles ? `<p:dmFiles>${files.join('')}</p:dmFiles>` : '';
  return `<p:dmDm xmlns:p="${ISDS_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${envelope('p', known)}${content}</p:dmDm>`;
}

/** Hash of the whole message, also in the delivery info, and the time stamp over it; without a stamp nil, or empty where the schema knows no nil. */
export function hashAndStamp(core: Pick<IsdsCore, 'seal' | 'timing' | 'isStamping'>, known: KnownMessage, absent: 'nil' | 'empty'): string {
  const hash = messageHash(known);
  const at = new Date(Date.parse(known.message.at) + core.timing.stampMs);
  const stamp = core.isStamping() ? core.seal.stamp(hash, at).toString('base64') : absent === 'nil' ? undefined : '';
  return `<q:dmHash algorithm="SHA-256">${hash.toString('base64')}</q:dmHash>${field('q', 'dmQTimestamp', stamp)}`;
}

export function messageHash(known: KnownMessage): Buffer {
  return createHash('sha256').update(dmDm(known, true)).digest();
}

/** dmDeliveryTime, dmAcceptanceTime; the sender never learns that a message was read (state 7). */
export function times(facts: MessageFacts): string {
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : isdsTime(at));
  return field('q', 'dmDeliveryTime', time(facts.deliveredAt)) + field('q', 'dmAcceptanceTime', time(facts.acceptedAt));
}

export function stateFor(facts: MessageFacts, viewer: 'sender' | 'recipient'): number {
  return viewer === 'sender' && facts.state === 7 ? 6 : facts.state;
}

/** Kilobytes of the base64 form. */
export function attachmentSize(message: SimulatedMessage): number {
  return Math.ceil(message.files.reduce((sum, file) => sum + file.content.length, 0) / 1024);
}

export function ownerInfo(box: SimulatedBox, state: number): string {
  const values: Readonly<Record<string, string | number | boolean | undefined>> = {
    dbID: box.id,
    dbType: box.type,
    ic: box.ico,
    pnGivenNames: box.givenNames,
    pnLastName: box.lastName,
    firmName: box.lastName ? undefined : box.name,
    adState: 'CZ',
    dbState: state,
    dbOpenAddressing: false,
  };
  return `<q:dbOwnerInfo>${ownerFields.map((name) => field('q', name, values[name])).join('')}</q:dbOwnerInfo>`;
}
