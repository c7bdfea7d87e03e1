// What a command may write about the records.
import type { Transaction } from '../../store/database.ts';
import type { RecordsAct } from '../../store/records-acts.ts';
import { insertRecordsEvent, type NewRecordsEvent } from '../../store/records-events.ts';
import { decideAct, type Decision } from './decide-act.ts';
import { registerLate, type LateRegister } from './late-register.ts';
import type { RecordNews } from './news.ts';
import { takeAnswer, type ActAnswer } from './take-answer.ts';

export type RecordChange =
  /** News for the records: written with the whole step by keep-records.ts. */
  | { readonly kind: 'keep-record'; readonly news: RecordNews }
  | { readonly kind: 'take-records-answer'; readonly act: RecordsAct; readonly answer: ActAnswer; readonly byHand?: string }
  /** Something that a person should see. */
  | { readonly kind: 'records-event'; readonly event: NewRecordsEvent }
  /** Numbers that the register does not know yet. */
  | { readonly kind: 'register-late'; readonly late: LateRegister }
  /** An officer decides about an act that the eSSL has refused. */
  | { readonly kind: 'decide-record'; readonly act: RecordsAct; readonly decision: Decision };

export function writeRecord(trx: Transaction, tenantId: number, change: RecordChange, at: string): Promise<void> {
  switch (change.kind) {
    case 'keep-record':
      return Promise.resolve();
    case 'take-records-answer':
      return takeAnswer(trx, tenantId, change, at);
    case 'records-event':
      return insertRecordsEvent(trx, tenantId, change.event, at);
    case 'register-late':
      return registerLate(trx, tenantId, change.late);
    case 'decide-record':
      return decideAct(trx, tenantId, change.act, change.decision, at);
  }
}
