// A row in each table of the books, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

export interface MoneyGiven {
  readonly at: string;
  readonly personId: string;
  readonly officerId: string;
  readonly paymentId: string;
}

export function rowsOfMoney({ at, personId, officerId, paymentId }: MoneyGiven): Readonly<Record<string, Row | readonly Row[]>> {
  const payer = crypto.randomUUID();
  const transaction = crypto.randomUUID();
  return {
    payer: { id: payer, kind: 'person', name: 'x', created_at: at },
    payer_access: { person_id: personId, payer_id: payer, as_what: 'household', valid_from: '2026-01-01', source: 'x' },
    ledger_transaction: { id: transaction, kind: 'movement', key: transaction, booked_on: '2026-03-02', recorded_at: at, actor: 'clock' },
    ledger_entry: [
      { transaction_id: transaction, line: 1, account: 'opening', amount: 1 },
      { transaction_id: transaction, line: 2, account: 'other:bank', amount: -1 },
    ],
    ledger_closing: {
      month: '2020-01',
      closed_at: at,
      closed_by: 'x',
      transactions: 0,
      balances: '{}',
      hash: 'x',
      previous_hash: '',
    },
    payment_move: { payment_id: paymentId, seq: 1, to_state: 'received', actor: 'clock', at },
    refund: {
      id: crypto.randomUUID(),
      payment_id: paymentId,
      amount: 1,
      way: 'transfer',
      reason: 'x',
      ordered_by: 'clock',
      ordered_at: at,
    },
    money_approval: { id: crypto.randomUUID(), kind: 'x', amount: 1, what: '{}', reason: 'x', asked_by: officerId, asked_at: at },
  };
}
