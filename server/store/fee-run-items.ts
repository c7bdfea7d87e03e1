// Items of a yearly run, a chunk at a time: planned, prescribed, taken back. Each statement works on a whole chunk.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';

export type ItemState = 'planned' | 'free' | 'gone' | 'already' | 'problem' | 'held' | 'prescribed' | 'undone';
export type Difference = 'new' | 'gone' | 'up' | 'down' | 'same' | 'exempt' | 'none';
export interface NewItem {
  readonly place: number;
  readonly dutyId: string;
  readonly payerId: string;
  readonly dutySeq: number;
  readonly state: 'planned' | 'free' | 'gone' | 'already' | 'problem';
  readonly amount: number;
  readonly previous: number;
  readonly difference: Difference;
  readonly rule: string;
  readonly reckoning: Json;
  readonly problem: string | null;
}

export async function insertItems(trx: Transaction, tenantId: number, runId: string, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  await trx.raw(
    `insert into fee_run_item (tenant_id, run_id, place, duty_id, payer_id, duty_seq, state, amount, previous, difference, rule, reckoning, problem)
     select ?, ?, i.place, i."dutyId", i."payerId", i."dutySeq", i.state, i.amount, i.previous, i.difference, i.rule, nullif(i.reckoning, 'null'::jsonb), i.problem
       from jsonb_to_recordset(?::jsonb) as i(place int, "dutyId" uuid, "payerId" uuid, "dutySeq" int, state text, amount bigint, previous bigint, difference text, rule text, reckoning jsonb, problem text)`,
    [tenantId, runId, JSON.stringify(items)],
  );
}

export interface PlannedItem {
  readonly place: number;
  readonly dutyId: string;
  readonly payerId: string;
  readonly subject: string;
  readonly caseId: string | null;
  readonly amount: number;
  readonly reckoning: Json;
  /** The duty is as the preview knew it. */
  readonly isFresh: boolean;
}

/** The next planned items behind `place`, their duties held until the transaction ends. */
export async function plannedItems(
  trx: Transaction,
  tenantId: number,
  runId: string,
  place: number,
  limit: number,
): Promise<readonly PlannedItem[]> {
  const { rows } = await trx.raw<{ rows: PlannedItem[] }>(
    `select i.place, i.duty_id as "dutyId", i.payer_id as "payerId", d.subject, d.case_id as "caseId", i.amount, i.reckoning,
            d.seq = i.duty_seq and not exists (select from prescription p join fee_run r on r.tenant_id = i.tenant_id and r.id = i.run_id
                 join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id and b.total > 0
               where p.tenant_id = i.tenant_id and p.duty_id = i.duty_id and p.void_since is null
                 and p.period_from between make_date(r.year, 1, 1) and make_date(r.year, 12, 31)) as "isFresh"
       from fee_run_item i join fee_duty d on d.tenant_id = i.tenant_id and d.id = i.duty_id
      where i.tenant_id = ? and i.run_id = ? and i.place > ? and i.state = 'planned' order by i.place limit ? for share of d`,
    [tenantId, runId, place, limit],
  );
  return rows;
}

export async function markPrescribed(
  trx: Transaction,
  tenantId: number,
  runId: string,
  items: readonly { readonly place: number; readonly prescriptionId: string; readonly variableSymbol: string; readonly proof: string }[],
): Promise<void> {
  if (items.length === 0) return;
  await trx.raw(
    `update fee_run_item i set state = 'prescribed', prescription_id = d."prescriptionId", variable_symbol = d."variableSymbol", proof = d.proof
       from jsonb_to_recordset(?::jsonb) as d(place int, "prescriptionId" uuid, "variableSymbol" text, proof text)
      where i.tenant_id = ? and i.run_id = ? and i.place = d.place and i.state = 'planned'`,
    [JSON.stringify(items), tenantId, runId],
  );
}

/** The duty changed after the preview: it waits for the next run instead of being prescribed wrongly. */
export async function markHeld(trx: Transaction, tenantId: number, runId: string, places: readonly number[]): Promise<void> {
  if (places.length === 0) return;
  await trx('fee_run_item')
    .where({ tenant_id: tenantId, run_id: runId, state: 'planned' })
    .whereIn('place', [...places])
    .update({ state: 'held' });
}

export interface PrescribedItem {
  readonly place: number;
  readonly dutyId: string;
  readonly prescriptionId: string;
  readonly variableSymbol: string;
  readonly amount: number;
  readonly proof: string;
}
/** Behind `place`, in order; `undone` as well when they are asked for, because the chain of proofs goes through them. */
export async function prescribedItems(
  trx: Transaction,
  tenantId: number,
  runId: string,
  page: { readonly after: number; readonly limit: number; readonly states: readonly ItemState[] },
): Promise<readonly PrescribedItem[]> {
  const { rows } = await trx.raw<{ rows: PrescribedItem[] }>(
    `select place, duty_id as "dutyId", prescription_id as "prescriptionId", variable_symbol as "variableSymbol", amount, proof from fee_run_item
      where tenant_id = ? and run_id = ? and place > ? and state = any(?) order by place limit ?`,
    [tenantId, runId, page.after, [...page.states], page.limit],
  );
  return rows;
}

export async function markUndone(trx: Transaction, tenantId: number, runId: string, places: readonly number[]): Promise<void> {
  await trx('fee_run_item')
    .where({ tenant_id: tenantId, run_id: runId, state: 'prescribed' })
    .whereIn('place', [...places])
    .update({ state: 'undone' });
}

/** Duties whose amount the preview does not know any more: changed, or registered since. */
export async function staleCount(trx: Transaction, tenantId: number, runId: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: { n: number }[] }>(
    `select ((select count(*) from fee_run_item i join fee_duty d on d.tenant_id = i.tenant_id and d.id = i.duty_id
               where i.tenant_id = r.tenant_id and i.run_id = r.id and d.seq <> i.duty_seq)
           + (select count(*) from fee_duty d where d.tenant_id = r.tenant_id and d.kind = r.kind and d.situation = r.situation
                 and d.valid_from <= make_date(r.year, 12, 31) and (d.valid_to is null or d.valid_to >= make_date(r.year, 1, 1))
                 and not exists (select from fee_run_item i where i.tenant_id = d.tenant_id and i.run_id = r.id and i.duty_id = d.id)))::int as n
       from fee_run r where r.tenant_id = ? and r.id = ?`,
    [tenantId, runId],
  );
  return rows[0]?.n ?? 0;
}

/** What the run comes to in the ledger: prescriptions and their first entries, and the balance of revenue now. */
export async function ledgerOfRun(
  trx: Transaction,
  tenantId: number,
  runId: string,
): Promise<{ readonly prescriptions: number; readonly prescribed: number; readonly balance: number; readonly duties: number }> {
  const { rows } = await trx.raw<{ rows: { prescriptions: number; prescribed: number; balance: number; duties: number }[] }>(
    `select count(distinct p.id)::int as prescriptions, count(distinct p.duty_id)::int as duties,
            coalesce(sum(-e.amount) filter (where t.kind = 'prescribe'), 0)::bigint as prescribed, coalesce(sum(-e.amount), 0)::bigint as balance
       from prescription p
       left join ledger_entry e on e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'revenue:' || p.kind
       left join ledger_transaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
      where p.tenant_id = ? and p.run_id = ?`,
    [tenantId, runId],
  );
  return rows[0] ?? { prescriptions: 0, prescribed: 0, balance: 0, duties: 0 };
}
