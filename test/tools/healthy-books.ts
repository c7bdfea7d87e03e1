// A small town's books in order, written row by row: what a check must find faultless, and into which a test plants its faults.
import type { Client } from 'pg';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const T = 1;
export const ids = {
  dog: id(1),
  waste: id(2),
  paid: id(11),
  over: id(12),
  gone: id(13),
  refund: id(21),
  eva: id(31),
  petr: id(32),
  approval: id(41),
  cash: id(14),
  shift: id(42),
  receipt: id(43),
  run: id(44),
};
/** Transactions by what they are. */
export const cases = {
  dog: id(101),
  waste: id(102),
  correction: id(103),
  paid: id(104),
  paidDog: id(105),
  over: id(106),
  overWaste: id(107),
  ordered: id(108),
  gone: id(109),
  goneBack: id(110),
  cash: id(111),
  handOver: id(112),
} as const;

type Line = readonly [account: string, subject: string | null, amount: number];
interface Booked {
  readonly id: string;
  readonly kind: string;
  readonly day: string;
  readonly lines: readonly Line[];
  readonly approved?: string;
  readonly actor?: string;
  readonly reverses?: string;
}

const book: readonly Booked[] = [
  {
    id: cases.dog,
    kind: 'prescribe',
    day: '2026-01-05',
    lines: [
      ['receivable', ids.dog, 150_000],
      ['revenue:pes', ids.dog, -150_000],
    ],
  },
  {
    id: cases.waste,
    kind: 'prescribe',
    day: '2026-01-05',
    lines: [
      ['receivable', ids.waste, 4_000_000],
      ['revenue:odpad', ids.waste, -4_000_000],
    ],
  },
  {
    id: cases.correction,
    kind: 'correct',
    day: '2026-02-02',
    actor: `officer:${ids.eva}`,
    approved: `officer:${ids.petr}`,
    lines: [
      ['receivable', ids.waste, -3_000_000],
      ['revenue:odpad', ids.waste, 3_000_000],
    ],
  },
  {
    id: cases.paid,
    kind: 'receive',
    day: '2026-02-03',
    lines: [
      ['bank:1/0100', null, 150_000],
      ['payment', ids.paid, -150_000],
    ],
  },
  {
    id: cases.paidDog,
    kind: 'allocate',
    day: '2026-02-03',
    lines: [
      ['payment', ids.paid, 150_000],
      ['receivable', ids.dog, -150_000],
    ],
  },
  {
    id: cases.over,
    kind: 'receive',
    day: '2026-02-04',
    lines: [
      ['gateway:gopay', null, 1_200_000],
      ['payment', ids.over, -1_200_000],
    ],
  },
  {
    id: cases.overWaste,
    kind: 'allocate',
    day: '2026-02-04',
    lines: [
      ['payment', ids.over, 1_000_000],
      ['receivable', ids.waste, -1_000_000],
    ],
  },
  {
    id: cases.ordered,
    kind: 'return-ordered',
    day: '2026-02-05',
    lines: [
      ['payment', ids.over, 150_000],
      ['refund', ids.refund, -150_000],
    ],
  },
  {
    id: cases.gone,
    kind: 'receive',
    day: '2026-02-06',
    lines: [
      ['bank:1/0100', null, 70_000],
      ['payment', ids.gone, -70_000],
    ],
  },
  {
    id: cases.goneBack,
    kind: 'reverse',
    day: '2026-02-07',
    reverses: cases.gone,
    lines: [
      ['payment', ids.gone, 70_000],
      ['bank:1/0100', null, -70_000],
    ],
  },
  {
    id: cases.cash,
    kind: 'receive',
    day: '2026-02-08',
    lines: [
      ['cash:hlavni', null, 10_000],
      ['payment', ids.cash, -10_000],
    ],
  },
  {
    id: cases.handOver,
    kind: 'deposit',
    day: '2026-02-08',
    lines: [
      ['transit', null, 10_000],
      ['cash:hlavni', null, -10_000],
    ],
  },
];

/** @param client a superuser's: triggers are off while the rows are written */
export async function writeHealthyBooks(client: Client): Promise<void> {
  await client.query(`set session_replication_role = replica`);
  await client.query(`insert into tenant (id, slug, name) values (${T}, 'lhota', 'Lhota')`);
  await client.query(`insert into prescription (tenant_id, id, title, amount, variable_symbol, due_date, legal_basis, created_at) values
    (${T}, '${ids.dog}', 'Pes', 150000, '2026000018', '2026-03-31', 'x', '2026-01-05'),
    (${T}, '${ids.waste}', 'Odpad', 4000000, '2026000026', '2026-03-31', 'x', '2026-01-05')`);
  await client.query(`insert into payment (tenant_id, id, source, source_id, amount, ledger_account, received_on, recorded_at, state) values
    (${T}, '${ids.paid}', 'bank', 'a', 150000, 'bank:1/0100', '2026-02-03', '2026-02-03', 'allocated'),
    (${T}, '${ids.over}', 'gopay', 'b', 1200000, 'gateway:gopay', '2026-02-04', '2026-02-04', 'return-ordered'),
    (${T}, '${ids.gone}', 'bank', 'c', 70000, 'bank:1/0100', '2026-02-06', '2026-02-06', 'reversed')`);
  await client.query(`insert into payment (tenant_id, id, source, source_id, amount, ledger_account, received_on, recorded_at, state) values
    (${T}, '${ids.cash}', 'cash', 'p', 10000, 'cash:hlavni', '2026-02-08', '2026-02-08', 'unmatched')`);
  for (const booked of book) await write(client, booked);
  await moves(client, ids.paid, ['received', 'allocated']);
  await moves(client, ids.over, ['received', 'part-allocated', 'return-ordered']);
  await moves(client, ids.cash, ['received', 'unmatched']);
  await moves(client, ids.gone, ['received', 'unmatched', 'reversed']);
  await client.query(`insert into refund (tenant_id, id, payment_id, amount, way, reason, ordered_by, ordered_at)
    values (${T}, '${ids.refund}', '${ids.over}', 150000, 'transfer', 'přeplatek', 'officer:${ids.eva}', '2026-02-05')`);
  await writeNeighbours(client);
  await client.query(`insert into money_approval (tenant_id, id, kind, subject, amount, what, reason, asked_by, asked_at, decided_by, decided_at, verdict)
    values (${T}, '${ids.approval}', 'correction', '${ids.waste}', 1000000, '{}', 'x', '${ids.eva}', '2026-02-01', '${ids.petr}', '2026-02-02', 'approved')`);
}

/** The bank's statement, the gateway's payment, a desk with a closed shift, a yearly run with its letter, an export: each as the books have it. */
async function writeNeighbours(client: Client): Promise<void> {
  const at = `'2026-02-04'`;
  await client.query(`insert into bank_statement (tenant_id, id, inbox_id, place, format, account, from_day, to_day, currency, opening, closing, actor, imported_at)
    values (${T}, '${id(51)}', '${id(52)}', 1, 'gpc', '1/0100', '2026-02-03', '2026-02-07', 'CZK', 0, 150000, 'x', ${at})`);
  await client.query(`insert into bank_item (tenant_id, id, account, day, amount, currency, vs, ks, ss, counter_account, name, message, is_reversal, outcome, subject, imported_at)
    values (${T}, 'a', '1/0100', '2026-02-03', 150000, 'CZK', '', '', '', '', '', '', false, 'credited', '${ids.paid}', ${at}),
      (${T}, 'c', '1/0100', '2026-02-06', 70000, 'CZK', '', '', '', '', '', '', false, 'credited', '${ids.gone}', ${at}),
      (${T}, 'd', '1/0100', '2026-02-07', -70000, 'CZK', '', '', '', '', '', '', true, 'reversed', '${ids.gone}', ${at})`);
  await client.query(
    `insert into bank_statement_item (tenant_id, statement_id, place, item_id) select ${T}, '${id(51)}', row_number() over (), id from bank_item`,
  );
  await client.query(`insert into card_payment (tenant_id, id, gateway, amount, effect_key, remote_id, state, payment_id, created_at, updated_at)
    values (${T}, '${id(53)}', 'gopay', 1200000, 'k', 'b', 'paid', '${ids.over}', ${at}, ${at})`);
  await client.query(
    `insert into economy_export (tenant_id, id, officer_id, created_at, transactions, effect_key) values (${T}, '${id(54)}', '${ids.eva}', ${at}, 1, 'x')`,
  );
  await client.query(`insert into economy_export_item values (${T}, '${cases.dog}', '${id(54)}')`);
  await client.query(`insert into cash_desk values (${T}, 'hlavni', 'Hlavní')`);
  await client.query(`insert into cash_shift (tenant_id, id, desk, officer_id, opened_at, opening, closed_at, expected, counted, denominations, handed_over, card_total)
    values (${T}, '${ids.shift}', 'hlavni', '${ids.eva}', ${at}, 0, ${at}, 10000, 10000, '{"10000": 1}', 10000, 0)`);
  await client.query(`insert into cash_receipt (tenant_id, id, shift_id, desk, series, year, number, kind, way, amount, name, lines, payment_id, officer_id, issued_at)
    values (${T}, '${ids.receipt}', '${ids.shift}', 'hlavni', 'PPD', 2026, 1, 'in', 'cash', 10000, 'x', '[]', '${ids.cash}', '${ids.eva}', ${at})`);
  await client.query(`insert into fee_run (tenant_id, id, kind, year, situation, version_id, ordinance, title, due_date, asked_by, created_at)
    values (${T}, '${ids.run}', 'pes', 2026, 'x', '${id(55)}', 'x', 'x', '2026-03-31', '${ids.eva}', ${at})`);
  await client.query(`insert into fee_run_item (tenant_id, run_id, place, duty_id, payer_id, duty_seq, state, amount, previous, difference, prescription_id, variable_symbol)
    values (${T}, '${ids.run}', 1, '${id(56)}', '${id(57)}', 1, 'prescribed', 150000, 0, 'new', '${ids.dog}', '2026000018')`);
  await client.query(
    `update prescription set run_id = '${ids.run}', duty_id = '${id(56)}', period_from = '2026-01-01' where id = '${ids.dog}'`,
  );
  await client.query(`insert into fee_run_letter (tenant_id, run_id, payer_id, place, channel, address_to, items, amount, state, changed_at)
    values (${T}, '${ids.run}', '${id(57)}', 1, 'print', 'x', 1, 150000, 'printed', ${at})`);
}

export async function write(client: Client, { id: transaction, kind, day, lines, approved, actor, reverses }: Booked): Promise<void> {
  await client.query(
    `insert into ledger_transaction (tenant_id, id, kind, key, booked_on, recorded_at, actor, approved_by, reverses) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      T,
      transaction,
      kind,
      approved === undefined ? `${kind}:${transaction}` : `approved:${ids.approval}`,
      day,
      `${day}T09:00:00Z`,
      actor ?? 'rule:test',
      approved ?? null,
      reverses ?? null,
    ],
  );
  for (const [index, [account, subject, amount]] of lines.entries())
    await client.query('insert into ledger_entry values ($1, $2, $3, $4, $5, $6)', [T, transaction, index + 1, account, subject, amount]);
}

async function moves(client: Client, payment: string, states: readonly string[]): Promise<void> {
  for (const [index, state] of states.entries())
    await client.query(
      `insert into payment_move (tenant_id, payment_id, seq, from_state, to_state, actor, at) values ($1, $2, $3, $4, $5, 'clock', '2026-02-03')`,
      [T, payment, index + 1, states[index - 1] ?? null, state],
    );
}
