// Calls of the money desk, typed by the contract. Each throws ApiProblem.
import type {
  AllocatePayment,
  ApprovalDesk,
  CashState,
  CloseShift,
  DebtRow,
  DunningList,
  DunningPreview,
  DunningStage,
  ExportDesk,
  GrantPlan,
  LedgerJournal,
  MoneyDone,
  MoneyWhy,
  MonthDesk,
  PayerAccount,
  PayerList,
  PaymentLine,
  ReceiptRow,
  RunDunning,
  TakeMoney,
  UnmatchedDesk,
} from '../server/contract/money.ts';
import type { GatewayTroubles } from '../server/contract/gateway-troubles.ts';
import type { HistoryDesk, HistoryTaken } from '../server/contract/history.ts';
import type { HeldDesk, StatementDesk, TakenStatement } from '../server/contract/statements.ts';
import { call, upload } from './http.ts';

const segment = encodeURIComponent;
const query = (fields: Readonly<Record<string, string | number>>): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) if (value !== '') params.set(key, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

interface Reasoned {
  readonly commandId: string;
  readonly reason: string;
}

interface GatewayTransfer {
  readonly commandId: string;
  readonly gateway: string;
  readonly id: string;
}

export const moneyApi = {
  payers: (q: string) => call<PayerList>('GET', `/payers${query({ q })}`),
  payer: (id: string) => call<PayerAccount>('GET', `/payers/${segment(id)}`),
  debts: (q: string) => call<{ readonly debts: readonly DebtRow[] }>('GET', `/debts${query({ q })}`),
  whyPrescription: (id: string) => call<MoneyWhy>('GET', `/prescriptions/${segment(id)}/why`),
  whyPayment: (id: string) => call<MoneyWhy>('GET', `/payments/${segment(id)}/why`),
  note: (id: string, commandId: string, text: string) => call<object>('POST', `/payers/${segment(id)}/notes`, { commandId, text }),
  adjust: (id: string, asked: Reasoned & { readonly amount: number }) =>
    call<MoneyDone>('POST', `/prescriptions/${segment(id)}/adjust`, asked),
  writeOff: (id: string, asked: Reasoned & { readonly amount: number }) =>
    call<MoneyDone>('POST', `/prescriptions/${segment(id)}/write-off`, asked),
  release: (paymentId: string, asked: Reasoned & { readonly prescriptionId: string }) =>
    call<MoneyDone>('POST', `/payments/${segment(paymentId)}/release`, asked),
  giveBack: (paymentId: string, asked: Reasoned & { readonly amount: number; readonly account: string; readonly name: string }) =>
    call<MoneyDone>('POST', `/payments/${segment(paymentId)}/give-back`, asked),
  refuseReturn: (requestId: string, asked: Reasoned) => call<MoneyDone>('POST', `/return-requests/${segment(requestId)}/refuse`, asked),
  grantPlan: (payerId: string, plan: GrantPlan) => call<MoneyDone>('POST', `/payers/${segment(payerId)}/instalments`, plan),
  endPlan: (id: string, asked: Reasoned) => call<MoneyDone>('POST', `/instalments/${segment(id)}/end`, asked),

  unmatched: () => call<UnmatchedDesk>('GET', '/money/unmatched'),
  allocate: (paymentId: string, asked: AllocatePayment) => call<MoneyDone>('POST', `/payments/${segment(paymentId)}/allocate`, asked),
  revokeRule: (id: string, commandId: string) => call<MoneyDone>('POST', `/money-rules/${segment(id)}/revoke`, { commandId }),

  held: () => call<HeldDesk>('GET', '/money/held'),
  bookHeld: (asked: { readonly commandId: string; readonly itemId: string; readonly amount?: number }) =>
    call<{ readonly isAllocated: boolean }>('POST', '/money/held/book', asked),
  putHeldAside: (asked: Reasoned & { readonly itemId: string }) => call<object>('POST', '/money/held/aside', asked),

  troubles: () => call<GatewayTroubles>('GET', '/money/gateway-troubles'),
  settleTransfer: (asked: GatewayTransfer) => call<object>('POST', '/money/gateway-troubles/settle', asked),
  closeTransfer: (asked: GatewayTransfer & Reasoned) => call<object>('POST', '/money/gateway-troubles/close', asked),

  history: () => call<HistoryDesk>('GET', '/money-history'),
  bringHistory: (system: string, file: File) => upload<HistoryTaken>(`/money-history/files${query({ system, name: file.name })}`, file),

  statements: () => call<StatementDesk>('GET', '/statements'),
  bringStatement: (file: File) => upload<TakenStatement>(`/statements/files?name=${segment(file.name)}`, file),

  approvals: () => call<ApprovalDesk>('GET', '/approvals'),
  decide: (id: string, verdict: 'approve' | 'refuse' | 'take-back', asked: Reasoned) =>
    call<ApprovalDesk>('POST', `/approvals/${segment(id)}/${verdict}`, asked),

  cash: () => call<CashState>('GET', '/cash'),
  addDesk: (asked: { readonly commandId: string; readonly code: string; readonly name: string }) =>
    call<CashState>('POST', '/cash/desks', asked),
  openShift: (asked: Reasoned & { readonly desk: string; readonly counted: number }) => call<CashState>('POST', '/cash/open', asked),
  take: (asked: TakeMoney) => call<ReceiptRow>('POST', '/cash/take', asked),
  storno: (id: string, asked: Reasoned) => call<ReceiptRow>('POST', `/cash/receipts/${segment(id)}/storno`, asked),
  overpaid: (q: string) => call<{ readonly payments: readonly PaymentLine[] }>('GET', `/cash/overpaid${query({ q })}`),
  payOut: (asked: Reasoned & { readonly paymentId: string; readonly amount: number }) => call<ReceiptRow>('POST', '/cash/payout', asked),
  closeShift: (asked: CloseShift) => call<{ readonly shiftId: string; readonly difference: number }>('POST', '/cash/close', asked),

  dunning: (stage: DunningStage) => call<DunningList>('GET', `/dunning${query({ stage })}`),
  previewDunning: (asked: Omit<RunDunning, 'commandId'>) => call<DunningPreview>('POST', '/dunning/preview', asked),
  runDunning: (asked: RunDunning) => call<DunningList>('POST', '/dunning/run', asked),
  delivered: (batchId: string, asked: { readonly commandId: string; readonly on: string }) =>
    call<MoneyDone>('POST', `/dunning/${segment(batchId)}/delivered`, asked),

  month: (month: string) => call<MonthDesk>('GET', `/accounting${query({ month })}`),
  closeMonth: (month: string, commandId: string) => call<MonthDesk>('POST', `/accounting/${segment(month)}/close`, { commandId }),
  journal: (asked: Readonly<Record<'month' | 'kind' | 'account' | 'q', string>> & { readonly page: number }) =>
    call<LedgerJournal>('GET', `/accounting/journal${query({ ...asked })}`),
  export: (commandId: string) => call<ExportDesk>('POST', '/accounting/exports', { commandId }),
};

/** Papers are opened as they are. */
export const paper = {
  receipt: (id: string): string => `/urad/api/cash/receipts/${segment(id)}/pdf`,
  shift: (id: string): string => `/urad/api/cash/shifts/${segment(id)}/pdf`,
  account: (id: string): string => `/urad/api/payers/${segment(id)}/account.pdf`,
  dunning: (batchId: string): string => `/urad/api/dunning/${segment(batchId)}/file`,
  export: (id: string): string => `/urad/api/accounting/exports/${segment(id)}/file`,
};
