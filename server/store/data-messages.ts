// Data messages that we sent: one row each, its state only ever forward. States are told by ISDS several times and out of order.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

export interface DataMessageRow {
  readonly messageId: string;
  readonly effectKey: string;
  readonly caseId: string | null;
  readonly documentId: string | null;
  readonly state: number;
  readonly stateAt: string;
  readonly putInBoxAt: string | null;
  readonly deliveredAt: string | null;
  readonly how: 'fiction' | 'login' | null;
  readonly toldBy: string | null;
  /** What the verification of the delivery report said: {valid, reasonText}. */
  readonly receipt: Json;
}

export interface SentAs {
  readonly messageId: string;
  readonly effectKey: string;
  readonly caseId: string | null;
  readonly documentId: string | null;
}
export interface StateSaid {
  readonly state: number;
  readonly at: string;
  /** Set by the states that mean delivered, with the time of it; the first one counts. */
  readonly how: 'fiction' | 'login' | null;
  /** The message of the inbox that says so; the first one that says delivered is the one that the process hears. */
  readonly inboxId: string;
  readonly receipt: Json;
  readonly deliveredAt: string | null;
  readonly putInBoxAt: string | null;
}

/** Writes a state down; what is known already changes nothing. Gives the row as it is then. */
export async function noteMessageState(trx: Transaction, tenantId: number, sent: SentAs, said: StateSaid): Promise<DataMessageRow> {
  const [row] = await ask<object>(trx, {
    text: `insert into data_message as m (tenant_id, message_id, effect_key, case_id, document_id, state, state_at, put_in_box_at, delivered_at, how, told_by, receipt)
           values ($1, $2, $3, $4, (select d.id from document d where d.tenant_id = $1 and d.id = $5::uuid), $6, $7::timestamptz,
                   $8::timestamptz, $12::timestamptz, $9, case when $9::text is not null then $10::uuid end, $11::jsonb)
           on conflict (tenant_id, message_id) do update set
             state = greatest(m.state, excluded.state),
             state_at = case when excluded.state > m.state then excluded.state_at else m.state_at end,
             put_in_box_at = coalesce(m.put_in_box_at, excluded.put_in_box_at),
             delivered_at = coalesce(m.delivered_at, excluded.delivered_at),
             how = coalesce(m.how, excluded.how),
             told_by = coalesce(m.told_by, excluded.told_by),
             receipt = coalesce(excluded.receipt, m.receipt)
           returning *`,
    values: [
      tenantId,
      sent.messageId,
      sent.effectKey,
      sent.caseId,
      sent.documentId,
      said.state,
      said.at,
      said.putInBoxAt,
      said.how,
      said.inboxId,
      said.receipt === null ? null : JSON.stringify(said.receipt),
      said.deliveredAt,
    ],
  });
  if (!row) throw new Error('a state was not written');
  return fromRow<DataMessageRow>(row);
}

export async function dataMessagesOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly DataMessageRow[]> {
  const rows = await trx('data_message').where({ tenant_id: tenantId, case_id: caseId }).orderBy('state_at');
  return rows.map((row: object) => fromRow<DataMessageRow>(row));
}
