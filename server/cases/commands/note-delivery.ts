// An officer writes down that a letter was delivered otherwise than by a data box: from a return receipt, in person.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { dayOf } from '../../domain/calendar.ts';
import { oldestWait } from '../../store/case-messages.ts';
import type { Command } from '../corridor.ts';

/** The message that tells a process that a letter was delivered. */
export const DELIVERED = 'dopis-dorucen';
export interface DeliveryData {
  /** Legal date. */
  readonly deliveredOn: string;
}

/** Refuses `not-waiting-for-delivery` and `delivery-in-future`. */
export const noteDelivery: Command<DeliveryData, string | undefined> = {
  name: 'note-delivery',
  gather: (trx, file) => oldestWait(trx, file.tenantId, file.row.id, DELIVERED),
  accept(file, { actor, data }, executionId) {
    permitOfficer(actor);
    if (executionId === undefined) throw new Problem('conflict', 'not-waiting-for-delivery');
    if (data.deliveredOn > dayOf(file.now)) throw new Problem('invalid', 'delivery-in-future');
    const payload = { documentId: null, messageId: null, deliveredAt: data.deliveredOn, how: 'delivered', putInBoxAt: null };
    return {
      stimulus: { kind: 'message', message: DELIVERED, payload, executionId },
      changes: [{ kind: 'keep-record', news: { what: 'delivered', documentId: null, at: data.deliveredOn, how: 'delivered' } }],
      detail: { message: DELIVERED },
      result: null,
    };
  },
};
