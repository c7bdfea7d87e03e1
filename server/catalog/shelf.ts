// Compiled versions on a shelf of bounded length: a version never changes, so it is compiled once per process and kept while it is used.
import { compileSituation, type CompiledSituation } from './compile-situation.ts';
import type { SituationFiles } from './types.ts';

export interface SituationShelf {
  /** `read` gives the version's files when it is not on the shelf. @throws Error when there is no such version */
  get(versionId: string, read: () => Promise<SituationFiles | undefined>): Promise<CompiledSituation>;
}

/** @param length versions kept, the least recently used falls off (default 64) */
export function createShelf(length = 64): SituationShelf {
  const kept = new Map<string, Promise<CompiledSituation>>();
  return {
    get(versionId, read) {
      const found = kept.get(versionId) ?? compile(versionId, read);
      kept.delete(versionId);
      kept.set(versionId, found);
      if (kept.size > length) kept.delete(kept.keys().next().value ?? '');
      // A failure (a lost connection) is not remembered.
      found.catch(() => kept.delete(versionId));
      return found;
    },
  };
}

async function compile(versionId: string, read: () => Promise<SituationFiles | undefined>): Promise<CompiledSituation> {
  const files = await read();
  if (!files) throw new Error(`version ${versionId} does not exist`);
  return compileSituation(files);
}
