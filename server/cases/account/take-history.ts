// An officer brings in a file of old prescriptions and payments: read once, booked in parts, so that a crash in the middle repeats nothing and loses nothing.
import { createHash } from 'node:crypto';
import { importHistory, type HistoryTaken } from '../../books/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { readHistory } from '../../domain/money/history-file.ts';
import { permitBooks, type Actor } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { insertImport } from '../../store/foreign-records.ts';
import type { Corridor } from '../corridor.ts';

/** Records of one transaction: it ends well within the limits of the database. */
const PART = 200;
/** Records of one file: more would keep the officer's browser waiting; the rest goes into another file. */
export const MOST_RECORDS = 5_000;

export interface HistoryGiven {
  readonly system: string;
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** Refuses `file-unreadable`, `history-too-long`, and who does not keep the books. */
export async function takeHistory(
  corridor: Corridor,
  tenantId: number,
  actor: Extract<Actor, { kind: 'officer' }>,
  { system, fileName, content }: HistoryGiven,
): Promise<HistoryTaken> {
  permitBooks(actor);
  const now = corridor.clock.now();
  const file = readHistory(textOf(content), dayOf(now.toISOString()));
  if (file.errors.some(({ line }) => line === 0)) throw new Problem('invalid', 'file-unreadable');
  if (file.debts.length + file.payments.length > MOST_RECORDS) throw new Problem('invalid', 'history-too-long', { most: MOST_RECORDS });
  const at = now.toISOString();
  const sum = { taken: 0, repeated: 0, errors: [...file.errors] };
  const chunk = { system, by: `officer:${actor.id}`, now: at };
  // All debts before the first payment: payments name them.
  const work = [
    ...parts(file.debts).map((debts) => ({ debts, payments: [] })),
    ...parts(file.payments).map((payments) => ({ debts: [], payments })),
  ];
  for (const part of work) {
    const { taken, repeated, errors } = await corridor.db.withTenant(tenantId, (trx) =>
      importHistory(trx, tenantId, { ...chunk, ...part }),
    );
    sum.taken += taken;
    sum.repeated += repeated;
    sum.errors.push(...errors);
  }
  const errors = sum.errors.toSorted((a, b) => a.line - b.line);
  const about = { id: newId(now), system, fileName, officerId: actor.id, sha256: createHash('sha256').update(content).digest('hex'), at };
  await corridor.db.withTenant(tenantId, (trx) => insertImport(trx, tenantId, { ...about, ...sum, errors }));
  return { ...sum, errors };
}

const parts = <T>(records: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(records.length / PART) }, (_, index) => records.slice(index * PART, (index + 1) * PART));

/** UTF-8, or the code page that older programs write. */
function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1250').decode(content);
  }
}
