// Calls for the settings of connectors, typed by the contract. Each throws ApiProblem.
import type { ConnectorAnswer, ConnectorDetail, ConnectorList, FailingConnectors, SettingGroup } from '../server/contract/connectors.ts';
import { call } from './http.ts';

const at = (key: string): string => `/connectors/${encodeURIComponent(key)}`;

export const connectors = {
  list: () => call<ConnectorList>('GET', '/connectors'),
  detail: (key: string) => call<ConnectorDetail>('GET', at(key)),
  failing: () => call<FailingConnectors>('GET', '/failing-connectors'),
  attempt: (key: string, settings: SettingGroup) => call<ConnectorAnswer>('POST', `${at(key)}/try`, { settings }),
  save: (key: string, settings: SettingGroup | null, revision: number) => call<ConnectorAnswer>('PUT', at(key), { settings, revision }),
  goBack: (key: string, to: number, revision: number) => call<ConnectorAnswer>('POST', `${at(key)}/return`, { to, revision }),
};
