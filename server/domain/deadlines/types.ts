// The shapes of a deadline calculation: what is asked, what is answered. Dates are `YYYY-MM-DD` in Europe/Prague. Types only.

/** A legal date, `YYYY-MM-DD`, in Europe/Prague. */
export type LegalDate = string;
export type Lang = 'cs' | 'en';

/** An event of the trace. Which types and fields there are: `events()` in index.ts and docs/deadlines.md. */
export interface DeadlineEvent {
  readonly type: string;
  /** `YYYY-MM-DD`, or a moment with offset, whose day is the day in Europe/Prague. `set`, `call_period` and `extended` (SŘ) have none. */
  readonly date?: string;
  /** Ties events of one interruption, complaint or participant together. */
  readonly ref?: string;
  /** Document number (č. j.), only for the wording of the derivation. */
  readonly number?: string;
  readonly [field: string]: unknown;
}

export interface DeadlineCase {
  readonly id?: string | number | null;
  readonly regime: string;
  readonly rule: string;
  /** Their order means nothing. */
  readonly events: readonly DeadlineEvent[];
  /** Fields wanted beside `due`, `used`, `left`, `state`; when absent, all fields that the rule has. */
  readonly ask?: readonly string[];
}

export interface CalculateOptions {
  /** Other readings of unclear rules, by name of the switch; the default of each is in rules/switches.ts. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Days off of this town beside the public holidays. */
  readonly daysOff?: readonly LegalDate[];
  /** Language of the derivation and of errors; Czech by default. */
  readonly lang?: Lang;
  /** `false` leaves the derivation empty, for callers that need only dates. */
  readonly derivation?: boolean;
}

/** One step of the explanation: the day it speaks of, a clause with its arithmetic, the paragraph. */
export interface DerivationStep {
  readonly date: LegalDate | null;
  readonly text: string;
  readonly source: string;
}

/** `not_begun`: no start or not delivered yet; `ended`: the act that ends the period is in the trace; `stopped` also when it came meanwhile. */
export type DeadlineState = 'not_begun' | 'running' | 'stopped' | 'ended';
export type DeliveryHow = 'login' | 'fiction' | 'pickup' | 'refused' | 'delivered';

/** Fields that exist only for some rules. A field asked for a rule that has none is null. */
export interface AskedFields {
  readonly delivered?: LegalDate | null;
  readonly how?: DeliveryHow | null;
  readonly legal_force?: LegalDate | null;
  /** The day from which a party may ask for measures against inaction (§ 80 odst. 3 SŘ). */
  readonly inaction_from?: LegalDate | null;
  readonly on_time?: boolean | null;
  readonly decision_due?: LegalDate | null;
  readonly working?: boolean | null;
  readonly months?: number | null;
  /** In crowns, as `annual` is. */
  readonly amount?: number | null;
  readonly latest?: LegalDate | null;
  readonly earliest?: LegalDate | null;
}

export interface DeadlineResult extends AskedFields {
  readonly id: string | number | null;
  /** The last day; null while the period stands still, has not begun, or cannot be. */
  readonly due: LegalDate | null;
  /** Counted days before the stop; null when the period does not stand still. */
  readonly used: number | null;
  readonly left: number | null;
  readonly state: DeadlineState;
  readonly derivation: readonly DerivationStep[];
}

/** Codes are stable kebab-case words, listed in words/errors.ts. */
export interface DeadlineError {
  readonly id: string | number | null;
  readonly error: { readonly code: string; readonly text: string };
}

export type DeadlineAnswer = DeadlineResult | DeadlineError;

/** How a deadline stands on a given day: only what had happened by then is known. */
export interface Standing {
  readonly day: LegalDate;
  readonly state: DeadlineState | 'overdue';
  readonly due: LegalDate | null;
  /** Days of the period counted up to and with this day. */
  readonly used: number;
  /** Running: calendar days from this day to the due day. Stopped: counted days that remain. Otherwise null. */
  readonly left: number | null;
  /** Days after the due day without the act; 0 when not overdue. */
  readonly overdue: number;
  readonly warnings: readonly ReachedWarning[];
}

/** `days-left`: so many calendar days before the due day. `used-share`: this share (0 to 1) of the counted days is gone. */
export type Warning = { readonly kind: 'days-left'; readonly days: number } | { readonly kind: 'used-share'; readonly share: number };
export type ReachedWarning = Warning & { readonly since: LegalDate };

/** One event's effect on the due day. */
export interface DueChange {
  readonly date: LegalDate | null;
  readonly event: DeadlineEvent;
  readonly before: LegalDate | null;
  readonly after: LegalDate | null;
}
