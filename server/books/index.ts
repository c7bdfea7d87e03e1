// The books: everything that books money, to be called in the caller's own transaction. A list.
export { allocate, release, type Allocated } from './allocate.ts';
export {
  askApproval,
  decideApproval,
  limitOf,
  type ApprovalKind,
  type ApprovedAct,
  type AskedApproval,
  type Decision,
} from './approvals.ts';
export { bookingDay, type By, type Deed } from './booking.ts';
export { adjust, cancelPrescription, writeOff, type Correction } from './correct.ts';
export { brokenMonths, closeMonth, monthState, signed, type MonthState, type Sign } from './months.ts';
export { importHistory, type HistoryChunk, type HistoryTaken } from './import-history.ts';
export { bookBankMovement, type Movement } from './movements.ts';
export { ensurePayer, ensurePayers, type PayerFacts } from './payers.ts';
export { prescribe, type NewPrescription, type Prescribed } from './prescribe.ts';
export type { IncomingPayment, PaymentSource, Received } from './incoming.ts';
export { receive } from './receive.ts';
export { noteReturned, orderReturn, returnFailed, type ReturnOrder, type Returned } from './returns.ts';
export { reversePayment } from './reverse.ts';
export { importStatement, ledgerAccountOf, type Imported, type StatementImport, type StatementToImport } from './statements.ts';
export { OVERDUE, PAID, PART_PAID, RETURNED, REVOKED, YEARLY, tellOverdue } from './tell.ts';
