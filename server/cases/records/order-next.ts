// Orders the first act of a case that is not over: one at a time, so that the eSSL hears of everything in its order.
import { createHash } from 'node:crypto';
import type { Transaction } from '../../store/database.ts';
import { insertEffects } from '../../store/outbox.ts';
import { firstOpenAct, markAct, ordersOf, type ActKind } from '../../store/records-acts.ts';

/** The effect of the connector and its name for people. */
export const EFFECT_OF: Readonly<Record<ActKind, readonly [effect: string, title: string]>> = {
  register: ['essl.register-document', 'Zapsat dokument do spisové služby'],
  'open-file': ['essl.open-file', 'Založit spis ve spisové službě'],
  add: ['essl.add-document', 'Vložit dokument do spisu'],
  attach: ['essl.attach-file', 'Předat písemnost spisové službě'],
  dispatch: ['essl.dispatch', 'Zapsat vypravení písemnosti'],
  delivered: ['essl.note-delivery', 'Zapsat doručení písemnosti'],
  'settle-document': ['essl.settle-document', 'Označit dokument za vyřízený'],
  'settle-file': ['essl.settle-file', 'Označit spis za vyřízený'],
  'close-file': ['essl.close-file', 'Uzavřít spis'],
  'reopen-file': ['essl.reopen-file', 'Znovu otevřít spis'],
};

/** Called under the case's lock. A refused act stands in the way until a person decides about it. */
export async function orderNext(trx: Transaction, tenantId: number, caseId: string, at: string): Promise<void> {
  const act = await firstOpenAct(trx, tenantId, caseId);
  if (act?.state !== 'waiting') return;
  const base = createHash('sha256').update(`${tenantId}/${caseId}/records/${act.seq}`).digest('hex').slice(0, 40);
  const before = await ordersOf(trx, tenantId, base);
  const key = before === 0 ? base : `${base}-${before}`;
  const [effect, title] = EFFECT_OF[act.kind];
  await insertEffects(trx, tenantId, [{ key, caseId, executionId: null, elementId: null, effect, title, input: act.input, at }]);
  await markAct(trx, tenantId, act, { state: 'ordered', at, effectKey: key });
}
