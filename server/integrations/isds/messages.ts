// Requests to ISDS as XML. Operating rules of ISDS of 2026-06-26, WSDL and XSD 3.11; namespace v20 everywhere.
import type { OutgoingFile } from '../connector.ts';
import { escapeXml } from '../soap.ts';

export const ISDS_NAMESPACE = 'http://isds.czechpoint.cz/v20';

/** Value of an element: absent becomes `xsi:nil`, because ISDS wants every element of an envelope to be there. */
export type Field = string | number | boolean | undefined;

/** gMessageEnvelopeSub: these 18, all present, in this order. */
export const envelopeFields = [
  'dmSenderOrgUnit',
  'dmSenderOrgUnitNum',
  'dbIDRecipient',
  'dmRecipientOrgUnit',
  'dmRecipientOrgUnitNum',
  'dmToHands',
  'dmAnnotation',
  'dmRecipientRefNumber',
  'dmSenderRefNumber',
  'dmRecipientIdent',
  'dmSenderIdent',
  'dmLegalTitleLaw',
  'dmLegalTitleYear',
  'dmLegalTitleSect',
  'dmLegalTitlePar',
  'dmLegalTitlePoint',
  'dmPersonalDelivery',
  'dmAllowSubstDelivery',
] as const;

export type EnvelopeField = (typeof envelopeFields)[number];
export type Envelope = Readonly<Partial<Record<EnvelopeField, Exclude<Field, undefined>>>>;

/** tDbOwnerInfoExt21: the 24 fields of a box's owner, in order. */
export const ownerFields = [
  'dbID',
  'aifoIsds',
  'dbType',
  'ic',
  'pnGivenNames',
  'pnLastName',
  'firmName',
  'biDate',
  'biCity',
  'biCounty',
  'biState',
  'adCode',
  'adCity',
  'adDistrict',
  'adStreet',
  'adNumberInStreet',
  'adNumberInMunicipality',
  'adZipCode',
  'adState',
  'nationality',
  'dbIdOVM',
  'dbState',
  'dbOpenAddressing',
  'dbUpperID',
] as const;

export type OwnerField = (typeof ownerFields)[number];
export type OwnerCriteria = Readonly<Partial<Record<OwnerField, Exclude<Field, undefined>>>>;

export function element(name: string, value: Field): string {
  return value === undefined ? `<${name} xsi:nil="true"/>` : `<${name}>${escapeXml(String(value))}</${name}>`;
}

function operation(name: string, content: string): string {
  return `<${name} xmlns="${ISDS_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</${name}>`;
}

export interface NewMessage {
  readonly envelope: Envelope;
  /** dmOVM, only written when given. */
  readonly publicAuthority?: boolean;
  /** The first one is the main document. */
  readonly files: readonly OutgoingFile[];
}

export function createMessage(message: NewMessage): string {
  return operation(
    'CreateMessage',
    `<dmEnvelope>${envelopeOf(message)}</dmEnvelope><dmFiles>${message.files.map(fileOf).join('')}</dmFiles>`,
  );
}

export interface Recipient {
  readonly boxId: string;
  readonly toHands?: string;
}

/** These are said of each recipient, not in the envelope. */
const recipientFields: ReadonlySet<EnvelopeField> = new Set(['dbIDRecipient', 'dmRecipientOrgUnit', 'dmRecipientOrgUnitNum', 'dmToHands']);

/** gMultipleMessageEnvelopeSub. */
export const multipleEnvelopeFields: readonly EnvelopeField[] = envelopeFields.filter((name) => !recipientFields.has(name));

/** One message to at most 50 boxes. */
export function createMultipleMessage(recipients: readonly Recipient[], message: NewMessage): string {
  const each = recipients.map(
    ({ boxId, toHands }) =>
      `<dmRecipient>${element('dbIDRecipient', boxId)}${element('dmRecipientOrgUnit', undefined)}${element('dmRecipientOrgUnitNum', undefined)}${element('dmToHands', toHands)}</dmRecipient>`,
  );
  const envelope = envelopeOf(message, multipleEnvelopeFields);
  return operation(
    'CreateMultipleMessage',
    `<dmRecipients>${each.join('')}</dmRecipients><dmEnvelope>${envelope}</dmEnvelope><dmFiles>${message.files.map(fileOf).join('')}</dmFiles>`,
  );
}

function envelopeOf({ envelope, publicAuthority }: Omit<NewMessage, 'files'>, fields: readonly EnvelopeField[] = envelopeFields): string {
  const authority = publicAuthority === undefined ? '' : element('dmOVM', publicAuthority);
  return fields.map((name) => element(name, envelope[name])).join('') + authority;
}

function fileOf(file: OutgoingFile, index: number): string {
  const content = Buffer.from(file.content).toString('base64');
  return `<dmFile dmMimeType="${escapeXml(file.mime)}" dmFileMetaType="${kindAt(index)}" dmFileDescr="${escapeXml(file.name)}"><dmEncodedContent>${content}</dmEncodedContent></dmFile>`;
}

function kindAt(index: number): string {
  return index === 0 ? 'main' : 'enclosure';
}

/** `content`: base64, or the inclusion of a part. */
export function uploadAttachment(file: Omit<OutgoingFile, 'content'>, content: string): string {
  return operation(
    'UploadAttachment',
    `<dmFile dmMimeType="${escapeXml(file.mime)}" dmFileDescr="${escapeXml(file.name)}"><dmEncodedContent>${content}</dmEncodedContent></dmFile>`,
  );
}

export interface UploadedFile {
  readonly id: string;
  /** Both in hexadecimal digits. */
  readonly sha256: string;
  readonly sha3: string;
}

export function createBigMessage(message: Omit<NewMessage, 'files'>, uploaded: readonly UploadedFile[]): string {
  const files = uploaded.map(
    ({ id, sha256, sha3 }, index) =>
      `<dmExtFile dmFileMetaType="${kindAt(index)}" dmAttID="${escapeXml(id)}" dmAttHash1="${sha256}" dmAttHash1Alg="SHA-256" dmAttHash2="${sha3}" dmAttHash2Alg="SHA3-256"/>`,
  );
  return operation('CreateBigMessage', `<dmEnvelope>${envelopeOf(message)}</dmEnvelope><dmFiles>${files.join('')}</dmFiles>`);
}

export function downloadAttachment(messageId: string, index: number): string {
  return operation('DownloadAttachment', element('dmID', messageId) + element('attNum', index));
}

/** `content`: base64, or the inclusion of a part. */
export function authenticateMessage(name: 'AuthenticateMessage' | 'AuthenticateBigMessage', content: string): string {
  return operation(name, `<dmMessage>${content}</dmMessage>`);
}

export type ByMessageId =
  | 'GetDeliveryInfo'
  | 'GetSignedDeliveryInfo'
  | 'MessageDownload'
  | 'SignedMessageDownload'
  | 'SignedSentMessageDownload'
  | 'MarkMessageAsDownloaded'
  | 'VerifyMessage'
  | 'MessageEnvelopeDownload'
  | 'SentMessageEnvelopeDownload'
  | 'GetMessageAuthor2'
  | 'BigMessageDownload'
  | 'SignedBigMessageDownload'
  | 'SignedSentBigMessageDownload';

export function byMessageId(name: ByMessageId, messageId: string): string {
  return operation(name, element('dmID', messageId));
}

export interface ListWindow {
  readonly from: Date;
  readonly to: Date;
  /** From 1. */
  readonly offset: number;
  readonly limit: number;
  /** Only messages in these states; default all. */
  readonly states?: readonly number[];
}

export function listOfMessages(name: 'GetListOfSentMessages' | 'GetListOfReceivedMessages', window: ListWindow): string {
  const unit = name === 'GetListOfSentMessages' ? 'dmSenderOrgUnitNum' : 'dmRecipientOrgUnitNum';
  const content =
    element('dmFromTime', window.from.toISOString()) +
    element('dmToTime', window.to.toISOString()) +
    element(unit, undefined) +
    element('dmStatusFilter', window.states?.reduce((sum, state) => sum + 2 ** state, 0) ?? -1) +
    element('dmOffset', window.offset) +
    element('dmLimit', window.limit);
  return operation(name, content);
}

export function getMessageStateChanges(from: Date | undefined, to: Date | undefined): string {
  return operation('GetMessageStateChanges', element('dmFromTime', from?.toISOString()) + element('dmToTime', to?.toISOString()));
}

export function findDataBox2(criteria: OwnerCriteria): string {
  return operation('FindDataBox2', `<dbOwnerInfo>${ownerFields.map((name) => element(name, criteria[name])).join('')}</dbOwnerInfo>`);
}

export function checkDataBox(boxId: string): string {
  return operation('CheckDataBox', element('dbID', boxId));
}

export type AboutLogin = 'GetOwnerInfoFromLogin2' | 'GetUserInfoFromLogin2' | 'GetPasswordInfo';

export function aboutLogin(name: AboutLogin): string {
  return operation(name, '<dbDummy></dbDummy>');
}

export function dummyOperation(): string {
  return operation('DummyOperation', '');
}

export interface BoxSearch {
  readonly text: string;
  /** Default GENERAL. */
  readonly type?: 'GENERAL' | 'ADDRESS' | 'ICO' | 'IDOVM' | 'DBID';
  /** Default ALL. */
  readonly scope?: 'ALL' | 'OVM' | 'PO' | 'PFO' | 'FO';
  /** From 0. */
  readonly page: number;
  /** At most 100. */
  readonly pageSize: number;
}

/** Hits come marked. */
export function isdsSearch3({ text, type = 'GENERAL', scope = 'ALL', page, pageSize }: BoxSearch): string {
  const content =
    element('searchText', text) +
    element('searchType', type) +
    element('searchScope', scope) +
    element('page', page) +
    element('pageSize', pageSize) +
    element('highlighting', true);
  return operation('ISDSSearch3', content);
}
