// Prescriptions as rows. What they amount to now, what is paid and owed, is only in the ledger.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

export interface PrescriptionRecord {
  readonly id: string;
  readonly caseId: string | null;
  readonly executionId: string | null;
  readonly payerId: string;
  readonly kind: string;
  readonly title: string;
  /** Haléře as first prescribed. */
  readonly amount: number;
  readonly variableSymbol: string;
  readonly specificSymbol: string;
  readonly dueDate: string;
  /** Deadline of law that moves the due day; null when it is fixed. */
  readonly dueDeadline: string | null;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly regime: 'dr' | 'sr';
  readonly legalBasis: string;
  readonly decision: Json;
  readonly dutyId: string | null;
  readonly runId: string | null;
  readonly regarding: string;
  readonly prescribedOn: string;
  readonly createdAt: string;
}
/** Many at once by one statement. The citizen, where the payer is one, follows from the payer. */
export async function insertPrescriptions(trx: Transaction, tenantId: number, rows: readonly PrescriptionRecord[]): Promise<void> {
  if (rows.length === 0) return;
  await ask(trx, { text: INSERT, values: [tenantId, JSON.stringify(rows)] });
}
const INSERT = `insert into prescription (tenant_id, id, case_id, execution_id, payer_id, debtor_id, kind, title, amount, variable_symbol, specific_symbol, due_date,
    due_deadline, period_from, period_to, regime, legal_basis, decision, duty_id, run_id, regarding, prescribed_on, created_at)
  select $1::int, g.id, g."caseId", g."executionId", d.person_id, g."payerId", g.kind, g.title, g.amount, g."variableSymbol", g."specificSymbol", g."dueDate",
         g."dueDeadline", g."periodFrom", g."periodTo", g.regime, g."legalBasis", nullif(g.decision, 'null'::jsonb), g."dutyId", g."runId", g.regarding, g."prescribedOn", g."createdAt"
    from jsonb_to_recordset($2::jsonb) as g (id uuid, "caseId" uuid, "executionId" text, "payerId" uuid, kind text, title text, amount bigint, "variableSymbol" text,
      "specificSymbol" text, "dueDate" date, "dueDeadline" text, "periodFrom" date, "periodTo" date, regime text, "legalBasis" text, decision jsonb, "dutyId" uuid,
      "runId" uuid, regarding text, "prescribedOn" date, "createdAt" timestamptz)
    left join payer d on d.tenant_id = $1 and d.id = g."payerId"`;

/** A prescription as the books see it. Amounts in haléře. */
export type PrescriptionNow = {
  readonly id: string;
  readonly caseId: string | null;
  readonly payerId: string | null;
  readonly kind: string;
  readonly title: string;
  readonly regime: 'dr' | 'sr';
  readonly variableSymbol: string;
  readonly dueDate: string;
  /** Prescribed after corrections; 0 = cancelled. */
  readonly total: number;
  readonly paid: number;
  readonly writtenOff: number;
  readonly open: number;
};
const NOW = `select p.id, p.case_id as "caseId", coalesce(p.debtor_id, p.payer_id) as "payerId", p.kind, p.title, p.regime, p.variable_symbol as "variableSymbol",
    p.due_date as "dueDate", b.total, b.paid, b.written_off as "writtenOff", b.open
  from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id`;

/** Locks the rows in the order of their ids and gives how they stand then: the balances are read after the lock was granted. */
export async function lockPrescriptions(
  trx: Transaction,
  tenantId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PrescriptionNow>> {
  if (ids.length === 0) return new Map();
  const [, rows] = await Promise.all([
    ask(trx, {
      text: 'select id from prescription where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update',
      values: [tenantId, ids],
    }),
    prescriptionsNow(trx, tenantId, ids),
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}
export const prescriptionsNow = (trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly PrescriptionNow[]> =>
  ask<PrescriptionNow>(trx, { text: `${NOW} where p.tenant_id = $1 and p.id = any($2::uuid[])`, values: [tenantId, ids] });

export const prescriptionsBySymbols = (
  trx: Transaction,
  tenantId: number,
  symbols: readonly string[],
): Promise<readonly PrescriptionNow[]> =>
  ask<PrescriptionNow>(trx, { text: `${NOW} where p.tenant_id = $1 and p.variable_symbol = any($2::text[])`, values: [tenantId, symbols] });

/** What these payers owe, the earliest due first. */
export const openOfPayers = (trx: Transaction, tenantId: number, payerIds: readonly string[]): Promise<readonly PrescriptionNow[]> =>
  ask<PrescriptionNow>(trx, {
    text: `${NOW} where p.tenant_id = $1 and p.debtor_id = any($2::uuid[]) and b.open > 0 order by p.due_date, p.id`,
    values: [tenantId, payerIds],
  });

/** Prescriptions that a payment is about: those with its symbol, and those it stands or once stood on. */
export const concernedBy = (
  trx: Transaction,
  tenantId: number,
  payment: { readonly id: string; readonly variableSymbol: string },
): Promise<readonly PrescriptionNow[]> =>
  ask<PrescriptionNow>(trx, {
    text: `${NOW} where p.tenant_id = $1 and (p.variable_symbol = $2 or p.id in (
             select r.subject from ledger_entry e join ledger_entry r on r.tenant_id = e.tenant_id and r.transaction_id = e.transaction_id and r.account = 'receivable'
              where e.tenant_id = $1 and e.account = 'payment' and e.subject = $3)) order by p.id`,
    values: [tenantId, payment.variableSymbol, payment.id],
  });

/** Prescriptions of cases that are owed after their due day and of which nobody has told the case yet. */
export const overdueUntold = (trx: Transaction, tenantId: number, today: string, limit: number): Promise<readonly PrescriptionNow[]> =>
  ask<PrescriptionNow>(trx, {
    text: `${NOW} where p.tenant_id = $1 and p.case_id is not null and p.due_date < $2 and p.cancelled_at is null and b.open > 0
             and not exists (select from inbox i where i.tenant_id = $1 and i.source = 'books' and i.message_id = 'po-splatnosti:' || p.id || ':' || p.due_date)
           order by p.due_date, p.id limit $3`,
    values: [tenantId, today, limit],
  });

/** The first of `count` consecutive numbers of a series, given out for ever. */
export async function takeNumbers(trx: Transaction, tenantId: number, series: string, count: number): Promise<number> {
  const [row] = await ask<{ last: number }>(trx, {
    text: `insert into number_series (tenant_id, series, year, last) values ($1, $2, 0, $3)
           on conflict (tenant_id, series, year) do update set last = number_series.last + excluded.last returning last`,
    values: [tenantId, series, count],
  });
  if (!row) throw new Error(`number series ${series} gave no number`);
  return row.last - count + 1;
}

/** For those who look for what is in force; that nothing is owed says the ledger. */
export async function markCancelled(trx: Transaction, tenantId: number, id: string, reason: string, at: string): Promise<void> {
  await trx('prescription')
    .where({ tenant_id: tenantId, id })
    .whereNull('cancelled_at')
    .update({ cancelled_at: at, cancel_reason: reason });
}

export interface PrescriptionRow {
  readonly id: string;
  readonly caseId: string | null;
  readonly executionId: string | null;
  readonly payerId: string | null;
  readonly kind: string;
  readonly title: string;
  /** Haléře now: prescribed after corrections; the first amount stays when it was cancelled. */
  readonly amount: number;
  readonly variableSymbol: string;
  readonly dueDate: string;
  readonly dueDeadline: string | null;
  readonly legalBasis: string;
  readonly decision: Json;
  readonly createdAt: string;
  readonly paid: number;
  readonly writtenOff: number;
  readonly open: number;
  readonly isCancelled: boolean;
}
const ROW = `select p.tenant_id, p.id, p.case_id, p.execution_id, coalesce(p.debtor_id, p.payer_id) as payer_id, p.kind, p.title,
    case when b.total = 0 then p.amount else b.total end as amount, p.variable_symbol, p.due_date, p.due_deadline, p.legal_basis, p.decision, p.created_at,
    b.paid, b.written_off, b.open, b.total = 0 as is_cancelled
  from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id`;

export async function prescriptionsOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly PrescriptionRow[]> {
  const rows = await ask(trx, {
    text: `${ROW} where p.tenant_id = $1 and p.case_id = $2 order by p.created_at, p.id`,
    values: [tenantId, caseId],
  });
  return rows.map((row) => fromRow<PrescriptionRow>(row));
}
export async function prescriptionBy(
  trx: Transaction,
  tenantId: number,
  by: { readonly id: string } | { readonly variableSymbol: string },
): Promise<PrescriptionRow | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['variable_symbol', by.variableSymbol];
  const [row] = await ask(trx, { text: `${ROW} where p.tenant_id = $1 and p.${column} = $2`, values: [tenantId, value] });
  return row && fromRow<PrescriptionRow>(row);
}
