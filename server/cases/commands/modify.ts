// An officer moves, skips, repeats or ends steps of a running case, with a reason.
import { Problem } from '../../domain/problem.ts';
import type { ModifyOperation } from '../../engine/types.ts';
import type { Command } from '../corridor.ts';
import { intervention } from '../reason.ts';

export interface ModifyData {
  readonly operations: readonly ModifyOperation[];
  readonly reason: string;
}
const MAX_OPERATIONS = 50;

/** All operations together or none. Refuses `operations-missing`, and what the engine refuses. */
export const modify: Command<ModifyData> = {
  name: 'modify',
  accept(file, { actor, data }) {
    const { change, detail } = intervention(file, actor, 'modify', data.reason);
    if (data.operations.length === 0 || data.operations.length > MAX_OPERATIONS) throw new Problem('invalid', 'operations-missing');
    refuseUnknown(data.operations, (id) => file.situation.model.nodes.has(id));
    return {
      stimulus: { kind: 'modify', operations: data.operations },
      changes: [change],
      detail: {
        ...detail,
        operations: data.operations.map((operation) => ({ ...operation, ...('output' in operation ? { output: null } : {}) })) as never,
      },
      result: null,
    };
  },
};

function refuseUnknown(operations: readonly ModifyOperation[], isKnown: (id: string) => boolean): void {
  for (const operation of operations)
    if (operation.op === 'start' && !isKnown(operation.elementId))
      throw new Problem('invalid', 'element-unknown', { element: operation.elementId });
}
