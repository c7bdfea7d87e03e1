// NIA's metadata as they came, and how their reading goes: by the address they come from. Real time, which no demo moves.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface KeptDocument {
  readonly xml: string;
  readonly readAt: Date;
}
export interface MetadataReading {
  readonly succeededAt: Date | null;
  readonly failingSince: Date | null;
  /** Why it fails; '' when it does not. */
  readonly code: string;
}
export interface ReadDocument {
  readonly source: string;
  readonly digest: string;
  readonly xml: string;
  readonly validUntil: Date | null;
  readonly readAt: Date;
}

/** Is it time to read, and is it us who reads? Nobody else does for `leaseMs`. Makes the row at the first time. */
export async function claimReading(trx: Transaction, tenantId: number, source: string, leaseMs: number): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into nia_metadata_reading as r (tenant_id, source, next_at) values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
           on conflict (tenant_id, source) do update set next_at = excluded.next_at where r.next_at <= clock_timestamp()
           returning source`,
    values: [tenantId, source, leaseMs],
  });
  return rows.length === 1;
}

/** `older`: it was superseded before, or ends sooner than what is known; nothing is changed. */
export async function keepDocument(trx: Transaction, tenantId: number, document: ReadDocument): Promise<'same' | 'new' | 'older'> {
  const { source, digest, xml, validUntil, readAt } = document;
  const at = { tenant_id: tenantId, source };
  const current = await trx('nia_metadata').where(at).whereNull('superseded_at').forUpdate().first('digest', 'valid_until');
  if (current?.digest === digest) {
    await trx('nia_metadata')
      .where({ ...at, digest })
      .update({ last_read_at: readAt });
    return 'same';
  }
  const seen = await trx('nia_metadata')
    .where({ ...at, digest })
    .first('digest');
  const end = current?.valid_until as Date | null | undefined;
  const endsSooner = end instanceof Date && end > readAt && (validUntil === null || validUntil < end);
  if (seen || endsSooner) return 'older';
  await trx('nia_metadata').where(at).whereNull('superseded_at').update({ superseded_at: readAt });
  await trx('nia_metadata').insert({ ...at, digest, xml, first_read_at: readAt, last_read_at: readAt, valid_until: validUntil });
  // What has ended is refused for its end alone, so it need not be remembered.
  await trx('nia_metadata').where(at).whereNotNull('superseded_at').where('valid_until', '<', readAt).delete();
  return 'new';
}

export async function noteReading(
  trx: Transaction,
  tenantId: number,
  source: string,
  said: { readonly code: string; readonly nextMs: number; readonly at: Date },
): Promise<void> {
  const isRead = said.code === '';
  await ask(trx, {
    text: `update nia_metadata_reading set code = $3, next_at = clock_timestamp() + $4 * interval '1 millisecond',
             succeeded_at = case when $5 then $6::timestamptz else succeeded_at end,
             failing_since = case when $5 then null else coalesce(failing_since, $6::timestamptz) end
           where tenant_id = $1 and source = $2 returning source`,
    values: [tenantId, source, said.code, said.nextMs, isRead, said.at.toISOString()],
  });
}

export async function keptDocument(trx: Transaction, tenantId: number, source: string): Promise<KeptDocument | undefined> {
  const row = await trx('nia_metadata').where({ tenant_id: tenantId, source }).whereNull('superseded_at').first('xml', 'last_read_at');
  return row && { xml: row.xml as string, readAt: row.last_read_at as Date };
}

export async function readingOf(trx: Transaction, tenantId: number, source: string): Promise<MetadataReading | undefined> {
  const row = await trx('nia_metadata_reading').where({ tenant_id: tenantId, source }).first();
  return row && { succeededAt: row.succeeded_at as Date | null, failingSince: row.failing_since as Date | null, code: row.code as string };
}
