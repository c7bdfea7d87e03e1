// What administrators saved about connectors, revision by revision, and how each connector answered when it was last asked.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';

export type ConnectorRevision = {
  readonly connector: string;
  readonly revision: number;
  readonly settings: Json;
  readonly isOff: boolean;
  readonly takenFrom: number | null;
  readonly changedBy: string;
  readonly changedAt: Date;
};
export type ConnectorCheck = {
  readonly connector: string;
  readonly checkedAt: Date;
  readonly isOk: boolean;
  readonly text: string;
  readonly lastOkAt: Date | null;
  readonly failingSince: Date | null;
};
const COLUMNS = `connector, revision, settings, is_off as "isOff", taken_from as "takenFrom", changed_by as "changedBy", changed_at as "changedAt"`;
const HISTORY = 50;

/** The revision that holds, of each connector that has one. */
export const currentRevisions = (trx: Transaction, tenantId: number): Promise<readonly ConnectorRevision[]> =>
  ask<ConnectorRevision>(trx, {
    text: `select distinct on (connector) ${COLUMNS} from town_connector where tenant_id = $1 order by connector, revision desc`,
    values: [tenantId],
  });

/** The newest first. */
export const revisionsOf = (trx: Transaction, tenantId: number, connector: string): Promise<readonly ConnectorRevision[]> =>
  ask<ConnectorRevision>(trx, {
    text: `select ${COLUMNS} from town_connector where tenant_id = $1 and connector = $2 order by revision desc limit ${HISTORY}`,
    values: [tenantId, connector],
  });

/** False when somebody else has saved this revision meanwhile. */
export async function insertRevision(trx: Transaction, tenantId: number, row: ConnectorRevision): Promise<boolean> {
  const { connector, revision, settings, isOff, takenFrom, changedBy, changedAt } = row;
  const inserted = await ask(trx, {
    text: `insert into town_connector (tenant_id, connector, revision, settings, is_off, taken_from, changed_by, changed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning revision`,
    values: [tenantId, connector, revision, JSON.stringify(settings), isOff, takenFrom, changedBy, changedAt.toISOString()],
  });
  return inserted.length > 0;
}

export const connectorChecks = (trx: Transaction, tenantId: number): Promise<readonly ConnectorCheck[]> =>
  ask<ConnectorCheck>(trx, {
    text: `select connector, checked_at as "checkedAt", is_ok as "isOk", text, last_ok_at as "lastOkAt", failing_since as "failingSince"
             from connector_check where tenant_id = $1 order by connector`,
    values: [tenantId],
  });

/** The last success and the beginning of the trouble are kept over later answers. */
export async function noteCheck(
  trx: Transaction,
  tenantId: number,
  said: { readonly connector: string; readonly isOk: boolean; readonly text: string; readonly at: string },
): Promise<void> {
  await ask(trx, {
    text: `insert into connector_check as c (tenant_id, connector, checked_at, is_ok, text, last_ok_at, failing_since)
           values ($1, $2, $3, $4, $5, case when $4 then $3::timestamptz end, case when not $4 then $3::timestamptz end)
           on conflict (tenant_id, connector) do update set checked_at = excluded.checked_at, is_ok = excluded.is_ok, text = excluded.text,
             last_ok_at = coalesce(excluded.last_ok_at, c.last_ok_at),
             failing_since = case when excluded.is_ok then null else coalesce(c.failing_since, excluded.failing_since) end
           returning connector`,
    values: [tenantId, said.connector, said.at, said.isOk, said.text],
  });
}

/** A connector that the town no longer has fails no longer. */
export async function forgetChecks(trx: Transaction, tenantId: number, kept: readonly string[]): Promise<void> {
  await ask(trx, {
    text: 'delete from connector_check where tenant_id = $1 and not connector = any($2) returning connector',
    values: [tenantId, [...kept]],
  });
}
