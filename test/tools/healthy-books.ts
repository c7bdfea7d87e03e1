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
];

/** @param client a superuser's: triggers are off while the rows are written */
export async function writeHealthyBooks(client: Client): Promise<void> {
  await client.query(`set session_replication_role = replica`);
  await client.query(`insert into tenant (id, slug, name) values (${T}, 'lhota', 'Lhota')`);
  await client.query(`insert into prescription (tenant_id, id, title, amount, variable_symbol, due_date, legal_basis, created_at) values
    (${T}, '${ids.dog}', 'Pes', 150000, '2026000018', '2026-03-31', 'x', '2026-01-05'),
    (${T}, '${ids.waste}', 'Odpad', 4000000, '2026000026', '2026-03-31', 'x', '2026-01-05')`);
  await client.query(`insert into payment (tenant_id, id, source, source_id, amount, ledger_account, received_on, recorded_at) values
    (${T}, '${ids.paid}', 'bank', 'a', 150000, 'bank:1/0100', '2026-02-03', '2026-02-03'),
    (${T}, '${ids.over}', 'gopay', 'b', 1200000, 'gateway:gopay', '2026-02-04', '2026-02-04'),
    (${T}, '${ids.gone}', 'bank', 'c', 70000, 'bank:1/0100', '2026-02-06', '2026-02-06')`);
  for (const booked of book) await write(client, booked);
  await moves(client, ids.paid, ['received', 'allocated']);
  await moves(client, ids.over, ['received', 'part-allocated', 'return-ordered']);
  await moves(client, ids.gone, ['received', 'unmatched', 'reversed']);
  await client.query(`insert into refund (tenant_id, id, payment_id, amount, way, reason, ordered_by, ordered_at)
    values (${T}, '${ids.refund}', '${ids.over}', 150000, 'transfer', 'přeplatek', 'officer:${ids.eva}', '2026-02-05')`);
  await client.query(`insert into money_approval (tenant_id, id, kind, subject, amount, what, reason, asked_by, asked_at, decided_by, decided_at, verdict)
    values (${T}, '${ids.approval}', 'correction', '${ids.waste}', 1000000, '{}', 'x', '${ids.eva}', '2026-02-01', '${ids.petr}', '2026-02-02', 'approved')`);
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
