// An officer writes down that a letter was delivered otherwise than by a data box: from a return receipt, in person.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { dayOf } from '../../domain/calendar.ts';
import { deliveryWaits, letterWait } from '../../store/case-messages.ts';
import type { Command } from '../corridor.ts';

/** The message that tells a process that a letter was delivered. */
export const DELIVERED = 'dopis-dorucen';
export interface DeliveryData {
  /** Legal date. */
  readonly deliveredOn: string;
  /** Which letter; absent where the case waits for one only. */
  readonly documentId?: string;
}
interface Found {
  readonly wait: string | undefined;
  readonly documentId: string | null;
  readonly isOneOfSeveral: boolean;
}

/** Refuses `not-waiting-for-delivery`, `delivery-of-which-letter` (the case waits for several and none was named) and `delivery-in-future`. */
export const noteDelivery: Command<DeliveryData, Found> = {
  name: 'note-delivery',
  async gather(trx, file, { documentId }) {
    const about = { message: DELIVERED, documentId: documentId ?? null };
    if (documentId !== undefined)
      return { wait: await letterWait(trx, file.tenantId, file.row.id, about), documentId, isOneOfSeveral: false };
    const [first, second] = await deliveryWaits(trx, file.tenantId, file.row.id, DELIVERED);
    return { wait: first?.executionId, documentId: first?.documentId ?? null, isOneOfSeveral: second !== undefined };
  },
  accept(file, { actor, data }, { wait, documentId, isOneOfSeveral }) {
    permitOfficer(actor);
    if (wait === undefined) throw new Problem('conflict', 'not-waiting-for-delivery');
    if (isOneOfSeveral) throw new Problem('conflict', 'delivery-of-which-letter');
    if (data.deliveredOn > dayOf(file.now)) throw new Problem('invalid', 'delivery-in-future');
    const payload = { documentId, messageId: null, deliveredAt: data.deliveredOn, how: 'delivered', putInBoxAt: null };
    return {
      stimulus: { kind: 'message', message: DELIVERED, payload, executionId: wait },
      changes: [{ kind: 'keep-record', news: { what: 'delivered', documentId, at: data.deliveredOn, how: 'delivered' } }],
      detail: { message: DELIVERED, ...(documentId === null ? {} : { documentId }) },
      result: null,
    };
  },
};
