// What is looked for when an e-mail comes: the same message under another head, and open cases of whoever confirmed or gave its address.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

/** One message may come through two addresses of ours: the same Message-ID and the same body, kept before under another id. */
export async function isMailKnown(
  trx: Transaction,
  tenantId: number,
  mail: { readonly inboxId: string; readonly messageId: string; readonly bodyHash: string },
): Promise<boolean> {
  if (mail.messageId === '') return false;
  const rows = await ask<{ readonly id: string }>(trx, {
    text: `select id from inbox where tenant_id = $1 and kind = 'mail-message' and payload ->> 'messageId' = $2 and payload ->> 'bodyHash' = $3
              and id < $4::uuid and result is distinct from 'ignored'
           union all select id from inbox where tenant_id = $1 and kind = 'mail-message' and payload ->> 'messageId' = $2 and payload ->> 'bodyHash' = $3
              and id > $4::uuid and processed_at is not null and result is distinct from 'ignored' limit 1`,
    values: [tenantId, mail.messageId, mail.bodyHash, mail.inboxId],
  });
  return rows.length > 0;
}

/** Newest first, at most twenty. The address proves nothing: these are only offered to a person. */
export async function casesOfMail(trx: Transaction, tenantId: number, address: string): Promise<readonly string[]> {
  if (address === '') return [];
  const rows = await ask<{ readonly id: string }>(trx, {
    text: `select c.id from cases c where c.tenant_id = $1 and c.ended_at is null
              and c.applicant_id in (select k.person_id from contact k where k.tenant_id = $1 and k.channel = 'email' and lower(k.address) = lower($2))
           union select c.id from cases c where c.tenant_id = $1 and c.ended_at is null and lower(c.contact_email) = lower($2) limit 20`,
    values: [tenantId, address],
  });
  return rows.map(({ id }) => id);
}

/** How many letters came from this address since then. */
export async function lettersFrom(trx: Transaction, tenantId: number, address: string, since: string): Promise<number> {
  const [row] = await ask<{ readonly count: number }>(trx, {
    text: `select count(*)::int as count from inbox where tenant_id = $1 and kind = 'mail-message' and received_at > $2::timestamptz and lower(payload ->> 'from') = lower($3)`,
    values: [tenantId, since, address],
  });
  return row?.count ?? 0;
}
