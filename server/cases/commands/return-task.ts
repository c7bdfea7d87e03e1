// The clock's door: a task on the desk of an officer who does not work here any more goes back to the queue of its group.
import { Problem } from '../../domain/problem.ts';
import { groupsOfActiveOfficer } from '../../store/people.ts';
import type { Command } from '../corridor.ts';
import { findTask, mustBeOpen, type FoundTask } from '../find-task.ts';

export interface ReturnData {
  readonly executionId: string;
  /** Who left. */
  readonly officerId: string;
}

/** Refuses `task-claimed-by-other` when somebody else has it by now, or the officer works here again. */
export const returnTask: Command<ReturnData, { readonly found: FoundTask; readonly isBack: boolean }> = {
  name: 'return-task',
  gather: async (trx, file, { executionId, officerId }) => ({
    found: await findTask(trx, file, executionId),
    isBack: (await groupsOfActiveOfficer(trx, file.tenantId, officerId)) !== undefined,
  }),
  accept(_file, { actor, data }, { found, isBack }) {
    if (actor.kind !== 'clock') throw new Problem('forbidden', 'not-permitted');
    const { executionId, officerId } = data;
    if (mustBeOpen(found).assigneeId !== officerId || isBack) throw new Problem('conflict', 'task-claimed-by-other');
    return {
      changes: [{ kind: 'assign-task', executionId, officerId: null }],
      detail: { task: executionId, officerId: null, left: officerId },
      result: { executionId, officerId: null },
    };
  },
};
