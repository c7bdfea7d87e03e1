// Payers as rows: who owes. A citizen who logs in has the same id here as in person; those of the town's register are found by their number there.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface PayerRecord {
  readonly id: string;
  readonly kind: 'person' | 'company';
  readonly name: string;
  readonly birthDate: string | null;
  readonly ico: string | null;
  readonly address: string;
  readonly email: string | null;
  readonly dataBox: string | null;
  readonly account: string | null;
  readonly householdId: string | null;
  readonly registryId: string | null;
  readonly personId: string | null;
  readonly createdAt: string;
}
const COLUMNS = `(id uuid, kind text, name text, "birthDate" date, ico text, address text, email text, "dataBox" text, account text, "householdId" uuid,
  "registryId" text, "personId" uuid, "createdAt" timestamptz)`;
/** What is said anew takes the place of what was known; silence changes nothing. */
const KEEP = `name = excluded.name, birth_date = coalesce(excluded.birth_date, payer.birth_date), ico = coalesce(excluded.ico, payer.ico),
  address = case when excluded.address = '' then payer.address else excluded.address end, email = coalesce(excluded.email, payer.email),
  data_box = coalesce(excluded.data_box, payer.data_box), account = coalesce(excluded.account, payer.account),
  household_id = coalesce(excluded.household_id, payer.household_id), registry_id = coalesce(excluded.registry_id, payer.registry_id),
  person_id = coalesce(excluded.person_id, payer.person_id)`;

/** Payers by their ids in the given order; those known by their number in the register keep the id that they have. */
export async function savePayers(trx: Transaction, tenantId: number, payers: readonly PayerRecord[]): Promise<readonly string[]> {
  if (payers.length === 0) return [];
  const registered = payers.filter(({ registryId }) => registryId !== null);
  const byNumber = new Map<string, string>();
  if (registered.length > 0) {
    const known = await ask<{ id: string; registry_id: string }>(trx, {
      text: 'select id, registry_id from payer where tenant_id = $1 and registry_id = any($2::text[])',
      values: [tenantId, registered.map(({ registryId }) => registryId)],
    });
    for (const row of known) byNumber.set(row.registry_id, row.id);
  }
  const rows = payers.map((payer) => ({ ...payer, id: byNumber.get(payer.registryId ?? '') ?? payer.id }));
  await ask(trx, {
    text: `insert into payer (tenant_id, id, kind, name, birth_date, ico, address, email, data_box, account, household_id, registry_id, person_id, created_at)
           select $1::int, g.id, g.kind, g.name, g."birthDate", g.ico, g.address, g.email, g."dataBox", g.account, g."householdId", g."registryId", g."personId", g."createdAt"
             from jsonb_to_recordset($2::jsonb) as g ${COLUMNS}
           on conflict (tenant_id, id) do update set ${KEEP}`,
    values: [tenantId, JSON.stringify(rows)],
  });
  return rows.map(({ id }) => id);
}
