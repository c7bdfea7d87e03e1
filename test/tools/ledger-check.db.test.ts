// The check of the books has teeth: for each invariant a fault is planted, with all guards of the database off, and exactly that line is no longer zero.
import { beforeAll, expect, test } from 'vitest';
import type { Client } from 'pg';
import { closeMonth } from '../../server/books/index.ts';
import { openDatabase } from '../../server/store/database.ts';
import { checkBooks, findingsOf } from '../../tools/ledger-check/check.ts';
import { moneyInvariants } from '../../tools/ledger-check/invariants.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { cases, ids, T, write, writeHealthyBooks } from './healthy-books.ts';

const database = await cloneDatabase();
beforeAll(async () => {
  await withClient(everyTownUrl(database), writeHealthyBooks);
  const db = openDatabase(database.appUrl, 1);
  const sign = (): { readonly signature: string; readonly keyId: string } => ({ signature: 'x', keyId: 'x' });
  await db.withTenant(T, (trx) => closeMonth(trx, T, { month: '2026-01', by: 'officer:eva', now: '2026-02-01T08:00:00.000Z', sign }));
  await db.close();
});

const FRESH = '00000000-0000-7000-8000-000000000999';
const booked = (kind: string, lines: Parameters<typeof write>[1]['lines'], more: object = {}) => ({
  id: FRESH,
  kind,
  day: '2026-02-10',
  lines,
  ...more,
});

/** A fault, and the other lines that cannot but see it too. */
interface Fault {
  readonly plant: string | ((client: Client) => Promise<unknown>);
  readonly also?: readonly string[];
}
const faults: Readonly<Record<string, Fault>> = {
  'transaction-balances': {
    plant: `update ledger_entry set amount = amount + 1 where transaction_id = '${cases.gone}' and account like 'bank:%';
      update ledger_entry set amount = amount - 1 where transaction_id = '${cases.paid}' and account like 'bank:%'`,
    also: ['reversal-is-opposite'],
  },
  'transaction-has-two-lines': { plant: (client) => write(client, booked('movement', [])) },
  'books-sum-to-zero': {
    plant: `update ledger_entry set amount = amount + 1 where account = 'transit'`,
    also: ['transaction-balances'],
  },
  'accounts-are-known': {
    plant: (client) =>
      write(
        client,
        booked('opening', [
          ['opening', null, 1],
          ['kapsa', null, -1],
        ]),
      ),
  },
  'transaction-has-its-form': {
    plant: (client) =>
      write(
        client,
        booked('movement', [
          ['transit', null, 5],
          ['opening', null, -5],
        ]),
      ),
  },
  'lines-name-what-they-concern': {
    plant: (client) =>
      write(
        client,
        booked('opening', [
          ['opening', null, 5],
          ['payment', null, -5],
        ]),
      ),
  },
  'reversal-is-opposite': {
    plant: `update ledger_transaction set reverses = '${cases.dog}' where id = '${cases.correction}'`,
  },
  'booked-once': {
    plant: `alter table ledger_transaction drop constraint ledger_transaction_tenant_id_key_key;
      update ledger_transaction set key = 'x' where id in ('${cases.paid}', '${cases.gone}')`,
  },
  'prescription-not-overpaid': {
    plant: (client) =>
      write(
        client,
        booked('write-off', [
          ['receivable', ids.dog, -1],
          ['writeoff:pes', ids.dog, 1],
        ]),
      ),
  },
  'prescription-is-booked': {
    plant: `insert into prescription (tenant_id, id, title, amount, variable_symbol, due_date, legal_basis, created_at)
      values (${T}, '${FRESH}', 'Pes', 100, '1', '2026-03-31', 'x', '2026-01-05')`,
  },
  'cancelled-prescription-is-empty': { plant: `update prescription set cancelled_at = now() where id = '${ids.dog}'` },
  'symbol-is-given-once': {
    plant: `alter table prescription drop constraint prescription_tenant_id_variable_symbol_key; update prescription set variable_symbol = '2026000018'`,
  },
  'credited-once': {
    plant: `alter table payment drop constraint payment_tenant_id_source_source_id_key; update payment set source_id = 'a' where source = 'bank'`,
    also: ['bank-item-is-booked'],
  },
  'payment-is-booked': {
    plant: `update payment set amount = amount + 1 where id = '${ids.paid}'`,
    also: ['payment-adds-up', 'bank-item-is-booked'],
  },
  'payment-adds-up': {
    plant: (client) =>
      write(
        client,
        booked('opening', [
          ['payment', ids.over, 10],
          ['opening', null, -10],
        ]),
      ),
  },
  'payment-state-follows': {
    plant: `insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, actor, at)
      values (${T}, '${ids.paid}', 3, 'allocated', 'part-allocated', 'clock', now())`,
  },
  'payment-moves-are-allowed': {
    plant: `update payment_move set to_state = 'reversed' where payment_id = '${ids.over}' and seq = 2;
      update payment_move set from_state = 'reversed' where payment_id = '${ids.over}' and seq = 3`,
  },
  'payment-account-is-its-own': { plant: `update payment set ledger_account = 'cash:1' where id = '${ids.paid}'` },
  'return-has-its-order': {
    plant: `insert into refund (tenant_id, id, payment_id, amount, way, reason, ordered_by, ordered_at)
      values (${T}, '${FRESH}', '${ids.paid}', 100, 'transfer', 'x', 'clock', now())`,
  },
  'return-takes-from-its-payment': {
    plant: `insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, actor, at) values (${T}, '${ids.paid}', 3, 'allocated', 'part-allocated', 'clock', now());
      update payment set state = 'part-allocated' where id = '${ids.paid}';
      update ledger_entry set subject = '${ids.paid}' where transaction_id = '${cases.ordered}' and account = 'payment'`,
    also: ['payment-adds-up'],
  },
  'approved-by-somebody-else': {
    plant: `alter table money_approval drop constraint money_approval_check1; update money_approval set asked_by = decided_by`,
  },
  'above-limit-has-two-persons': { plant: `update ledger_transaction set approved_by = null where id = '${cases.correction}'` },
  'approval-stands-behind-it': {
    plant: `update money_approval set verdict = 'refused'`,
  },
  'closed-month-keeps-its-hash': { plant: `update ledger_transaction set reason = 'jinak' where id = '${cases.dog}'` },
  'closed-month-keeps-its-turnover': {
    plant: `update ledger_closing set balances = jsonb_set(balances, '{receivable,debit}', '1')`,
  },
  'closed-month-stays-closed': { plant: `update ledger_closing set closed_at = '2026-01-01'` },
  'closings-stand-on-each-other': {
    plant: `insert into ledger_closing (tenant_id, month, closed_at, closed_by, transactions, balances, hash, previous_hash)
      values (${T}, '2025-12', '2026-01-02', 'x', 0, '{}', encode(sha256(convert_to(E'\\n2025-12\\n0\\n' || encode(sha256(''), 'hex'), 'UTF8')), 'hex'), '')`,
  },
  'bank-stands-as-stated': { plant: `update bank_statement set closing = closing + 1` },
  'bank-item-is-booked': { plant: `delete from bank_statement_item where item_id = 'd'` },
  'bank-subject-is-taken-once': {
    plant: `insert into bank_item select tenant_id, 'e', account, day, amount, currency, vs, ks, ss, counter_account, name, message, is_reversal, outcome, subject, imported_at from bank_item where id = 'd';
      insert into bank_statement_item select tenant_id, id, 9, 'e' from bank_statement`,
  },
  'gateway-holds-what-was-paid': {
    plant: (client) =>
      write(
        client,
        booked('opening', [
          ['gateway:gopay', null, 5],
          ['opening', null, -5],
        ]),
      ),
  },
  'card-payment-is-credited': { plant: `update card_payment set remote_id = 'jiná'` },
  'exported-once': { plant: `update economy_export set transactions = 2` },
  'cash-shift-agrees': { plant: `update cash_shift set opening = 100` },
  'cash-desk-holds-what-was-left': {
    plant: (client) =>
      write(
        client,
        booked('deposit', [
          ['transit', null, 1],
          ['cash:hlavni', null, -1],
        ]),
      ),
  },
  'receipt-has-its-money': { plant: `update cash_receipt set number = 2` },
  'run-agrees-with-prescriptions': { plant: `update fee_run_item set variable_symbol = '1'` },
  'duty-is-prescribed-once': {
    plant: `drop index prescription_duty_period; update prescription set duty_id = d.duty_id, period_from = d.period_from from prescription d where d.id = '${ids.dog}' and prescription.id = '${ids.waste}'`,
  },
  'letters-add-up': { plant: `update fee_run_letter set amount = 1` },
};

test('the books in order break no invariant, for whoever looks', async () => {
  expect((await checkBooks(everyTownUrl(database))).filter(({ violations }) => violations > 0)).toEqual([]);
  expect((await checkBooks(database.ownerUrl)).filter(({ violations }) => violations > 0)).toEqual([]);
});

test('every invariant has its fault', () => {
  expect(Object.keys(faults)).toEqual(moneyInvariants.map(({ name }) => name));
});

test.each(Object.entries(faults))('%s is found when it is broken, and nothing else is', async (name, { plant, also = [] }) => {
  const broken = await withClient(everyTownUrl(database), async (client) => {
    await client.query('begin; set local session_replication_role = replica');
    await (typeof plant === 'string' ? client.query(plant) : plant(client));
    const findings = await findingsOf(client);
    await client.query('rollback');
    return findings.filter(({ violations }) => violations > 0).map((finding) => finding.name);
  });
  expect(broken.sort()).toEqual([name, ...also].sort());
});
