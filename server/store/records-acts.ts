// What an eSSL is still to be told about a case, act by act in its order.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

export const ACT_KINDS = [
  'register',
  'open-file',
  'add',
  'attach',
  'dispatch',
  'delivered',
  'settle-document',
  'settle-file',
  'close-file',
  'reopen-file',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

export interface RecordsAct {
  readonly caseId: string;
  readonly seq: number;
  readonly kind: ActKind;
  readonly documentId: string | null;
  readonly input: Json;
  readonly state: 'waiting' | 'ordered' | 'done' | 'refused' | 'skipped';
  readonly effectKey: string | null;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}
export type NewAct = Pick<RecordsAct, 'kind' | 'documentId' | 'input'>;

const STEP = 10;

/** To the end of the case's acts. Called under the case's lock. */
export async function appendActs(trx: Transaction, tenantId: number, caseId: string, acts: readonly NewAct[], at: string): Promise<void> {
  if (acts.length === 0) return;
  await ask(trx, {
    text: `insert into records_act (tenant_id, case_id, seq, kind, document_id, input, state, created_at)
           select $1, $2, coalesce((select max(seq) / ${STEP} * ${STEP} from records_act where tenant_id = $1 and case_id = $2), 0) + ${STEP} * a.place, a.kind, a."documentId", a.input, 'waiting', $4
             from jsonb_to_recordset($3) as a(place int, kind text, "documentId" uuid, input jsonb)`,
    values: [tenantId, caseId, JSON.stringify(acts.map((act, index) => ({ place: index + 1, ...act }))), at],
  });
}

/** Right behind an act whose answer asks for it. */
export async function insertActAfter(trx: Transaction, tenantId: number, before: RecordsAct, act: NewAct, at: string): Promise<void> {
  await ask(trx, {
    text: `insert into records_act (tenant_id, case_id, seq, kind, document_id, input, state, created_at) values ($1, $2, $3, $4, $5, $6, 'waiting', $7)
           on conflict (tenant_id, case_id, seq) do nothing`,
    values: [tenantId, before.caseId, before.seq + 1, act.kind, act.documentId, JSON.stringify(act.input), at],
  });
}

/** The first that is not over: the only one that may be ordered. */
export async function firstOpenAct(trx: Transaction, tenantId: number, caseId: string): Promise<RecordsAct | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: `select * from records_act where tenant_id = $1 and case_id = $2 and state in ('waiting', 'ordered', 'refused') order by seq limit 1`,
    values: [tenantId, caseId],
  });
  return row && fromRow<RecordsAct>(row);
}

export async function actByEffect(trx: Transaction, tenantId: number, key: string): Promise<RecordsAct | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: 'select * from records_act where tenant_id = $1 and effect_key = $2',
    values: [tenantId, key],
  });
  return row && fromRow<RecordsAct>(row);
}

export async function actOf(trx: Transaction, tenantId: number, caseId: string, seq: number): Promise<RecordsAct | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: 'select * from records_act where tenant_id = $1 and case_id = $2 and seq = $3',
    values: [tenantId, caseId, seq],
  });
  return row && fromRow<RecordsAct>(row);
}

export async function markAct(
  trx: Transaction,
  tenantId: number,
  act: Pick<RecordsAct, 'caseId' | 'seq'>,
  came: { readonly state: RecordsAct['state']; readonly at: string; readonly effectKey?: string; readonly reason?: string },
): Promise<void> {
  await ask(trx, {
    text: `update records_act set state = $4, effect_key = coalesce($5, effect_key), reason = $6, finished_at = case when $4 in ('done', 'refused', 'skipped') then $7::timestamptz end
            where tenant_id = $1 and case_id = $2 and seq = $3`,
    values: [tenantId, act.caseId, act.seq, came.state, came.effectKey ?? null, came.reason ?? null, came.at],
  });
}

/** How many acts were ordered under this one before: a refused act that is tried again needs a key of its own. */
export async function ordersOf(trx: Transaction, tenantId: number, prefix: string): Promise<number> {
  const [row] = await ask<{ count: number }>(trx, {
    text: 'select count(*)::int as count from outbox where tenant_id = $1 and key like $2',
    values: [tenantId, `${prefix}%`],
  });
  return row?.count ?? 0;
}
