// Operations of the simulated ISDS: a table of name -> what it answers to the owner of a box.
import { childText, firstElement } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import { answer, attachmentSize, dmDm, envelope, field, hashAndStamp, isdsTime, ownerInfo, stateFor, times } from './simulator-answers.ts';
import type { KnownMessage } from './simulator-answers.ts';
import type { IsdsCore } from './simulator-core.ts';
import { readDraft } from './simulator-sending.ts';
import type { SimulatedBox } from './simulator-state.ts';

export interface OperationCall {
  readonly core: IsdsCore;
  readonly box: SimulatedBox;
  readonly request: Element;
  /** A fault: rows of lists come twice. */
  readonly twice: boolean;
}

type Operation = (call: OperationCall) => string | Promise<string>;

/** By the last part of the service's address. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  dz: { CreateMessage: createMessage, MessageDownload: messageDownload, DummyOperation: () => answer('DummyOperation', '0000') },
  dx: {
    GetDeliveryInfo: getDeliveryInfo,
    GetListOfSentMessages: (call) => list(call, 'GetListOfSentMessages', 'sender'),
    GetListOfReceivedMessages: async (call) => {
      await call.core.login(call.box.id);
      return list(call, 'GetListOfReceivedMessages', 'recipient');
    },
    GetMessageStateChanges: getMessageStateChanges,
    MarkMessageAsDownloaded: markMessageAsDownloaded,
  },
  df: { FindDataBox2: findDataBox2, CheckDataBox: checkDataBox },
  DsManage: {
    GetOwnerInfoFromLogin2: ({ core, box }) => answer('GetOwnerInfoFromLogin2', '0000', ownerInfo(box, core.boxState(box.id))),
  },
};

async function createMessage({ core, box, request }: OperationCall): Promise<string> {
  const draft = readDraft(request);
  if (!draft.ok) return answer('CreateMessage', draft.code, '', draft.message);
  const sent = await core.send(box.id, { envelope: draft.envelope, files: draft.files });
  return 'id' in sent ? answer('CreateMessage', '0000', field('q', 'dmID', sent.id)) : answer('CreateMessage', sent.code);
}

/** For the recipient only, and only once it has been delivered; otherwise as if it did not exist. */
function messageDownload({ core, box, request }: OperationCall): string {
  const known = core.message(childText(request, 'dmID') ?? '');
  if (!known || known.recipient.id !== box.id || known.facts.acceptedAt === undefined || known.facts.state === 9)
    return answer('MessageDownload', '1219');
  const tail =
    times(known.facts) + field('q', 'dmMessageStatus', known.facts.state) + field('q', 'dmAttachmentSize', attachmentSize(known.message));
  return answer(
    'MessageDownload',
    '0000',
    `<q:dmReturnedMessage>${dmDm(known, true)}${hashAndStamp(known, 'nil')}${tail}</q:dmReturnedMessage>`,
  );
}

function getDeliveryInfo({ core, box, request }: OperationCall): string {
  const known = core.message(childText(request, 'dmID') ?? '');
  if (!known || (known.recipient.id !== box.id && known.sender.id !== box.id)) return answer('GetDeliveryInfo', '1219');
  const viewer = known.sender.id === box.id ? 'sender' : 'recipient';
  const events = eventsOf(known).map(
    ([at, text]) => `<q:dmEvent>${field('q', 'dmEventTime', isdsTime(at))}${field('q', 'dmEventDescr', text)}</q:dmEvent>`,
  );
  const tail =
    times(known.facts) + field('q', 'dmMessageStatus', stateFor(known.facts, viewer)) + `<q:dmEvents>${events.join('')}</q:dmEvents>`;
  return answer('GetDeliveryInfo', '0000', `<q:dmDelivery>${dmDm(known, false)}${hashAndStamp(known, 'empty')}${tail}</q:dmDelivery>`);
}

function eventsOf({ message, facts }: KnownMessage): (readonly [number, string])[] {
  const events: (readonly [number, string])[] = [[Date.parse(message.at), 'EV0: Vstup zprávy do ISDS']];
  if (facts.state === 3) events.push([Date.parse(message.at), 'EV8: Zpráva obsahuje virus']);
  if (facts.deliveredAt !== undefined) events.push([facts.deliveredAt, 'EV5: Dodáno do schránky']);
  if (facts.acceptedAt === undefined) return events;
  const text =
    facts.state === 5 ? 'EV2: Doručeno fikcí (§17 odst. 4)' : 'EV1: Doručeno přihlášením oprávněné osoby nebo aplikace (§17 odst. 3)';
  return [...events, [facts.acceptedAt, text]];
}

function list({ core, box, request, twice }: OperationCall, name: string, side: 'sender' | 'recipient'): string {
  const from = Date.parse(childText(request, 'dmFromTime') ?? '') || 0;
  const to = Date.parse(childText(request, 'dmToTime') ?? '') || Infinity;
  const offset = Number(childText(request, 'dmOffset') ?? 1);
  const limit = Number(childText(request, 'dmLimit') ?? 1000);
  const filter = Number(childText(request, 'dmStatusFilter') ?? -1);
  const rows = core.messages().filter((known) => {
    const at = side === 'sender' ? Date.parse(known.message.at) : known.facts.deliveredAt;
    const passes = filter === -1 || (filter & (1 << stateFor(known.facts, side))) !== 0;
    return known[side].id === box.id && at !== undefined && at >= from && at <= to && passes;
  });
  const told = rows.slice(offset - 1, offset - 1 + limit).flatMap((known) => (twice ? [known, known] : [known]));
  const records = told.map((known, index) => {
    const tail =
      field('q', 'dmMessageStatus', stateFor(known.facts, side)) +
      field('q', 'dmAttachmentSize', attachmentSize(known.message)) +
      times(known.facts);
    return `<q:dmRecord>${field('q', 'dmOrdinal', offset + index)}${envelope('q', known)}${tail}</q:dmRecord>`;
  });
  return answer(name, '0000', `<q:dmRecords>${records.join('')}</q:dmRecords>`);
}

const FIFTEEN_DAYS = 15 * 86_400_000;

/** Sent messages only: into the box, then delivered by login or fiction, or undeliverable. */
function getMessageStateChanges({ core, box, request, twice }: OperationCall): string {
  const from = Date.parse(childText(request, 'dmFromTime') ?? '') || core.now() - FIFTEEN_DAYS;
  const to = Date.parse(childText(request, 'dmToTime') ?? '') || Infinity;
  const changes = core
    .messages()
    .filter(({ sender }) => sender.id === box.id)
    .flatMap(({ message, facts }) => {
      const row = (at: number | undefined, state: number): [number, string, number][] =>
        at !== undefined && at >= from && at <= to ? [[at, message.id, state]] : [];
      const end = facts.state === 7 ? 6 : facts.state;
      return [...row(facts.deliveredAt, 4), ...(end > 4 && end !== 9 ? row(end === 8 ? facts.spoiledAt : facts.acceptedAt, end) : [])];
    });
  const told = twice ? [...changes, ...changes] : changes;
  const records = told.map(
    ([at, id, state]) =>
      `<q:dmRecord>${field('q', 'dmID', id)}${field('q', 'dmEventTime', isdsTime(at))}${field('q', 'dmMessageStatus', state)}</q:dmRecord>`,
  );
  return answer('GetMessageStateChanges', '0000', `<q:dmRecords>${records.join('')}</q:dmRecords>`);
}

async function markMessageAsDownloaded({ core, box, request }: OperationCall): Promise<string> {
  const known = core.message(childText(request, 'dmID') ?? '');
  if (!known || known.recipient.id !== box.id || known.facts.acceptedAt === undefined) return answer('MarkMessageAsDownloaded', '1219');
  await core.record({ type: 'read', id: known.message.id });
  return answer('MarkMessageAsDownloaded', '0000');
}

function findDataBox2({ core, request }: OperationCall): string {
  const wanted = firstElement(request, 'dbOwnerInfo');
  const id = childText(wanted, 'dbID');
  const type = childText(wanted, 'dbType');
  if (!id && !type) return answer('FindDataBox2', '1101');
  const fits = (asked: string | undefined, value: string | undefined): boolean => asked === undefined || asked === value;
  const found = core.boxes.filter(
    (box) =>
      fits(id, box.id) &&
      fits(type, box.type) &&
      fits(childText(wanted, 'ic'), box.ico) &&
      fits(childText(wanted, 'pnLastName'), box.lastName) &&
      fits(childText(wanted, 'pnGivenNames'), box.givenNames) &&
      fits(childText(wanted, 'biDate'), box.birthDate) &&
      fits(childText(wanted, 'firmName'), box.lastName ? undefined : box.name),
  );
  const content = `<q:dbResults>${found.map((box) => ownerInfo(box, core.boxState(box.id))).join('')}</q:dbResults>`;
  return answer('FindDataBox2', found.length === 0 ? '0002' : '0000', content);
}

function checkDataBox({ core, request }: OperationCall): string {
  const id = childText(request, 'dbID') ?? '';
  return core.box(id) ? answer('CheckDataBox', '0000', field('q', 'dbState', core.boxState(id))) : answer('CheckDataBox', '5001');
}
