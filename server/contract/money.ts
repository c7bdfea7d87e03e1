// The clerk's desk of money: shapes only, whole haléře, legal days `YYYY-MM-DD`. Base path `/urad/api`. Every POST carries `commandId`; the same id twice gives the same answer.

/** What an act on money ends in: done, or waiting for a second person (four eyes). */
export type MoneyDone = { readonly done: true } | { readonly approvalId: string };

// ---- payers ----
/** GET /payers?q= words of name and address, birth date, IČO, account, symbol; at most 50 */
export interface PayerList {
  readonly payers: readonly PayerRow[];
  /** There are more than these: the words must say more. */
  readonly more: boolean;
}
export interface PayerRow {
  readonly id: string;
  readonly kind: 'person' | 'company';
  readonly name: string;
  readonly birthDate: string | null;
  readonly ico: string | null;
  readonly address: string;
  /** Owed now, overdue or not. */
  readonly open: number;
  readonly overdue: number;
  /** Money of his that lies on no prescription. */
  readonly free: number;
}

/** GET /payers/:id */
export interface PayerAccount {
  readonly payer: PayerRow & {
    readonly email: string | null;
    readonly dataBox: string | null;
    readonly account: string | null;
    readonly registryId: string | null;
    readonly diedOn: string | null;
    readonly loggedIn: boolean;
  };
  readonly prescriptions: readonly PrescriptionLine[];
  readonly payments: readonly PaymentLine[];
  readonly refunds: readonly RefundLine[];
  readonly plans: readonly PlanCard[];
  readonly rules: readonly LearnedRule[];
  readonly notes: readonly PayerNote[];
  readonly approvals: readonly ApprovalRow[];
  /** His requests for overpayments that wait for an officer. */
  readonly requests: readonly OpenReturnRequest[];
  /** Above this amount a second person decides. */
  readonly fourEyesAbove: number;
}
export interface PrescriptionLine {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly regime: 'dr' | 'sr';
  readonly amount: number;
  readonly paid: number;
  readonly writtenOff: number;
  readonly open: number;
  readonly dueDate: string;
  readonly daysOverdue: number;
  readonly variableSymbol: string;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly state: 'open' | 'overdue' | 'part-paid' | 'paid' | 'cancelled' | 'written-off';
  readonly legalBasis: string;
  readonly case: null | { readonly id: string; readonly mark: string; readonly ended: boolean };
  readonly inPlan: boolean;
  readonly steps: readonly { readonly stage: DunningStage; readonly madeOn: string }[];
  /** Which payments have paid it. */
  readonly cleared: readonly {
    readonly paymentId: string;
    readonly amount: number;
    readonly receivedOn: string;
    readonly source: string;
  }[];
}
export interface PaymentLine {
  readonly id: string;
  readonly receivedOn: string;
  readonly source: string;
  readonly amount: number;
  readonly free: number;
  readonly state: string;
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly cleared: readonly { readonly prescriptionId: string; readonly title: string; readonly amount: number }[];
}
export interface RefundLine {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly way: string;
  readonly toAccount: string;
  readonly reason: string;
  readonly orderedAt: string;
  /** Still on its way. */
  readonly open: boolean;
}
export interface PayerNote {
  readonly id: string;
  readonly at: string;
  readonly author: string;
  readonly text: string;
}
/** GET /prescriptions/:id/why · GET /payments/:id/why */
export interface MoneyWhy {
  readonly title: string;
  readonly amount: number;
  readonly legalBasis: string;
  /** The rules of the tables that gave the amount, in the table's own words. */
  readonly rules: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly transactions: readonly LedgerLine[];
  /** The life of a payment. */
  readonly moves: readonly {
    readonly from: string | null;
    readonly to: string;
    readonly at: string;
    readonly by: string;
    readonly reason: string;
  }[];
}
export interface LedgerLine {
  readonly id: string;
  readonly kind: string;
  readonly bookedOn: string;
  readonly recordedAt: string;
  readonly by: string;
  readonly approvedBy: string | null;
  readonly reason: string;
  readonly reverses: string | null;
  readonly entries: readonly { readonly account: string; readonly subject: string | null; readonly amount: number }[];
}
/**
 * POST /payers/:id/notes {commandId, text} → PayerNote
 * POST /prescriptions/:id/adjust {commandId, amount, reason} · /write-off {commandId, amount, reason} → MoneyDone
 * POST /payments/:id/release {commandId, prescriptionId, reason} → MoneyDone
 * POST /payments/:id/return {commandId, amount, account, name, reason} → MoneyDone
 * POST /payers/:id/instalments GrantPlan → MoneyDone · POST /instalments/:id/end {commandId, reason} → MoneyDone
 * GET /payers/:id/account.pdf
 */
export interface GrantPlan {
  readonly commandId: string;
  readonly prescriptionIds: readonly string[];
  readonly parts: readonly { readonly dueOn: string; readonly amount: number }[];
  readonly reason: string;
}
export interface PlanCard {
  readonly id: string;
  readonly grantedOn: string;
  readonly reason: string;
  readonly endedOn: string | null;
  readonly endReason: string | null;
  readonly total: number;
  readonly paid: number;
  readonly state: 'kept' | 'broken' | 'paid' | 'ended';
  /** The day it lost effect because a part was missed. */
  readonly brokenOn: string | null;
  readonly parts: readonly {
    readonly seq: number;
    readonly dueOn: string;
    readonly amount: number;
    readonly state: 'paid' | 'waiting' | 'missed';
  }[];
  readonly titles: readonly string[];
}

// ---- unmatched money ----
/** GET /payments/unmatched → UnmatchedDesk, payments oldest first, at most 200 */
export interface UnmatchedDesk {
  readonly payments: readonly UnmatchedItem[];
  readonly total: number;
  readonly rules: readonly LearnedRule[];
  /** What payers ask back, the soonest last day first; also where the money is no longer free. */
  readonly requests: readonly OpenReturnRequest[];
  readonly fourEyesAbove: number;
}
/** Granted by POST /payments/:id/give-back of its payment, refused by POST /return-requests/:id/refuse {commandId, reason} → MoneyDone */
export interface OpenReturnRequest {
  readonly id: string;
  readonly paymentId: string;
  readonly payerId: string;
  readonly payerName: string;
  /** What was over when he asked. */
  readonly amount: number;
  /** What can be returned now. */
  readonly free: number;
  readonly account: string;
  readonly name: string;
  readonly askedAt: string;
  /** The law's last day for sending it. */
  readonly dueOn: string;
  readonly late: boolean;
  readonly waitsForApproval: boolean;
}
export interface UnmatchedItem {
  readonly id: string;
  readonly receivedOn: string;
  readonly ageDays: number;
  readonly amount: number;
  readonly free: number;
  readonly state: string;
  readonly source: string;
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly reason: string;
  readonly waitsForApproval: boolean;
  readonly suggestions: readonly Suggestion[];
}
export interface Suggestion {
  readonly prescriptionId: string;
  readonly title: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly variableSymbol: string;
  readonly dueDate: string;
  readonly open: number;
  /** What would be allocated. */
  readonly amount: number;
  /** Codes: see `reasons` of the texts. */
  readonly reasons: readonly string[];
}
/** POST /payments/:id/allocate → MoneyDone */
export interface AllocatePayment {
  readonly commandId: string;
  readonly shares: readonly { readonly prescriptionId: string; readonly amount: number }[];
  /** Next time money from this account goes to the same payer by itself; `kind` narrows it to one fee. */
  readonly learn?: null | { readonly kind: string };
}
/** GET /debts?q= symbol or words of a payer → {debts: DebtRow[]} what may be paid, for splitting and for the cash desk */
export interface DebtRow {
  readonly prescriptionId: string;
  readonly title: string;
  readonly kind: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly address: string;
  readonly variableSymbol: string;
  readonly dueDate: string;
  readonly daysOverdue: number;
  readonly open: number;
}
/** POST /money-rules/:id/revoke {commandId} → MoneyDone */
export interface LearnedRule {
  readonly id: string;
  readonly counterAccount: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

// ---- cash desk ----
/** GET /cash */
export interface CashState {
  readonly desks: readonly { readonly code: string; readonly name: string; readonly balance: number; readonly heldBy: string | null }[];
  readonly shift: null | CashShift;
  /** Closed shifts, newest first, at most 20. */
  readonly closed: readonly ClosedShift[];
}
export interface CashShift {
  readonly id: string;
  readonly desk: string;
  readonly deskName: string;
  readonly openedAt: string;
  readonly opening: number;
  readonly cashIn: number;
  readonly cashOut: number;
  readonly card: number;
  /** What must be in the drawer. */
  readonly expected: number;
  readonly receipts: readonly ReceiptRow[];
}
export interface ReceiptRow {
  readonly id: string;
  readonly number: string;
  readonly kind: 'in' | 'out' | 'storno';
  readonly way: 'cash' | 'card';
  readonly amount: number;
  readonly given: number | null;
  readonly name: string;
  readonly issuedAt: string;
  readonly lines: readonly ReceiptLine[];
  readonly reason: string;
  /** Number of the receipt that takes it back. */
  readonly reversedBy: string | null;
}
export interface ReceiptLine {
  readonly text: string;
  readonly variableSymbol: string;
  readonly amount: number;
}
export interface ClosedShift {
  readonly id: string;
  readonly deskName: string;
  readonly officer: string;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly expected: number;
  readonly counted: number;
  readonly handedOver: number;
}
/**
 * POST /cash/desks {commandId, code, name} → CashState
 * POST /cash/open {commandId, desk, counted, reason} → CashState. 409 `cash-desk-held` {name}, `cash-shift-open`; 422 `cash-difference-reason`
 * POST /cash/take TakeMoney → ReceiptRow · POST /cash/payout {commandId, paymentId, amount, reason} → ReceiptRow
 * POST /cash/receipts/:id/storno {commandId, reason} → ReceiptRow · POST /cash/close CloseShift → ClosedShift
 * GET /cash/overpaid?q= → {payments: PaymentLine[]} what may be paid out
 * GET /cash/receipts/:id/pdf · GET /cash/shifts/:id/pdf
 */
export interface TakeMoney {
  readonly commandId: string;
  readonly way: 'cash' | 'card';
  readonly shares: readonly { readonly prescriptionId: string; readonly amount: number }[];
  /** Cash put on the desk; at least the sum. */
  readonly given: number | null;
  readonly name: string;
}
export interface CloseShift {
  readonly commandId: string;
  /** Pieces by value in haléře: {"100000": 3, …}. */
  readonly denominations: Readonly<Record<string, number>>;
  readonly reason: string;
  /** Cash that goes to the bank now. */
  readonly handOver: number;
}

// ---- four eyes ----
/** GET /approvals → {approvals, decided} */
export interface ApprovalDesk {
  readonly approvals: readonly ApprovalRow[];
  /** The last 20 decided ones. */
  readonly decided: readonly ApprovalRow[];
}
/** POST /approvals/:id/approve | refuse | take-back {commandId, reason} → ApprovalDesk. 403 `own-request`, 409 `already-decided` */
export interface ApprovalRow {
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
  readonly reason: string;
  readonly askedAt: string;
  readonly askedBy: string;
  readonly mine: boolean;
  readonly mayDecide: boolean;
  /** What it is about, in a sentence, and where to look. */
  readonly about: string;
  readonly payerId: string | null;
  readonly verdict: null | 'approved' | 'refused' | 'taken-back';
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly verdictReason: string;
}

// ---- dunning ----
export type DunningStage = 'reminder' | 'assessment' | 'enforcement';
/** GET /dunning?stage= → DunningList; at most 500 lines, oldest due first */
export interface DunningList {
  readonly stage: DunningStage;
  readonly counts: Readonly<Record<DunningStage | 'case' | 'plan', number>>;
  readonly lines: readonly DunningLine[];
  readonly rule: DunningRule;
  readonly batches: readonly DunningBatch[];
}
export interface DunningRule {
  readonly law: string;
  readonly text: string;
  /** The figures of the rule are not confirmed by the text of the law. */
  readonly warning: string | null;
  readonly increaseUpTo: number | null;
}
export interface DunningLine {
  readonly id: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly address: string;
  readonly title: string;
  readonly kind: string;
  readonly variableSymbol: string;
  readonly open: number;
  readonly dueDate: string;
  readonly daysOverdue: number;
  /** From when the stage may be done. */
  readonly from: string;
  /** After this day it is too late by law. */
  readonly latest: string;
  readonly channel: 'data-box' | 'email' | 'print';
  /** Why it is shown but not touched. */
  readonly held: null | { readonly why: 'case'; readonly caseId: string; readonly mark: string } | { readonly why: 'plan' };
  readonly done: readonly { readonly stage: DunningStage; readonly madeOn: string; readonly deliveredOn: string | null }[];
}
/** POST /dunning/preview {stage, ids, increase} → DunningPreview · POST /dunning/run RunDunning → DunningBatch · POST /dunning/:batchId/delivered {commandId, ids, on} → MoneyDone */
export interface RunDunning {
  readonly commandId: string;
  readonly stage: DunningStage;
  readonly ids: readonly string[];
  /** `list` = hromadný předpisný seznam, only for assessments. */
  readonly way: 'letters' | 'list' | 'file';
  /** How many times the debt in all, 1 to 3; only for assessments. */
  readonly times: number;
}
export interface DunningPreview {
  readonly count: number;
  readonly payers: number;
  readonly total: number;
  readonly increase: number;
  readonly channels: Readonly<Record<string, number>>;
  readonly left: readonly { readonly id: string; readonly title: string; readonly why: string }[];
  /** The first letter as it will go out. */
  readonly sample: string;
}
/** GET /dunning/:batchId/file → the list, the print file (PDF) or the hand-over (CSV) */
export interface DunningBatch {
  readonly id: string;
  readonly stage: DunningStage;
  readonly way: string;
  readonly at: string;
  readonly officer: string;
  readonly count: number;
  readonly total: number;
  readonly channels: Readonly<Record<string, number>>;
  readonly delivered: number;
}

// ---- months, journal, export ----
/** GET /accounting?month=2026-03 */
export interface MonthDesk {
  readonly month: string;
  readonly months: readonly { readonly month: string; readonly closedAt: string | null; readonly transactions: number }[];
  readonly closed: null | { readonly at: string; readonly by: string; readonly hash: string };
  /** Why it cannot be closed now; null when it can. */
  readonly notYet: null | 'not-over' | 'earlier-open' | 'checks' | 'shift-open';
  readonly accounts: readonly AccountTurnover[];
  readonly checks: readonly { readonly name: string; readonly violations: number }[];
  readonly exports: ExportDesk;
}
export interface AccountTurnover {
  readonly account: string;
  readonly opening: number;
  readonly debit: number;
  readonly credit: number;
  readonly closing: number;
}
/** GET /accounting/journal?month=&kind=&account=&q=&page= */
export interface LedgerJournal {
  readonly lines: readonly LedgerLine[];
  readonly page: number;
  readonly more: boolean;
}
/** POST /accounting/:month/close {commandId} → MonthDesk · POST /accounting/exports {commandId} → ExportDesk · GET /accounting/exports/:id/file (CSV) */
export interface ExportDesk {
  readonly waiting: number;
  readonly exports: readonly {
    readonly id: string;
    readonly at: string;
    readonly officer: string;
    readonly transactions: number;
    readonly state: 'waiting' | 'sent' | 'refused' | 'stuck';
    readonly accepted: number | null;
    readonly alreadyHad: number | null;
    readonly error: string | null;
  }[];
}
