// The deadlines of a case as one command finds and leaves them: opened with the case file, written with the step.
import { openKeeper, type CompiledSituation, type DeadlineKeeper, type Reckoning } from '../../catalog/index.ts';
import type { Actor } from '../../domain/permission.ts';
import type { Json, StepResult } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import {
  deadlineEventsOf,
  insertDeadlineEvents,
  moveDue,
  saveCaseDeadlines,
  withoutCancelled,
  type CaseDeadlineRow,
  type DeadlineEventRow,
} from '../../store/deadlines.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { isLegal } from '../../catalog/index.ts';

export interface DeadlineDesk {
  readonly keeper: DeadlineKeeper;
  readonly rows: readonly DeadlineEventRow[];
}
/** An officer's word about a deadline: what happened, or that a row was a mistake. */
export interface DeadlineWord {
  readonly deadline: string;
  readonly type: string;
  readonly at: string;
  readonly detail: Readonly<Record<string, Json>>;
  readonly reason: string;
  readonly cancels?: number;
}

/** Situations without deadlines of law cost nothing. */
export async function openDesk(trx: Transaction, tenantId: number, caseId: string, situation: CompiledSituation): Promise<DeadlineDesk> {
  return deskOver(situation, situation.sheet.deadlines.some(isLegal) ? await deadlineEventsOf(trx, tenantId, caseId) : []);
}

/** The same rows under this version of the situation; none for a new case. @param cancelled seq of a row that counts no more from now on */
export function deskOver(situation: CompiledSituation, rows: readonly DeadlineEventRow[], cancelled?: number): DeadlineDesk {
  const counting = withoutCancelled(rows).filter(({ seq }) => seq !== cancelled);
  return {
    rows,
    keeper: openKeeper(
      situation,
      counting.map(({ deadline, type, at, detail }) => ({ deadline, type, at, detail })),
    ),
  };
}

/** The case file after an officer's word: a new record, or one record less. */
export function withWord<File extends { readonly situation: CompiledSituation; readonly deadlines: DeadlineDesk }>(
  file: File,
  word: DeadlineWord | undefined,
): File {
  if (!word) return file;
  if (word.cancels !== undefined) return { ...file, deadlines: deskOver(file.situation, file.deadlines.rows, word.cancels) };
  const { deadline, type, at, detail } = word;
  file.deadlines.keeper.add({ deadline, type, at, detail });
  return file;
}

/** What the journal keeps: which deadline, what, which day. An officer's reason stays out of it. */
export function deadlineTrace({ keeper }: DeadlineDesk, word?: DeadlineWord): Readonly<Record<string, Json>> {
  const fresh = keeper.fresh.map(({ deadline, type, at }) => ({ deadline, type, at }));
  const taken = word?.cancels === undefined ? [] : [{ deadline: word.deadline, type: 'cancelled', at: '', seq: word.cancels }];
  return fresh.length + taken.length === 0 ? {} : { deadlines: [...fresh, ...taken] };
}

interface Left {
  readonly tenantId: number;
  readonly caseId: string;
  readonly now: string;
  readonly actor: Actor;
  readonly result: StepResult;
  readonly word?: DeadlineWord;
  /** A new case or another version: everything is written, changed or not. */
  readonly isAnew: boolean;
}

/** Writes what was recorded and where the deadlines stand now; tasks and prescriptions follow. Nothing happens to a deadline without a row. */
export async function writeDesk(trx: Transaction, { keeper, rows }: DeadlineDesk, left: Left): Promise<void> {
  const { tenantId, caseId, now, word } = left;
  const reckonings = keeper.reckonings();
  if (reckonings.length === 0) return;
  const hasChanged = keeper.fresh.length > 0 || word !== undefined || left.isAnew;
  if (!hasChanged && !left.result.ended) return;
  const after = rows.at(-1)?.seq ?? 0;
  const by = { after, kind: left.actor.kind, id: 'id' in left.actor ? left.actor.id : null, at: now };
  await insertDeadlineEvents(trx, tenantId, caseId, [...taken(word), ...keeper.fresh.map((event) => withReason(event, word))], by);
  await saveCaseDeadlines(
    trx,
    tenantId,
    caseId,
    reckonings.map((one) => rowOf(one, left.result.ended !== undefined)),
    now,
  );
  for (const { name, due } of reckonings)
    await moveDue(trx, tenantId, caseId, { deadline: name, dueAt: due === null ? null : endOfDay(due), dueOn: due });
}

const taken = (word: DeadlineWord | undefined): readonly DeadlineWord[] => (word?.cancels === undefined ? [] : [word]);

/** The officer's own event carries his reason; what the process adds in the same step does not. */
function withReason<Event extends { readonly deadline: string; readonly type: string; readonly elementId?: string }>(
  event: Event,
  word: DeadlineWord | undefined,
): Event & { readonly reason?: string } {
  const isHis = word !== undefined && event.elementId === undefined && event.deadline === word.deadline && event.type === word.type;
  return isHis ? { ...event, reason: word.reason } : event;
}

/** With the case every period is over that nobody has kept. */
function rowOf(one: Reckoning, hasEnded: boolean): CaseDeadlineRow {
  const isOpen = one.state === 'waiting' || one.state === 'running' || one.state === 'stopped';
  return {
    name: one.name,
    rule: one.rule,
    who: one.who,
    state: hasEnded && isOpen ? 'closed' : one.state,
    dueOn: one.due,
    startedOn: one.startedOn,
    usedDays: one.used,
    leftDays: one.left,
  };
}
