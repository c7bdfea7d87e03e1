// Sessions of officers about which the identity provider is asked again: each with the token that came with its login.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface AskedSession {
  readonly idHash: string;
  readonly officerId: string;
  readonly refreshToken: string;
}

/**
 * Takes sessions that were not asked about for `everyMs`; whoever takes one asks about it. By the database's clock, like the sessions themselves.
 */
export async function claimSessionsToAsk(
  trx: Transaction,
  tenantId: number,
  everyMs: number,
  limit: number,
): Promise<readonly AskedSession[]> {
  return ask<AskedSession>(trx, {
    text: `update session s set detail = jsonb_set(s.detail, '{askedAt}', to_jsonb(extract(epoch from clock_timestamp())))
             from (select id_hash from session
                    where tenant_id = $1 and kind = 'officer' and detail ? 'refreshToken'
                      and coalesce((detail ->> 'askedAt')::numeric, extract(epoch from created_at)) < extract(epoch from clock_timestamp()) - $2::numeric / 1000
                    order by id_hash limit $3 for update skip locked) d
            where s.tenant_id = $1 and s.id_hash = d.id_hash
        returning s.id_hash as "idHash", s.officer_id as "officerId", s.detail ->> 'refreshToken' as "refreshToken"`,
    values: [tenantId, everyMs, limit],
  });
}

export async function keepRefreshToken(trx: Transaction, tenantId: number, idHash: string, token: string): Promise<void> {
  await ask(trx, {
    text: `update session set detail = jsonb_set(detail, '{refreshToken}', to_jsonb($3::text)) where tenant_id = $1 and id_hash = $2`,
    values: [tenantId, idHash, token],
  });
}

/** False when they are as they were. Whom the directory keeps is not touched: it says his groups. */
export async function regroup(trx: Transaction, tenantId: number, officerId: string, groups: readonly string[]): Promise<boolean> {
  const officer = await trx('officer').where({ tenant_id: tenantId, id: officerId, source: 'login' }).forUpdate().first('id');
  if (!officer) return false;
  const rows = await trx('officer_group').where({ tenant_id: tenantId, officer_id: officerId }).select('group_name');
  const before = new Set(rows.map((row) => row.group_name as string));
  if (before.size === new Set(groups).size && groups.every((group) => before.has(group))) return false;
  await trx('officer_group').where({ tenant_id: tenantId, officer_id: officerId }).delete();
  await trx('officer_group').insert([...new Set(groups)].map((name) => ({ tenant_id: tenantId, officer_id: officerId, group_name: name })));
  return true;
}
