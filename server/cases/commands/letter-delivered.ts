// A letter of ours, or a submission from the portal, was delivered by a data box and no process waits to hear of it: the case writes it down and keeps
// the delivery report.
import type { Json } from '../../engine/types.ts';
import type { DocumentRow } from '../../store/documents.ts';
import type { Change } from '../changes.ts';
import type { Command } from '../corridor.ts';
import { DELIVERED } from './note-delivery.ts';

/** In the journal: the sealed message and the delivery report of the submission lie in the case. */
const PROVED = 'podani-dolozeno';

export interface LetterDelivery {
  readonly inboxId: string;
  /** As a process hears it: {documentId, messageId, deliveredAt, how, putInBoxAt}. Null when it was no letter but a submission from the portal. */
  readonly payload: Json;
  /** The signed delivery report. */
  readonly documents: readonly DocumentRow[];
}

export const letterDelivered: Command<LetterDelivery> = {
  name: 'letter-delivered',
  accept(file, { data }) {
    const unused = { ownerKind: 'task' as const, ownerId: `${file.row.id}/none` };
    const changes: Change[] = [
      { kind: 'finish-message', id: data.inboxId, result: 'noted' },
      { kind: 'add-documents', documents: data.documents },
      { kind: 'adopt-files', ids: data.documents.flatMap(({ fileId }) => (fileId === null ? [] : [fileId])), unused },
      ...deliveryIn(data.payload),
    ];
    const message = data.payload === null ? PROVED : DELIVERED;
    return { changes, detail: { message, inbox: data.inboxId, ...deliveryDetail(DELIVERED, data.payload) }, result: null };
  },
};

/** The records hear that a letter was delivered, whether or not the process waits for it. */
export function deliveryIn(payload: Json): readonly Change[] {
  const { documentId, deliveredAt, how } = (payload ?? {}) as { readonly [key: string]: unknown };
  if (typeof documentId !== 'string' || typeof deliveredAt !== 'string') return [];
  return [
    { kind: 'keep-record', news: { what: 'delivered', documentId, at: deliveredAt, how: typeof how === 'string' ? how : 'delivered' } },
  ];
}

/** What the journal keeps of a delivery, for the timelines of both sides. */
export function deliveryDetail(message: string, payload: Json): { readonly [key: string]: Json } {
  if (message !== DELIVERED || typeof payload !== 'object' || payload === null) return {};
  const { documentId = null, deliveredAt = null, how = null } = payload as { readonly [key: string]: Json };
  return { documentId, deliveredAt, how };
}
