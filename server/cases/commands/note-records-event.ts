// Something happened to a case's document or file in the eSSL without us. A process may wait for it; a person sees it in any case.
import { permitOfficer } from '../../domain/permission.ts';
import { oldestWait } from '../../store/case-messages.ts';
import type { NewRecordsEvent } from '../../store/records-events.ts';
import type { Command } from '../corridor.ts';

/** The message that tells a process what happened in the records service: payload {name, documentId, text}. */
export const RECORDS_NEWS = 'zprava-spisove-sluzby';

export interface RecordsEventData {
  readonly inboxId: string;
  readonly event: NewRecordsEvent;
}

export const noteRecordsEvent: Command<RecordsEventData, string | undefined> = {
  name: 'note-records-event',
  gather: (trx, file) => oldestWait(trx, file.tenantId, file.row.id, RECORDS_NEWS),
  accept(file, { actor, data }, wait) {
    if (actor.kind !== 'outside') permitOfficer(actor);
    const { event, inboxId } = data;
    const told = {
      changes: [
        { kind: 'finish-message' as const, id: inboxId, result: wait === undefined ? 'noted' : 'delivered' },
        { kind: 'records-event' as const, event },
      ],
      detail: { event: event.name, inbox: inboxId },
      result: { told: wait !== undefined },
    };
    if (wait === undefined || file.row.endedAt !== null) return told;
    const payload = { name: event.name, documentId: event.documentId, text: event.text };
    return { ...told, stimulus: { kind: 'message', message: RECORDS_NEWS, payload, executionId: wait } };
  },
};
