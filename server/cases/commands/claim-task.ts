// Claiming, releasing and assigning a task: whose desk it lies on.
import { isHead, isOfGroup, mayWorkOn, permitOfficer, type Actor } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import type { TaskRow } from '../../store/cases.ts';
import type { Acceptance, CaseFile, Command } from '../corridor.ts';
import { groupsOfActiveOfficer } from '../../store/people.ts';
import { findTask, mustBeOpen, type FoundTask } from '../find-task.ts';

export interface TaskData {
  readonly executionId: string;
}
export interface AssignData extends TaskData {
  readonly officerId: string;
}

/** Refuses `task-claimed-by-other`; claiming one's own task again changes nothing. */
export const claimTask: Command<TaskData, FoundTask> = {
  name: 'claim-task',
  gather: (trx, file, data) => findTask(trx, file, data.executionId),
  accept(file, { actor, data }, found) {
    const task = permitted(file, actor, found);
    const me = officerId(actor);
    if (task.assigneeId !== null && task.assigneeId !== me)
      throw new Problem('conflict', 'task-claimed-by-other', { officerId: task.assigneeId });
    return assigned(data.executionId, me);
  },
};

export const releaseTask: Command<TaskData, FoundTask> = {
  name: 'release-task',
  gather: (trx, file, data) => findTask(trx, file, data.executionId),
  accept(file, { actor, data }, found) {
    const task = permitted(file, actor, found);
    if (task.assigneeId !== null && task.assigneeId !== officerId(actor) && !isHead(actor))
      throw new Problem('conflict', 'task-claimed-by-other', { officerId: task.assigneeId });
    return assigned(data.executionId, null);
  },
};

/** Heads assign to anyone, who may work on the task from then on; others hand over what is theirs or free, and only within the task's group. */
export const assignTaskTo: Command<AssignData, { readonly found: FoundTask; readonly groups: readonly string[] | undefined }> = {
  name: 'assign-task',
  gather: async (trx, file, data) => ({
    found: await findTask(trx, file, data.executionId),
    groups: await groupsOfActiveOfficer(trx, file.tenantId, data.officerId),
  }),
  accept(file, { actor, data }, { found, groups }) {
    const task = permitted(file, actor, found);
    if (!groups) throw new Problem('invalid', 'request-invalid', { fields: ['officerId'] });
    if (!isHead(actor) && task.assigneeId !== null && task.assigneeId !== officerId(actor))
      throw new Problem('conflict', 'task-claimed-by-other', { officerId: task.assigneeId });
    if (!isHead(actor) && !isOfGroup(groups, task)) throw new Problem('forbidden', 'task-not-yours');
    return assigned(data.executionId, data.officerId);
  },
};

function permitted(file: CaseFile, actor: Actor, found: FoundTask): TaskRow {
  const task = mustBeOpen(found);
  permitOfficer(actor);
  if (!mayWorkOn(actor, task, file.row.applicantId)) throw new Problem('forbidden', 'task-not-yours');
  return task;
}
function officerId(actor: Actor): string {
  permitOfficer(actor);
  return actor.id;
}
function assigned(executionId: string, officer: string | null): Acceptance {
  return {
    changes: [{ kind: 'assign-task', executionId, officerId: officer }],
    detail: { task: executionId, officerId: officer },
    result: { executionId, officerId: officer },
  };
}
