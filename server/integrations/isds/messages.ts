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
  const fields = envelopeFields.map((name) => element(name, message.envelope[name])).join('');
  const authority = message.publicAuthority === undefined ? '' : element('dmOVM', message.publicAuthority);
  const files = message.files.map((file, index) => {
    const kind = index === 0 ? 'main' : 'enclosure';
    const content = Buffer.from(file.content).toString('base64');
    return `<dmFile dmMimeType="${escapeXml(file.mime)}" dmFileMetaType="${kind}" dmFileDescr="${escapeXml(file.name)}"><dmEncodedContent>${content}</dmEncodedContent></dmFile>`;
  });
  return operation('CreateMessage', `<dmEnvelope>${fields}${authority}</dmEnvelope><dmFiles>${files.join('')}</dmFiles>`);
}

export type ByMessageId =
  | 'GetDeliveryInfo'
  | 'GetSignedDeliveryInfo'
  | 'MessageDownload'
  | 'SignedMessageDownload'
  | 'SignedSentMessageDownload'
  | 'MarkMessageAsDownloaded';

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

export function getOwnerInfoFromLogin2(): string {
  return operation('GetOwnerInfoFromLogin2', '<dbDummy></dbDummy>');
}
