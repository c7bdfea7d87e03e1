// An officer decides about an act that the records service has refused: again, done there by hand, or given up.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { actOf, type RecordsAct } from '../../store/records-acts.ts';
import type { Command } from '../corridor.ts';
import { isOfSubmission } from '../records/acts-of-news.ts';
import type { Decision } from '../records/decide-act.ts';

export interface DecisionData {
  readonly seq: number;
  readonly decision: Decision;
}

/** Refuses `record-act-not-refused` and `record-number-missing` (a registration by hand must say what number the document got). */
export const decideRecord: Command<DecisionData, RecordsAct | undefined> = {
  name: 'decide-record',
  gather: (trx, file, { seq }) => actOf(trx, file.tenantId, file.row.id, seq),
  accept(_file, { actor, data }, act) {
    permitOfficer(actor);
    if (act?.state !== 'refused') throw new Problem('conflict', 'record-act-not-refused');
    const { decision } = data;
    const number = decision.what === 'by-hand' ? decision.number : null;
    if (act.kind === 'register' && decision.what === 'by-hand' && number === null) throw new Problem('invalid', 'record-number-missing');
    return {
      changes: [{ kind: 'decide-record', act, decision }],
      ...(isOfSubmission(act) && number !== null ? { documentNumber: number } : {}),
      detail: { act: act.kind, seq: data.seq, decision: decision.what },
      result: null,
    };
  },
};
