// An officer says that a letter on paper was handed over to the post: its process hears that it went, once, and the records that it was dispatched.
import { dayOf } from '../../domain/calendar.ts';
import { permitPosting, standing, type Posting } from '../../domain/paper-letter.ts';
import { permitRegister } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import { paperLetter, type PaperLetterRow } from '../../store/paper-letters.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { dispatchesOf } from '../records/dispatches.ts';

export interface PostingData extends Posting {
  readonly letterId: string;
}
interface Found {
  readonly letter: PaperLetterRow | undefined;
  readonly effect: EffectState | undefined;
}

/** What the process is told of a letter on paper. */
const ANSWER = { channel: 'post' } as const;

/** Refuses `paper-letter-not-found`, `paper-letter-not-awaited` (the case has gone on without it) and what domain/paper-letter.ts refuses. */
export const postLetter: Command<PostingData, Found> = {
  name: 'post-letter',
  async gather(trx, file, { letterId }) {
    const letter = await paperLetter(trx, file.tenantId, letterId);
    return { letter, effect: letter && (await effectByKey(trx, file.tenantId, letter.effectKey)) };
  },
  accept(file, { actor, data }, found) {
    permitRegister(actor);
    const { letter, effect } = ofCase(file, found);
    const detail = permitPosting(standing(letter.events), data, dayOf(file.now));
    const changes = [
      {
        kind: 'paper-event' as const,
        letterId: letter.id,
        after: letter.events.length,
        event: { kind: 'posted' as const, day: data.on, detail, officerId: 'id' in actor ? actor.id : '' },
      },
    ];
    const said = {
      letter: letter.id,
      note: letter.events.length + 1,
      element: effect.elementId,
      documentId: letter.documentId,
      way: data.way,
      on: data.on,
    };
    // A letter that came back is posted again: its process has heard long ago that it went.
    if (effect.state === 'done') return { changes, detail: { ...said, again: true }, result: null };
    if (effect.state !== 'by-hand') throw new Problem('conflict', 'paper-letter-not-awaited');
    return {
      ...(effect.executionId === null
        ? {}
        : {
            stimulus: { kind: 'answer-effect' as const, executionId: effect.executionId, answer: { done: ANSWER } },
            lateIsFine: true,
          }),
      changes: [...changes, { kind: 'finish-by-hand', key: effect.key, answer: ANSWER }, ...dispatchesOf(effect, { done: ANSWER })],
      detail: said,
      result: null,
    };
  },
};

function ofCase(file: CaseFile, { letter, effect }: Found): { readonly letter: PaperLetterRow; readonly effect: EffectState } {
  if (!letter || !effect || letter.caseId !== file.row.id) throw new Problem('not-found', 'paper-letter-not-found');
  return { letter, effect };
}
