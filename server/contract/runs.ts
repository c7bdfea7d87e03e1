// The yearly run: what the office's pages and the server say to each other. Types only. Amounts are whole haléře.
export type RunState =
  | 'planning'
  | 'planned'
  | 'asked'
  | 'prescribing'
  | 'prescribing-paused'
  | 'prescribed'
  | 'undo-asked'
  | 'undoing'
  | 'undoing-paused'
  | 'undone'
  | 'sending'
  | 'sending-paused'
  | 'sent'
  | 'discarded';
export type RunItemState = 'planned' | 'free' | 'gone' | 'already' | 'problem' | 'held' | 'prescribed' | 'undone';
export type RunDifference = 'new' | 'gone' | 'up' | 'down' | 'same' | 'exempt' | 'none';

/** GET /urad/api/runs → RunList */
export interface RunList {
  readonly runs: readonly RunCard[];
  readonly kinds: readonly RunKind[];
  readonly years: readonly number[];
  /** The officer may prepare and decide. */
  readonly mayOrder: boolean;
}
export interface RunKind {
  readonly situation: string;
  readonly kind: string;
  readonly title: string;
  readonly ordinance: string;
  readonly law: string;
  /** What is not certain about the rules. */
  readonly caution: string | null;
  /** Duties that hold now. */
  readonly duties: number;
}
export interface RunCard {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly year: number;
  readonly state: RunState;
  readonly createdAt: string;
  readonly askedBy: string;
}

/** POST /urad/api/runs {commandId, situation, year} → RunCard; the preview is reckoned in the background */
export interface PrepareRun {
  readonly commandId: string;
  readonly situation: string;
  readonly year: number;
}
/** GET /urad/api/runs/:id → RunView */
export interface RunView extends RunCard {
  readonly ordinance: string;
  readonly version: number;
  readonly dueDate: string;
  readonly caution: string | null;
  readonly progress: { readonly done: number; readonly of: number };
  readonly totals: { readonly items: number; readonly amount: number; readonly payers: number; readonly previous: number };
  readonly states: readonly { readonly state: RunItemState; readonly items: number; readonly amount: number }[];
  readonly rules: readonly { readonly rule: string; readonly items: number; readonly amount: number }[];
  readonly amounts: readonly { readonly each: number; readonly items: number; readonly amount: number }[];
  readonly differences: readonly {
    readonly difference: RunDifference;
    readonly items: number;
    readonly amount: number;
    readonly previous: number;
  }[];
  /** Items about which something must be said. */
  readonly problems: number;
  readonly approval: RunApproval | null;
  readonly proof: RunProofView | null;
  readonly letters: readonly {
    readonly channel: 'data-box' | 'e-mail' | 'print' | 'none';
    readonly state: string;
    readonly sheet: number | null;
    readonly letters: number;
  }[];
  readonly moves: readonly { readonly state: RunState; readonly who: string; readonly reason: string; readonly at: string }[];
}
export interface RunApproval {
  readonly question: 'start' | 'undo';
  readonly askedBy: string;
  /** The officer who reads this asked himself: somebody else must decide. */
  readonly isMine: boolean;
  readonly reason: string;
}
export interface RunProofView {
  readonly items: number;
  readonly amount: number;
  readonly head: string;
  readonly ledger: { readonly prescriptions: number; readonly prescribed: number; readonly balance: number };
  readonly disagreements: readonly string[];
  readonly at: string;
}
/** GET /urad/api/runs/:id/items?state=&difference=&rule=&amount=&problem=&page= → RunItems (100 a page) */
export interface RunItems {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly items: readonly RunItemRow[];
}
export interface RunItemRow {
  readonly place: number;
  readonly payerId: string;
  readonly payer: string;
  readonly subject: string;
  readonly state: RunItemState;
  readonly amount: number;
  readonly previous: number;
  readonly difference: RunDifference;
  readonly rule: string;
  readonly problem: string | null;
  readonly variableSymbol: string | null;
  readonly proof: string | null;
}
/** POST /urad/api/runs/:id/ask {commandId, question, reason} · POST …/decide {commandId, verdict, reason} · POST …/steer {commandId, step, reason} → RunView */
export interface AskForRun {
  readonly commandId: string;
  readonly question: 'start' | 'undo';
  readonly reason: string;
}
export interface DecideRun {
  readonly commandId: string;
  readonly verdict: 'approved' | 'refused' | 'taken-back';
  readonly reason: string;
}
export interface SteerRun {
  readonly commandId: string;
  readonly step: 'pause' | 'resume' | 'send' | 'discard';
  readonly reason: string;
}
/** POST /urad/api/runs/:id/prove → RunProofView, reckoned now · GET /urad/api/runs/:id/sheets/:n.pdf | :n.csv · POST …/sheets/:n/printed → 204 */

/** POST /urad/api/duties/files?situation= with the CSV as body → DutyImport */
export interface DutyImport {
  readonly payers: number;
  readonly duties: number;
  /** Known by their number in the register already. */
  readonly known: number;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}
