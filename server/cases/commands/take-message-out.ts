// A data message that was put into the wrong case goes back to those that a person sorts. What its process has heard cannot be unsaid.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { isRegisteredOutside, keptMessage, type KeptDataMessage } from '../../store/kept-messages.ts';
import type { Command } from '../corridor.ts';

interface Gathered {
  readonly message: KeptDataMessage | undefined;
  readonly isOutside: boolean;
}

/** Refuses `message-not-in-case`, `message-already-told` and `message-in-records`. */
export const takeMessageOut: Command<{ readonly inboxId: string; readonly reason: string }, Gathered> = {
  name: 'take-message-out',
  gather: async (trx, file, { inboxId }) => ({
    message: await keptMessage(trx, file.tenantId, inboxId),
    isOutside: await isRegisteredOutside(trx, file.tenantId, inboxId),
  }),
  accept(file, { actor, data }, { message, isOutside }) {
    permitOfficer(actor);
    if (message?.caseId !== file.row.id) throw new Problem('conflict', 'message-not-in-case');
    if (wasTold(message)) throw new Problem('conflict', 'message-already-told');
    if (isOutside) throw new Problem('conflict', 'message-in-records');
    return {
      changes: [{ kind: 'take-message-out', id: data.inboxId, reason: data.reason }],
      detail: { inbox: data.inboxId },
      result: null,
    };
  },
};

/** Only messages that were filed by `file-message` say in their pairing whether the process heard of them; older ones were all told. */
function wasTold({ pairing, result }: KeptDataMessage): boolean {
  if (result !== 'delivered' && result !== 'sorted') return true;
  return typeof pairing !== 'object' || pairing === null || !('told' in pairing) || pairing['told'] !== null;
}
