// An officer or the applicant completes a task with its form. The server decides about the form, whatever the browser said.
import { fileIdsIn } from '../../../forms/index.ts';
import { helpingGroup } from '../../catalog/index.ts';
import type { Json } from '../../engine/types.ts';
import { permitCompletion } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { filesOf, type DocumentRow, type FileRow } from '../../store/documents.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { findTask, mustBeOpen, type FoundTask } from '../find-task.ts';
import { registeredValues } from '../registered-addresses.ts';
import { asksForFiles, checkedValues } from '../checked-form.ts';

export interface CompleteTaskData {
  readonly executionId: string;
  readonly values: Json;
}
interface Extra {
  readonly found: FoundTask;
  readonly uploaded: readonly FileRow[];
  /** What was sent, with addresses as the register has them. */
  readonly values: unknown;
}

/** Files of a task are kept under this owner until the task is completed. */
export const taskFilesOwner = (caseId: string, executionId: string): string => `${caseId}/${executionId}`;

export const completeTask: Command<CompleteTaskData, Extra> = {
  name: 'complete-task',
  gather: async (trx, file, data) => {
    const found = await findTask(trx, file, data.executionId);
    const form =
      typeof found === 'object' && 'open' in found && found.open.form !== null ? file.situation.forms[found.open.form] : undefined;
    return {
      found,
      values: form ? await registeredValues(trx, form, data.values) : data.values,
      uploaded: form && asksForFiles(form) ? await filesOf(trx, file.tenantId, 'task', taskFilesOwner(file.row.id, data.executionId)) : [],
    };
  },
  accept(file, { actor, data }, extra) {
    const task = mustBeOpen(extra.found);
    permitCompletion(actor, { ...task, helpers: helpingGroup(file.situation, task.elementId) }, file.row.applicantId);
    const form = task.form === null ? undefined : file.situation.forms[task.form];
    if (task.form !== null && !form) throw new Problem('unavailable', 'form-missing', { form: task.form });
    const values = form ? checkedValues(form, extra.values, extra.uploaded, file.now) : {};
    const used = form ? extra.uploaded.filter((upload) => fileIdsIn(form, values).includes(upload.id)) : [];
    return {
      stimulus: { kind: 'complete-task', executionId: data.executionId, output: values as never },
      changes:
        extra.uploaded.length === 0
          ? []
          : [
              {
                kind: 'adopt-files',
                ids: used.map((f) => f.id),
                unused: { ownerKind: 'task', ownerId: taskFilesOwner(file.row.id, data.executionId) },
              },
              { kind: 'add-documents', documents: used.map((f) => attachment(file, f, task.role)) },
            ],
      detail: { task: data.executionId, element: task.elementId },
      result: { completed: data.executionId },
    };
  },
};

function attachment(file: CaseFile, upload: FileRow, role: string): DocumentRow {
  return {
    id: newId(new Date(file.now)),
    caseId: file.row.id,
    kind: role === 'applicant' ? 'supplement' : 'attachment',
    title: upload.name,
    number: null,
    direction: role === 'applicant' ? 'in' : 'out',
    content: null,
    fileId: upload.id,
    createdAt: file.now,
  };
}
