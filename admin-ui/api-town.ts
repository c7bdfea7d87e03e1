// Calls for the facts of the town, typed by the contract. Each throws ApiProblem.
import type { SettingGroup } from '../server/contract/connectors.ts';
import type { TownAnswer, TownPage } from '../server/contract/town.ts';
import { call } from './http.ts';

interface Seen {
  readonly revision: number;
  readonly accountConfirmed: boolean;
}
export const townApi = {
  page: () => call<TownPage>('GET', '/town'),
  save: (facts: SettingGroup, seen: Seen) => call<TownAnswer>('PUT', '/town', { facts, ...seen }),
  goBack: (to: number, seen: Seen) => call<TownAnswer>('POST', '/town/return', { to, ...seen }),
};
