// A migration under way: the old case, the plan, and what has been made of it so far.
import { ROOT } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import type { ProcessModel } from '../process-model.ts';
import type { ModifyOperation } from '../types.ts';
import { nameOf, type Change, type MigrationPlan, type Reason } from './plan.ts';

/** What the parts of a migration share: they read the old case and the plan, and write the rest. */
export interface Move {
  readonly from: ProcessModel;
  readonly to: ProcessModel;
  readonly plan: MigrationPlan;
  readonly old: LiveCase;
  readonly items: Map<string, Item>;
  /** Executions that do not go over: cancelled, or inside something cancelled. */
  readonly gone: Set<string>;
  readonly reasons: Reason[];
  readonly changes: Change[];
  readonly moves: ModifyOperation[];
}

export function refuse({ from, reasons }: Move, code: Reason['code'], elementId: string): void {
  if (reasons.some((reason) => reason.code === code && reason.elementId === elementId)) return;
  reasons.push({ code, elementId, name: nameOf(from, elementId) });
}

/** The element that a scope's execution runs in the new version. */
export function scopeElement({ to, items }: Move, scope: string): string | undefined {
  return scope === ROOT ? to.processId : items.get(scope)?.e;
}
