// Letters of a run: which go out next, what stands in them, and the order that sends each of them once. Drawing and sending is somebody else's work.
import { createHash, randomUUID } from 'node:crypto';
import { YEARLY } from '../../books/index.ts';
import type { Json } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import { insertFile } from '../../store/documents.ts';
import { casesOfRun, markOrdered, planLetters, waitingLetters, type LetterRow } from '../../store/fee-run-letters.ts';
import { lockRun, moveRun, takeRun, updateRun, type RunRow } from '../../store/fee-runs.ts';
import { keepEvents } from '../../store/money-events.ts';
import { insertEffects, type NewEffect } from '../../store/outbox.ts';
import type { Corridor, Town } from '../corridor.ts';
import { factsOf, paperOf, type LetterPaper } from './letter-paper.ts';
import { letterWords, type LetterFacts } from './words.cs.ts';

/** Told what came of a letter: server/jobs/run-letters.ts. */
export const LETTER_LISTENER = 'run-letter';
const CHUNK = 20;

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
      : { ...common, subject: letterWords.mailSubject, to: letter.addressTo, text: letterWords.mail(facts, letter.amount) };
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

const papers = (run: RunRow, facts: LetterFacts, town: Town, letters: readonly LetterRow[]): readonly LetterToSend[] =>
  letters.map((letter) => ({ letter, paper: paperOf(run, facts, town, letter) }));
