// A local act: something a service task names that is our own doing, done inside the transaction. It may read and lock rows, it never leaves the database.
import type { EffectAnswer, EffectWait, StepResult } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import type { DocumentRow } from '../../store/documents.ts';
import type { Change } from '../changes.ts';
import type { CaseFile } from '../corridor.ts';

/** What the acts of one command share. Acts add to `changes` and `documents`; all is written together at the end. */
export interface ActScene {
  readonly trx: Transaction;
  readonly file: CaseFile;
  changes: Change[];
  /** Číslo jednací of the submission, once registered. */
  documentNumber: string | null;
  documents: DocumentRow[];
  /** How many things were booked at once, beside `changes`. */
  booked: number;
}

export type Act = (wait: EffectWait, scene: ActScene, current: StepResult) => Promise<EffectAnswer>;
