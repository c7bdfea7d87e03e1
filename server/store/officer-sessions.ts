// Sessions of officers about which the identity provider is asked again: each with the token that came with its login.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import type { SessionDetail, SessionKind } from './sessions.ts';

export interface AskedSession {
  readonly idHash: string;
  readonly officerId: string;
  readonly createdAt: Date;
  /** Sealed. */
  readonly tokens: string;
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
                    where tenant_id = $1 and kind = 'officer' and detail ? 'asks' and tokens is not null
                      and coalesce((detail ->> 'askedAt')::numeric, extract(epoch from created_at)) < extract(epoch from clock_timestamp()) - $2::numeric / 1000
                    order by id_hash limit $3 for update skip locked) d
            where s.tenant_id = $1 and s.id_hash = d.id_hash
        returning s.id_hash as "idHash", s.officer_id as "officerId", s.created_at as "createdAt", s.tokens`,
    values: [tenantId, everyMs, limit],
  });
}

export async function keepTokens(trx: Transaction, tenantId: number, idHash: string, tokens: string): Promise<void> {
  await trx('session').where({ tenant_id: tenantId, id_hash: idHash }).update({ tokens });
}

/** Rows in which a former version left tokens open; they are locked. */
export async function openTokenRows(
  trx: Transaction,
  tenantId: number,
): Promise<readonly { readonly idHash: string; readonly kind: SessionKind; readonly createdAt: Date; readonly detail: SessionDetail }[]> {
  return ask(trx, {
    text: `select id_hash as "idHash", kind, created_at as "createdAt", detail from session
            where tenant_id = $1 and detail ?| array['idToken', 'refreshToken'] for update`,
    values: [tenantId],
  });
}

export async function sealRow(
  trx: Transaction,
  tenantId: number,
  { idHash, detail, tokens }: { readonly idHash: string; readonly detail: SessionDetail; readonly tokens: string | null },
): Promise<void> {
  await trx('session')
    .where({ tenant_id: tenantId, id_hash: idHash })
    .update({ detail: JSON.stringify(detail), tokens });
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
