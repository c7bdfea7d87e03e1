// One rule of the law as data: what starts it, how long it is, how it is counted, since when it has been in force. Types only.
import type { EventType, Unit } from '../reading/vocabulary.ts';
import type { Lang, LegalDate } from '../types.ts';
import type { SwitchName } from './switches.ts';

export type Regime = 'sr' | 'dr' | 'isds' | 'info' | 'fee' | 'assembly' | 'dog' | 'life' | 'calendar';

/** The way of counting; one file of kinds/ each. */
export type RuleKind =
  | 'decision'
  | 'set-period'
  | 'delivery'
  | 'appeal'
  | 'two-limits'
  | 'appeal-forward'
  | 'legal-force'
  | 'protest'
  | 'plain'
  | 'provide'
  | 'complaint'
  | 'still'
  | 'assembly-notice'
  | 'dog-fee'
  | 'calendar-day';

/** How days are counted and rolled: § 40 SŘ, or § 33 DŘ, where weeks, months and years run from the day after the event. */
export type CountingLaw = 'sr' | 'dr';

/** The wording in force for periods that began on a day from `from` to `until`. A law amended adds a row; old cases keep theirs. */
export interface RuleVersion {
  readonly from: LegalDate;
  /** Last day on which a period could begin under it; none when it is in force still. */
  readonly until?: LegalDate;
  /** 0 where the trace says it (a period set by the office) or where nothing is counted. */
  readonly length: number;
  readonly unit: Unit | 'working-days';
  /** A second, objective limit (at most one year) or the shorter length of the same rule. */
  readonly other?: { readonly length: number; readonly unit: Unit };
  readonly paragraph: string;
  /** ⚠ What a lawyer should still confirm, in Czech; shown in the documentation. */
  readonly unsure?: string;
}

export interface Rule {
  readonly regime: Regime;
  readonly rule: string;
  readonly kind: RuleKind;
  readonly law: CountingLaw;
  readonly title: Readonly<Record<Lang, string>>;
  /** Events any of which starts it; `delivery` stands for all ways of delivery. */
  readonly starts: readonly (EventType | 'delivery')[];
  /** Further events that it takes. */
  readonly takes: readonly EventType[];
  /** The acts that end it and that `on_time` judges. */
  readonly acts?: readonly EventType[];
  /** Whether a last day on a day off moves on; a switch's name where that is argued about. */
  readonly roll: 'yes' | 'no' | SwitchName;
  /** Days that the period lasts at least after an interruption (§ 65 odst. 1 SŘ). */
  readonly floor?: number;
  /** Most days that the extensions of this rule may add in all. */
  readonly extension?: number;
  /** What stops it, for the documentation. */
  readonly stoppedBy?: readonly EventType[];
  /** `ref` tells participants or interruptions apart. */
  readonly ref?: true;
  /** Of these events the date is not needed in this rule. */
  readonly undated?: readonly EventType[];
  /** Fields that can be asked beside due, used, left and state. */
  readonly fields: readonly string[];
  readonly versions: readonly RuleVersion[];
}

/** The version for a period that began on this day; the oldest one stands for earlier days too. */
export function versionOf(rule: Rule, start: LegalDate): RuleVersion | undefined {
  return rule.versions.find(({ from, until }) => from <= start && (until === undefined || start <= until)) ?? rule.versions[0];
}
