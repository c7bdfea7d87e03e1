// Reading the events of a case: what may stand in it, what must, and on which day in Prague.
import { Impossible, type Day } from './calendar.ts';
import { dayInPrague, momentOf } from './prague.ts';

export type Event = { readonly type: string; readonly date?: unknown; readonly ref?: unknown; readonly [field: string]: unknown };

export type Case = {
  readonly id?: string;
  readonly regime: string;
  readonly rule: string;
  readonly events: readonly Event[];
  readonly ask?: readonly string[];
};

/** Only what the rule knows; everything else is absent. Days are written YYYY-MM-DD. */
export type Answer = {
  due: string | null;
  used?: number;
  left?: number;
  state?: string;
  delivered?: string | null;
  how?: string;
  legal_force?: string | null;
  inaction_from?: string;
  on_time?: boolean;
  decision_due?: string;
  working?: boolean;
  months?: number;
  amount?: number;
  latest?: string;
  earliest?: string;
};

/** Readings other than the default ones, by their names in the house. */
export type Switches = Readonly<Record<string, string>>;

export class Events {
  readonly all: readonly Event[];
  readonly switches: Switches;

  constructor(all: readonly Event[], known: readonly string[], switches: Switches) {
    for (const { type, date } of all) {
      if (!known.includes(type)) throw new Impossible(`no such event here: ${type}`);
      if (date !== undefined) dayInPrague(date);
    }
    this.all = all;
    this.switches = switches;
  }

  /** Is this unclear rule to be read the other way? */
  reads(name: string, value: string): boolean {
    return this.switches[name] === value;
  }

  of(type: string): readonly Event[] {
    return this.all.filter((event) => event.type === type);
  }

  /** The only event of its type, or none; two of them contradict each other. */
  one(type: string): Event | undefined {
    const found = this.of(type);
    if (found.length > 1) throw new Impossible(`more than one ${type}`);
    return found[0];
  }

  day(type: string): Day | undefined {
    const event = this.one(type);
    return event && dayInPrague(event.date);
  }

  needed(type: string): Day {
    const day = this.day(type);
    if (day === undefined) throw new Impossible(`without ${type}`);
    return day;
  }

  /** The only event of its type that is tied to another by its ref. */
  tied(type: string, ref: unknown): Event | undefined {
    const found = this.of(type).filter((event) => event.ref === ref);
    if (found.length > 1) throw new Impossible(`more than one ${type} of ${String(ref)}`);
    return found[0];
  }

  /** Every ref of these types must belong to one of the first, and no two of the first share one. */
  refsOf(owner: string, others: readonly string[]): void {
    for (const { ref } of this.of(owner)) this.tied(owner, ref);
    for (const type of others) {
      for (const { ref } of this.of(type))
        if (this.tied(owner, ref) === undefined) throw new Impossible(`${type} of an unknown ${String(ref)}`);
    }
  }
}

/** Each of these no earlier than the one before it: by the moment where both have an hour, else by the day. */
export function inOrder(...steps: readonly (Day | Event | undefined)[]): void {
  if (!isInOrder(...steps)) throw new Impossible('ended before it began');
}

export function isInOrder(...steps: readonly (Day | Event | undefined)[]): boolean {
  const known = steps
    .filter((step) => step !== undefined)
    .map((step) => ('iso' in step ? { day: step as Day } : momentOf((step as Event).date)));
  return known.every((step, at) => {
    const last = known[at - 1];
    if (last === undefined) return true;
    return last.utc !== undefined && step.utc !== undefined ? step.utc >= last.utc : step.day.iso >= last.day.iso;
  });
}

export function wholeNumber(value: unknown, least = 1): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw new Impossible(`not a number of them: ${String(value)}`);
  return value;
}

export const dayOfEvent = (event: Event): Day => dayInPrague(event.date);
