// A life situation from its folder on disk: the only place of the catalogue that touches files.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SituationFiles } from './types.ts';

/** Kinds of files that make up a version; everything else in the folder (a README, a picture) is left out. */
const PARTS = [/^situation\.yaml$/, /^process\.bpmn$/, /^[a-z0-9-]+\.dmn$/, /^forms\/[a-z0-9-]+\.form\.json$/, /^texts\/[a-z0-9-]+\.(cs|en)\.md$/, /^scenarios\/[a-z0-9-]+\.yaml$/];

export const isPartOfSituation = (name: string): boolean => PARTS.some((part) => part.test(name));

/** Text files by path relative to the folder, with `/`; line ends become `\n`. */
export async function readSituationFolder(folder: string): Promise<SituationFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const parts = names.filter(isPartOfSituation).sort();
  const texts = await Promise.all(parts.map(async (name) => (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')));
  return Object.fromEntries(parts.map((name, index) => [name, texts[index] ?? '']));
}

/** Folders with a situation.yaml, sorted; those beginning with `_` are templates and are not offered to citizens. */
export async function situationFolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name)).sort();
  const found = await Promise.all(folders.map(async (folder) => ((await stat(join(folder, 'situation.yaml')).catch(() => undefined))?.isFile() ? [folder] : [])));
  return found.flat();
}
