// The content hash of a version: the same files give the same hash, whatever order they came in.
import { createHash } from 'node:crypto';
import type { SituationFiles } from './types.ts';

/** SHA-256 in hex over names and contents, sorted by name; lengths stand between them, so that nothing can move from one file to the next. */
export function contentHash(files: SituationFiles): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).sort()) {
    const text = files[name] ?? '';
    hash.update(`${Buffer.byteLength(name)}:${name}${Buffer.byteLength(text)}:`).update(text);
  }
  return hash.digest('hex');
}
