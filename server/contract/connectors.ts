// Settings of connectors in the office: administrators see and change them, everybody sees which of them do not work.

/** GET /urad/api/connectors → for administrators */
export interface ConnectorList {
  readonly connectors: readonly ConnectorCard[];
  /** Names of files in the folder of secrets, never their contents. */
  readonly secretFiles: readonly string[];
}
export interface ConnectorCard {
  readonly key: string;
  readonly title: string;
  readonly about: string;
  readonly isRequired: boolean;
  readonly isOn: boolean;
  readonly check: ConnectorVerdict | null;
  /** 0 = nobody has changed anything here. */
  readonly revision: number;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
}
export interface ConnectorVerdict {
  readonly ok: boolean;
  readonly text: string;
  readonly checkedAt: string;
  readonly lastOkAt: string | null;
  readonly failingSince: string | null;
}

/** GET /urad/api/connectors/:key */
export interface ConnectorDetail {
  readonly card: ConnectorCard;
  readonly fields: readonly SettingField[];
  /** What holds now. A secret is `{"kept": true}` or, when an administrator named it, `{"file": "name"}`. */
  readonly settings: SettingGroup;
  /** Paths (from the connector's key) that the operator's file says; they cannot be changed here. */
  readonly locked: readonly string[];
  /** The newest first. */
  readonly history: readonly ConnectorChange[];
  readonly secretFiles: readonly string[];
}
export type SettingGroup = Readonly<Record<string, unknown>>;
export interface SettingField {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'list' | 'map' | 'group' | 'variants' | 'other';
  readonly title: string;
  readonly hint: string;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** Rarely touched: stands under „Podrobné nastavení“. */
  readonly isDetail: boolean;
  readonly initial: unknown;
  readonly options: readonly SettingOption[];
  readonly fields: readonly SettingField[];
  readonly by: string;
  readonly variants: readonly { readonly value: string; readonly label: string; readonly fields: readonly SettingField[] }[];
}
export interface SettingOption {
  readonly value: string;
  readonly label: string;
}
export interface ConnectorChange {
  readonly revision: number;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly isOff: boolean;
  readonly takenFrom: number | null;
  /** What differs from the revision before, in words: `Adresa: https://a, nově https://b`. */
  readonly changes: readonly string[];
}

/**
 * POST /urad/api/connectors/:key/try {settings} → runs the check on them, saves nothing.
 * PUT /urad/api/connectors/:key {settings, revision} → 200; `settings` null turns it off. 409 connector-changed {changedBy, changedAt} when it is not that revision any more.
 * POST /urad/api/connectors/:key/return {to, revision} → the settings of an earlier revision; 0 = as without changes made here.
 */
export interface SaveConnector {
  readonly settings: SettingGroup | null;
  readonly revision: number;
}
export interface ConnectorAnswer {
  /** Nothing was saved, when there are any. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly check: { readonly ok: boolean; readonly text: string } | null;
}

/** GET /urad/api/failing-connectors → for all officers */
export interface FailingConnectors {
  readonly failing: readonly { readonly title: string; readonly text: string; readonly since: string; readonly lastOkAt: string | null }[];
}
