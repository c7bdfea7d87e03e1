// Compiling by content: the same files once, whatever order they come in; broken ones never.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileSituation, contentHash, readSituationFolder, situationFolders, SituationError } from '../../server/catalog/index.ts';
import { filesOf, PROCESSES, without } from './package.ts';

test('the order of files does not change the hash, one character does', () => {
  const files = filesOf('_template');
  const turned = Object.fromEntries(Object.entries(files).reverse());
  expect(contentHash(turned)).toBe(contentHash(files));
  expect(contentHash({ ...files, 'situation.yaml': `${files['situation.yaml'] ?? ''} ` })).not.toBe(contentHash(files));
  expect(contentHash({ 'a.dmn': 'bc' })).not.toBe(contentHash({ 'a.dmnb': 'c' }));
});

test('the same content is compiled once', async () => {
  const files = filesOf('prihlaseni-psa');
  const [first, second] = await Promise.all([compileSituation(files), compileSituation({ ...files })]);
  expect(second).toBe(first);
});

test('more contents than are kept are compiled again, and right', async () => {
  const files = filesOf('_template');
  const first = await compileSituation(files);
  for (let index = 0; index < 40; index += 1) await compileSituation({ ...files, 'texts/sluzba.cs.md': `Verze ${index}` });
  const again = await compileSituation(files);
  expect(again).not.toBe(first);
  expect(again.hash).toBe(first.hash);
});

test('a package that cannot run is refused with every finding, again and again', async () => {
  const files = { ...without('_template', 'process.bpmn'), 'situation.yaml': '[' };
  for (let time = 0; time < 2; time += 1) {
    const error = await compileSituation(files).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SituationError);
    expect((error as SituationError).findings.map(({ rule }) => rule)).toEqual(['sheet-invalid', 'process-missing']);
  }
});

test('a folder is read without what does not belong to a version', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'situation-'));
  await mkdir(join(folder, 'forms'));
  await writeFile(join(folder, 'situation.yaml'), 'id: a\r\n');
  await writeFile(join(folder, 'README.md'), 'x');
  await writeFile(join(folder, 'forms', 'a.form.json'), '{}');
  expect(await readSituationFolder(folder)).toEqual({ 'situation.yaml': 'id: a\n', 'forms/a.form.json': '{}' });
  await rm(folder, { recursive: true });
});

test('templates are not offered as situations', async () => {
  const names = (folders: readonly string[]): readonly string[] => folders.map((folder) => folder.slice(PROCESSES.length + 1));
  expect(names(await situationFolders(PROCESSES))).toEqual([
    'pokuta',
    'poplatek-za-odpad',
    'prihlaseni-psa',
    'zadost-o-informace',
    'zvlastni-uzivani',
  ]);
  expect(names(await situationFolders(PROCESSES, { templates: true }))).toContain('_template');
});
