// A mistake in what was written down about a letter on paper is taken back with a reason: always the newest note first. A delivery of which a process has
// heard stays; its day is put right on the deadline (change-deadline.ts).
import { countingEvents } from '../../domain/paper-letter.ts';
import { permitRegister } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { paperLetter, type PaperLetterRow } from '../../store/paper-letters.ts';
import type { Command } from '../corridor.ts';

export interface TakeBackData {
  readonly letterId: string;
  /** The note that is a mistake. */
  readonly seq: number;
  readonly reason: string;
}
const SHORTEST_REASON = 5;
const LONGEST_REASON = 2_000;
const TAKEN_BACK: ReadonlySet<string> = new Set(['posted', 'stored', 'returned']);

/** Refuses `paper-letter-not-found`, `paper-note-not-newest`, `paper-note-stays` and `reason-missing`. */
export const takeBackPaperNote: Command<TakeBackData, PaperLetterRow | undefined> = {
  name: 'take-back-paper-note',
  gather: (trx, file, { letterId }) => paperLetter(trx, file.tenantId, letterId),
  accept(file, { actor, data }, letter) {
    permitRegister(actor);
    if (!letter || letter.caseId !== file.row.id) throw new Problem('not-found', 'paper-letter-not-found');
    const reason = data.reason.trim();
    if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON) throw new Problem('invalid', 'reason-missing');
    const newest = countingEvents(letter.events).findLast(({ kind }) => kind !== 'addressed');
    if (newest?.seq !== data.seq) throw new Problem('conflict', 'paper-note-not-newest');
    if (!TAKEN_BACK.has(newest.kind)) throw new Problem('conflict', 'paper-note-stays');
    const officerId = 'id' in actor ? actor.id : '';
    return {
      changes: [
        {
          kind: 'paper-event',
          letterId: letter.id,
          after: letter.events.length,
          event: { kind: 'taken-back', day: null, detail: {}, cancels: data.seq, reason, officerId },
        },
      ],
      detail: { letter: letter.id, note: data.seq, documentId: letter.documentId, what: newest.kind, on: newest.day },
      result: null,
    };
  },
};
