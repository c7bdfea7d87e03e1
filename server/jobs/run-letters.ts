// Letters of a yearly run on their way: drawn, ordered once, and what came of each of them.
import { LETTER_LISTENER, nextLetters, orderLetters } from '../cases/yearly-run/letters.ts';
import { reach } from '../platform/crash-point.ts';
import { markLetter } from '../store/fee-run-letters.ts';
import type { Listener } from './listener.ts';
import type { Workshop } from './workshop.ts';

/** Draws and orders the next letters. Returns how many; 0 when no run is being sent. */
export async function sendLetters(workshop: Workshop, tenantId: number): Promise<number> {
  const { corridor } = workshop;
  const next = await nextLetters(corridor, tenantId);
  if (!next) return 0;
  if (next.letters.length === 0) return 1;
  const drawn = [];
  for (const one of next.letters) drawn.push({ ...one, pdf: await workshop.renderLetters([one.paper], next.run.createdAt) });
  reach('rendered');
  const ordered = await orderLetters(corridor, tenantId, next, drawn);
  reach('after-commit:run-letters');
  if (ordered > 0) corridor.poke();
  return ordered;
}

/** `subject` is the payer. */
export const runLetter: Listener = {
  answered: (trx, tenantId, { subject, input, at }, answer) => {
    const { runId } = input as { readonly runId: string };
    const came =
      'done' in answer
        ? ({ state: 'sent', detail: String((answer.done as { readonly messageId?: unknown } | null)?.messageId ?? ''), at } as const)
        : ({ state: 'failed', detail: answer.refused.reason, at } as const);
    return markLetter(trx, tenantId, { runId, payerId: subject ?? '' }, came);
  },
  gaveUp: (trx, tenantId, { subject, input, at }, error) =>
    markLetter(
      trx,
      tenantId,
      { runId: (input as { readonly runId: string }).runId, payerId: subject ?? '' },
      { state: 'failed', detail: error, at },
    ),
};
export const runLetterListener = { [LETTER_LISTENER]: runLetter } as const;
