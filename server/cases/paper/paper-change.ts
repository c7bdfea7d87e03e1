// What commands about letters on paper write: an event of the letter, and the end of an effect that people had in their hands.
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import { writeNow } from '../../store/lane.ts';
import { finishByHandPart } from '../../store/outbox.ts';
import { insertPaperEvent, type NewPaperEvent } from '../../store/paper-letters.ts';

export type PaperChange =
  | {
      readonly kind: 'paper-event';
      readonly letterId: string;
      /** Seq of the last event that the writer has seen. */
      readonly after: number;
      readonly event: NewPaperEvent;
    }
  | { readonly kind: 'finish-by-hand'; readonly key: string; readonly answer: Json };

/** Refuses `paper-letter-changed` when somebody else wrote about the letter meanwhile. */
export async function writePaper(trx: Transaction, tenantId: number, change: PaperChange, at: string): Promise<void> {
  if (change.kind === 'paper-event') {
    if (!(await insertPaperEvent(trx, tenantId, { ...change, at }))) throw new Problem('conflict', 'paper-letter-changed');
    return;
  }
  // At once: the effects that nobody waits for any more are dropped behind it, and this one must not be among them.
  await writeNow(trx, [finishByHandPart(tenantId, change.key, { answer: change.answer, at })]);
}
