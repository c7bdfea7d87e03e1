// A small correct life situation to break: every test of the gate changes one thing in it.
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { checkSituation, readSituationFolder } from '../../server/catalog/index.ts';
import type { Finding, SituationFiles } from '../../server/catalog/index.ts';

export const PROCESSES = join(import.meta.dirname, '..', '..', 'processes');

const read = new Map<string, SituationFiles>();
beforeAll(async () => {
  for (const name of ['_template', 'pokuta', 'poplatek-za-odpad', 'prihlaseni-psa', 'zadost-o-informace', 'zvlastni-uzivani'])
    read.set(name, await readSituationFolder(join(PROCESSES, name)));
});

export function filesOf(name: string): SituationFiles {
  const files = read.get(name);
  if (!files) throw new Error(`${name} was not read`);
  return files;
}

/** The package with one text of one file exchanged; throws when the text is not there, so that no test passes for nothing. */
export function changed(name: string, file: string, from: string | RegExp, to: string): SituationFiles {
  const files = filesOf(name);
  const before = files[file] ?? '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)}`);
  return { ...files, [file]: after };
}

export function without(name: string, file: string): SituationFiles {
  const { [file]: gone, ...rest } = filesOf(name);
  if (gone === undefined) throw new Error(`${name} has no ${file}`);
  return rest;
}

/** Findings of one rule. */
export async function found(files: SituationFiles, rule: string): Promise<readonly Finding[]> {
  return (await checkSituation(files)).filter((finding) => finding.rule === rule);
}
