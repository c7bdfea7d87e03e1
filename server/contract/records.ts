// The records (spisová služba) as the office sees them: the register, what waits, what happened in the eSSL.

export interface RecordRow {
  readonly documentId: string;
  /** Číslo jednací; null = the eSSL has not given it yet. */
  readonly number: string | null;
  readonly registeredAt: string;
  readonly direction: 'in' | 'out';
  readonly title: string;
  /** Who sent it, or whom it goes to. */
  readonly correspondent: string;
  readonly way: string;
  readonly parts: number;
  readonly caseId: string;
  /** Spisová značka: ours, and the one given by the eSSL. */
  readonly mark: string;
  readonly outsideMark: string | null;
  readonly fileState: 'open' | 'settled' | 'closed';
  readonly dispatchedAt: string | null;
  readonly dispatchedBy: string | null;
  readonly deliveredAt: string | null;
  /** `S/5`: skartační znak a lhůta; the věcná skupina before it where the town has one. */
  readonly retention: string;
  /** The year from which the file may be shredded; null while it is open. */
  readonly shredFrom: number | null;
}
export interface RecordsPage {
  readonly service: 'builtin' | 'essl';
  /** The officer keeps the records: takes out the journal, compares it with the eSSL. */
  readonly mayKeep: boolean;
  /** Some file is kept by an eSSL, whatever the town sets now. */
  readonly hasOutside: boolean;
  readonly years: readonly number[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly records: readonly RecordRow[];
}
export interface RecordsAct {
  readonly caseId: string;
  readonly mark: string;
  readonly seq: number;
  readonly kind: string;
  readonly documentTitle: string | null;
  /** `waiting` behind others, `ordered`, or `refused` with the reason of the eSSL. */
  readonly state: 'waiting' | 'ordered' | 'refused';
  readonly reason: string | null;
  readonly since: string;
}
export interface RecordsNews {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly caseId: string | null;
  readonly mark: string | null;
}
export interface RecordsDesk {
  readonly acts: readonly RecordsAct[];
  readonly news: readonly RecordsNews[];
}
