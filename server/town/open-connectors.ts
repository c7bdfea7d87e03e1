// Makes everything outside of a town from its configuration.
import type { Connector } from '../integrations/connector.ts';
import type { ConnectorDependencies } from '../integrations/connector-row.ts';
import { connectorKeys, connectorRows, type ConnectorKey, type Made } from '../integrations/connectors.ts';
import { createPostConnector } from '../integrations/post/index.ts';
import type { TownConfig } from './town-config.ts';

export type MadeByKey = { readonly [Key in ConnectorKey]?: Made<Key> };

/** `/prihlaseni/<name>`; a new way is one line here. */
const citizenLoginsOf = (made: MadeByKey) => present({ nia: made.nia, mojeid: made.mojeid, bankid: made.bankid, isds: made.isdsLogin });
type CitizenLogins = ReturnType<typeof citizenLoginsOf>;

function present<All extends object>(all: All): { readonly [Key in keyof All]?: NonNullable<All[Key]> } {
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)) as { [Key in keyof All]?: NonNullable<All[Key]> };
}

export interface OpenConnectors {
  readonly config: TownConfig;
  /** By the key of the configuration; logins are here only. */
  readonly made: MadeByKey;
  /** Those with effects or an inbox. */
  readonly connectors: readonly Connector[];
  /** Ways in which citizens log in, by the name in their addresses, in the order in which they are offered. */
  readonly citizenLogins: CitizenLogins;
  /** Name of the gateway for new payments; undefined = the town takes none. */
  readonly gateway: string | undefined;
}

/** Throws a ZodError on wrong settings. Reaches nothing outside. */
export function openConnectors(config: TownConfig, given: ConnectorDependencies): OpenConnectors {
  const entries = connectorKeys
    .filter((key) => config[key] !== undefined && !isDoubled(key, config))
    .map((key) => [key, connectorRows[key].create(config[key] as never, given)] as const);
  const made = Object.fromEntries(entries) as MadeByKey;
  const own = entries.map(([, one]) => one as unknown).filter(isConnector);
  // A town without an interface to its economic system carries the files by hand; letters on paper it sends itself.
  const connectors = [
    ...own,
    createPostConnector(),
    ...(made.economy ? [] : [connectorRows.economy.create({ baseUrl: '', token: '-' }, given)]),
  ];
  return { config, made, connectors, citizenLogins: citizenLoginsOf(made), gateway: (made.gateway ?? made.gopay)?.name };
}

/** One gateway named twice is one: `gopay` beside `gateway` is the one that the town had before. */
const isDoubled = (key: ConnectorKey, { gateway }: TownConfig): boolean => key === 'gopay' && gateway?.kind === 'gopay';

const isConnector = (made: unknown): made is Connector =>
  typeof made === 'object' && made !== null && 'effects' in made && 'check' in made && 'name' in made;
