// All sources of the house, read from the disk.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from './read-source.ts';
import type { Source } from './read-source.ts';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['forms', 'ui-kit', 'server', 'portal-ui', 'admin-ui', 'tools', 'test', 'processes'];

export function readHouse(): readonly Source[] {
  return rooms
    .filter((room) => existsSync(join(root, room)))
    .flatMap((room) => filesBelow(room))
    .map((file) => readSource(file, readFileSync(join(root, file), 'utf8')));
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(inner);
    return /\.(ts|mjs|js|vue)$/.test(entry.name) ? [inner] : [];
  });
}
