// The words after `npm start --`.
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { refuseConfiguration } from '../../server/platform/config.ts';
import { ConfigFileRefused, readConfigFile } from '../../server/town/config-file.ts';

export type StartArguments = {
  readonly isDevelopment: boolean;
  /** Settings of the process that follow from them. */
  readonly settings: { readonly TOWN_CONFIG?: string; readonly DEMO?: '0' };
  /** Name of a town that stands without the demo: it is entered into the database when it is not there yet. */
  readonly townName?: string;
};

/** `--config FILE` is read here too, because it says whether the demo is wanted. Ends with one line and exit code 78 when something is wrong. */
export function readArguments(words: readonly string[]): StartArguments {
  const { dev, config } = parsed(words);
  if (config === undefined) return { isDevelopment: dev, settings: {} };
  try {
    const { demo, settings } = readConfigFile(resolve(config));
    const given = { TOWN_CONFIG: resolve(config) };
    if (demo !== false) return { isDevelopment: dev, settings: given };
    return { isDevelopment: dev, settings: { ...given, DEMO: '0' }, townName: String(settings['name'] ?? '') };
  } catch (error) {
    if (error instanceof ConfigFileRefused) refuseConfiguration(error.message);
    throw error;
  }
}

function parsed(words: readonly string[]): { readonly dev: boolean; readonly config: string | undefined } {
  try {
    const { values } = parseArgs({ args: [...words], options: { dev: { type: 'boolean' }, config: { type: 'string' } } });
    return { dev: values.dev ?? false, config: values.config };
  } catch {
    return refuseConfiguration('Příkazu npm start nerozumím. Zná jen: npm start -- --config SOUBOR');
  }
}
