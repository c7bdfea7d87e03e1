// An officer says something about a deadline by hand, always with a reason: an extension, an event that nobody drew, or that a record was a mistake.
import { isLegal, legalRuleNamed, reckon, type LegalDeadline } from '../../catalog/index.ts';
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import { withoutCancelled } from '../../store/deadlines.ts';
import type { CaseFile, Command } from '../corridor.ts';
import type { DeadlineWord } from '../deadlines/desk.ts';

export interface DeadlineChange {
  readonly deadline: string;
  readonly reason: string;
  readonly change:
    | { readonly kind: 'event'; readonly type: string; readonly at: string; readonly detail: Readonly<Record<string, Json>> }
    | { readonly kind: 'cancel'; readonly seq: number };
}

const LONGEST_REASON = 2_000;
const SHORTEST_REASON = 5;

/** Refuses `deadline-unknown`, `deadline-reason-missing`, `deadline-event-unknown`, `deadline-events-contradict` (with the law's own words) and `deadline-record-unknown`. */
export const changeDeadline: Command<DeadlineChange> = {
  name: 'change-deadline',
  accept(file, { actor, data }) {
    permitOfficer(actor);
    const deadline = file.situation.sheet.deadlines.filter(isLegal).find(({ name }) => name === data.deadline);
    if (!deadline) throw new Problem('not-found', 'deadline-unknown');
    const reason = data.reason.trim();
    if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON) throw new Problem('invalid', 'deadline-reason-missing');
    const word =
      data.change.kind === 'cancel' ? cancelling(file, deadline, data.change.seq, reason) : saying(deadline, data.change, reason);
    refuseContradiction(file, deadline, word);
    return {
      stimulus: { kind: 'wake' },
      deadline: word,
      changes: [],
      detail: { deadline: deadline.name, type: word.type },
      result: null,
    };
  },
};

function saying(deadline: LegalDeadline, change: Extract<DeadlineChange['change'], { kind: 'event' }>, reason: string): DeadlineWord {
  if (legalRuleNamed(deadline.rule)?.events.includes(change.type) !== true && change.type !== 'closed')
    throw new Problem('invalid', 'deadline-event-unknown', { type: change.type });
  return { deadline: deadline.name, type: change.type, at: change.at, detail: change.detail, reason };
}

function cancelling({ deadlines }: CaseFile, deadline: LegalDeadline, seq: number, reason: string): DeadlineWord {
  const row = withoutCancelled(deadlines.rows).find((candidate) => candidate.seq === seq && candidate.deadline === deadline.name);
  if (!row) throw new Problem('not-found', 'deadline-record-unknown');
  return { deadline: deadline.name, type: row.type, at: row.at, detail: row.detail, reason, cancels: seq };
}

/** A record that cannot be true is refused with the words of the calculation, so that no date is ever wrong. */
function refuseContradiction({ deadlines }: CaseFile, deadline: LegalDeadline, word: DeadlineWord): void {
  const counting = withoutCancelled(deadlines.rows).filter(({ seq }) => seq !== word.cancels);
  const told = (word.cancels === undefined ? [...counting, word] : counting).map(({ deadline: name, type, at, detail }) => ({
    deadline: name,
    type,
    at,
    detail,
  }));
  const { trouble } = reckon(deadline, told);
  if (trouble !== null) throw new Problem('invalid', 'deadline-events-contradict', { text: trouble });
}
