// What founds a case without a citizen: the message and signal starts of a process, for the table that messages between cases are matched by.
import type { EventTrigger, ProcessModel } from '../engine/index.ts';

export interface StartTrigger {
  readonly kind: 'message' | 'signal';
  readonly name: string;
  readonly elementId: string;
}

export function startTriggers(model: ProcessModel): readonly StartTrigger[] {
  return [...model.nodes.values()]
    .filter((node) => node.kind === 'startEvent' && node.scope === model.processId)
    .flatMap((node) => named(node.event).map((trigger) => ({ ...trigger, elementId: node.id })));
}

/** Of several triggers of one start each is enough; a parallel multiple start needs all of them and is not founded by one. */
function named(event: EventTrigger | undefined): readonly Omit<StartTrigger, 'elementId'>[] {
  switch (event?.kind) {
    case 'message':
      return [{ kind: 'message', name: event.message }];
    case 'signal':
      return [{ kind: 'signal', name: event.signal }];
    case 'multiple':
      return event.parallel ? [] : event.triggers.flatMap(named);
    default:
      return [];
  }
}
