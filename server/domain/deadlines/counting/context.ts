// What every way of counting is given, and what it hands back: days as numbers, and the steps of the explanation, worded only when read.
import type { Day } from '../days/day-number.ts';
import type { WorkingDays } from '../days/working-days.ts';
import type { Trace } from '../reading/read-trace.ts';
import type { Rule, RuleVersion } from '../rules/rule.ts';
import type { Switches } from '../rules/switches.ts';
import type { DeadlineState, DeliveryHow } from '../types.ts';
import type { Phrases } from '../words/phrases.ts';

/** One step of the explanation. `say` words it in the language in which it is read. */
export interface Step {
  readonly day: Day | null;
  readonly say: (phrases: Phrases) => string;
  readonly source: string;
}

export interface Context {
  readonly rule: Rule;
  readonly trace: Trace;
  readonly calendar: WorkingDays;
  readonly switches: Switches;
  readonly steps: Step[];
  /** The wording of the law for a period begun on this day. */
  readonly versionFor: (start: Day) => RuleVersion;
}

/** A stretch of days that are not counted; `to` is null while it lasts. */
export interface Stretch {
  readonly from: Day;
  readonly to: Day | null;
}

export interface Outcome {
  readonly due: Day | null;
  readonly state: DeadlineState;
  /** The day of the event that starts the period; it is not counted itself. */
  readonly start: Day | null;
  /** Counted days in all where the period is one of days; otherwise null. */
  readonly length: number | null;
  readonly stops: readonly Stretch[];
  readonly used: number | null;
  readonly left: number | null;
  readonly delivered?: Day | null;
  readonly how?: DeliveryHow | null;
  readonly legalForce?: Day | null;
  readonly inactionFrom?: Day | null;
  readonly onTime?: boolean | null;
  readonly decisionDue?: Day | null;
  readonly working?: boolean;
  readonly months?: number;
  readonly amount?: number;
  readonly latest?: Day;
  readonly earliest?: Day;
}

export function note(context: Context, day: Day | null, source: string, say: Step['say']): void {
  context.steps.push({ day, source, say });
}

export const notBegun = (extra: Partial<Outcome> = {}): Outcome => ({
  due: null,
  state: 'not_begun',
  start: null,
  length: null,
  stops: [],
  used: null,
  left: null,
  ...extra,
});
