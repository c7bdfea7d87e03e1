// An intervention has a reason. The words are kept beside the journal, where they can be erased; the journal holds their id and hash.
import { createHash } from 'node:crypto';
import type { Json } from '../engine/types.ts';
import { permitIntervention, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Change } from './changes.ts';
import type { CaseFile } from './corridor.ts';

const MAX_LENGTH = 1_000;

export interface Reasoned {
  readonly change: Change;
  readonly detail: Readonly<Record<string, Json>>;
}

/** Refuses `not-permitted`, `reason-missing` and `reason-too-long`. */
export function intervention(file: CaseFile, actor: Actor, kind: string, words: string): Reasoned {
  permitIntervention(actor);
  return reasoned(file, actor.id, kind, words);
}

/** Refuses `reason-missing` and `reason-too-long`. */
export function reasoned(file: CaseFile, officerId: string, kind: string, words: string): Reasoned {
  const reason = soundReason(words);
  const id = newId(new Date(file.now));
  return {
    change: { kind: 'add-operation', operation: { id, kind, reason, officerId } },
    detail: { operation: id, reasonHash: createHash('sha256').update(`${id} ${reason}`).digest('hex') },
  };
}

export function soundReason(words: string): string {
  const reason = words.trim();
  if (reason === '') throw new Problem('invalid', 'reason-missing');
  if (reason.length > MAX_LENGTH) throw new Problem('invalid', 'reason-too-long', { max: MAX_LENGTH });
  return reason;
}
