// Lists of the simulated ISDS: what a box sent and received, and what became of what it sent.
import { childText } from '../soap.ts';
import { answer, attachmentSize, envelope, field, isdsTime, stateFor, times } from './simulator-answers.ts';
import type { OperationCall } from './simulator-call.ts';

export function list({ core, box, request, twice }: OperationCall, name: string, side: 'sender' | 'recipient'): string {
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
    return `<q:dmRecord${known.message.isBig ? ' dmVODZ="true"' : ''}>${field('q', 'dmOrdinal', offset + index)}${envelope('q', known)}${tail}</q:dmRecord>`;
  });
  return answer(name, '0000', `<q:dmRecords>${records.join('')}</q:dmRecords>`);
}

const FIFTEEN_DAYS = 15 * 86_400_000;

/** Sent messages only: into the box, then delivered by login or fiction, or undeliverable. */
export function getMessageStateChanges({ core, box, request, twice }: OperationCall): string {
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
