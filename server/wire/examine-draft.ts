// Looks at settings that nobody has saved yet: what would be kept of them, and whether the town could be served with them.
import { Problem } from '../domain/problem.ts';
import type { ConnectorAnswer, SettingGroup } from '../contract/connectors.ts';
import { connectorRows, type ConnectorKey } from '../integrations/connectors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Database } from '../store/database.ts';
import type { Json } from '../store/json.ts';
import { difference, hideSecrets, withoutLocked } from '../town/settings/edited.ts';
import { isConnectorKey, misspelt } from '../town/settings/verify.ts';
import { layerOf, loadSaved, type Draft } from './saved-settings.ts';
import type { TownSettings } from './town-settings.ts';

export interface ExamineGiven {
  readonly db: Database;
  readonly tenantId: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly secretsDir: string;
  readonly settings: TownSettings;
}

/** Throws `connector-not-found`. */
export function knownKey(key: string): ConnectorKey {
  if (isConnectorKey(key)) return key;
  throw new Problem('not-found', 'connector-not-found');
}

/** What would be saved: the difference from the layer below, without what the operator's file says. */
export function draftOf({ settings }: ExamineGiven, key: ConnectorKey, wanted: SettingGroup | null): Draft {
  if (wanted === null) return { connector: key, settings: {}, isOff: true };
  const changed = difference(hideSecrets(settings.demo[key], key), wanted);
  return { connector: key, settings: (withoutLocked(changed, settings.locked, key) ?? {}) as Json, isOff: false };
}

type Examined = { readonly problems: ConnectorAnswer['problems'] } | { readonly made: unknown; readonly settings: unknown };

/** Whether the town could be served with the draft; makes the connector, reaches nothing. */
export async function examine(given: ExamineGiven, draft: Draft): Promise<Examined> {
  const key = knownKey(draft.connector);
  const { value, problems } = layerOf(draft, given.secretsDir);
  const wrong = [...misspelt(key, draft.settings), ...problems];
  if (wrong.length > 0) return { problems: wrong };
  const { layer } = await loadSaved(given, given.settings);
  const outcome = given.settings.compose({ ...layer, [key]: value });
  if ('problems' in outcome) return { problems: outcome.problems };
  const settings = outcome.config[key];
  return { settings, made: settings && connectorRows[key].create(settings as never, { clock: given.clock }) };
}
