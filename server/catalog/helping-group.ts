// Who may do a task that is in nobody's queue: an offer of an office's role, and a task of the applicant that officers may do for him.
import { findNode } from '../engine/index.ts';
import type { CompiledSituation } from './compile-situation.ts';

/** The group of officers, or null when the task is as any other. */
export function helpingGroup({ model, sheet }: Pick<CompiledSituation, 'model' | 'sheet'>, elementId: string): string | null {
  const node = findNode(model, elementId);
  const role = node?.standIn ?? (node?.offer === true && node.role !== 'applicant' ? node.role : undefined);
  return role === undefined ? null : (sheet.roles[role]?.group ?? role);
}
