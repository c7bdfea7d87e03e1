// One message of the simulated ISDS as its sides may have it: content and delivery info, each also sealed.
import { binaryOf, childText, escapeXml, firstElement } from '../soap.ts';
import { readTrust } from './seal-trust.ts';
import { answer, attachmentSize, dmDm, field, hashAndStamp, isdsTime, messageHash, stateFor, times } from './simulator-answers.ts';
import { verifyZfo } from './zfo.ts';
import type { KnownMessage } from './simulator-state.ts';
import type { Operation, OperationCall } from './simulator-call.ts';
import type { IsdsCore } from './simulator-core.ts';

type Side = 'sender' | 'recipient';

/** A message not sealed. */
export function download(operation: 'MessageDownload' | 'BigMessageDownload'): Operation {
  return (call) => {
    const known = messageOf(call, operation, 'recipient');
    return typeof known === 'string' ? known : answer(operation, '0000', returnedMessage(call.core, known, 'recipient'));
  };
}

/** A whole sealed message, for one of its sides. */
export function signedDownload(operation: string, side: Side): Operation {
  const namespace = side === 'recipient' ? 'message' : 'SentMessage';
  return (call) => {
    const known = messageOf(call, operation, side);
    if (typeof known === 'string') return known;
    return sealed(call, operation, document(namespace, 'MessageDownloadResponse', returnedMessage(call.core, known, side)));
  };
}

export function envelopeDownload(operation: string, side: Side): Operation {
  return (call) => {
    const known = messageFor(call, side);
    if (!known) return answer(operation, '1219');
    const big = known.message.isBig ? ` dmVODZ="true" attsNum="${known.message.files.length}"` : '';
    const content = dmDm(known, false) + hashAndStamp(call.core, known, 'empty') + tailOf(known, side);
    return answer(operation, '0000', `<q:dmReturnedMessageEnvelope${big}>${content}</q:dmReturnedMessageEnvelope>`);
  };
}

export function verifyMessage(call: OperationCall): string {
  const known = messageFor(call, 'recipient') ?? messageFor(call, 'sender');
  if (!known) return answer('VerifyMessage', '1219');
  return answer('VerifyMessage', '0000', `<q:dmHash algorithm="SHA-256">${messageHash(known).toString('base64')}</q:dmHash>`);
}

/** Natural persons send themselves, offices by their records service. */
export function getMessageAuthor2(call: OperationCall): string {
  const known = messageFor(call, 'recipient') ?? messageFor(call, 'sender');
  if (!known) return answer('GetMessageAuthor2', '1219');
  const { givenNames, lastName } = known.sender;
  const items = lastName
    ? { userType: 'PRIMARY_USER', pnGivenNames: givenNames ?? '', pnLastName: lastName }
    : { userType: 'OFFICIAL_CERT' };
  const told = Object.entries(items).map(([key, value]) => `<q:maItem key="${key}" value="${escapeXml(value)}"/>`);
  return answer('GetMessageAuthor2', '0000', `<q:dmMessageAuthor>${told.join('')}</q:dmMessageAuthor>`);
}

/** Sealed here, and still the message that we know. */
export function authenticateMessage(operation: string): Operation {
  return ({ core, request, parts }) => {
    const file = binaryOf(firstElement(request, 'dmMessage'), parts) ?? Buffer.alloc(0);
    const { content } = verifyZfo(file, readTrust([core.seal.authorityPem], ''), core.limits.largest * 3);
    const known = core.message(content?.messageId ?? '');
    const isOurs = known !== undefined && messageHash(known).toString('base64') === content?.hash.value;
    return answer(operation, '0000', field('q', 'dmAuthResult', isOurs));
  };
}

export function getDeliveryInfo({ core, box, request }: OperationCall): string {
  const found = deliveryFor(core, box.id, childText(request, 'dmID') ?? '');
  return found === undefined ? answer('GetDeliveryInfo', '1219') : answer('GetDeliveryInfo', '0000', found);
}

export function getSignedDeliveryInfo(call: OperationCall): string {
  const { core, box, request } = call;
  const found = deliveryFor(core, box.id, childText(request, 'dmID') ?? '');
  if (found === undefined) return answer('GetSignedDeliveryInfo', '1219');
  return sealed(call, 'GetSignedDeliveryInfo', document('delivery', 'GetDeliveryInfoResponse', found));
}

export async function markMessageAsDownloaded(call: OperationCall): Promise<string> {
  const known = messageFor(call, 'recipient');
  if (!known) return answer('MarkMessageAsDownloaded', '1219');
  await call.core.record({ type: 'read', id: known.message.id });
  return answer('MarkMessageAsDownloaded', '0000');
}

/** For the recipient only once it has been delivered; otherwise as if it did not exist. Erased content (9) is nobody's. */
export function messageFor({ core, box, request }: OperationCall, side: Side): KnownMessage | undefined {
  const known = core.message(childText(request, 'dmID') ?? '');
  if (!known || known[side].id !== box.id || known.facts.state === 9) return undefined;
  return side === 'recipient' && known.facts.acceptedAt === undefined ? undefined : known;
}

/** Large messages and ordinary ones have their own services (1281). */
function messageOf(call: OperationCall, operation: string, side: Side): KnownMessage | string {
  const known = messageFor(call, side);
  if (!known) return answer(operation, '1219');
  return (known.message.isBig ?? false) === operation.includes('Big') ? known : answer(operation, '1281');
}

function returnedMessage(core: IsdsCore, known: KnownMessage, side: Side): string {
  return `<q:dmReturnedMessage>${dmDm(known, true)}${hashAndStamp(core, known, 'nil')}${tailOf(known, side)}</q:dmReturnedMessage>`;
}

function tailOf({ facts, message }: KnownMessage, side: Side): string {
  return times(facts) + field('q', 'dmMessageStatus', stateFor(facts, side)) + field('q', 'dmAttachmentSize', attachmentSize(message));
}

function deliveryFor(core: IsdsCore, box: string, id: string): string | undefined {
  const known = core.message(id);
  if (!known || (known.recipient.id !== box && known.sender.id !== box)) return undefined;
  const events = eventsOf(known).map(
    ([at, text]) => `<q:dmEvent>${field('q', 'dmEventTime', isdsTime(at))}${field('q', 'dmEventDescr', text)}</q:dmEvent>`,
  );
  const tail =
    times(known.facts) +
    field('q', 'dmMessageStatus', stateFor(known.facts, known.sender.id === box ? 'sender' : 'recipient')) +
    `<q:dmEvents>${events.join('')}</q:dmEvents>`;
  return `<q:dmDelivery>${dmDm(known, false)}${hashAndStamp(core, known, 'empty')}${tail}</q:dmDelivery>`;
}

export function eventsOf({ message, facts }: KnownMessage): readonly (readonly [number, string])[] {
  const events: (readonly [number, string])[] = [[Date.parse(message.at), 'EV0: Vstup zprávy do ISDS']];
  if (facts.state === 3) events.push([Date.parse(message.at), 'EV8: Zpráva obsahuje virus']);
  if (facts.deliveredAt !== undefined) events.push([facts.deliveredAt, 'EV5: Dodáno do schránky']);
  if (facts.state === 8 && facts.spoiledAt !== undefined)
    events.push([facts.spoiledAt, 'EV3: Schránka příjemce byla zpětně znepřístupněna']);
  if (facts.acceptedAt === undefined) return events;
  const text =
    facts.state === 5 ? 'EV2: Doručeno fikcí (§17 odst. 4)' : 'EV1: Doručeno přihlášením oprávněné osoby nebo aplikace (§17 odst. 3)';
  return [...events, [facts.acceptedAt, text]];
}

/** The sealed file as its side has it, for pages. */
export function sealedFile(core: IsdsCore, known: KnownMessage, what: Side | 'delivery'): Buffer {
  const stamp = (content: Buffer): Buffer => core.seal.sign(content, new Date(core.now()), core.isStamping());
  if (what === 'delivery')
    return stamp(document('delivery', 'GetDeliveryInfoResponse', deliveryFor(core, known.sender.id, known.message.id) ?? ''));
  return stamp(document(what === 'recipient' ? 'message' : 'SentMessage', 'MessageDownloadResponse', returnedMessage(core, known, what)));
}

/** The XML inside a .zfo has no status and no envelope of SOAP, and a namespace of its own. */
function document(namespace: string, root: string, content: string): Buffer {
  const open = `<q:${root} xmlns:q="http://isds.czechpoint.cz/v20/${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`;
  return Buffer.from(`${open}${content}</q:${root}>`, 'utf8');
}

/** 0005: sealed, but without the time stamp. */
function sealed({ core, binary }: OperationCall, operation: string, content: Buffer): string {
  const file = core.seal.sign(content, new Date(core.now()), core.isStamping());
  const code = core.isStamping() ? '0000' : '0005';
  return answer(operation, code, `<q:dmSignature>${binary(file)}</q:dmSignature>`);
}
