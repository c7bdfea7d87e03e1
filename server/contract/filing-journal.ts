// Podací deník of one year as it is printed and taken out: GET /urad/api/records/journal.pdf?rok=, journal.csv?rok=, journal?rok= (what it will hold).

export interface JournalLine {
  /** Place in the year's journal, from 1. */
  readonly place: number;
  readonly number: string;
  readonly registeredAt: string;
  readonly direction: 'in' | 'out';
  /** Who sent it, or whom it goes to. */
  readonly correspondent: string;
  readonly way: string;
  readonly title: string;
  readonly parts: number;
  /** Spisová značka. */
  readonly mark: string;
  /** Who deals with it. */
  readonly department: string;
  readonly dispatchedAt: string | null;
  readonly dispatchedBy: string | null;
  readonly deliveredAt: string | null;
  /** When its file was closed. */
  readonly closedAt: string | null;
  /** Spisový znak, skartační znak a lhůta. */
  readonly retention: string;
  readonly shredFrom: number | null;
}
/** A number of our series that no document of the journal has, and why. */
export interface JournalGap {
  readonly number: string;
  /** `message-out`: a data message that was taken out of its case keeps it. `unregistered`: its document is not in the register yet. `unknown`: nobody knows. */
  readonly why: 'message-out' | 'unregistered' | 'unknown';
  /** What was said when the message was taken out, or the mark of the case. */
  readonly detail: string;
}
export interface FilingJournal {
  readonly year: number;
  /** The number series with their last numbers. */
  readonly series: readonly { readonly series: string; readonly last: number }[];
  readonly lines: readonly JournalLine[];
  readonly gaps: readonly JournalGap[];
  /** Documents of the year that an eSSL numbers: they are in its journal, not in this one. */
  readonly outside: number;
}
/** What the page says before it is taken out. */
export interface JournalCard extends Pick<FilingJournal, 'year' | 'series' | 'gaps' | 'outside'> {
  readonly documents: number;
}
