// A life situation from its folder on disk: the only place of the catalogue that touches files.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseLaw } from './law/statutory-law.ts';
import type { StatutoryLaw } from './law/statutory-law.ts';
import type { SituationFiles } from './types.ts';

/** Kinds of files that make up a version; everything else in the folder (a README, a picture) is left out. */
const PARTS = [
  /^situation\.yaml$/,
  /^process\.bpmn$/,
  /^[a-z0-9-]+\.dmn$/,
  /^forms\/[a-z0-9-]+\.form\.json$/,
  /^texts\/[a-z0-9-]+\.(cs|en)\.md$/,
  /^scenarios\/[a-z0-9-]+\.yaml$/,
  // Processes of other situations that this one calls, as they were at its publication.
  /^called\/[A-Za-z_][\w.-]*\.bpmn$/,
];

export const isPartOfSituation = (name: string): boolean => PARTS.some((part) => part.test(name));

/** Text files by path relative to the folder, with `/`; line ends become `\n`. */
export async function readSituationFolder(folder: string): Promise<SituationFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const parts = names.filter(isPartOfSituation).sort();
  const texts = await Promise.all(parts.map(async (name) => (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')));
  return Object.fromEntries(parts.map((name, index) => [name, texts[index] ?? '']));
}

/** Folders with a situation.yaml, sorted. Templates (`_…`) are never offered to citizens and are left out unless asked for. */
export async function situationFolders(root: string, options: { readonly templates?: boolean } = {}): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && (options.templates === true || !entry.name.startsWith('_')))
    .map(({ name }) => name)
    .sort();
  const found = await Promise.all(
    names.map(async (name) => ((await readdir(join(root, name))).includes('situation.yaml') ? [join(root, name)] : [])),
  );
  return found.flat();
}

const LAW_FILE = join(import.meta.dirname, '..', '..', 'processes', '_maxima.yaml');
let law: Promise<StatutoryLaw> | undefined;

/** The highest rates and the readings of the law that came with this house; read once. @throws Error when the file is not in order */
export function statutoryLaw(): Promise<StatutoryLaw> {
  law ??= readFile(LAW_FILE, 'utf8').then(parseLaw);
  return law;
}
