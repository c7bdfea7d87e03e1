// What a step has thrown out of its case, as messages for the inbox: written with the step, delivered by a job.
import type { StepResult } from '../engine/types.ts';
import { addDuration } from '../engine/index.ts';
import { insertCaseMessages, wakeKept, type CaseMessage } from '../store/case-messages.ts';
import type { Transaction } from '../store/database.ts';
import type { CaseFile } from './corridor.ts';

/** How long a message is kept for a case that does not wait for it yet. Afterwards an officer is shown it. */
export const KEPT_FOR = 'P30D';

/** Numbered within the command, which is the revision: a throw in a loop is a message of its own each time. */
export function thrownMessages(file: CaseFile, result: StepResult): readonly CaseMessage[] {
  const { row, now } = file;
  return result.thrown.map((thrown, index) => ({
    messageId: `${row.id}/${row.revision + 1}/${index}`,
    kind: thrown.kind === 'message' ? 'case-message' : 'case-signal',
    payload: {
      name: thrown.name,
      payload: thrown.payload,
      key: thrown.key ?? null,
      from: { caseId: row.id, mark: row.mark, elementId: thrown.elementId },
      subject: `${thrown.kind === 'message' ? 'Zpráva' : 'Signál'} „${thrown.name}“`,
      senderName: `Případ ${row.mark}`,
    },
    at: now,
    expiresAt: thrown.kind === 'message' ? addDuration(now, KEPT_FOR) : null,
  }));
}

/** What was thrown goes out, and what was kept for this case may come in. */
export async function tellOthers(
  trx: Transaction,
  file: CaseFile,
  result: StepResult,
  listening: readonly { readonly message: string }[],
): Promise<void> {
  await Promise.all([
    insertCaseMessages(trx, file.tenantId, thrownMessages(file, result)),
    wakeKept(
      trx,
      file.tenantId,
      listening.map(({ message }) => message),
    ),
  ]);
}
