// The operator's file with the settings of a town: JSON or YAML, over the demo or (`demo: false`) alone; secrets by names of files.
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { isBranch, leaves, type Branch } from './settings/layers.ts';
import { readerBeside, resolveReferences, type SettingProblem } from './settings/secrets.ts';
import { isConnectorKey, misspelt } from './settings/verify.ts';
import { isFactKey } from './town-facts.ts';

export interface ConfigFile {
  /** False = nothing of the demo is there; undefined = the file does not say. */
  readonly demo: boolean | undefined;
  /** Facts of the town and settings of its connectors, secrets read. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same, only to begin with (`initial`): lies under what administrators say in the browser. */
  readonly initial: Readonly<Record<string, unknown>>;
  /** Paths that the file says. */
  readonly says: readonly string[];
}

/** One Czech line that names the key. */
export class ConfigFileRefused extends Error {}

const MOST_BYTES = 1024 * 1024;

/** Throws `ConfigFileRefused`. */
export function readConfigFile(path: string): ConfigFile {
  const refuse = (text: string): never => {
    throw new ConfigFileRefused(text);
  };
  const document = parseDocument(textOf(path), { prettyErrors: false });
  const [flaw] = document.errors;
  if (flaw) {
    const line = textOf(path).slice(0, flaw.pos[0]).split('\n').length;
    return refuse(`Soubor ${path} nelze přečíst: na řádku ${line} není platný JSON ani YAML.`);
  }
  const whole: unknown = toPlain(document, path);
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole))
    return refuse(`Soubor ${path} musí obsahovat nastavení jako „klíč: hodnota“.`);
  const { demo, initial = {}, ...given } = whole as Readonly<Record<string, unknown>>;
  if (demo !== undefined && typeof demo !== 'boolean') return refuse(`Chybné nastavení demo v souboru ${path}: musí být true nebo false.`);
  if (!isBranch(initial)) return refuse(`Chybné nastavení initial v souboru ${path}: musí obsahovat výchozí hodnoty jako „klíč: hodnota“.`);
  const read = readerBeside(dirname(path));
  const [above, below] = [resolveReferences(given, '', read), resolveReferences(initial, '', read)];
  const inInitial = (problem: SettingProblem): SettingProblem => ({ ...problem, path: `initial.${problem.path}` });
  const [problem] = [...strangers(given), ...above.problems, ...[...strangers(initial), ...below.problems].map(inInitial)];
  if (problem) return refuse(`Chybné nastavení ${problem.path} v souboru ${path}: ${problem.message}.`);
  return { demo, settings: above.value as Branch, initial: below.value as Branch, says: leaves(given) };
}

function textOf(path: string): string {
  try {
    if (statSync(path).size > MOST_BYTES) throw new ConfigFileRefused(`Soubor ${path} je příliš velký.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof ConfigFileRefused) throw error;
    throw new ConfigFileRefused(`Soubor ${path} s nastavením města nelze otevřít.`, { cause: error });
  }
}

function toPlain(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    throw new ConfigFileRefused(`Soubor ${path} nelze přečíst: odkazuje příliš mnohokrát sám na sebe.`, { cause: error });
  }
}

function strangers(given: Readonly<Record<string, unknown>>): readonly SettingProblem[] {
  return Object.entries(given).flatMap(([key, value]) => {
    if (isConnectorKey(key)) return value === null ? [] : misspelt(key, value);
    return isFactKey(key) ? [] : [{ path: key, message: 'takový klíč nastavení nemá' }];
  });
}
