// Under which id another system knows our prescriptions and payments. The same id with the same content is a repetition, with another one an error.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface ForeignRecord {
  readonly system: string;
  readonly kind: 'prescription' | 'payment' | 'fine';
  readonly externalId: string;
  /** Our prescription or payment. */
  readonly subject: string;
  readonly contentHash: string;
  readonly importId: string | null;
  readonly at: string;
}
export type KnownRecord = Pick<ForeignRecord, 'externalId' | 'subject' | 'contentHash'> & { readonly reported: string };

export async function knownRecords(
  trx: Transaction,
  tenantId: number,
  of: Pick<ForeignRecord, 'system' | 'kind'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownRecord>> {
  const rows = await ask<KnownRecord>(trx, {
    text: `select external_id as "externalId", subject, content_hash as "contentHash", reported from foreign_record
            where tenant_id = $1 and system = $2 and kind = $3 and external_id = any($4::text[])`,
    values: [tenantId, of.system, of.kind, ids],
  });
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** Throws on a second record of the same id: two imports at once do not take the same thing twice. */
export async function insertRecords(trx: Transaction, tenantId: number, records: readonly ForeignRecord[]): Promise<void> {
  if (records.length === 0) return;
  await trx('foreign_record').insert(
    records.map((one) => ({
      tenant_id: tenantId,
      system: one.system,
      kind: one.kind,
      external_id: one.externalId,
      subject: one.subject,
      content_hash: one.contentHash,
      import_id: one.importId,
      taken_at: one.at,
    })),
  );
}

export interface HistoryImport {
  readonly id: string;
  readonly system: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly officerId: string;
  readonly taken: number;
  readonly repeated: number;
  readonly errors: readonly object[];
  readonly at: string;
}
export async function insertImport(trx: Transaction, tenantId: number, made: HistoryImport): Promise<void> {
  await trx('history_import').insert({
    tenant_id: tenantId,
    id: made.id,
    system: made.system,
    file_name: made.fileName,
    sha256: made.sha256,
    officer_id: made.officerId,
    taken: made.taken,
    repeated: made.repeated,
    errors: JSON.stringify(made.errors),
    at: made.at,
  });
}

/** Payers by their number in the register. */
export async function payersByRegistry(
  trx: Transaction,
  tenantId: number,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await ask<{ id: string; number: string }>(trx, {
    text: 'select id, registry_id as number from payer where tenant_id = $1 and registry_id = any($2::text[])',
    values: [tenantId, numbers],
  });
  return new Map(rows.map(({ id, number }) => [number, id]));
}

export async function takenSymbols(trx: Transaction, tenantId: number, symbols: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ask<{ symbol: string }>(trx, {
    text: 'select variable_symbol as symbol from prescription where tenant_id = $1 and variable_symbol = any($2::text[])',
    values: [tenantId, symbols],
  });
  return new Set(rows.map(({ symbol }) => symbol));
}

/** Fines whose payment the other system does not know of yet: paid in full, or no longer so. */
export function unreportedFines(
  trx: Transaction,
  tenantId: number,
  system: string,
  limit: number,
): Promise<
  readonly {
    readonly externalId: string;
    readonly subject: string;
    readonly paid: number;
    readonly state: string;
    readonly reported: string;
    readonly paidOn: string | null;
  }[]
> {
  return ask(trx, {
    text: `select * from (
             select f.external_id as "externalId", f.subject, b.paid, f.reported,
                    case when b.total = 0 then 'cancelled' when b.open <= 0 then 'paid' else 'open' end || ':' || b.paid as state,
                    (select max(a.booked_on) from live_allocation a where a.tenant_id = f.tenant_id and a.prescription_id = f.subject) as "paidOn"
               from foreign_record f join prescription_balance b on b.tenant_id = f.tenant_id and b.id = f.subject
              where f.tenant_id = $1 and f.system = $2 and f.kind = 'fine') s
            where s.state <> s.reported and not (s.reported = '' and s.state = 'open:0') order by "externalId" limit $3`,
    values: [tenantId, system, limit],
  });
}
/** False when another worker told it first. */
export async function noteReported(trx: Transaction, tenantId: number, subject: string, from: string, state: string): Promise<boolean> {
  return (await trx('foreign_record').where({ tenant_id: tenantId, subject, reported: from }).update({ reported: state })) === 1;
}
