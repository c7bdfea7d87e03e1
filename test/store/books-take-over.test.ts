// A town that took money before there were books: the migration enters all of it into the ledger, and every sum is what it was.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { ownerName } from '../../tools/postgres/names.ts';
import { address, prepareDatabase, withClient } from '../../tools/postgres/roles.ts';
import { invariants } from '../campaign/invariants.ts';

const { adminUrl, prefix, password } = inject('postgres');
const name = `${prefix}take_over_${process.pid}`;
const ownerUrl = address(adminUrl, { user: { name: ownerName, password }, database: name });
const all = address(adminUrl, { database: name });
const folder = join(import.meta.dirname, '..', '..', 'migrations');
const sql = async <Row extends object>(text: string): Promise<readonly Row[]> =>
  withClient(all, async (client) => (await client.query<Row>(text)).rows);

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [jana, clerkLess, caseId, version] = [id(1), id(2), id(3), id(4)];
/** Paid; part paid; cancelled after a part; open. */
const [paid, part, cancelled, open] = [id(11), id(12), id(13), id(14)];
/** All of it; a part; to the cancelled one; overpaid; unknown; to be sent back; by card. */
const [whole, some, lost, over, unknown, back, card] = [id(21), id(22), id(23), id(24), id(25), id(26), id(27)];

beforeAll(async () => {
  await prepareDatabase(adminUrl, name, ownerName);
  const old = mkdtempSync(join(tmpdir(), 'old-migrations-'));
  for (const file of readdirSync(folder)) if (file < '0013') cpSync(join(folder, file), join(old, file));
  await migrate(ownerUrl, old);
  rmSync(old, { recursive: true });
  await withClient(all, (client) => client.query(OLD));
  await migrate(ownerUrl, folder);
}, 120_000);
afterAll(() => withClient(adminUrl, (client) => client.query(`drop database ${client.escapeIdentifier(name)}`)));

const prescription = (row: string, symbol: string, amount: number, rest = 'null, null'): string =>
  `insert into prescription (tenant_id, id, case_id, execution_id, payer_id, title, amount, variable_symbol, due_date, legal_basis, created_at, cancelled_at, cancel_reason)
   values (1, '${row}', '${caseId}', '${row}', '${jana}', 'Poplatek', ${amount}, '${symbol}', '2026-03-31', 'x', '2026-03-01T23:30:00Z', ${rest});`;
const payment = (row: string, amount: number, reason: string, rest = `'bank', null, null`): string =>
  `insert into payment (tenant_id, id, source_id, amount, variable_symbol, counter_account, received_on, recorded_at, unmatched_reason, source, return_requested_at, return_note)
   values (1, '${row}', '${row}', ${amount}, '1', '5/0100', '2026-03-05', '2026-03-05T08:00:00Z', ${reason}, ${rest});`;
const allocation = (n: number, from: string, to: string, amount: number): string =>
  `insert into allocation values (1, '${id(n)}', '${from}', '${to}', ${amount}, '2026-03-05T08:00:00Z', 'rule:variable-symbol');`;
const OLD = `
  insert into tenant (id, slug, name) values (1, 'lhota', 'Lhota'), (2, 'ves', 'Ves');
  insert into person (tenant_id, id, given_name, family_name, address, created_at, updated_at)
    values (1, '${jana}', 'Jana', 'Nováková', '{"street": "Dlouhá", "houseNumber": "5", "postCode": "11000", "city": "Lhota"}', now(), now()), (1, '${clerkLess}', 'Petr', 'Malý', null, now(), now());
  insert into situation_version (tenant_id, id, situation, number, content_hash, files, published_at, published_by) values (1, '${version}', 'pes', 1, 'x', '{}', now(), 'x');
  insert into cases (tenant_id, id, mark, situation, version_id, applicant_id, filed_at, last_activity_at, engine_state, revision, head_hash)
    values (1, '${caseId}', 'SZ L 1/2026', 'pes', '${version}', '${jana}', now(), now(), '{}', 0, '');
  ${prescription(paid, '1341000001', 30_000)} ${prescription(part, '1341000002', 30_000)} ${prescription(open, '1361000001', 30_000)}
  ${prescription(cancelled, '2111000001', 30_000, `'2026-03-10T08:00:00Z', 'zpetvzeti'`)}
  ${payment(whole, 30_000, 'null')} ${payment(some, 10_000, 'null')} ${payment(lost, 10_000, `'prescription-cancelled'`)} ${payment(unknown, 5_000, `'unknown-symbol'`)}
  ${payment(over, 7_000, `'overpaid'`)} ${payment(back, 4_000, `'no-symbol'`, `'bank', '2026-03-12T08:00:00Z', 'omylem'`)} ${payment(card, 5_000, 'null', `'gopay', null, null`)}
  ${allocation(31, whole, paid, 30_000)} ${allocation(32, some, part, 10_000)} ${allocation(33, lost, cancelled, 10_000)} ${allocation(34, over, part, 3_000)} ${allocation(35, card, part, 5_000)}`;

test('every prescription amounts to what it did, and what was paid of it', async () => {
  expect(await sql('select id, total::int, paid::int, open::int from prescription_balance order by id')).toEqual([
    { id: paid, total: 30_000, paid: 30_000, open: 0 },
    { id: part, total: 30_000, paid: 18_000, open: 12_000 },
    { id: cancelled, total: 0, paid: 0, open: 0 },
    { id: open, total: 30_000, paid: 0, open: 30_000 },
  ]);
});

test('every payment stands where it stood, with its reason', async () => {
  expect(
    await sql(
      `select p.id, b.state, b.reason, b.free::int, p.state as kept from payment_balance b join payment p using (tenant_id, id) order by id`,
    ),
  ).toEqual([
    { id: whole, state: 'allocated', reason: '', free: 0, kept: 'allocated' },
    { id: some, state: 'allocated', reason: '', free: 0, kept: 'allocated' },
    { id: lost, state: 'unmatched', reason: 'prescription-cancelled', free: 10_000, kept: 'unmatched' },
    { id: over, state: 'part-allocated', reason: 'overpaid', free: 4_000, kept: 'part-allocated' },
    { id: unknown, state: 'unmatched', reason: 'unknown-symbol', free: 5_000, kept: 'unmatched' },
    { id: back, state: 'return-ordered', reason: 'return-ordered', free: 0, kept: 'return-ordered' },
    { id: card, state: 'allocated', reason: '', free: 0, kept: 'allocated' },
  ]);
});

test('the citizen is a payer under his own id, with his address; who never owed is not', async () => {
  expect(await sql('select id, name, address, person_id from payer')).toEqual([
    { id: jana, name: 'Jana Nováková', address: 'Dlouhá 5, 11000 Lhota', person_id: jana },
  ]);
  expect(await sql(`select distinct debtor_id from prescription`)).toEqual([{ debtor_id: jana }]);
});

test('kinds and codes follow from the old symbols, days are of Prague, and the ledger keeps the old ids', async () => {
  expect(await sql('select kind, regime, prescribed_on::text as day from prescription order by id')).toEqual([
    { kind: 'pes', regime: 'dr', day: '2026-03-02' },
    { kind: 'pes', regime: 'dr', day: '2026-03-02' },
    { kind: 'informace', regime: 'sr', day: '2026-03-02' },
    { kind: 'spravni', regime: 'dr', day: '2026-03-02' },
  ]);
  const [kept] = await sql<{ n: number }>(
    `select count(*)::int as n from ledger_transaction where id in ('${paid}', '${whole}', '${id(31)}')`,
  );
  expect(kept?.n).toBe(3);
});

test('what was to be sent back is ordered, once, to the account that it came from', async () => {
  expect(await sql('select payment_id, amount::int, way, to_account, reason from refund')).toEqual([
    { payment_id: back, amount: 4_000, way: 'transfer', to_account: '5/0100', reason: 'omylem' },
  ]);
});

test('the books balance, and nothing of the old way is left', async () => {
  for (const one of invariants.filter((each) => /^I[67]/.test(each.id))) expect(await sql(one.sql), one.text).toEqual([]);
  expect(await sql(`select to_regclass('allocation') as old`)).toEqual([{ old: null }]);
  expect(
    await sql(
      `select account, sum(amount)::int as sum from ledger_entry group by account having account in ('receivable', 'payment', 'refund') order by account`,
    ),
  ).toEqual([
    { account: 'payment', sum: -19_000 },
    { account: 'receivable', sum: 42_000 },
    { account: 'refund', sum: -4_000 },
  ]);
});
