// Every dependency has a reason written down, an exact version, and a lock file that says nothing about where it was fetched.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
type Packages = Readonly<Record<string, string>>;
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
  readonly dependencies: Packages;
  readonly devDependencies: Packages;
};
const versions = { ...dependencies, ...devDependencies };

test('docs/dependencies.md names the packages of package.json, and no others', () => {
  const named = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(versions).sort());
});

test('every version is exact', () => {
  expect(Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(version))).toEqual([]);
});

test('the lock file holds no download address', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved":|https?:\/\/[^"]*\.tgz/);
});
