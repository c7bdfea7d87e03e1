// Letters on paper for the dispatch room: lists by where the letters stand, those of one case, and one print of them. Reads only.
import { isLegal } from '../catalog/index.ts';
import type { PaperLetterCard, PaperLetterList, PaperNote, PaperView } from '../contract/paper-letters.ts';
import { addressLines } from '../domain/address.ts';
import { countingEvents, deliveryLaw, fictionDay, standing, type PaperStanding } from '../domain/paper-letter.ts';
import { Problem } from '../domain/problem.ts';
import { fullName } from '../domain/representation.ts';
import type { Transaction } from '../store/database.ts';
import { paperLetters, type PaperEventRow, type PaperLetterRow } from '../store/paper-letters.ts';
import { countPaperLetters, findPaperLetters, paperFacts, type PaperFacts } from '../store/paper-letter-lists.ts';
import { actorNames } from './actor-names.ts';
import { inTurn, situationOf, type Reader } from './reader.ts';

export function listPaperLetters(
  reader: Reader,
  tenantId: number,
  { view, q }: { readonly view: PaperView; readonly q: string },
): Promise<PaperLetterList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const counts = await countPaperLetters(trx, tenantId);
    const ids = await findPaperLetters(trx, tenantId, view, q);
    return { view, counts, letters: ids.length === 0 ? [] : await cardsOf(reader, trx, tenantId, { ids }) };
  });
}

/** All that the case has ever sent on paper. Refuses `case-not-found`. */
export function paperLettersOfCase(reader: Reader, tenantId: number, caseId: string): Promise<readonly PaperLetterCard[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    if (!(await trx('cases').where({ tenant_id: tenantId, id: caseId }).first('id'))) throw new Problem('not-found', 'case-not-found');
    return cardsOf(reader, trx, tenantId, { caseId });
  });
}

type Wanted = Parameters<typeof paperLetters>[2];
async function cardsOf(reader: Reader, trx: Transaction, tenantId: number, wanted: Wanted): Promise<readonly PaperLetterCard[]> {
  const letters = (await paperLetters(trx, tenantId, wanted)).filter(({ effectState }) => effectState !== 'dropped');
  const facts = await paperFacts(
    trx,
    tenantId,
    letters.map(({ id }) => id),
  );
  const nameOf = await actorNames(
    trx,
    tenantId,
    letters.flatMap(({ events }) => events.map(({ officerId }) => `officer:${officerId}`)),
  );
  return inTurn(letters, async (letter) => {
    const known = facts.get(letter.id);
    if (!known) throw new Error(`paper letter ${letter.id} has no case`);
    const { sheet } = await situationOf(reader, trx, tenantId, known.versionId);
    const law = deliveryLaw(sheet.deadlines.filter(isLegal).map(({ rule }) => rule));
    return card(letter, known, { service: sheet.title.cs, law, nameOf });
  });
}

interface Around {
  readonly service: string;
  readonly law: 'sr' | 'dr';
  readonly nameOf: (actor: string) => string;
}
function card(letter: PaperLetterRow, facts: PaperFacts, { service, law, nameOf }: Around): PaperLetterCard {
  const { events, personal, id, caseId, documentId, why, createdAt } = letter;
  const { last, isPosted: _isPosted, address: typed, ...stands } = standing(events);
  const printed = countingEvents(events).findLast(({ kind }) => kind === 'printed');
  return {
    id,
    caseId,
    mark: facts.mark,
    service,
    documentId,
    documentHref: `/urad/api/cases/${caseId}/documents/${documentId}`,
    title: facts.title,
    number: facts.number,
    addressee: facts.givenName === null ? '' : fullName({ givenName: facts.givenName, familyName: facts.familyName ?? '' }),
    address: typed ?? addressLines(facts.address),
    isAddressTyped: typed !== null,
    why,
    suggestedWay: personal ? 'own-hands' : 'registered',
    createdAt,
    printedAt: printed?.at ?? null,
    batchId: printed?.batchId ?? null,
    ...stands,
    fictionOn: stands.state === 'stored' && stands.storedOn !== null ? fictionDay(stands.storedOn, law) : null,
    notes: notesOf(events, last, nameOf),
  };
}

const MAY_BE_TAKEN_BACK: ReadonlySet<string> = new Set(['posted', 'stored', 'returned']);
function notesOf(events: readonly PaperEventRow[], last: PaperStanding['last'], nameOf: (actor: string) => string): readonly PaperNote[] {
  const cancelled = new Set(events.map(({ cancels }) => cancels));
  return events.map(({ seq, kind, day, at, officerId, reason }) => ({
    seq,
    kind,
    on: day,
    at,
    by: nameOf(`officer:${officerId}`),
    reason,
    isTakenBack: cancelled.has(seq),
    mayBeTakenBack: last?.seq === seq && MAY_BE_TAKEN_BACK.has(kind),
  }));
}

/** One letter of a print, with the address that stood on it then. */
export interface PrintedLetter {
  readonly card: PaperLetterCard;
  readonly address: readonly string[];
}
export interface PrintedBatch {
  readonly at: string;
  readonly letters: readonly PrintedLetter[];
}

/** Letters as they would be printed now, in the order asked for. Refuses `paper-letter-not-found`. */
export function lettersToPrint(reader: Reader, tenantId: number, ids: readonly string[]): Promise<readonly PrintedLetter[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const cards = new Map((await cardsOf(reader, trx, tenantId, { ids })).map((one) => [one.id, one]));
    return [...new Set(ids)].map((id) => {
      const found = cards.get(id);
      if (!found) throw new Problem('not-found', 'paper-letter-not-found');
      return { card: found, address: found.address };
    });
  });
}

/** A print as it was, however the addresses have changed since. Refuses `paper-batch-not-found`. */
export function printedBatch(reader: Reader, tenantId: number, batchId: string): Promise<PrintedBatch> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const rows = new Map((await paperLetters(trx, tenantId, { batchId })).map((letter) => [letter.id, letter]));
    const cards = await cardsOf(reader, trx, tenantId, { batchId });
    const letters = cards.flatMap((one) => {
      const print = rows.get(one.id)?.events.find((event) => event.batchId === batchId);
      return print ? [{ card: one, address: print.detail['lines'] as readonly string[], at: print.at }] : [];
    });
    const [first] = letters;
    if (!first) throw new Problem('not-found', 'paper-batch-not-found');
    return { at: first.at, letters };
  });
}
