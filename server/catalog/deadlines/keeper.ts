// Keeps the deadlines of one case through one command: knows what was recorded, notes what a step adds, and moves the engine's timers accordingly.
// The corridor and the scenarios use the same one. Pure but for the run it is given.
import { dayOf, endOfDay } from '../../domain/calendar.ts';
import { dueInstant } from '../../domain/deadline.ts';
import { allNodes, findNode } from '../../engine/index.ts';
import type { Instant, Run, TimerWait, Variables } from '../../engine/index.ts';
import type { CompiledSituation } from '../compile-situation.ts';
import { isLegal, type DeadlineSheet } from '../types.ts';
import { reckon, type Reckoning } from './reckon.ts';
import { eventsOfTrace, type DeadlineEvent } from './record-events.ts';
import { warningInstant } from './warning.ts';

/** Armed in the engine until the period is known; `settle` puts the timer right before the step ends. */
const NOT_KNOWN_YET = '9999-12-31T22:59:59.999Z';

export interface DeadlineKeeper {
  /** Recorded since it was opened, in order. */
  readonly fresh: readonly DeadlineEvent[];
  /** For `StepContext.deadline`. @throws RangeError when the situation has no such deadline */
  due(name: string, from: Instant): Instant;
  /** Due instant of a task: null while the period stands still or has not begun. */
  dueOfTask(name: string, since: Instant): Instant | null;
  /** An officer's word about a deadline. */
  add(event: DeadlineEvent): void;
  /** Notes what the completed elements say and moves timers; true when it fired those that are due by that, and must be asked again. */
  settle(run: Run, now: Instant, constants: () => Variables): boolean;
  /** Execution ids of timers that were moved, so that nobody takes them for fired. */
  readonly moved: ReadonlySet<string>;
  reckonings(): readonly Reckoning[];
}

interface Ledger {
  readonly fresh: readonly DeadlineEvent[];
  add(event: DeadlineEvent): void;
  /** Undefined for a plain deadline. */
  reckoned(name: string): Reckoning | undefined;
  dueOfTask(name: string, since: Instant): Instant | null;
}

/** @param recorded what is known from before, without what was cancelled */
export function openKeeper(situation: CompiledSituation, recorded: readonly DeadlineEvent[]): DeadlineKeeper {
  const ledger = openLedger(situation, recorded);
  const moved = new Set<string>();
  let seen = 0;
  const note = (run: Run, constants: () => Variables): void => {
    const { trace, variables } = run.result();
    const events = eventsOfTrace(situation.model, trace.slice(seen), { ...variables, ...constants() });
    seen = trace.length;
    events.forEach(ledger.add);
  };
  return {
    ...ledger,
    moved,
    due: (name, from) => ledger.dueOfTask(name, from) ?? NOT_KNOWN_YET,
    settle: (run, now, constants) => {
      if (!hasDeadlines(situation)) return false;
      note(run, constants);
      if (!moveTimers(run, now, (wait) => wanted(situation, ledger, wait), moved)) return false;
      run.apply({ kind: 'wake' });
      return true;
    },
    reckonings: () => situation.sheet.deadlines.flatMap(({ name }) => ledger.reckoned(name) ?? []),
  };
}

function openLedger(situation: CompiledSituation, recorded: readonly DeadlineEvent[]): Ledger {
  const fresh: DeadlineEvent[] = [];
  const known = new Map<string, Reckoning>();
  const reckoned = (name: string): Reckoning | undefined => {
    const sheet = namedDeadline(situation, name);
    if (!isLegal(sheet)) return undefined;
    const found = known.get(name) ?? reckon(sheet, [...recorded, ...fresh]);
    known.set(name, found);
    return found;
  };
  return {
    fresh,
    reckoned,
    add: (event) => {
      fresh.push(event);
      known.delete(event.deadline);
    },
    dueOfTask: (name, since) => {
      const sheet = namedDeadline(situation, name);
      if (!isLegal(sheet)) return dueInstant(since, sheet);
      const due = reckoned(name)?.due ?? null;
      return due === null ? null : endOfDay(due);
    },
  };
}

/** When a timer is to fire; null = it stands still. A period that was kept or matters no more fires nothing. */
function wanted({ model }: CompiledSituation, ledger: Ledger, wait: TimerWait): Instant | null {
  const name = wait.deadline ?? '';
  const found = ledger.reckoned(name);
  if (found && (found.state === 'done' || found.state === 'closed')) return null;
  const due = ledger.dueOfTask(name, wait.since);
  const warning = findNode(model, wait.elementId)?.deadlineWarning;
  if (due === null || warning === undefined) return due;
  return warningInstant(warning, found?.startedOn ?? dayOf(wait.since), dayOf(due));
}

/** True when one of the moved timers is due already. */
function moveTimers(run: Run, now: Instant, dueOf: (wait: TimerWait) => Instant | null, moved: Set<string>): boolean {
  let isDue = false;
  for (const wait of run.waits()) {
    if (wait.kind !== 'timer' || wait.deadline === undefined) continue;
    const dueAt = dueOf(wait);
    if (dueAt === wait.dueAt) continue;
    run.apply({ kind: 'set-timer', executionId: wait.executionId, dueAt });
    moved.add(wait.executionId);
    isDue ||= dueAt !== null && dueAt <= now;
  }
  return isDue;
}

/** Cases of situations that name no law and no warning take no part in any of this. */
const hasDeadlines = ({ sheet, model }: CompiledSituation): boolean =>
  sheet.deadlines.some(isLegal) || allNodes(model).some((node) => node.deadlineWarning !== undefined);

/** @throws RangeError when the situation has no such deadline; publication refuses such a diagram */
export function namedDeadline({ sheet }: CompiledSituation, name: string): DeadlineSheet {
  const found = sheet.deadlines.find((deadline) => deadline.name === name);
  if (!found) throw new RangeError(`no deadline named ${name}`);
  return found;
}
