// What the books tell cases: kept in the inbox in the same transaction as the money, delivered by a job. The books never lock a case.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import type { Json } from './json.ts';

/** Source of such rows in the inbox, and their kind. */
export const FROM_BOOKS = 'books';
export const MONEY_EVENT = 'money-event';

export interface MoneyEvent {
  /** Names the event for ever; told twice it is one. */
  readonly messageId: string;
  readonly caseId: string;
  /** The message that diagrams wait for: platba, castecna-platba … */
  readonly name: string;
  readonly payload: { readonly prescriptionId: string } & Readonly<Record<string, Json>>;
}
export async function keepEvents(trx: Transaction, tenantId: number, events: readonly MoneyEvent[], at: string): Promise<void> {
  if (events.length === 0) return;
  await ask(trx, {
    text: `insert into inbox (tenant_id, source, message_id, id, kind, payload, received_at, next_at)
           select $1::int, '${FROM_BOOKS}', g."messageId", gen_random_uuid(), '${MONEY_EVENT}', jsonb_build_object('name', g.name, 'caseId', g."caseId", 'payload', g.payload), $3, clock_timestamp()
             from jsonb_to_recordset($2::jsonb) as g ("messageId" text, "caseId" text, name text, payload jsonb)
           on conflict (tenant_id, source, message_id) do nothing`,
    values: [tenantId, JSON.stringify(events), at],
  });
}

/** Takes back what no case has been told yet about these prescriptions; gives those whose case had been told already. */
export async function withdrawEvents(
  trx: Transaction,
  tenantId: number,
  name: string,
  prescriptionIds: readonly string[],
  at: string,
): Promise<void> {
  if (prescriptionIds.length === 0) return;
  await ask(trx, {
    text: `update inbox set processed_at = $4, result = 'noted', reason = 'revoked'
            where tenant_id = $1 and source = '${FROM_BOOKS}' and processed_at is null and payload ->> 'name' = $2 and payload #>> '{payload,prescriptionId}' = any($3::text[])`,
    values: [tenantId, name, prescriptionIds, at],
  });
}
