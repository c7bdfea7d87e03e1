// Print files of a run: five hundred letters each, in the order in which a postman walks.
import { Problem } from '../../domain/problem.ts';
import { lettersOfSheet, markPrinted, type LetterRow } from '../../store/fee-run-letters.ts';
import { runById } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import { factsOf, paperOf, type LetterPaper } from './letter-paper.ts';
import { letterWords } from './words.cs.ts';

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
    const papers = letters.map((letter) => paperOf(run, facts, corridor.town(tenantId), letter));
    return { name: letterWords.sheetFile(facts, asked.sheet), createdAt: run.createdAt, papers, letters };
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
