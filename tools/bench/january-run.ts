// The steps of a yearly run as officers order them and jobs do them, for its measurement.
import { randomUUID } from 'node:crypto';
import type { Corridor } from '../../server/cases/corridor.ts';
import { askForRun } from '../../server/cases/yearly-run/ask.ts';
import type { Asked } from '../../server/cases/yearly-run/asked.ts';
import { decideRun } from '../../server/cases/yearly-run/decided.ts';
import { nextLetters } from '../../server/cases/yearly-run/letters.ts';
import { planChunk } from '../../server/cases/yearly-run/plan.ts';
import { prepareRun } from '../../server/cases/yearly-run/prepare.ts';
import { prescribeChunk } from '../../server/cases/yearly-run/prescribe.ts';
import { sheetLetters } from '../../server/cases/yearly-run/print-sheets.ts';
import { proveNow } from '../../server/cases/yearly-run/prove.ts';
import { steerRun } from '../../server/cases/yearly-run/steer.ts';
import { renderFeeLetters } from '../../server/paper/fee-letters.ts';
import { TENANT } from './office.ts';

type Officer = Asked['actor'];

export const takeRunToPreview = (
  corridor: Corridor,
  actor: Officer,
  what: { readonly situation: string; readonly year: number },
): Promise<string> => prepareRun(corridor, TENANT, { commandId: randomUUID(), actor, ...what });

export const untilPreviewed = (corridor: Corridor): Promise<void> => untilDone(() => planChunk(corridor, TENANT));
export const untilPrescribed = (corridor: Corridor): Promise<void> => untilDone(() => prescribeChunk(corridor, TENANT));

export async function startByTwo(
  corridor: Corridor,
  runId: string,
  { first, second }: { readonly first: Officer; readonly second: Officer },
): Promise<void> {
  await askForRun(corridor, TENANT, { commandId: randomUUID(), actor: first, runId, question: 'start', reason: 'měření' });
  await decideRun(corridor, TENANT, { commandId: randomUUID(), actor: second, runId, verdict: 'approved', reason: 'měření' });
}

/** @throws Error when the run and the ledger do not agree on `count` prescriptions */
export async function proveWhole(corridor: Corridor, runId: string, count: number): Promise<void> {
  const { disagreements, items } = await proveNow(corridor, TENANT, runId);
  if (disagreements.length > 0 || items !== count) throw new Error(`the run does not agree: ${items} items, ${disagreements.join(', ')}`);
}

export async function listLetters(corridor: Corridor, runId: string, actor: Officer): Promise<void> {
  await steerRun(corridor, TENANT, { commandId: randomUUID(), actor, runId, step: 'send', reason: '' });
  await nextLetters(corridor, TENANT);
}

export async function printFile(corridor: Corridor, runId: string): Promise<void> {
  const sheet = await sheetLetters(corridor, TENANT, { runId, sheet: 1 });
  await renderFeeLetters(sheet.papers, corridor.town(TENANT), sheet.createdAt);
}

async function untilDone(chunk: () => Promise<number>): Promise<void> {
  while ((await chunk()) > 0);
}
