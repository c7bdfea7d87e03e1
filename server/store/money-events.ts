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

/** Takes back what no case has been told yet about these prescriptions; gives what was taken back. */
export async function withdrawEvents(
  trx: Transaction,
  tenantId: number,
  name: string,
  prescriptionIds: readonly string[],
  at: string,
): Promise<readonly { readonly id: string }[]> {
  if (prescriptionIds.length === 0) return [];
  return ask<{ readonly id: string }>(trx, {
    text: `update inbox set processed_at = $4, result = 'noted', reason = 'revoked'
            where tenant_id = $1 and source = '${FROM_BOOKS}' and processed_at is null and payload ->> 'name' = $2 and payload #>> '{payload,prescriptionId}' = any($3::text[]) returning id`,
    values: [tenantId, name, prescriptionIds, at],
  });
}

/** Messages about money that are kept for a case, the oldest first, beside those taken in this step already. */
export function keptEvents(
  trx: Transaction,
  tenantId: number,
  of: { readonly caseId: string; readonly name: string; readonly taken: readonly string[] },
): Promise<readonly KeptEvent[]> {
  return ask<KeptEvent>(trx, {
    text: `select id, payload -> 'payload' as payload from inbox
            where tenant_id = $1 and source = '${FROM_BOOKS}' and processed_at is null and payload ->> 'caseId' = $2 and payload ->> 'name' = $3 and id <> all($4::uuid[])
            order by received_at, message_id`,
    values: [tenantId, of.caseId, of.name, of.taken],
  });
}
export type KeptEvent = { readonly id: string; readonly payload: MoneyEvent['payload'] };

/** Where the case waits for the message: a wait for this very prescription before one for any, the oldest first. An unknown case has ended. */
export async function waitFor(
  trx: Transaction,
  tenantId: number,
  event: { readonly caseId: string; readonly name: string; readonly key: string },
): Promise<{ readonly hasEnded: boolean; readonly executionId: string | null }> {
  const [row] = await ask<{ hasEnded: boolean; executionId: string | null }>(trx, {
    text: `select c.ended_at is not null as "hasEnded",
                  (select s.execution_id from subscription s
                    where s.tenant_id = c.tenant_id and s.case_id = c.id and s.kind = 'message' and s.message = $3 and (s.correlation_key is null or s.correlation_key = $4)
                    order by (s.correlation_key is null), s.since, s.execution_id limit 1) as "executionId"
             from cases c where c.tenant_id = $1 and c.id = $2`,
    values: [tenantId, event.caseId, event.name, event.key],
  });
  return row ?? { hasEnded: true, executionId: null };
}
