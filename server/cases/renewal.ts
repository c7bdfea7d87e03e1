// What the rows of kept waits say after their case went over to another version. Pure.
import type { TaskWait, Wait } from '../engine/types.ts';
import type { RenewedTask, RenewedWait } from '../store/renew-waits.ts';
import type { Change } from './changes.ts';
import type { CaseFile } from './corridor.ts';
import { taskRow } from './project.ts';

type Pair = readonly [was: Wait, is: Wait];

/** `file` has the new version already. A kept task keeps its due time unless it is another deadline now. */
export function renewal(file: CaseFile, before: readonly Wait[], after: readonly Wait[]): Change {
  const earlier = new Map(before.map((wait) => [`${wait.kind} ${wait.executionId}`, wait]));
  const kept = after.flatMap((is): readonly Pair[] => {
    const was = earlier.get(`${is.kind} ${is.executionId}`);
    return was ? [[was, is]] : [];
  });
  const ofKind = (kind: Wait['kind']): readonly RenewedWait[] => kept.filter(([, is]) => is.kind === kind).map(([, is]) => renewedWait(is));
  return {
    kind: 'renew-waits',
    renewed: {
      tasks: kept.flatMap(([was, is]) => (was.kind === 'task' && is.kind === 'task' ? [renewedTask(file, was, is)] : [])),
      timers: ofKind('timer'),
      subscriptions: [...ofKind('message'), ...ofKind('signal')],
      incidents: ofKind('incident'),
      effects: ofKind('effect'),
    },
    reopened: after.filter((wait) => wait.kind === 'effect' && !earlier.has(`effect ${wait.executionId}`)).map((wait) => wait.executionId),
  };
}

function renewedTask(file: CaseFile, was: TaskWait, is: TaskWait): RenewedTask {
  const row = taskRow(file, is);
  return {
    executionId: is.executionId,
    elementId: is.elementId,
    title: is.name,
    role: is.role,
    groupName: row.groupName,
    form: row.form,
    deadline: row.deadline,
    ...(was.deadline === is.deadline ? {} : { dueAt: row.dueAt }),
  };
}

const renewedWait = (wait: Wait): RenewedWait => ({
  executionId: wait.executionId,
  elementId: wait.elementId,
  name: wait.name,
  attachedTo: 'attachedTo' in wait ? (wait.attachedTo ?? null) : null,
});
