// The payer's account (konto plátce) as the citizen's pages see it: shapes only. Base path `/api`. Money is haléře, dates `YYYY-MM-DD`, instants UTC.

/** Whose account the citizen may look at: his own, members of his household, companies he acts for. */
export interface AccountHolder {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'company';
  readonly as: 'self' | 'household' | 'mandate' | 'statutory' | 'guardian';
  /** Last day of the access; null without an end. */
  readonly until: string | null;
}

export type DebtState = 'open' | 'overdue' | 'paid' | 'cancelled' | 'written-off';
/** `our` = this office; otherwise the system that it was taken over from. */
export interface RecordSource {
  readonly system: string;
  readonly externalId: string;
}

/** One prescription (předpis) in a list. */
export interface DebtCard {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** What it concerns: a dog, a flat. May be empty. */
  readonly regarding: string;
  /** What is prescribed after all corrections. */
  readonly amount: number;
  readonly paid: number;
  readonly writtenOff: number;
  /** What is left to pay. */
  readonly open: number;
  readonly state: DebtState;
  readonly prescribedOn: string;
  readonly dueDate: string;
  readonly variableSymbol: string;
  readonly caseId: string | null;
  readonly source: RecordSource | null;
}

export type PaymentState = 'received' | 'unmatched' | 'part-allocated' | 'allocated' | 'return-ordered' | 'returned' | 'reversed';
export type PaymentWay = 'transfer' | 'card' | 'cash' | 'terminal' | 'import';
/** What a payment paid, and when we put it there. */
export interface Clearing {
  readonly prescriptionId: string;
  readonly title: string;
  readonly amount: number;
  /** Accounting day. */
  readonly on: string;
  /** The prescription belongs to somebody whose account this citizen does not see: title is then empty. */
  readonly foreign: boolean;
}
/** A payment of the holder, or somebody else's that paid his prescription (`others` = true, then `amount` is only that part). */
export interface PaidCard {
  readonly id: string;
  readonly amount: number;
  readonly way: PaymentWay;
  readonly state: PaymentState;
  readonly others: boolean;
  readonly paidOn: string | null;
  readonly receivedOn: string;
  readonly variableSymbol: string;
  readonly message: string;
  readonly cleared: readonly Clearing[];
  /** Paid over: free money on the account. */
  readonly rest: number;
  /** Ordered back, on its way, and sent back already. */
  readonly returning: number;
  readonly returned: number;
  readonly source: RecordSource | null;
  readonly request: ReturnRequestCard | null;
}
export interface ReturnRequestCard {
  readonly id: string;
  readonly amount: number;
  readonly account: string;
  readonly askedAt: string;
  /** Last day for sending it. */
  readonly dueOn: string;
  readonly state: 'open' | 'ordered' | 'refused' | 'taken-back';
  readonly reason: string;
}

/** GET /api/account?holder=&year=&kind= . Without `holder` the citizen's own. 404 `account-not-found` for an account that is not his to see. */
export interface AccountPage {
  readonly holder: AccountHolder;
  readonly holders: readonly AccountHolder[];
  /** Only shared fees of a member of the household are seen; no free money, no statement. */
  readonly partial: boolean;
  readonly asOf: string;
  readonly totals: AccountTotals;
  readonly nextDue: { readonly date: string; readonly amount: number } | null;
  /** Years with a prescription or a payment, newest first. */
  readonly years: readonly number[];
  readonly kinds: readonly string[];
  /** Everything that is left to pay, by due day; no filter applies to it. */
  readonly owed: readonly DebtCard[];
  /** By the filter, newest first, at most `PAGE` of each. */
  readonly debts: readonly DebtCard[];
  readonly payments: readonly PaidCard[];
  readonly hasMore: boolean;
  /** Free money, whatever the filter. */
  readonly overpaid: readonly PaidCard[];
}
/** balance = overpaid + returning − owed; the sum of the holder's entries in the books with the opposite sign. */
export interface AccountTotals {
  readonly owed: number;
  readonly overdue: number;
  readonly overpaid: number;
  readonly returning: number;
  readonly paidThisYear: number;
}

/** GET /api/account/prescriptions/:id */
export interface DebtPage extends DebtCard {
  readonly holder: AccountHolder;
  readonly account: string;
  readonly iban: string;
  /** Empty when there is nothing to pay. */
  readonly spayd: string;
  readonly qrHref: string;
  readonly legalBasis: string;
  /** Rules that gave the amount, in the words of the table. */
  readonly why: readonly string[];
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  /** dr = daňový řád (zákon č. 280/2009 Sb.), sr = správní řád (zákon č. 500/2004 Sb.). */
  readonly regime: 'dr' | 'sr';
  readonly entries: readonly BookLine[];
  readonly payments: readonly PaidCard[];
}
/** One accounting case as it touched this prescription. */
export interface BookLine {
  readonly on: string;
  readonly what: string;
  /** More owed positive, less owed negative. */
  readonly amount: number;
  /** What was left to pay after it. */
  readonly balance: number;
  readonly reason: string;
}

/** GET /api/account/summary: for the home page, over all holders. */
export interface AccountSummary {
  readonly owed: number;
  readonly overdue: number;
  readonly overpaid: number;
  readonly nextDue: { readonly date: string; readonly amount: number } | null;
  readonly unread: number;
}

/** POST /api/account/groups {prescriptionIds} → 201; GET /api/account/groups/:id; …/qr.svg. Codes: nothing-to-pay, prescription-not-found, too-many-prescriptions. */
export interface PaymentGroupPage {
  readonly id: string;
  readonly variableSymbol: string;
  /** What is still open of the list. */
  readonly amount: number;
  readonly items: readonly DebtCard[];
  readonly account: string;
  readonly iban: string;
  readonly spayd: string;
  readonly qrHref: string;
}

/** POST /api/account/returns → 201 ReturnRequestCard; DELETE /api/account/returns/:id takes it back. Codes: overpayment-gone, overpayment-too-small, account-invalid, return-already-asked. */
export interface AskReturn {
  readonly paymentId: string;
  readonly account: string;
  readonly name: string;
}

export type MoneyEvent = 'prescribed' | 'due-soon' | 'overdue' | 'cleared' | 'returned';
/** Money, and cases: something is up to the citizen (cannot be off), a case has ended. */
export type NoticeEvent = 'case-turn' | 'case-ended' | MoneyEvent;
/** An e-mail or a telephone as a way to the citizen. */
export interface ContactWay {
  /** Confirmed; null = nothing goes this way. */
  readonly address: string | null;
  /** A message to it came back, and why, in Czech. `permanent`: nothing is sent there any more. */
  readonly broken: { readonly since: string; readonly reason: string; readonly permanent: boolean } | null;
  /** Waits to be confirmed. */
  readonly pending: string | null;
  /** What his identity says: offered, not used. */
  readonly offered: string | null;
}
/** GET and PUT /api/account/reminders. Code of PUT: notice-needed. */
export interface ReminderSettings {
  readonly email: ContactWay;
  readonly phone: ContactWay;
  /** Id of the data box, when there is one. */
  readonly dataBox: string | null;
  /** The town sends text messages. */
  readonly sms: boolean;
  readonly events: readonly ReminderChoice[];
  /** How many days before the due day. */
  readonly daysBefore: number;
}
export interface ReminderChoice {
  readonly event: NoticeEvent;
  readonly byEmail: boolean;
  readonly bySms: boolean;
  readonly byDataBox: boolean;
}
export interface SaveReminders {
  readonly events: readonly ReminderChoice[];
  readonly daysBefore: number;
}
/**
 * POST /api/contacts/:channel {address} → 202: a link or a code is on its way. POST /api/contacts/:channel/confirm {secret} and DELETE /api/contacts/:channel
 * → 200 with the settings. Codes: contact-invalid, contact-too-often, contact-secret-wrong, contact-secret-expired, sms-not-offered.
 */
export type ContactChannel = 'email' | 'phone';
/** GET /api/account/notices; POST /api/account/notices/read {ids} → 204 */
export interface MoneyNotice {
  readonly id: string;
  readonly event: MoneyEvent;
  readonly at: string;
  readonly day: string;
  readonly title: string;
  readonly amount: number;
  readonly holder: string;
  readonly cleared: readonly { readonly title: string; readonly amount: number }[];
  readonly rest: number;
  readonly href: string;
  readonly read: boolean;
}
// GET /api/account/statement.pdf?holder=&from=&to= · GET /api/account/prescriptions/:id/qr.svg · GET /api/account/groups/:id/qr.svg
