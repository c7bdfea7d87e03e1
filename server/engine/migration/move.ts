// A migration under way: the old case, the plan, and what has been made of it so far.
import type { Item, LiveCase } from '../live-case.ts';
import type { ProcessModel } from '../process-model.ts';
import type { ModifyOperation } from '../types.ts';
import { nameOf, type Change, type MigrationPlan, type Reason } from './plan.ts';

/** Where an item goes on: its element of the new version, and what it says about flows there. */
export interface Moved {
  readonly e: string;
  readonly tokens?: Readonly<Record<string, number>>;
  readonly first?: readonly string[];
  readonly flow?: string;
}

/** What the parts of a migration share: they read the old case and the plan, and write the rest. */
export interface Move {
  readonly from: ProcessModel;
  readonly to: ProcessModel;
  readonly plan: MigrationPlan;
  readonly old: LiveCase;
  readonly items: Map<Item, Moved>;
  /** What does not go over: cancelled, or inside something cancelled. */
  readonly gone: Set<Item>;
  readonly reasons: Reason[];
  readonly changes: Change[];
  readonly moves: ModifyOperation[];
}

export function refuse({ from, reasons }: Move, code: Reason['code'], elementId: string): void {
  if (reasons.some((reason) => reason.code === code && reason.elementId === elementId)) return;
  reasons.push({ code, elementId, name: nameOf(from, elementId) });
}

/** Inside a called process nothing has another name: the process called is the same. */
export function isCalled({ from }: Move, item: Item): boolean {
  return item.model !== from;
}
