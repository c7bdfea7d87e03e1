// Yearly runs go on by chunks: preview, prescribing, storno, letters. Stopped between any two chunks, and after a crash it goes on where it stopped.
import { settleRefused } from '../cases/yearly-run/decided.ts';
import { planChunk } from '../cases/yearly-run/plan.ts';
import { prescribeChunk } from '../cases/yearly-run/prescribe.ts';
import { undoChunk } from '../cases/yearly-run/undo.ts';
import { sendLetters } from './run-letters.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** One chunk of each phase, so that a long run of one kind does not hold up another. */
export function workOnRuns(workshop: Workshop): Promise<number> {
  const { corridor } = workshop;
  return forEachTown(workshop, async (tenantId) => {
    let done = await settleRefused(corridor, tenantId);
    done += await planChunk(corridor, tenantId);
    done += await prescribeChunk(corridor, tenantId);
    done += await undoChunk(corridor, tenantId);
    return done + (await sendLetters(workshop, tenantId));
  });
}
