// What the doors need of the settings of connectors; built in wire/connector-desk.ts.
import type { ConnectorAnswer, ConnectorDetail, ConnectorList, FailingConnectors, SettingGroup } from '../../contract/connectors.ts';

export interface ConnectorSave {
  readonly key: string;
  /** The revision that the administrator has seen. */
  readonly revision: number;
  readonly officerId: string;
}

/** All throw a Problem `connector-not-found` for a key that no connector has. */
export interface ConnectorDesk {
  list(): Promise<ConnectorList>;
  detail(key: string): Promise<ConnectorDetail>;
  failing(): Promise<FailingConnectors>;
  /** Checks settings that nobody has saved. */
  attempt(key: string, settings: SettingGroup | null): Promise<ConnectorAnswer>;
  /** Throws `connector-changed` when somebody else was faster. */
  save(given: ConnectorSave & { readonly settings: SettingGroup | null }): Promise<ConnectorAnswer>;
  /** Back to an earlier revision, 0 = to no changes at all. */
  goBack(given: ConnectorSave & { readonly to: number }): Promise<ConnectorAnswer>;
}
