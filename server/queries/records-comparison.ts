// How the last comparison with the eSSL came out, and what still differs.
import type { DifferenceCard, DifferenceKind, RecordsComparison } from '../contract/records-comparison.ts';
import { SENDABLE } from '../domain/compare-records.ts';
import type { Transaction } from '../store/database.ts';
import { ask } from '../store/lane.ts';
import type { Reader } from './reader.ts';

const MOST = 200;

type Sums = Omit<RecordsComparison, 'askedAt' | 'differences' | 'seen'> & {
  readonly askedAt: Date | null;
  readonly [column: string]: unknown;
};

export function recordsComparison(reader: Reader, tenantId: number): Promise<RecordsComparison> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const sums = await sumsOf(trx, tenantId);
    const [seen] = await ask<{ count: number }>(trx, {
      text: 'select count(*)::int as count from records_difference where tenant_id = $1 and gone_at is null and seen_at is not null',
      values: [tenantId],
    });
    const differences = await differencesOf(trx, tenantId);
    return { ...sums, askedAt: sums.askedAt?.toISOString() ?? null, differences, seen: seen?.count ?? 0 };
  });
}

async function sumsOf(trx: Transaction, tenantId: number): Promise<Sums> {
  const [row] = await ask<Sums>(trx, {
    text: `with last as (select max(asked_at) as at from records_check where tenant_id = $1)
           select last.at as "askedAt", count(k.case_id)::int as files, count(*) filter (where k.case_id is not null and k.outcome is null)::int as waiting,
                  count(*) filter (where k.outcome = 'same')::int as same, count(*) filter (where k.outcome = 'differs')::int as differing,
                  count(*) filter (where k.outcome = 'pending')::int as pending, count(*) filter (where k.outcome = 'unanswered')::int as unanswered,
                  max(k.note) as note, coalesce(sum(k.our_documents), 0)::int as "ourDocuments", coalesce(sum(k.their_documents), 0)::int as "theirDocuments"
             from last left join records_check k on k.tenant_id = $1 and k.asked_at = last.at group by last.at`,
    values: [tenantId],
  });
  if (!row) throw new Error('a sum without a row');
  return row;
}

interface Raw {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly caseId: string;
  readonly mark: string;
  readonly title: string | null;
  readonly number: string | null;
  readonly ours: string;
  readonly theirs: string;
  readonly foundAt: Date;
  readonly sentAt: Date | null;
  readonly [column: string]: unknown;
}
async function differencesOf(trx: Transaction, tenantId: number): Promise<readonly DifferenceCard[]> {
  const rows = await ask<Raw>(trx, {
    text: `select d.id, d.kind, d.case_id as "caseId", c.mark, r.title, r.number, d.ours, d.theirs, d.found_at as "foundAt", d.sent_at as "sentAt"
             from records_difference d join cases c on c.tenant_id = d.tenant_id and c.id = d.case_id
             left join records_document r on r.tenant_id = d.tenant_id and r.document_id = d.document_id
            where d.tenant_id = $1 and d.gone_at is null and d.seen_at is null order by d.found_at desc, c.mark, d.id limit ${MOST}`,
    values: [tenantId],
  });
  return rows.map(({ id, kind, caseId, mark, title, number, ours, theirs, foundAt, sentAt }) => ({
    ...{ id, kind, caseId, mark, ours, theirs },
    document: title === null ? null : { title, number },
    foundAt: foundAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    canSend: SENDABLE.has(kind) && sentAt === null,
  }));
}
