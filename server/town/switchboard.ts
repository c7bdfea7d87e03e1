// Which connectors hold now. They are made anew when the settings change; work in flight ends with those it began with.
import type { ConnectorDependencies } from '../integrations/connector-row.ts';
import type { ConnectorKey } from '../integrations/connectors.ts';
import { openConnectors, type MadeByKey, type OpenConnectors } from './open-connectors.ts';
import type { TownConfig } from './town-config.ts';

export interface Switchboard {
  current(): OpenConnectors;
  /** A connector or a login that the town cannot be without. */
  need<Key extends ConnectorKey>(key: Key): NonNullable<MadeByKey[Key]>;
  /** Takes over new settings whole, or throws a ZodError and keeps the old ones. */
  change(config: TownConfig): void;
  /** A function made of the configuration, made again after each change of it. */
  derive<Given extends readonly unknown[], Result>(make: (config: TownConfig) => (...given: Given) => Result): (...given: Given) => Result;
}

export function createSwitchboard(config: TownConfig, given: ConnectorDependencies): Switchboard {
  let open = openConnectors(config, given);
  return {
    current: () => open,
    need: (key) => {
      const found = open.made[key];
      if (found === undefined) throw new Error(`the town has no ${key}`);
      return found;
    },
    change: (next) => {
      open = openConnectors(next, given);
    },
    derive: (make) => {
      let from = open.config;
      let made = make(from);
      return (...asked) => {
        if (open.config !== from) {
          from = open.config;
          made = make(from);
        }
        return made(...asked);
      };
    },
  };
}
