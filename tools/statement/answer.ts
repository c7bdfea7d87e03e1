// What the command says about a file: a line of JSON per statement, or why it is refused.
import { readStatements } from '../../server/integrations/bank/read-statement.ts';
import type { ReadOptions } from '../../server/integrations/bank/read-statement.ts';
import { StatementRefused } from '../../server/integrations/bank/statement.ts';
import type { Statement, StatementItem } from '../../server/integrations/bank/statement.ts';

export interface Answer {
  readonly code: 0 | 1;
  readonly out: string;
  readonly problem: string;
}

export function answerTo(file: string, bytes: Uint8Array, options: ReadOptions): Answer {
  try {
    return {
      code: 0,
      out: readStatements(bytes, options)
        .map((one) => `${JSON.stringify(show(one))}\n`)
        .join(''),
      problem: '',
    };
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    const { line, reason } = error;
    const nothing = { account: null, number: null, opening: null, closing: null, items: [], problems: [{ line, reason }] };
    return { code: 1, out: `${JSON.stringify(nothing)}\n`, problem: `${file}, řádek ${line}: ${reason}\n` };
  }
}

function show({ account, number, opening, closing, items, problems, currency, from, to, format }: Statement): object {
  return { account, number, opening, closing, items: items.map(showItem), problems, currency, from, to, format };
}

function showItem(item: StatementItem): object {
  return {
    id: item.id,
    date: item.date,
    amount_halere: item.amount,
    vs: item.vs,
    ks: item.ks,
    ss: item.ss,
    counterparty: item.counterAccount,
    message: item.message,
    reversal: item.isReversal,
    held: item.isHeld,
    counterparty_name: item.name,
    currency: item.currency,
  };
}
