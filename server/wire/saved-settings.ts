// What administrators saved about connectors and about the town itself, with secrets read: laid between the demo and the operator's file.
import type { Log } from '../platform/log.ts';
import type { Database } from '../store/database.ts';
import { currentRevisions, type ConnectorRevision } from '../store/town-connectors.ts';
import { factsRevisions } from '../store/town-facts.ts';
import { readerWithin, resolveReferences, type SettingProblem } from '../town/settings/secrets.ts';
import type { ConfigOutcome, TownConfig } from '../town/town-config.ts';
import type { SavedSettings, TownSettings } from './town-settings.ts';

export interface Saved {
  readonly layer: SavedSettings;
  readonly config: TownConfig;
}
/** A revision, or one that is about to be saved. */
export type Draft = Pick<ConnectorRevision, 'connector' | 'settings' | 'isOff'>;

/** The layer of one connector; null = turned off. */
export function layerOf({ connector, settings, isOff }: Draft, secretsDir: string): ReturnType<typeof resolveReferences> {
  return isOff ? { value: null, problems: [] } : resolveReferences(settings, connector, readerWithin(secretsDir));
}

/** Saved settings that do not fit any more (a secret is gone, a new version wants more) are left out and told; the town is served without them. */
export async function loadSaved(
  given: { readonly db: Database; readonly tenantId: number; readonly secretsDir: string; readonly log: Log },
  settings: TownSettings,
): Promise<Saved> {
  const { db, tenantId } = given;
  const rows = await db.withTenant(tenantId, (trx) => currentRevisions(trx, tenantId));
  const [facts] = await db.withTenant(tenantId, (trx) => factsRevisions(trx, tenantId, 1));
  const layer: Record<string, unknown> = { ...facts?.facts };
  const tell = (connector: string, { path, message }: SettingProblem): void =>
    given.log.warn({ key: connector, path, reason: message }, 'saved settings are left out');
  for (const row of rows) {
    const { value, problems } = layerOf(row, given.secretsDir);
    const [problem] = problems;
    if (problem) tell(row.connector, problem);
    else layer[row.connector] = value;
  }
  const outcome = settings.compose(layer);
  if ('config' in outcome) return { layer, config: outcome.config };
  for (const problem of outcome.problems) {
    const [connector = ''] = problem.path.split('.');
    if (connector in layer) tell(connector, problem);
    delete layer[connector];
  }
  const rest: ConfigOutcome = settings.compose(layer);
  return 'config' in rest ? { layer, config: rest.config } : { layer: {}, config: settings.base };
}
