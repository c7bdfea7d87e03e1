// Who the town is, edited by administrators in the office: GET, PUT /urad/api/town, POST /urad/api/town/return.
import type { ConnectorChange, SettingField, SettingGroup } from './connectors.ts';

/** GET /urad/api/town → for administrators */
export interface TownPage {
  /** 0 = nobody has changed anything here. */
  readonly revision: number;
  readonly sections: readonly TownSection[];
  /** What holds now. */
  readonly facts: SettingGroup;
  /** Paths (`town.account`) that the operator's file says; they cannot be changed here. */
  readonly locked: readonly string[];
  /** The newest first. */
  readonly history: readonly ConnectorChange[];
  readonly account: TownAccount;
  /** What is said only when the server starts. */
  readonly atStart: readonly { readonly title: string; readonly value: string; readonly hint: string }[];
}
export interface TownSection {
  readonly title: string;
  readonly fields: readonly SettingField[];
}
/** The account for payments, and what waits for money on it. */
export interface TownAccount {
  readonly account: string;
  readonly iban: string;
  /** Accounts that held before, the newest first, each until the next one began. */
  readonly earlier: readonly { readonly account: string; readonly since: string }[];
  /** Prescriptions that are not paid, and what is left of them in haléře. */
  readonly openPrescriptions: number;
  readonly openAmount: number;
  /** Account whose statements the bank connector reads. */
  readonly bankAccount: string;
}

/**
 * PUT /urad/api/town {facts, revision, accountConfirmed} → 200. 409 town-changed when it is not that revision any more;
 * 409 town-account-unconfirmed when the account changes while money waits for the old one and nobody has said that it may.
 * POST /urad/api/town/return {to, revision, accountConfirmed} → the facts of an earlier revision; 0 = as without changes made here.
 */
export interface SaveTown {
  readonly facts: SettingGroup;
  readonly revision: number;
  readonly accountConfirmed: boolean;
}
export interface TownAnswer {
  /** Nothing was saved, when there are any. Paths as `town.account`. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}
