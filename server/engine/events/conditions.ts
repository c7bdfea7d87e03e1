// Conditional events: looked at again whenever a variable has changed, in the order they began to listen. What counts is the change from
// false to true; a condition that is true from the beginning fires at once (BPMN 2.0.2, 10.5.5, Table 10.83).
import { isTrueYet, viewpoint } from '../expressions.ts';
import { triggerAt } from '../listen.ts';
import { fail, remove } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { fire } from './catch.ts';

export function lookAtConditions(live: LiveCase): void {
  if (!live.isDirty) return;
  live.isDirty = false;
  for (const item of [...live.conditions]) if (!item.isGone) lookAt(live, item);
}

function lookAt(live: LiveCase, item: Item): void {
  const outcome = isTrueYet(live, viewpoint(item), conditionOf(item));
  if ('failure' in outcome) {
    fail(live, item, outcome.failure, item.host ? 'arm' : 'enter');
    return;
  }
  const fires = outcome.value && item.was !== true;
  item.was = outcome.value;
  if (!fires) return;
  live.visits += 1;
  const scope = item.parent;
  if (scope && endsAdHoc(item)) {
    scope.isEnough = true;
    remove(live, item);
  } else fire(live, item);
}

/** An ad-hoc sub-process with nothing left to do waits for its completion condition. */
export function endsAdHoc(item: Item): boolean {
  return item.node?.adHoc !== undefined && item.parent?.node === item.node && item.parent?.rounds === undefined;
}

function conditionOf(item: Item): string {
  if (endsAdHoc(item)) return item.node?.adHoc?.completion ?? 'true';
  const trigger = triggerAt(item);
  return trigger.kind === 'condition' ? trigger.condition : 'false';
}
