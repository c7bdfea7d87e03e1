// Secrets of connectors: in settings they are only `{"file": "…"}`; the content is read when the connectors are made and is never shown.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { connectorKeys, connectorRows } from '../../integrations/connectors.ts';

export interface FileReference {
  readonly file: string;
}
export interface SettingProblem {
  /** `isds.accounts.town.password` */
  readonly path: string;
  readonly message: string;
}
/** Gives the content of a referenced file; throws an error with a Czech sentence. */
export type ReadReference = (reference: FileReference) => string;

/** A secret or a certificate is no longer than this. */
const MOST_BYTES = 256 * 1024;

export function isReference(value: unknown): value is FileReference {
  return (
    typeof value === 'object' && value !== null && Object.keys(value).length === 1 && typeof (value as { file?: unknown }).file === 'string'
  );
}

const patterns = connectorKeys.flatMap((key) => connectorRows[key].secrets.map((path) => `${key}.${path}`.split('.')));

/** `path` begins with the connector's key. */
export function isSecret(path: string): boolean {
  const parts = path.split('.');
  return patterns.some(
    (pattern) => pattern.length === parts.length && pattern.every((part, index) => part === '*' || part === parts[index]),
  );
}

/** Replaces references by contents. A secret that stands in the settings themselves is a problem, and so is a file that cannot be read. */
export function resolveReferences(
  value: unknown,
  path: string,
  read: ReadReference,
): { readonly value: unknown; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const walk = (one: unknown, at: string): unknown => {
    if (isReference(one)) {
      try {
        return read(one);
      } catch (error) {
        problems.push({ path: at, message: error instanceof Error ? error.message : 'soubor nelze přečíst' });
        return '';
      }
    }
    if (isSecret(at) && one !== null && one !== undefined) {
      problems.push({ path: at, message: 'tajný údaj smí být jen v samostatném souboru: {"file": "cesta k souboru"}' });
      return one;
    }
    if (Array.isArray(one)) return one.map((item, index) => walk(item, `${at}.${index}`));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, walk(item, at === '' ? key : `${at}.${key}`)]));
  };
  return { value: walk(value, path), problems };
}

/** The operator who writes the file may name any file; a relative path counts from the folder of the file. */
export function readerBeside(folder: string): ReadReference {
  return ({ file }) => contentOf(isAbsolute(file) ? file : resolve(folder, file), file);
}

/** An administrator in the browser may name only a file that lies in the folder of secrets: no way up, no link out. */
export function readerWithin(folder: string): ReadReference {
  return ({ file }) => {
    if (!/^[\w][\w.-]{0,99}$/.test(file)) throw new Error('jméno souboru smí mít jen písmena, číslice, tečku, pomlčku a podtržítko');
    const place = join(folder, file);
    let real: string;
    try {
      real = realpathSync(place);
    } catch {
      throw new Error(`soubor ${file} ve složce tajných údajů není`);
    }
    if (!real.startsWith(`${realpathSync(folder)}${sep}`)) throw new Error(`soubor ${file} vede mimo složku tajných údajů`);
    return contentOf(real, file);
  };
}

function contentOf(path: string, name: string): string {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new Error('not a file');
    if (found.size > MOST_BYTES) throw new RangeError('too long');
    const text = readFileSync(path, 'utf8').trimEnd();
    if (text !== '') return text;
  } catch (error) {
    throw new Error(error instanceof RangeError ? `soubor ${name} je příliš velký` : `soubor ${name} nelze přečíst`, { cause: error });
  }
  throw new Error(`soubor ${name} je prázdný`);
}
