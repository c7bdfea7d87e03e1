// Compares sources with the rules of the house. Pure: sources in, sentences out, so that a test can feed it a forbidden import.
import { builtinModules } from 'node:module';
import { floorOf, outsiders, portOfConnectors, readerOfEnvironment } from './floors.ts';
import type { Floor } from './floors.ts';
import { targetOf } from './read-source.ts';
import type { Import, Source } from './read-source.ts';

/** Every breach of the import table, as sentences that name both ends. */
export function importViolations(sources: readonly Source[]): readonly string[] {
  return sources
    .flatMap((source) => source.imports.flatMap((imported) => [...forbiddenFloor(source, imported), ...forbiddenPackage(source, imported)]))
    .concat(environmentReaders(sources));
}

function forbiddenFloor({ file }: Source, imported: Import): readonly string[] {
  const target = targetOf(file, imported);
  const floor = floorOf(file);
  if (target === undefined || floor === undefined) return [];
  const outsider = outsiders.find((path) => target.startsWith(path));
  if (outsider !== undefined) return [`${file} imports ${target}: the house does not know ${outsider}`];
  const reached = floorOf(target);
  if (reached === undefined)
    return target.startsWith('processes/') ? [`${file} imports ${target}: life situations are read, not imported`] : [];
  if (!mayReach(floor, reached, imported)) return [`${file} imports ${target}: ${floor.name} may not import ${reached.name}`];
  if (reached.name === 'connectors' && floor.name === 'connectors' && folder(file) !== folder(target))
    return [`${file} imports ${target}: a connector may not import another connector`];
  if (reached.name === 'connectors' && floor.name === 'world' && !/\/(simulator|demo-[a-z-]+)\.ts$/.test(target))
    return [`${file} imports ${target}: the world is made of simulators only`];
  if (reached.name === 'connector' && ['jobs', 'http'].includes(floor.name) && target !== portOfConnectors)
    return [`${file} imports ${target}: ${floor.name} may know only ${portOfConnectors}`];
  return [];
}

function mayReach(floor: Floor, reached: Floor, { typesOnly }: Import): boolean {
  return floor.name === reached.name || floor.may.includes(reached.name) || (typesOnly && (floor.mayTypes ?? []).includes(reached.name));
}

const folder = (file: string): string => file.split('/').slice(0, 3).join('/');

function forbiddenPackage({ file }: Source, { from }: Import): readonly string[] {
  const floor = floorOf(file);
  if (from.startsWith('.') || floor?.never === undefined) return [];
  const own = builtinModules.includes(from) ? `node:${from}` : from;
  const matches = (name: string): boolean => (name === 'node:*' ? own.startsWith('node:') : own === name || own.startsWith(`${name}/`));
  return floor.never.some(matches) ? [`${file} imports ${own}: it has no place in ${floor.name}`] : [];
}

function environmentReaders(sources: readonly Source[]): readonly string[] {
  const readers = sources.filter(
    ({ file, readsEnvironment }) => readsEnvironment && file !== readerOfEnvironment && floorOf(file) !== undefined,
  );
  return readers.map(({ file }) => `${file} reads process.env: only ${readerOfEnvironment} does`);
}

/** Circles of imports, type-only ones included; each as its files in order, the first one again at the end. */
export function importCircles(sources: readonly Source[]): readonly string[] {
  const files = new Map(sources.map((source) => [source.file, source]));
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const imported of files.get(file)?.imports ?? []) {
      const target = targetOf(file, imported);
      if (target !== undefined && files.has(target) && target !== file) visit(target, [...path, file]);
    }
    state.set(file, 'done');
  };
  for (const file of files.keys()) visit(file, []);
  return circles;
}

const forbiddenNames = /(^|\/)(helpers?|utils?|common|lib|misc)(\/|\.[a-z]+$)/;
const mayDefault = /(\.vue|\.config\.(ts|js)|\.d\.ts)$|^test\/setup\/closing-line\.ts$/;

/** Sizes and names past their limits. */
export function sizeViolations(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => {
    const { file, lines, imports, functions } = source;
    const isTest = file.startsWith('test/');
    const limit = lineLimit(file);
    const ours = new Set(imports.map((imported) => targetOf(file, imported)).filter((target) => target !== undefined)).size;
    const found: (string | false)[] = [
      lines > limit && `${file} has ${lines} lines, the limit is ${limit}`,
      ours > 14 && !isTest && !mayImportMany.test(file) && `${file} imports ${ours} files of ours, the limit is 14`,
      forbiddenNames.test(file) && `${file}: this name says nothing, find the noun`,
      source.hasDefaultExport && !mayDefault.test(file) && `${file} has a default export`,
    ];
    const long = isTest
      ? []
      : functions
          .filter((size) => size.lines > 60)
          .map((size) => `${file}:${size.line} ${size.name} has ${size.lines} lines, the limit is 60`);
    const wide = functions
      .filter((size) => size.parameters > 6)
      .map((size) => `${file}:${size.line} ${size.name} has ${size.parameters} parameters, make them one named object`);
    return [...found.filter((sentence) => sentence !== false), ...long, ...wide];
  });
}

const mayImportMany =
  /^server\/(wire|main|cli|http\/house)\.ts$|(^|\/)index\.ts$|\/(connectors|simulators|kinds|router|routes)\.ts$|^tools\/start\.ts$/;

/** Tables, schemas, texts and tests are read by looking up, not from top to bottom. */
function lineLimit(file: string): number {
  if (/^test\/|^server\/contract\/|^migrations\/|(texts|schema|table|dictionary)[a-z.-]*\.ts$/.test(file)) return 600;
  return file.endsWith('.vue') ? 250 : 300;
}
