// Identity of an item: what makes the same movement of the account the same in every statement that carries it.
import { createHash } from 'node:crypto';
import type { StatementItem } from './statement.ts';

/** An item before it has its id. */
export interface DraftItem extends Omit<StatementItem, 'id'> {
  /** The bank's own reference; empty when it gives none. */
  readonly reference: string;
  /** The bank gives no two movements of an account the same reference (Fio). Else date and money count too: banks number anew each day. */
  readonly isReferenceUnique?: boolean;
  /** Day for the identity, where the shown one depends on the statement (GPC without valuta). */
  readonly identityDate?: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Account + reference + hash of (date, amount, reversal, VS, counter account); equal ones are told apart by their order, which holds because
 * statements carry whole days. The name and the message stay out: channels of one bank cut them differently.
 */
export function identify(account: string, drafts: readonly DraftItem[]): StatementItem[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const { reference, isReferenceUnique, identityDate, line: _line, ...item } = draft;
    const facts = [identityDate ?? item.date, item.amount, item.currency, item.isReversal, item.vs, item.counterAccount];
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
    const parts = reference !== '' && isReferenceUnique ? [reference] : [reference, hash];
    const key = [account, ...parts.filter((part) => part !== '')].join(':');
    const order = (seen.get(key) ?? 0) + 1;
    seen.set(key, order);
    return { id: order === 1 ? key : `${key}:${order}`, ...item };
  });
}
