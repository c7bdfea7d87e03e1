// A life situation as read from its folder or from a published version: the sheet, and the compiled whole.
import type { Instant } from '../engine/types.ts';

export interface Text {
  readonly cs: string;
  readonly en?: string;
}

interface NamedDeadline {
  readonly name: string;
  readonly title: Text;
  /** The paragraph, shown to people. */
  readonly law: string;
}
/** Counted from the moment in which a token comes to the element; days are calendar days unless `working-days`. */
export interface PlainDeadline extends NamedDeadline {
  readonly count: number;
  readonly unit: 'days' | 'working-days' | 'weeks' | 'months' | 'minutes';
  /** `sr` = § 40 zákona č. 500/2004 Sb., `dr` = § 33 zákona č. 280/2009 Sb., `none` = plain addition, no roll (reminders). */
  readonly regime: 'sr' | 'dr' | 'none';
}
/** Counted by a rule of law from the events that elements of the diagram and officers record about it. */
export interface LegalDeadline extends NamedDeadline {
  /** `sr/decision`, `info/provide` …: a rule of server/domain/deadlines. */
  readonly rule: string;
  /** Length of a period that the office sets itself (`sr/set_period`, `dr/set_period`); an event `set` may say another one. */
  readonly count?: number;
  readonly unit?: 'days' | 'weeks' | 'months';
  /** Other readings of places where the law is unclear, by name of the switch (docs/deadlines.md). */
  readonly reading?: Readonly<Record<string, string>>;
  /** Days on which this office does not work although the calendar says that it does, YYYY-MM-DD. */
  readonly daysOff?: readonly string[];
}
/** How a deadline named in a diagram is counted. */
export type DeadlineSheet = PlainDeadline | LegalDeadline;
export const isLegal = (deadline: DeadlineSheet): deadline is LegalDeadline => 'rule' in deadline;

export interface FeeLine {
  readonly what: Text;
  readonly amount: Text;
}

/** What is owed every year because of this situation, and how the yearly run reckons it. */
export interface DutySheet {
  /** Kind of fee of the prescriptions: `pes`, `odpad` … */
  readonly kind: string;
  readonly title: Text;
  /** Decision that gives the yearly rate, and its output in haléře. */
  readonly decision: string;
  readonly rate: string;
  /** Variable of the decision that takes the decisive day, the first owed day of the year. */
  readonly day: string;
  readonly proRata: 'started-months' | 'month-end' | 'whole-year';
  readonly rounding: 'up' | 'down' | 'nearest' | 'none';
  /** Day of the year on which the prescription is due, `MM-DD`. */
  readonly due: string;
  /** Days from the prescription when it is made later in the year (calendar days, § 33 DŘ). */
  readonly dueDays: number;
  /** The paragraph, shown to people. */
  readonly law: string;
  /** What is not certain about these rules; shown to those who prescribe. */
  readonly caution?: string;
}

/** situation.yaml */
export interface SituationSheet {
  /** Folder name, kebab-case Czech without diacritics. */
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly category: string;
  readonly department: string;
  /** Search words beside the title. */
  readonly keywords: readonly string[];
  /** WHERE, HOW, WITH WHOM, FOR HOW MUCH (S37): plain text per language. */
  readonly where: Text;
  readonly how: readonly Text[];
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string; readonly room: string };
  readonly fees: readonly FeeLine[];
  readonly deadlineText: Text;
  readonly needed: readonly Text[];
  readonly law: readonly { readonly text: string; readonly url?: string }[];
  readonly channels: readonly ('portal' | 'data-box' | 'paper')[];
  /** A data message of no case whose subject holds one of these words founds a case by itself. Default: a clerk says so. */
  readonly dataBox?: { readonly startsBySubject: readonly string[] };
  /** `none`: may be filed without login; else the lowest level of assurance accepted. */
  readonly login: 'none' | 'low' | 'substantial' | 'high';
  /** Role used in the diagram -> the group of officers that works on it. */
  readonly roles: Readonly<Record<string, { readonly title: string; readonly group: string }>>;
  /** Prefix of document numbers, e.g. `MUKV`. */
  readonly numberSeries: string;
  /** Skartační znak a lhůta, and the věcná skupina of the spisový plán. */
  readonly retention: { readonly code: string; readonly years: number; readonly group?: string };
  readonly deadlines: readonly DeadlineSheet[];
  /** Minutes that filling in takes (X35). */
  readonly fillingMinutes: number;
  /** Unclear places of the law that the process decides in one way, by their names in processes/_maxima.yaml. */
  readonly readings?: readonly string[];
  /** How letters' and prescriptions' symbols begin: 4 digits of the kind of fee, e.g. `1341`. */
  readonly feeKind?: string;
  readonly duty?: DutySheet;
}

/** Text files of a version by relative path (`process.bpmn`, `situation.yaml`, `forms/podani.form.json` …). The content hash is over these. */
export type SituationFiles = Readonly<Record<string, string>>;

export interface Finding {
  /** Stable kebab-case rule name. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** File within the folder. */
  readonly file: string;
  /** BPMN element id, form component key or decision id. */
  readonly element?: string;
  /** A Czech sentence an analyst understands, saying what to do. */
  readonly message: string;
}

export interface PublishedVersion {
  readonly situation: string;
  readonly number: number;
  readonly versionId: string;
  readonly contentHash: string;
  readonly publishedAt: Instant;
}
