// The answer's door: an effect was done or refused outside. Counts only under the lease under which the work was done.
import type { EffectAnswer, Json } from '../../engine/types.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import { actByEffect, type RecordsAct } from '../../store/records-acts.ts';
import { Overtaken, type Change } from '../changes.ts';
import type { Command } from '../corridor.ts';
import { isOfSubmission } from '../records/acts-of-news.ts';
import { isTaken, type ActAnswer } from '../records/take-answer.ts';
import { dispatchesOf } from '../records/dispatches.ts';

export interface AnswerData {
  readonly key: string;
  readonly lease: string;
  readonly answer: EffectAnswer;
}
interface Found {
  readonly effect: EffectState | undefined;
  /** The act of the records that the effect was ordered for. */
  readonly act: RecordsAct | undefined;
  /** It gives a number that another document has: a person will look at it. */
  readonly isNumberTaken: boolean;
}

export const recordAnswer: Command<AnswerData, Found> = {
  name: 'record-answer',
  async gather(trx, file, data) {
    const effect = await effectByKey(trx, file.tenantId, data.key);
    const act = effect?.effect.startsWith('essl.') ? await actByEffect(trx, file.tenantId, data.key) : undefined;
    const number = numberIn(data.answer);
    return { effect, act, isNumberTaken: act !== undefined && number !== undefined && (await isTaken(trx, file.tenantId, act, number)) };
  },
  accept(_file, { data }, { effect, act, isNumberTaken }) {
    if (!effect) throw new Overtaken('effect unknown');
    const refused = 'refused' in data.answer ? data.answer.refused : undefined;
    const finish: Change = {
      kind: 'finish-effect',
      key: data.key,
      lease: data.lease,
      state: refused ? 'refused' : 'done',
      answer: (refused ?? ('done' in data.answer ? data.answer.done : null)) as Json,
    };
    const detail = { effect: effect.effect, key: data.key, element: effect.elementId, ...(refused ? { refused: refused.code } : {}) };
    if (act) {
      const taken: Change = { kind: 'take-records-answer', act, answer: data.answer as ActAnswer };
      return { changes: [finish, taken], ...(isNumberTaken ? {} : numberOf(act, data.answer)), detail, result: null };
    }
    const changes = [finish, ...dispatchesOf(effect, data.answer)];
    if (effect.executionId === null) return { changes, detail, result: null };
    // The process may have gone on meanwhile (a withdrawal): then the answer is kept and nobody is told.
    return {
      stimulus: { kind: 'answer-effect', executionId: effect.executionId, answer: data.answer },
      lateIsFine: true,
      changes,
      detail,
      result: null,
    };
  },
};

/** The number of the submission is the number of the case. */
function numberOf(act: RecordsAct, answer: EffectAnswer): { readonly documentNumber?: string } {
  const number = numberIn(answer);
  return isOfSubmission(act) && number !== undefined ? { documentNumber: number } : {};
}

function numberIn(answer: EffectAnswer): string | undefined {
  const number = 'done' in answer ? (answer.done as { readonly number?: unknown } | null)?.number : undefined;
  return typeof number === 'string' ? number : undefined;
}
