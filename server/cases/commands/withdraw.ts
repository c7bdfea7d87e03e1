// The applicant takes his submission back (§ 45 odst. 4 zákona č. 500/2004 Sb.), as long as the process waits for it.
import { permitApplicant } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { isSubscribed } from '../../store/waits.ts';
import type { Command } from '../corridor.ts';

export const WITHDRAWAL = 'zpetvzeti';
export interface WithdrawData {
  readonly reason: string;
}

export const withdraw: Command<WithdrawData, boolean> = {
  name: 'withdraw',
  gather: (trx, file) => isSubscribed(trx, file.tenantId, file.row.id, WITHDRAWAL),
  accept(file, { actor, data }, possible) {
    permitApplicant(actor, file.row.applicantId);
    if (!possible) throw new Problem('conflict', 'withdrawal-not-possible');
    return {
      stimulus: { kind: 'message', message: WITHDRAWAL, payload: { reason: data.reason } },
      changes: [],
      detail: { message: WITHDRAWAL },
      result: { withdrawn: true },
    };
  },
};
