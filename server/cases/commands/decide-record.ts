// An officer decides about an act that the records service has refused: again, done there by hand, or given up.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { actOf, type RecordsAct } from '../../store/records-acts.ts';
import type { Command } from '../corridor.ts';
import { isOfSubmission } from '../records/acts-of-news.ts';
import type { Decision } from '../records/decide-act.ts';
import { isTaken } from '../records/take-answer.ts';

export interface DecisionData {
  readonly seq: number;
  readonly decision: Decision;
}
interface Gathered {
  readonly act: RecordsAct | undefined;
  readonly isNumberTaken: boolean;
}

/**
 * Refuses `record-act-not-refused`, `record-number-missing` (a registration by hand must say what number the document got), `record-number-taken` and
 * `record-must-be-registered`: every document has its number (§ 64 zákona č. 499/2004 Sb.), a letter that never gets one would never go.
 */
export const decideRecord: Command<DecisionData, Gathered> = {
  name: 'decide-record',
  async gather(trx, { tenantId, row }, { seq, decision }) {
    const act = await actOf(trx, tenantId, row.id, seq);
    const number = numberIn(decision);
    return { act, isNumberTaken: act !== undefined && number !== null && (await isTaken(trx, tenantId, act, number)) };
  },
  accept(_file, { actor, data }, { act, isNumberTaken }) {
    permitOfficer(actor);
    if (act?.state !== 'refused') throw new Problem('conflict', 'record-act-not-refused');
    const { decision } = data;
    const number = numberIn(decision);
    if (act.kind === 'register' && decision.what === 'skip') throw new Problem('conflict', 'record-must-be-registered');
    if (act.kind === 'register' && decision.what === 'by-hand' && number === null) throw new Problem('invalid', 'record-number-missing');
    if (isNumberTaken) throw new Problem('conflict', 'record-number-taken');
    return {
      changes: [{ kind: 'decide-record', act, decision }],
      ...(isOfSubmission(act) && number !== null ? { documentNumber: number } : {}),
      detail: { act: act.kind, seq: data.seq, decision: decision.what },
      result: null,
    };
  },
};

const numberIn = (decision: Decision): string | null => (decision.what === 'by-hand' ? decision.number : null);
