// Letters of a run: which go out next, what stands in them, and the order that sends each of them once. Drawing and sending is somebody else's work.
import { createHash, randomUUID } from 'node:crypto';
import { YEARLY } from '../../books/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { spayd } from '../../domain/qr-payment.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import { insertFile } from '../../store/documents.ts';
import {
  casesOfRun,
  lettersOfSheet,
  markOrdered,
  markPrinted,
  planLetters,
  waitingLetters,
  type LetterRow,
} from '../../store/fee-run-letters.ts';
import { lockRun, moveRun, runById, takeRun, updateRun, type RunRow } from '../../store/fee-runs.ts';
import { keepEvents } from '../../store/money-events.ts';
import { insertEffects, type NewEffect } from '../../store/outbox.ts';
import type { Corridor, Town } from '../corridor.ts';
import { dutySheetOf } from '../duties/reckon.ts';
import { compiledVersion } from '../duties/reprice.ts';
import { day, letterWords, recipientOf, type LetterFacts } from './words.cs.ts';

/** Told what came of a letter: server/jobs/run-letters.ts. */
export const LETTER_LISTENER = 'run-letter';
const CHUNK = 20;

/** A letter as data, for whoever draws it. */
export interface LetterPaper {
  readonly recipient: readonly string[];
  readonly day: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly payment: readonly (readonly [label: string, value: string])[];
  readonly qr: string | null;
  readonly qrLabel: string;
  readonly notes: readonly string[];
  readonly mark: string;
}
export interface LetterToSend {
  readonly letter: LetterRow;
  readonly paper: LetterPaper;
}
export interface LettersToSend {
  readonly run: RunRow;
  readonly facts: LetterFacts;
  readonly letters: readonly LetterToSend[];
}

/**
 * The next letters for data boxes and mail boxes. At its first turn the run gets its list of letters, and cases hear that their duty was prescribed;
 * after the last one it is sent. Undefined when no run is being sent.
 */
export function nextLetters(corridor: Corridor, tenantId: number): Promise<LettersToSend | undefined> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const run = await takeRun(trx, tenantId, 'sending');
    if (!run) return undefined;
    const at = corridor.clock.now().toISOString();
    if (run.cursor === null) {
      await planLetters(trx, tenantId, run.id, at);
      await tellCases(trx, tenantId, run, at);
      await updateRun(trx, tenantId, run.id, { cursor: { planned: true } });
    }
    const waiting = await waitingLetters(trx, tenantId, run.id, CHUNK);
    if (waiting.length === 0) await moveRun(trx, tenantId, run, 'sent', { actor: `run:${run.id}`, reason: '', at });
    const facts = await factsOf(trx, tenantId, run, corridor.town(tenantId));
    return { run, facts, letters: papers(run, facts, corridor.town(tenantId), waiting) };
  });
}

/** Now they are told: until letters go out, a run may be taken back and nobody has heard of it. */
async function tellCases(trx: Transaction, tenantId: number, run: RunRow, at: string): Promise<void> {
  const told = (await casesOfRun(trx, tenantId, run.id)).map(({ caseId, prescriptionId, variableSymbol, amount }) => ({
    messageId: `${prescriptionId}/${YEARLY}`,
    caseId,
    name: YEARLY,
    payload: { prescriptionId, variableSymbol, amount, year: run.year, dueDate: run.dueDate },
  }));
  await keepEvents(trx, tenantId, told, at);
}

/** Each drawn letter is ordered once: only those that nobody ordered before become effects. Nothing happens while the run is paused. */
export function orderLetters(
  corridor: Corridor,
  tenantId: number,
  { run, facts }: Pick<LettersToSend, 'run' | 'facts'>,
  drawn: readonly (LetterToSend & { readonly pdf: Uint8Array })[],
): Promise<number> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    if ((await lockRun(trx, tenantId, run.id))?.state !== 'sending') return 0;
    const at = corridor.clock.now().toISOString();
    const payerIds = drawn.map(({ letter }) => letter.payerId);
    const ours = new Set(await markOrdered(trx, tenantId, run.id, payerIds, at));
    const effects: NewEffect[] = [];
    for (const { letter, pdf } of drawn.filter((one) => ours.has(one.letter.payerId))) {
      const fileId = randomUUID();
      await insertFile(trx, tenantId, {
        id: fileId,
        ownerKind: 'outgoing',
        ownerId: `${run.id}/${letter.payerId}`,
        caseId: null,
        field: 'letter',
        name: letterWords.file(facts),
        mime: 'application/pdf',
        content: pdf,
        createdAt: at,
      });
      effects.push(effectOf(run, facts, letter, { fileId, at }));
    }
    await insertEffects(trx, tenantId, effects);
    return ours.size;
  });
}

function effectOf(
  run: RunRow,
  facts: LetterFacts,
  letter: LetterRow,
  { fileId, at }: { readonly fileId: string; readonly at: string },
): NewEffect {
  const key = createHash('sha256').update(`run-letter:${run.id}:${letter.payerId}`).digest('hex').slice(0, 40);
  const common = { subject: facts.title, documents: [fileId], files: [fileId], runId: run.id };
  const input: Json =
    letter.channel === 'data-box'
      ? { ...common, from: 'town', to: letter.addressTo, senderRef: letter.list[0]?.variableSymbol ?? '' }
      : { ...common, to: letter.addressTo, text: letterWords.mail(facts, letter.amount) };
  return {
    key,
    caseId: null,
    executionId: null,
    elementId: null,
    effect: letter.channel === 'data-box' ? 'isds.send' : 'mail.send',
    title: facts.title,
    input,
    at,
    listener: LETTER_LISTENER,
    subject: letter.payerId,
  };
}

/** The letters of one print file. Refuses `run-not-found` and `sheet-not-found`. */
export function sheetLetters(
  corridor: Corridor,
  tenantId: number,
  asked: { readonly runId: string; readonly sheet: number },
): Promise<{
  readonly name: string;
  readonly createdAt: string;
  readonly papers: readonly LetterPaper[];
  readonly letters: readonly LetterRow[];
}> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const run = await runById(trx, tenantId, asked.runId);
    if (!run) throw new Problem('not-found', 'run-not-found');
    const letters = await lettersOfSheet(trx, tenantId, run.id, asked.sheet);
    if (letters.length === 0) throw new Problem('not-found', 'sheet-not-found');
    const facts = await factsOf(trx, tenantId, run, corridor.town(tenantId));
    const all = papers(run, facts, corridor.town(tenantId), letters);
    return { name: letterWords.sheetFile(facts, asked.sheet), createdAt: run.createdAt, papers: all.map(({ paper }) => paper), letters };
  });
}

/** A print file was printed and handed to the post. Refuses `sheet-not-found` when there is nothing to be noted. */
export async function notePrinted(
  corridor: Corridor,
  tenantId: number,
  asked: { readonly runId: string; readonly sheet: number },
): Promise<void> {
  const at = corridor.clock.now().toISOString();
  const count = await corridor.db.withTenant(tenantId, (trx) => markPrinted(trx, tenantId, asked.runId, asked.sheet, at));
  if (count === 0) throw new Problem('not-found', 'sheet-not-found');
}

async function factsOf(trx: Transaction, tenantId: number, run: RunRow, town: Town): Promise<LetterFacts> {
  const { law } = dutySheetOf(await compiledVersion(trx, tenantId, run.versionId));
  const { title, year, dueDate, ordinance } = run;
  return { title, year, dueDate, ordinance, law, office: town.officeName, town: town.name, portal: `${town.publicUrl}/platby` };
}

const papers = (run: RunRow, facts: LetterFacts, town: Town, letters: readonly LetterRow[]): readonly LetterToSend[] =>
  letters.map((letter) => ({ letter, paper: paperOf(run, facts, town, letter) }));

/** Several prescriptions are paid by one code under the symbol of the first: what is over goes to the payer's others, the earliest due first. */
function paperOf(run: RunRow, facts: LetterFacts, town: Town, letter: LetterRow): LetterPaper {
  const symbol = letter.list[0]?.variableSymbol ?? '';
  return {
    recipient: recipientOf(letter),
    day: `${town.name} ${day(dayOf(run.createdAt))}`,
    subject: letterWords.subject(facts),
    paragraphs: [letterWords.greeting, letterWords.lead(facts, letter.amount), ...letter.list.map(letterWords.rule)],
    columns: letterWords.columns,
    rows: letter.list.map((item) => letterWords.row(item, facts)),
    payment: letterWords.payment(town.account, symbol, letter.amount, run.dueDate),
    qr: spayd({
      account: town.account,
      amount: letter.amount,
      variableSymbol: symbol,
      message: facts.title,
      payee: town.name,
      due: run.dueDate,
    }),
    qrLabel: letterWords.qr(letter.amount),
    notes: [...(letter.list.length > 1 ? [letterWords.several] : []), ...letterWords.notes(facts)],
    mark: `${run.id.slice(0, 8)} / ${letter.place}`,
  };
}
