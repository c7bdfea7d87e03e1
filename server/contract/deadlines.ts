// Deadlines over HTTP, for both interfaces: shapes only. Days are `YYYY-MM-DD` in Europe/Prague.

/** One step of the explanation: the day it speaks of, the arithmetic in words, the paragraph. */
export interface DeadlineStep {
  readonly date: string | null;
  readonly text: string;
  readonly source: string;
}
export interface DeadlineCard {
  /** Name in the situation; of a plain deadline of a task `task:<execution>`. */
  readonly name: string;
  readonly title: string;
  readonly law: string;
  readonly who: 'office' | 'citizen' | 'outside';
  readonly state: 'waiting' | 'running' | 'stopped' | 'done' | 'closed';
  readonly due: string | null;
  /** Whole days to the due day, negative afterwards; null without one, or when it matters no more. */
  readonly daysLeft: number | null;
  /** Counted days, only while the period stands still. */
  readonly used: number | null;
  readonly left: number | null;
  readonly steps: readonly DeadlineStep[];
  /** Set when what was recorded does not fit together and an officer must put it right. */
  readonly trouble: string | null;
  /** Address of the entry for a calendar; null without a day. */
  readonly icsHref: string | null;
}
/** How long this step usually takes here, from cases that have ended: whole days. Beside the legal limit, never instead of it. */
export interface Forecast {
  readonly elementId: string;
  readonly title: string;
  readonly cases: number;
  readonly median: number;
  /** Nine of ten cases were faster. */
  readonly ninety: number;
}
/** GET /api/cases/:id/deadlines */
export interface CitizenDeadlines {
  readonly deadlines: readonly DeadlineCard[];
  /** Of the step that is open now; null below ten finished cases. */
  readonly forecast: Forecast | null;
}
/** What was recorded about a deadline, newest last. */
export interface DeadlineRecord {
  readonly seq: number;
  readonly deadline: string;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  /** An officer's name, or what did it. */
  readonly by: string;
  readonly reason: string | null;
  /** The step of the diagram. */
  readonly element: string | null;
  readonly isCancelled: boolean;
  readonly cancels: number | null;
}
/** GET /urad/api/cases/:id/deadlines · POST …/deadlines/:name {commandId, reason, change} → OfficeDeadlines. 422 `deadline-events-contradict` {text}, `deadline-reason-missing`. */
export interface OfficeDeadlines {
  readonly deadlines: readonly DeadlineCard[];
  readonly records: readonly DeadlineRecord[];
  readonly forecasts: readonly Forecast[];
  /** Letters of whose delivery the case waits to hear; `documentId` null = any. POST …/delivery {commandId, deliveredOn, documentId?} → OfficeDeadlines. */
  readonly awaitedLetters: readonly { readonly documentId: string | null; readonly title: string }[];
  /** What may be recorded by hand, by deadline. */
  readonly events: Readonly<Record<string, readonly string[]>>;
}
export interface ChangeDeadline {
  readonly commandId: string;
  readonly reason: string;
  readonly change:
    | {
        readonly kind: 'event';
        readonly type: string;
        /** Empty for events without a day. */
        readonly at: string;
        readonly days?: number;
        readonly lawReason?: string;
        readonly ref?: string;
      }
    | { readonly kind: 'cancel'; readonly seq: number };
}
/** GET /urad/api/calendar?from=&to=&group= (at most 100 days; group empty = mine) */
export interface DueCalendar {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly groups: readonly string[];
  readonly entries: readonly DueEntry[];
  /** Days that are not working days. */
  readonly daysOff: readonly string[];
}
export interface DueEntry {
  readonly date: string;
  readonly caseId: string;
  readonly mark: string;
  readonly service: string;
  /** What is due: the deadline's or the task's name. */
  readonly title: string;
  readonly law: string;
  readonly who: DeadlineCard['who'];
  /** Set for a task that somebody of the office must do. */
  readonly executionId: string | null;
  readonly assignee: string | null;
  readonly daysLeft: number;
}
/** GET /urad/api/inaction → {alerts}: periods of the office that have passed without the act (§ 80 zákona č. 500/2004 Sb.), the longest first. */
export interface InactionAlert {
  readonly caseId: string;
  readonly mark: string;
  readonly service: string;
  readonly title: string;
  readonly law: string;
  readonly due: string;
  readonly daysOver: number;
  /** Names of those who were told, and when; empty while the mail is being written. */
  readonly toldTo: readonly string[];
  readonly toldAt: string | null;
  readonly assignees: readonly string[];
}
/** GET /api/calendar-feed, /urad/api/calendar-feed → CalendarFeed · POST → CalendarFeed with `url` (told once; an older address dies) · DELETE → 204 */
export interface CalendarFeed {
  readonly isOn: boolean;
  readonly url: string | null;
  readonly createdAt: string | null;
  readonly readAt: string | null;
}
/** GET /urad/api/cases-due?ids=a,b → {due}: the next due day of the office in each case. */
export type CasesDue = Readonly<Record<string, { readonly title: string; readonly due: string; readonly daysLeft: number }>>;
