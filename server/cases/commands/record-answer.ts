// The answer's door: an effect was done or refused outside. Counts only under the lease under which the work was done.
import type { EffectAnswer, Json } from '../../engine/types.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import { Overtaken, type Change } from '../changes.ts';
import type { Command } from '../corridor.ts';

export interface AnswerData {
  readonly key: string;
  readonly lease: string;
  readonly answer: EffectAnswer;
}
export const recordAnswer: Command<AnswerData, EffectState | undefined> = {
  name: 'record-answer',
  gather: (trx, file, data) => effectByKey(trx, file.tenantId, data.key),
  accept(_file, { data }, effect) {
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
    const changes = [finish];
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
