// The message's door: something came from outside that this case waits for.
import type { Json } from '../../engine/types.ts';
import { isWaitedFor } from '../../store/case-messages.ts';
import { isSubscribed } from '../../store/waits.ts';
import type { DocumentRow } from '../../store/documents.ts';
import type { Change } from '../changes.ts';
import type { Command } from '../corridor.ts';
import { Problem } from '../../domain/problem.ts';

export interface MessageData {
  /** Row of the inbox that this is; processed in the same transaction. */
  readonly inboxId: string;
  readonly message: string;
  readonly payload: Json;
  /** The very wait that is meant, when the sender's message was matched to one. */
  readonly executionId?: string;
  readonly documents: readonly DocumentRow[];
  /** Set when an officer sorted a message that no case was found for. */
  readonly sorted?: { readonly reason: string };
}

/** Refuses `not-waiting-for-message`; the caller keeps the message and tries later. */
export const receiveMessage: Command<MessageData, boolean> = {
  name: 'receive-message',
  gather: (trx, file, { message, executionId }) =>
    executionId === undefined
      ? isSubscribed(trx, file.tenantId, file.row.id, message)
      : isWaitedFor(trx, file.tenantId, file.row.id, { name: message, executionId }),
  accept(file, { data }, isAwaited) {
    if (!isAwaited && !data.sorted) throw new Problem('conflict', 'not-waiting-for-message', { message: data.message });
    const finish: Change = data.sorted
      ? { kind: 'resolve-unsorted', id: data.inboxId, result: 'sorted', reason: data.sorted.reason }
      : { kind: 'finish-message', id: data.inboxId, result: 'delivered' };
    const changes: Change[] = [
      finish,
      ...(data.documents.length > 0
        ? [
            { kind: 'add-documents' as const, documents: data.documents },
            {
              kind: 'adopt-files' as const,
              ids: data.documents.flatMap((d) => (d.fileId ? [d.fileId] : [])),
              unused: { ownerKind: 'task' as const, ownerId: `${file.row.id}/none` },
            },
          ]
        : []),
    ];
    const detail = { message: data.message, inbox: data.inboxId };
    if (!isAwaited) return { changes, detail, result: { told: false } };
    const wait = data.executionId === undefined ? {} : { executionId: data.executionId };
    return {
      stimulus: { kind: 'message', message: data.message, payload: data.payload, ...wait },
      changes,
      detail,
      result: { told: true },
    };
  },
};
