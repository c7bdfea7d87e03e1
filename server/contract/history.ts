// Old prescriptions and payments brought as files, as the accountant's page reads them.

/** A line that was not taken. `code`: see the texts; `field`: name of the column. */
export interface HistoryError {
  readonly line: number;
  readonly code: string;
  readonly field: string;
}
/** POST /urad/api/money-history/files?system=&name= with the file as the body. Bringing a record again changes nothing and counts as repeated. */
export interface HistoryTaken {
  readonly taken: number;
  readonly repeated: number;
  readonly errors: readonly HistoryError[];
}
export interface HistoryFileRow extends HistoryTaken {
  readonly id: string;
  readonly system: string;
  readonly fileName: string;
  readonly officer: string;
  readonly at: string;
}
/** GET /urad/api/money-history → the newest 30 */
export interface HistoryDesk {
  readonly files: readonly HistoryFileRow[];
}
