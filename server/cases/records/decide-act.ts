// An act that the eSSL has refused stands in the way of its case until an officer tries it again, says that he did it there by hand, or gives it up.
import type { Transaction } from '../../store/database.ts';
import type { Json } from '../../store/json.ts';
import { markAct, type RecordsAct } from '../../store/records-acts.ts';
import { orderNext } from './order-next.ts';
import { takeAnswer } from './take-answer.ts';

export type Decision =
  | { readonly what: 'again' }
  /** Done in the eSSL by hand; `number` is what it gave to a document. */
  | { readonly what: 'by-hand'; readonly number: string | null; readonly reason: string }
  | { readonly what: 'skip'; readonly reason: string };

export async function decideAct(trx: Transaction, tenantId: number, act: RecordsAct, decision: Decision, at: string): Promise<void> {
  switch (decision.what) {
    case 'again':
      await markAct(trx, tenantId, act, { state: 'waiting', at });
      return orderNext(trx, tenantId, act.caseId, at);
    case 'by-hand':
      return takeAnswer(trx, tenantId, { act, answer: doneByHand(decision.number), byHand: decision.reason }, at);
    case 'skip':
      await markAct(trx, tenantId, act, { state: 'skipped', at, reason: decision.reason });
      return orderNext(trx, tenantId, act.caseId, at);
  }
}

export const doneByHand = (number: string | null): { readonly done: Json } => ({ done: number === null ? {} : { number } });
