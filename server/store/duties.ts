// Duties to pay every year, and what was said about them: rows of now, and a history that only grows.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { fromRow } from './row.ts';

export type Basis = Readonly<Record<string, Json>>;
export interface DutyRow {
  readonly id: string;
  readonly kind: string;
  readonly situation: string;
  readonly payerId: string;
  readonly subject: string;
  readonly basis: Basis;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly caseId: string | null;
  readonly householdId: string | null;
  readonly registryId: string | null;
  /** Number of the last change. */
  readonly seq: number;
  readonly registeredAt: string;
}
export interface DutyChangeRow {
  readonly dutyId: string;
  readonly seq: number;
  readonly kind: 'registered' | 'changed' | 'ended' | 'payer';
  /** Of an end the first day without the duty. */
  readonly since: string;
  readonly basis: Basis | null;
  readonly payerId: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}
export type NewDuty = Omit<DutyRow, 'seq' | 'registeredAt' | 'validTo'>;
export interface Said {
  readonly actor: string;
  readonly reason: string;
  /** ISO instant. */
  readonly at: string;
}

/** One statement for each table, 1 or 5,000 at once. Those whose `registryId` is known already are passed over; returns the ids of the new ones. */
export async function insertDuties(trx: Transaction, tenantId: number, duties: readonly NewDuty[], said: Said): Promise<readonly string[]> {
  if (duties.length === 0) return [];
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `with new as (
       insert into fee_duty (tenant_id, id, kind, situation, payer_id, subject, basis, valid_from, case_id, household_id, registry_id, registered_at)
       select ?, d.id, d.kind, d.situation, d."payerId", d.subject, d.basis, d."validFrom", d."caseId", d."householdId", d."registryId", ?
         from jsonb_to_recordset(?::jsonb) as d(id uuid, kind text, situation text, "payerId" uuid, subject text, basis jsonb, "validFrom" date, "caseId" uuid, "householdId" uuid, "registryId" text)
       on conflict (tenant_id, kind, registry_id) do nothing
       returning tenant_id, id, valid_from, basis, payer_id)
     , told as (insert into fee_duty_change (tenant_id, duty_id, seq, kind, since, basis, payer_id, reason, actor, at)
       select tenant_id, id, 1, 'registered', valid_from, basis, payer_id, ?, ?, ? from new)
     select id from new`,
    [tenantId, said.at, JSON.stringify(duties), said.reason, said.actor, said.at],
  );
  return rows.map(({ id }) => id);
}

export async function dutyById(trx: Transaction, tenantId: number, id: string): Promise<DutyRow | undefined> {
  const row = await trx('fee_duty').where({ tenant_id: tenantId, id }).first();
  return row && fromRow<DutyRow>(row);
}

/** The same, held until the transaction ends: a run and a change of the same duty wait for each other. */
export async function lockDuty(trx: Transaction, tenantId: number, id: string): Promise<DutyRow | undefined> {
  const row = await trx('fee_duty').where({ tenant_id: tenantId, id }).forUpdate().first();
  return row && fromRow<DutyRow>(row);
}

/** In the order in which they were said. */
export async function changesOfDuty(trx: Transaction, tenantId: number, dutyId: string): Promise<readonly DutyChangeRow[]> {
  const rows = await trx('fee_duty_change').where({ tenant_id: tenantId, duty_id: dutyId }).orderBy('seq');
  return rows.map((row: object) => fromRow<DutyChangeRow>(row));
}

export async function dutiesOfPayer(trx: Transaction, tenantId: number, payerId: string): Promise<readonly DutyRow[]> {
  const rows = await trx('fee_duty').where({ tenant_id: tenantId, payer_id: payerId }).orderBy(['kind', 'valid_from', 'id']);
  return rows.map((row: object) => fromRow<DutyRow>(row));
}

/** Adds a change and brings the duty's row to what holds now. The duty must be locked. */
export async function changeDutyRow(
  trx: Transaction,
  tenantId: number,
  duty: DutyRow,
  change: Pick<DutyChangeRow, 'kind' | 'since' | 'basis'> & { readonly payerId?: string },
  said: Said,
): Promise<DutyRow> {
  const seq = duty.seq + 1;
  const payerId = change.payerId ?? duty.payerId;
  await trx('fee_duty_change').insert({
    tenant_id: tenantId,
    duty_id: duty.id,
    seq,
    kind: change.kind,
    since: change.since,
    basis: change.basis === null ? null : JSON.stringify(change.basis),
    payer_id: payerId,
    reason: said.reason,
    actor: said.actor,
    at: said.at,
  });
  const basis = change.basis ?? duty.basis;
  const validFrom = change.basis !== null && change.kind !== 'payer' && change.since < duty.validFrom ? change.since : duty.validFrom;
  const [row] = await trx('fee_duty')
    .where({ tenant_id: tenantId, id: duty.id, seq: duty.seq })
    .update({
      seq,
      basis: JSON.stringify(basis),
      payer_id: payerId,
      valid_from: validFrom,
      ...(change.kind === 'payer'
        ? {}
        : { valid_to: change.kind === 'ended' ? trx.raw('greatest(?::date, valid_from) - 1', [change.since]) : null }),
    })
    .returning('*');
  if (!row) throw new Error('the duty was changed meanwhile');
  return fromRow<DutyRow>(row);
}

/** A duty with all that its reckoning for a year needs. */
export interface DutyOfYear {
  readonly id: string;
  readonly payerId: string;
  readonly seq: number;
  readonly words: readonly { readonly since: string; readonly basis: Basis | null }[];
  /** Haléře, after all corrections. */
  readonly previous: number;
  /** There is a valid prescription for the year already. */
  readonly isPrescribed: boolean;
  readonly hasAddress: boolean;
}

/** Duties that hold in the year or held in the year before, behind `after`, by payer. */
export async function dutiesOfYear(
  trx: Transaction,
  tenantId: number,
  asked: { readonly kind: string; readonly situation: string; readonly year: number },
  page: { readonly after: readonly [payerId: string, dutyId: string] | null; readonly limit: number },
): Promise<readonly DutyOfYear[]> {
  const [payerId, dutyId] = page.after ?? [null, null];
  const { rows } = await trx.raw<{ rows: DutyOfYear[] }>(
    `select d.id, d.payer_id as "payerId", d.seq,
            (select jsonb_agg(jsonb_build_object('since', c.since, 'basis', c.basis) order by c.seq)
               from fee_duty_change c where c.tenant_id = d.tenant_id and c.duty_id = d.id and c.kind <> 'payer') as words,
            ${AMOUNT_OF_YEAR('d', ':previous')} as previous,
            ${AMOUNT_OF_YEAR('d', ':year')} > 0 as "isPrescribed",
            (payer.address <> '' or payer.email is not null or payer.data_box is not null) as "hasAddress"
       from fee_duty d join payer on payer.tenant_id = d.tenant_id and payer.id = d.payer_id
      where d.tenant_id = :tenantId and d.kind = :kind and d.situation = :situation
        and d.valid_from <= make_date(:year, 12, 31) and (d.valid_to is null or d.valid_to >= make_date(:previous, 1, 1))
        and (cast(:payerId as uuid) is null or (d.payer_id, d.id) > (cast(:payerId as uuid), cast(:dutyId as uuid)))
      order by d.payer_id, d.id limit :limit`,
    { tenantId, ...asked, previous: asked.year - 1, payerId, dutyId, limit: page.limit },
  );
  return rows;
}

/** What prescriptions of the duty's year come to after corrections. */
const AMOUNT_OF_YEAR = (duty: string, year: string): string => `coalesce((select sum(b.total)
  from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
 where p.tenant_id = ${duty}.tenant_id and p.duty_id = ${duty}.id and p.void_since is null
   and p.period_from between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)), 0)::bigint`;

export interface PrescribedYear {
  readonly prescriptionId: string;
  readonly year: number;
  readonly runId: string | null;
  /** Haléře, after corrections. */
  readonly amount: number;
}

/** What is owed for a duty in this and later years, the oldest first. */
export async function prescribedYears(
  trx: Transaction,
  tenantId: number,
  dutyId: string,
  since: number,
): Promise<readonly PrescribedYear[]> {
  const { rows } = await trx.raw<{ rows: PrescribedYear[] }>(
    `select p.id as "prescriptionId", extract(year from p.period_from)::int as year, p.run_id as "runId", b.total as amount
       from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
      where p.tenant_id = ? and p.duty_id = ? and p.void_since is null and b.total > 0 and p.period_from >= make_date(?, 1, 1) order by p.period_from`,
    [tenantId, dutyId, since],
  );
  return rows;
}

/** Years for which a run of this kind prescribed: a duty that came to nothing then is prescribed by itself when it comes to something. */
export async function yearsPrescribedByRuns(
  trx: Transaction,
  tenantId: number,
  kind: string,
  since: number,
): Promise<readonly { readonly year: number; readonly versionId: string }[]> {
  const { rows } = await trx.raw<{ rows: { year: number; versionId: string }[] }>(
    `select distinct on (r.year) r.year, r.version_id as "versionId" from fee_run r
      where r.tenant_id = ? and r.kind = ? and r.year >= ?
        and (select m.to_state from fee_run_move m where m.tenant_id = r.tenant_id and m.run_id = r.id order by m.seq desc limit 1) in ('prescribed', 'sending', 'sending-paused', 'sent')
      order by r.year, r.created_at`,
    [tenantId, kind, since],
  );
  return rows;
}

/** Prescriptions of these duties for the year that came to nothing make room for new ones. */
export async function makeRoom(trx: Transaction, tenantId: number, dutyIds: readonly string[], year: number, at: string): Promise<void> {
  await trx.raw(
    `update prescription p set void_since = ? from prescription_balance b
      where p.tenant_id = ? and p.duty_id = any(?) and p.void_since is null and p.period_from between make_date(?, 1, 1) and make_date(?, 12, 31)
        and b.tenant_id = p.tenant_id and b.id = p.id and b.total = 0`,
    [at, tenantId, [...dutyIds], year, year],
  );
}
