// The answer's door: an effect was done or refused outside. Counts only under the lease under which the work was done.
import type { EffectAnswer, Json } from '../../engine/types.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import { Overtaken, type Change } from '../changes.ts';
import { cardPaymentOfEffect, type CardPaymentRow } from '../../store/money.ts';
import type { Command } from '../corridor.ts';

export interface AnswerData {
  readonly key: string;
  readonly lease: string;
  readonly answer: EffectAnswer;
}
interface Extra {
  readonly effect: EffectState | undefined;
  readonly card: CardPaymentRow | undefined;
}

export const recordAnswer: Command<AnswerData, Extra> = {
  name: 'record-answer',
  gather: async (trx, file, data) => {
    const [effect, card] = await Promise.all([
      effectByKey(trx, file.tenantId, data.key),
      cardPaymentOfEffect(trx, file.tenantId, data.key),
    ]);
    return { effect, card };
  },
  accept(_file, { data }, { effect, card }) {
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
    const changes = [finish, ...(card ? [cardChange(card, data.answer)] : [])];
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

function cardChange(card: CardPaymentRow, answer: EffectAnswer): Change {
  if ('refused' in answer)
    return { kind: 'update-card-payment', id: card.id, change: { remoteState: 'FAILED', failure: answer.refused.code } };
  const done = answer.done as { readonly paymentId?: string | number; readonly gatewayUrl?: string; readonly state?: string };
  return {
    kind: 'update-card-payment',
    id: card.id,
    change: { remoteId: String(done.paymentId ?? ''), gatewayUrl: String(done.gatewayUrl ?? ''), remoteState: done.state ?? 'CREATED' },
  };
}
