// Cases with a číslo jednací that is not in the register: written before the register was kept, or founded without a document that bears it.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

/** The oldest first. */
export async function casesWithUnregistered(trx: Transaction, tenantId: number, limit: number): Promise<readonly string[]> {
  const rows = await ask<{ id: string }>(trx, {
    text: `select c.id from cases c where c.tenant_id = $1 and (
             (c.document_number is not null and not exists (select 1 from document d where d.tenant_id = $1 and d.number = c.document_number))
             or exists (select 1 from document d where d.tenant_id = $1 and d.case_id = c.id and d.number is not null
                           and not exists (select 1 from records_document r where r.tenant_id = $1 and r.document_id = d.id)))
            order by c.filed_at, c.id limit $2`,
    values: [tenantId, limit],
  });
  return rows.map(({ id }) => id);
}
