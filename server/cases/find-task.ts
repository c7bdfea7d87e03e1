// The task that a command is about: open, or how it was closed.
import { Problem } from '../domain/problem.ts';
import { closedTask, type TaskRow } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import type { CaseFile } from './corridor.ts';

export type FoundTask =
  { readonly open: TaskRow } | { readonly closed: { readonly closedAt: string; readonly byName: string | null } } | 'unknown';

export async function findTask(trx: Transaction, file: CaseFile, executionId: string): Promise<FoundTask> {
  const open = file.tasks.find((task) => task.executionId === executionId);
  if (open) return { open };
  const closed = await closedTask(trx, file.tenantId, file.row.id, executionId);
  return closed ? { closed } : 'unknown';
}

/** Refuses with `task-already-completed` (who, when) or `task-not-found`. */
export function mustBeOpen(found: FoundTask): TaskRow {
  if (found === 'unknown') throw new Problem('not-found', 'task-not-found');
  if ('closed' in found) throw new Problem('conflict', 'task-already-completed', { name: found.closed.byName, at: found.closed.closedAt });
  return found.open;
}
