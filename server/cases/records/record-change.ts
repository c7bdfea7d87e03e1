// What a command may write about the records.
import type { Transaction } from '../../store/database.ts';
import { appendActs, type NewAct, type RecordsAct } from '../../store/records-acts.ts';
import { noteSent, type StandingDifference } from '../../store/records-checks.ts';
import { insertRecordsEvent, type NewRecordsEvent } from '../../store/records-events.ts';
import { decideAct, type Decision } from './decide-act.ts';
import { registerLate, type LateRegister } from './late-register.ts';
import type { RecordNews } from './news.ts';
import { orderNext } from './order-next.ts';
import { takeAnswer, type ActAnswer } from './take-answer.ts';

export type RecordChange =
  /** News for the records: written with the whole step by keep-records.ts. */
  | { readonly kind: 'keep-record'; readonly news: RecordNews }
  | { readonly kind: 'take-records-answer'; readonly act: RecordsAct; readonly answer: ActAnswer; readonly byHand?: string }
  /** Something that a person should see. */
  | { readonly kind: 'records-event'; readonly event: NewRecordsEvent }
  /** Numbers that the register does not know yet. */
  | { readonly kind: 'register-late'; readonly late: LateRegister }
  /** What a comparison found missing there is told once more. */
  | {
      readonly kind: 'resend-record';
      readonly acts: readonly NewAct[];
      readonly difference: StandingDifference;
      readonly officerId: string;
    }
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
    case 'resend-record':
      return resend(trx, tenantId, change, at);
    case 'register-late':
      return registerLate(trx, tenantId, change.late);
    case 'decide-record':
      return decideAct(trx, tenantId, change.act, change.decision, at);
  }
}

async function resend(
  trx: Transaction,
  tenantId: number,
  { acts, difference, officerId }: Extract<RecordChange, { kind: 'resend-record' }>,
  at: string,
): Promise<void> {
  await appendActs(trx, tenantId, difference.caseId, acts, at);
  await noteSent(trx, tenantId, difference, { officerId, at });
  await orderNext(trx, tenantId, difference.caseId, at);
}
