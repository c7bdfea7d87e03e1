// The message's door: something came from outside that this case waits for.
import { PAID } from '../../books/index.ts';
import type { Json } from '../../engine/types.ts';
import { oldestWait } from '../../store/case-messages.ts';
import type { DocumentRow } from '../../store/documents.ts';
import type { Change } from '../changes.ts';
import type { Command } from '../corridor.ts';
import { Problem } from '../../domain/problem.ts';
import { deliveryDetail, deliveryIn } from './letter-delivered.ts';
import { DELIVERED } from './note-delivery.ts';

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
export const receiveMessage: Command<MessageData, string | undefined> = {
  name: 'receive-message',
  gather: (trx, file, { message, executionId }) => oldestWait(trx, file.tenantId, file.row.id, message, executionId),
  accept(file, { data }, wait) {
    if (wait === undefined && !data.sorted) throw new Problem('conflict', 'not-waiting-for-message', { message: data.message });
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
    if (data.message === DELIVERED) changes.push(...deliveryIn(data.payload));
    const detail = { message: data.message, inbox: data.inboxId, ...deliveryDetail(data.message, data.payload), ...settledDetail(data) };
    if (wait === undefined) return { changes, detail, result: { told: false } };
    const stimulus = { kind: 'message', message: data.message, payload: data.payload, executionId: wait } as const;
    return { stimulus, changes, detail, result: { told: true } };
  },
};

/** What settled a prescription, for the journal. */
function settledDetail({ message, payload }: Pick<MessageData, 'message' | 'payload'>): { readonly [key: string]: Json } {
  if (message !== PAID || typeof payload !== 'object' || payload === null) return {};
  const { how } = payload as { readonly [key: string]: Json };
  return how === undefined ? {} : { how };
}
