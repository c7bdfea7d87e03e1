// One message of the simulated ISDS as its sides may have it: content and delivery info, each also sealed.
import { childText } from '../soap.ts';
import { answer, attachmentSize, dmDm, field, hashAndStamp, isdsTime, stateFor, times } from './simulator-answers.ts';
import type { KnownMessage } from './simulator-state.ts';
import type { Operation, OperationCall } from './simulator-call.ts';
import type { IsdsCore } from './simulator-core.ts';

type Side = 'sender' | 'recipient';

export function messageDownload(call: OperationCall): string {
  const known = messageFor(call, 'recipient');
  return known ? answer('MessageDownload', '0000', returnedMessage(call.core, known, 'recipient')) : answer('MessageDownload', '1219');
}

/** A whole sealed message, for one of its sides. */
export function signedDownload(operation: string, side: Side): Operation {
  const namespace = side === 'recipient' ? 'message' : 'SentMessage';
  return (call) => {
    const known = messageFor(call, side);
    if (!known) return answer(operation, '1219');
    return sealed(call.core, operation, document(namespace, 'MessageDownloadResponse', returnedMessage(call.core, known, side)));
  };
}

export function getDeliveryInfo({ core, box, request }: OperationCall): string {
  const found = deliveryFor(core, box.id, childText(request, 'dmID') ?? '');
  return found === undefined ? answer('GetDeliveryInfo', '1219') : answer('GetDeliveryInfo', '0000', found);
}

export function getSignedDeliveryInfo({ core, box, request }: OperationCall): string {
  const found = deliveryFor(core, box.id, childText(request, 'dmID') ?? '');
  if (found === undefined) return answer('GetSignedDeliveryInfo', '1219');
  return sealed(core, 'GetSignedDeliveryInfo', document('delivery', 'GetDeliveryInfoResponse', found));
}

export async function markMessageAsDownloaded(call: OperationCall): Promise<string> {
  const known = messageFor(call, 'recipient');
  if (!known) return answer('MarkMessageAsDownloaded', '1219');
  await call.core.record({ type: 'read', id: known.message.id });
  return answer('MarkMessageAsDownloaded', '0000');
}

/** For the recipient only once it has been delivered; otherwise as if it did not exist. Erased content (9) is nobody's. */
function messageFor({ core, box, request }: OperationCall, side: Side): KnownMessage | undefined {
  const known = core.message(childText(request, 'dmID') ?? '');
  if (!known || known[side].id !== box.id || known.facts.state === 9) return undefined;
  return side === 'recipient' && known.facts.acceptedAt === undefined ? undefined : known;
}

function returnedMessage(core: IsdsCore, known: KnownMessage, side: Side): string {
  const tail =
    times(known.facts) +
    field('q', 'dmMessageStatus', stateFor(known.facts, side)) +
    field('q', 'dmAttachmentSize', attachmentSize(known.message));
  return `<q:dmReturnedMessage>${dmDm(known, true)}${hashAndStamp(core, known, 'nil')}${tail}</q:dmReturnedMessage>`;
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

function eventsOf({ message, facts }: KnownMessage): readonly (readonly [number, string])[] {
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

/** The XML inside a .zfo has no status and no envelope of SOAP, and a namespace of its own. */
function document(namespace: string, root: string, content: string): Buffer {
  const open = `<q:${root} xmlns:q="http://isds.czechpoint.cz/v20/${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`;
  return Buffer.from(`${open}${content}</q:${root}>`, 'utf8');
}

/** 0005: sealed, but without the time stamp. */
function sealed(core: IsdsCore, operation: string, content: Buffer): string {
  const file = core.seal.sign(content, new Date(core.now()), core.isStamping());
  return answer(operation, core.isStamping() ? '0000' : '0005', field('q', 'dmSignature', file.toString('base64')));
}
