// The dispatch room (výpravna): letters are printed together, get an address where we know none, and are handed over to the post together.
// Each posting is a command on its own case: one that is refused holds no other back.
import { addressLines } from '../../domain/address.ts';
import { permitPrinting, standing, type PostWay } from '../../domain/paper-letter.ts';
import { permitRegister, type Actor } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { insertPaperEvent, paperLetters, type PaperLetterRow } from '../../store/paper-letters.ts';
import { applicantsOfCases } from '../../store/people.ts';
import type { Transaction } from '../../store/database.ts';
import { postLetter } from '../commands/post-letter.ts';
import type { Corridor } from '../corridor.ts';
import { execute } from '../execute.ts';

interface Asked {
  readonly commandId: string;
  readonly actor: Actor;
}
const MOST_LINES = 5;
const LONGEST_LINE = 60;

/**
 * Writes down that these letters were printed together, each with the address that stands on it. The command's id names the batch: asked twice, written once.
 * All or none. Refuses `paper-letter-not-found`, `paper-letter-not-awaited`, `paper-letter-posted`, `paper-letter-delivered`, `paper-letter-no-address`.
 */
export async function notePrinted(
  { db, clock }: Corridor,
  tenantId: number,
  { commandId, actor, ids }: Asked & { readonly ids: readonly string[] },
): Promise<void> {
  permitRegister(actor);
  const at = clock.now().toISOString();
  await db.withTenant(tenantId, async (trx) => {
    if ((await paperLetters(trx, tenantId, { batchId: commandId })).length > 0) return;
    const letters = await wanted(trx, tenantId, ids);
    const known = await knownAddresses(trx, tenantId, letters);
    for (const letter of letters) {
      const lines = standing(letter.events).address ?? known.get(letter.id) ?? [];
      if (lines.length === 0) throw new Problem('conflict', 'paper-letter-no-address');
      const event = { kind: 'printed', day: null, detail: { lines }, batchId: commandId, officerId: idOf(actor) } as const;
      await write(trx, tenantId, letter, event, at);
    }
  });
}

/** What can be printed now, in the order asked for. */
async function wanted(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly PaperLetterRow[]> {
  const found = new Map((await paperLetters(trx, tenantId, { ids })).map((letter) => [letter.id, letter]));
  return [...new Set(ids)].map((id) => {
    const letter = found.get(id);
    if (!letter) throw new Problem('not-found', 'paper-letter-not-found');
    const stands = standing(letter.events);
    permitPrinting(stands);
    if (letter.effectState !== 'by-hand' && !stands.isPosted) throw new Problem('conflict', 'paper-letter-not-awaited');
    return letter;
  });
}

async function knownAddresses(
  trx: Transaction,
  tenantId: number,
  letters: readonly PaperLetterRow[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = await applicantsOfCases(
    trx,
    tenantId,
    letters.map(({ caseId }) => caseId),
  );
  return new Map(letters.map(({ id, caseId }) => [id, addressLines(people.get(caseId)?.address)]));
}

/** The address to which this one letter goes (§ 19 odst. 4 zákona č. 500/2004 Sb.: where he asked to be written to). Refuses `address-lines-wrong`. */
export async function addressLetter(
  { db, clock }: Corridor,
  tenantId: number,
  { actor, letterId, lines }: { readonly actor: Actor; readonly letterId: string; readonly lines: readonly string[] },
): Promise<void> {
  permitRegister(actor);
  const written = lines.map((line) => line.trim()).filter((line) => line !== '');
  const isWrong = written.length === 0 || written.length > MOST_LINES || written.some(({ length }) => length > LONGEST_LINE);
  if (isWrong) throw new Problem('invalid', 'address-lines-wrong');
  await db.withTenant(tenantId, async (trx) => {
    const [letter] = await wanted(trx, tenantId, [letterId]);
    if (!letter) return;
    const event = { kind: 'addressed', day: null, detail: { lines: written }, officerId: idOf(actor) } as const;
    await write(trx, tenantId, letter, event, clock.now().toISOString());
  });
}

type Written = Parameters<typeof insertPaperEvent>[2]['event'];
async function write(trx: Transaction, tenantId: number, letter: PaperLetterRow, event: Written, at: string): Promise<void> {
  if (!(await insertPaperEvent(trx, tenantId, { letterId: letter.id, after: letter.events.length, event, at })))
    throw new Problem('conflict', 'paper-letter-changed');
}
const idOf = (actor: Actor): string => ('id' in actor ? actor.id : '');

export interface PostedLetter {
  readonly id: string;
  readonly way: PostWay;
  readonly postingNumber: string;
}
export interface PostingReport {
  readonly posted: readonly string[];
  /** Code of the refusal by letter. */
  readonly refused: readonly { readonly id: string; readonly code: string }[];
}

/** Asked twice with one command id, each letter is posted once and the report is the same. */
export async function postLetters(
  corridor: Corridor,
  tenantId: number,
  { commandId, actor, on, letters }: Asked & { readonly on: string; readonly letters: readonly PostedLetter[] },
): Promise<PostingReport> {
  permitRegister(actor);
  const ids = letters.map(({ id }) => id);
  const rows = await corridor.db.withTenant(tenantId, (trx) => paperLetters(trx, tenantId, { ids }));
  const caseOf = new Map(rows.map(({ id, caseId }) => [id, caseId]));
  const posted: string[] = [];
  const refused: { id: string; code: string }[] = [];
  for (const { id, way, postingNumber } of letters) {
    const caseId = caseOf.get(id);
    if (caseId === undefined) {
      refused.push({ id, code: 'paper-letter-not-found' });
      continue;
    }
    const data = { letterId: id, on, way, postingNumber };
    const code = await refusalOf(execute(corridor, tenantId, caseId, postLetter, { commandId: `${commandId}:${id}`, actor, data }));
    if (code === undefined) posted.push(id);
    else refused.push({ id, code });
  }
  return { posted, refused };
}

/** The code with which it was refused; undefined when it went well. A defect stays one. */
async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** The case of a letter. Refuses `paper-letter-not-found`. */
export async function caseOfLetter({ db }: Corridor, tenantId: number, letterId: string): Promise<string> {
  const [letter] = await db.withTenant(tenantId, (trx) => paperLetters(trx, tenantId, { ids: [letterId] }));
  if (!letter) throw new Problem('not-found', 'paper-letter-not-found');
  return letter.caseId;
}
