// A row in each table of the books, for tests that look at every table of a town.
import { rowsOfAccount } from './rows-of-account.ts';
type Row = Readonly<Record<string, unknown>>;

export interface MoneyGiven {
  readonly at: string;
  readonly personId: string;
  readonly officerId: string;
  readonly paymentId: string;
  readonly prescriptionId: string;
}

export function rowsOfMoney({
  at,
  personId,
  officerId,
  paymentId,
  prescriptionId,
}: MoneyGiven): Readonly<Record<string, Row | readonly Row[]>> {
  const payer = crypto.randomUUID();
  const transaction = crypto.randomUUID();
  const exported = crypto.randomUUID();
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
    ...rowsOfDesk({ at, officerId, paymentId, prescriptionId, payer }),
    economy_export: { id: exported, officer_id: officerId, created_at: at, transactions: 1, effect_key: exported },
    economy_export_item: { transaction_id: transaction, export_id: exported },
    ...rowsOfAccount({ at, personId, officerId, paymentId, prescriptionId, payer }),
    ...rowsOfStatements(at),
    foreign_credit: { item_id: 'x', payment_id: paymentId, amount: 1, officer_id: officerId, booked_at: at },
  };
}

/** A statement of the bank with one movement, and the message of the inbox that brought it. */
function rowsOfStatements(at: string): Readonly<Record<string, Row | readonly Row[]>> {
  const [inboxId, statement] = [crypto.randomUUID(), crypto.randomUUID()];
  return {
    inbox: { source: 'bank', message_id: inboxId, id: inboxId, kind: 'bank-statement', payload: '{}', received_at: at, next_at: at },
    bank_statement: {
      id: statement,
      inbox_id: inboxId,
      place: 1,
      format: 'gpc',
      account: '1/0100',
      from_day: '2026-03-02',
      to_day: '2026-03-02',
      currency: 'CZK',
      opening: 0,
      closing: 1,
      actor: 'x',
      imported_at: at,
    },
    bank_item: {
      id: 'x',
      account: '1/0100',
      day: '2026-03-02',
      amount: 1,
      currency: 'CZK',
      ...{ vs: '', ks: '', ss: '', counter_account: '', name: 'x', message: '' },
      is_reversal: false,
      outcome: 'other',
      imported_at: at,
    },
    bank_statement_item: { statement_id: statement, place: 1, item_id: 'x' },
  };
}

/** The clerk's desk: notes, rules, plans, the cash desk, dunning. `payer_word` is filled by its trigger. */
function rowsOfDesk(given: Omit<MoneyGiven, 'personId'> & { readonly payer: string }): Readonly<Record<string, Row | readonly Row[]>> {
  const { at, officerId, paymentId, prescriptionId, payer } = given;
  const [plan, shift, batch] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  return {
    payer_note: { id: crypto.randomUUID(), payer_id: payer, officer_id: officerId, text: 'x', at },
    money_rule: {
      id: crypto.randomUUID(),
      counter_account: '1/0100',
      payer_id: payer,
      learned_from: paymentId,
      created_by: officerId,
      created_at: at,
    },
    instalment_plan: { id: plan, payer_id: payer, reason: 'x', granted_by: officerId, granted_on: '2026-03-02', created_at: at },
    instalment_debt: { plan_id: plan, prescription_id: prescriptionId, amount: 1 },
    instalment: { plan_id: plan, seq: 1, due_on: '2026-04-01', amount: 1 },
    cash_desk: { code: 'hlavni', name: 'x' },
    cash_shift: { id: shift, desk: 'hlavni', officer_id: officerId, opened_at: at, opening: 0 },
    cash_receipt: {
      id: crypto.randomUUID(),
      shift_id: shift,
      desk: 'hlavni',
      series: 'PPD',
      year: 2026,
      number: 1,
      kind: 'in',
      way: 'cash',
      amount: 1,
      name: 'x',
      lines: '[]',
      payment_id: paymentId,
      officer_id: officerId,
      issued_at: at,
    },
    dunning_batch: { id: batch, stage: 'reminder', way: 'letters', officer_id: officerId, created_at: at },
    dunning_step: {
      prescription_id: prescriptionId,
      stage: 'reminder',
      batch_id: batch,
      amount: 1,
      made_on: '2026-03-02',
      channel: 'print',
    },
  };
}
