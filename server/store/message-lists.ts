// Lists of messages from outside, for people. Each query has a limit; the oldest unsorted message comes first, of the others the newest.
import type { Transaction } from './database.ts';
import { filesOf, type FileRow } from './documents.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

export interface RawMessage {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly payload: Json;
  readonly receivedAt: string;
  readonly result: string | null;
  readonly reason: string | null;
  readonly pairing: Json;
  readonly caseId: string | null;
  readonly mark: string | null;
  readonly service: string | null;
  /** Name of who placed it or set it aside. */
  readonly officer: string | null;
  readonly seenAt: string | null;
  readonly files: number;
}

const WHICH = {
  unsorted: `i.result = 'unsorted' order by i.received_at, i.id`,
  placed: `i.kind in ('data-box-message', 'mail-message') and i.case_id is not null and i.result in ('delivered', 'sorted') and i.pairing is not null order by (i.seen_at is null) desc, i.received_at desc, i.id`,
  dismissed: `i.result = 'dismissed' order by i.sorted_at desc nulls last, i.id`,
} as const;

type Which = { readonly view: keyof typeof WHICH } | { readonly id: string } | { readonly unseenOf: string };
function conditionOf(which: Which): readonly [string, readonly string[]] {
  if ('id' in which) return ['i.id = $2::uuid', [which.id]];
  if ('view' in which) return [WHICH[which.view], []];
  return ['i.case_id = $2::uuid and i.pairing is not null and i.seen_at is null order by i.received_at, i.id', [which.unseenOf]];
}

export async function messageRows(trx: Transaction, tenantId: number, which: Which): Promise<readonly RawMessage[]> {
  const [condition, values] = conditionOf(which);
  const rows = await ask<object>(trx, {
    text: `select i.id, i.source, i.kind, i.payload, i.received_at, i.result, i.reason, i.pairing, i.case_id, i.seen_at, c.mark, c.situation as service, o.name as officer,
                  (select count(*)::int from file f where f.tenant_id = i.tenant_id and ((f.owner_kind = 'inbox' and f.owner_id = i.id::text)
                      or (f.case_id = i.case_id and f.field = 'message:' || i.id::text))) as files
             from inbox i left join cases c on c.tenant_id = i.tenant_id and c.id = i.case_id
             left join officer o on o.tenant_id = i.tenant_id and o.id = i.sorted_by
            where i.tenant_id = $1 and ${condition} limit 200`,
    values: [tenantId, ...values],
  });
  return rows.map((row) => fromRow<RawMessage>(row));
}

/** Its files, wherever the message lies now. */
export async function messageFiles(trx: Transaction, tenantId: number, id: string): Promise<readonly FileRow[]> {
  const loose = await filesOf(trx, tenantId, 'inbox', id);
  if (loose.length > 0) return loose;
  const rows = await trx('file as f')
    .join('inbox as i', (on) => on.on('i.tenant_id', 'f.tenant_id').andOn('i.case_id', 'f.case_id'))
    .where({ 'f.tenant_id': tenantId, 'i.id': id, 'f.field': `message:${id}` })
    .orderBy('f.created_at')
    .select('f.*');
  return rows.map((row: object) => fromRow<FileRow>(row));
}

export interface SuggestedCase {
  readonly caseId: string;
  readonly mark: string;
  readonly service: string;
  readonly applicant: string;
}
export async function suggestedCases(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly SuggestedCase[]> {
  if (ids.length === 0) return [];
  return ask<SuggestedCase & Record<string, string>>(trx, {
    text: `select c.id as "caseId", c.mark, c.situation as service, coalesce(trim(p.given_name || ' ' || p.family_name), '') as applicant
             from cases c left join person p on p.tenant_id = c.tenant_id and p.id = c.applicant_id where c.tenant_id = $1 and c.id = any($2)`,
    values: [tenantId, ids],
  });
}

/** The message by which a data message begins a case. */
export const FOUNDS = 'podani-datovou-schrankou';

export async function startableSituations(
  trx: Transaction,
  tenantId: number,
): Promise<readonly { readonly situation: string; readonly versionId: string; readonly elementId: string }[]> {
  const rows = await trx('message_start').where({ tenant_id: tenantId, kind: 'message', name: FOUNDS }).orderBy('situation');
  return rows.map((row) => ({ situation: row.situation, versionId: row.version_id, elementId: row.element_id }));
}
