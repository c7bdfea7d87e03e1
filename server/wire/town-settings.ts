// The settings of a town from all its layers: the demo, what administrators saved, the operator's file on top.
import { join } from 'node:path';
import { refuseConfiguration, type Config } from '../platform/config.ts';
import { ConfigFileRefused, readConfigFile, type ConfigFile } from '../town/config-file.ts';
import { configOf, type ConfigOutcome, type TownConfig } from '../town/town-config.ts';
import { openDemo } from '../town/demo-town.ts';
import { lay } from '../town/settings/layers.ts';
import type { World } from '../world/world.ts';

/** What administrators saved, by connector or by fact of the town; references of secrets already read. */
export type SavedSettings = Readonly<Record<string, unknown>>;

export interface TownSettings {
  /** The simulated outside, in the demo only. */
  readonly world: World | undefined;
  /** Without what administrators saved: the town can always be served with this, unless it refused to start. */
  readonly base: TownConfig;
  /** Lowest layer: what the demo says, and over it what the file says to begin with. */
  readonly demo: SavedSettings;
  /** Connectors of the demo that are off until somebody saves them. */
  readonly dormant: readonly string[];
  readonly file: SavedSettings;
  /** Paths that the file says: nobody can change them in the browser. */
  readonly locked: readonly string[];
  compose(saved: SavedSettings): ConfigOutcome;
}

/** Ends the process with one line and exit code 78 when the town cannot be served with them. */
export async function openTownSettings(config: Config): Promise<TownSettings> {
  const path = config.townConfig ?? (config.demo ? undefined : join(config.dataDir, 'town.json'));
  const file: ConfigFile = path === undefined ? { demo: undefined, settings: {}, initial: {}, says: [] } : readOrRefuse(path);
  const opened = config.demo && file.demo !== false ? await openDemo({ publicUrl: config.publicUrl, dataDir: config.dataDir }) : undefined;
  const demo = lay({ ...opened?.town, ...opened?.dormant }, file.initial) as SavedSettings;
  const dormant = Object.keys(opened?.dormant ?? {}).filter((key) => file.initial[key] === undefined && file.settings[key] === undefined);
  const asleep = (saved: SavedSettings): SavedSettings =>
    Object.fromEntries(dormant.filter((key) => !(key in saved)).map((key) => [key, null]));
  const compose = (saved: SavedSettings): ConfigOutcome => configOf([demo, asleep(saved), saved, file.settings]);
  const base = compose({});
  if ('config' in base) return { world: opened?.world, base: base.config, demo, dormant, file: file.settings, locked: file.says, compose };
  await opened?.world.close();
  const [problem] = base.problems;
  refuseConfiguration(`Chybné nastavení ${problem?.path ?? ''} v souboru ${path ?? ''}: ${problem?.message ?? 'neplatná hodnota'}.`);
}

function readOrRefuse(path: string): ConfigFile {
  try {
    return readConfigFile(path);
  } catch (error) {
    if (error instanceof ConfigFileRefused) refuseConfiguration(error.message);
    throw error;
  }
}
