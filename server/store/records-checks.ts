// Comparison of our register with the eSSL's ledger: files that are to be compared, and standing differences.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

/** Files kept by the eSSL with a document registered between two legal days (both included), or of one mark. */
export async function filesToCheck(
  trx: Transaction,
  tenantId: number,
  asked: { readonly from: string; readonly to: string } | { readonly mark: string },
): Promise<readonly string[]> {
  const rows =
    'mark' in asked
      ? await ask<{ case_id: string }>(trx, {
          text: `select f.case_id from records_file f join cases c on c.tenant_id = f.tenant_id and c.id = f.case_id
                  where f.tenant_id = $1 and f.service = 'essl' and (c.mark = $2 or f.outside_mark = $2)`,
          values: [tenantId, asked.mark],
        })
      : await ask<{ case_id: string }>(trx, {
          text: `select distinct r.case_id from records_document r where r.tenant_id = $1 and r.service = 'essl'
                    and (r.registered_at at time zone 'Europe/Prague')::date between $2::date and $3::date`,
          values: [tenantId, asked.from, asked.to],
        });
  return rows.map((row) => row.case_id);
}

export async function askChecks(
  trx: Transaction,
  tenantId: number,
  caseIds: readonly string[],
  by: { readonly officerId: string; readonly at: string },
): Promise<void> {
  await ask(trx, {
    text: `insert into records_check (tenant_id, case_id, asked_at, asked_by) select $1, id, $3, $4 from unnest($2::uuid[]) id
           on conflict (tenant_id, case_id) do update set asked_at = excluded.asked_at, asked_by = excluded.asked_by, checked_at = null, outcome = null, note = null`,
    values: [tenantId, caseIds, by.at, by.officerId],
  });
}

/** Those that wait, and those whose last acts are over by now. */
export async function nextChecks(trx: Transaction, tenantId: number, limit: number): Promise<readonly string[]> {
  const rows = await ask<{ case_id: string }>(trx, {
    text: `select k.case_id from records_check k where k.tenant_id = $1 and (k.checked_at is null or (k.outcome = 'pending' and not exists (
             select 1 from records_act a where a.tenant_id = $1 and a.case_id = k.case_id and a.state in ('waiting', 'ordered', 'refused'))))
            order by k.asked_at, k.case_id limit $2`,
    values: [tenantId, limit],
  });
  return rows.map((row) => row.case_id);
}

export interface CheckedFile {
  readonly state: 'open' | 'settled' | 'closed';
  readonly mark: string | null;
  /** The eSSL is still to be told something of it. */
  readonly isPending: boolean;
}
export async function checkedFile(trx: Transaction, tenantId: number, caseId: string): Promise<CheckedFile | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: `select state, outside_mark as mark, exists (select 1 from records_act a where a.tenant_id = $1 and a.case_id = $2
                  and a.state in ('waiting', 'ordered', 'refused')) as is_pending
             from records_file where tenant_id = $1 and case_id = $2 and service = 'essl'`,
    values: [tenantId, caseId],
  });
  return row && fromRow<CheckedFile>(row);
}

export interface CheckedDocument {
  readonly documentId: string;
  readonly direction: 'in' | 'out';
  readonly number: string | null;
  readonly settledAt: string | null;
  readonly dispatchedAt: string | null;
  readonly dispatchedBy: string | null;
  readonly dispatchReference: string | null;
  readonly deliveredAt: string | null;
  readonly deliveredHow: string | null;
}
/** Those that the eSSL numbers. */
export async function checkedDocuments(trx: Transaction, tenantId: number, caseId: string): Promise<readonly CheckedDocument[]> {
  const rows = await ask<{ [column: string]: unknown }>(trx, {
    text: `select document_id, direction, number, settled_at, dispatched_at, dispatched_by, dispatch_reference, delivered_at, delivered_how
             from records_document where tenant_id = $1 and case_id = $2 and service = 'essl' order by registered_at, document_id`,
    values: [tenantId, caseId],
  });
  return rows.map((row) => fromRow<CheckedDocument>(row));
}

export interface CheckResultRow {
  readonly outcome: 'same' | 'differs' | 'pending' | 'unanswered';
  readonly note: string | null;
  readonly ourDocuments: number;
  readonly theirDocuments: number;
  readonly at: string;
}
export async function finishCheck(trx: Transaction, tenantId: number, caseId: string, came: CheckResultRow): Promise<void> {
  await ask(trx, {
    text: `update records_check set checked_at = $3, outcome = $4, note = $5, our_documents = $6, their_documents = $7 where tenant_id = $1 and case_id = $2`,
    values: [tenantId, caseId, came.at, came.outcome, came.note, came.ourDocuments, came.theirDocuments],
  });
}

/** The eSSL does not answer: nothing more is asked of it in this round. */
export async function giveUpChecks(trx: Transaction, tenantId: number, { note, at }: { note: string; at: string }): Promise<void> {
  await ask(trx, {
    text: `update records_check set checked_at = $2, outcome = 'unanswered', note = $3 where tenant_id = $1 and (checked_at is null or outcome = 'pending')`,
    values: [tenantId, at, note],
  });
}

export interface FoundDifference {
  readonly id: string;
  readonly documentId: string | null;
  readonly kind: string;
  readonly subject: string;
  readonly ours: string;
  readonly theirs: string;
}
/** What stands already stays as it is known, unless it says something else now, and may be sent once more; what was not found is gone. */
export async function writeDifferences(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  { found, at }: { readonly found: readonly FoundDifference[]; readonly at: string },
): Promise<void> {
  const given = JSON.stringify(found);
  await ask(trx, {
    text: `update records_difference d set gone_at = $4 where d.tenant_id = $1 and d.case_id = $2 and d.gone_at is null and not exists (
             select 1 from jsonb_to_recordset($3) as f(kind text, subject text, ours text, theirs text)
              where f.kind = d.kind and f.subject = d.subject and f.ours = d.ours and f.theirs = d.theirs)`,
    values: [tenantId, caseId, given, at],
  });
  await ask(trx, {
    text: `insert into records_difference (tenant_id, id, case_id, document_id, kind, subject, ours, theirs, found_at)
           select $1, f.id, $2, f."documentId", f.kind, f.subject, f.ours, f.theirs, $4
             from jsonb_to_recordset($3) as f(id uuid, "documentId" uuid, kind text, subject text, ours text, theirs text)
           on conflict (tenant_id, case_id, kind, subject) where gone_at is null do update set sent_at = null, sent_by = null`,
    values: [tenantId, caseId, given, at],
  });
}

export interface StandingDifference {
  readonly id: string;
  readonly caseId: string;
  readonly documentId: string | null;
  readonly kind: string;
  readonly sentAt: string | null;
}
export async function standingDifference(trx: Transaction, tenantId: number, id: string): Promise<StandingDifference | undefined> {
  const [row] = await ask<{ [column: string]: unknown }>(trx, {
    text: 'select id, case_id, document_id, kind, sent_at from records_difference where tenant_id = $1 and id = $2 and gone_at is null for update',
    values: [tenantId, id],
  });
  return row && fromRow<StandingDifference>(row);
}

/** The file is compared again once it was told. */
export async function noteSent(
  trx: Transaction,
  tenantId: number,
  { id, caseId }: Pick<StandingDifference, 'id' | 'caseId'>,
  by: { readonly officerId: string; readonly at: string },
): Promise<void> {
  await ask(trx, {
    text: 'update records_difference set sent_at = $3, sent_by = $4 where tenant_id = $1 and id = $2',
    values: [tenantId, id, by.at, by.officerId],
  });
  await ask(trx, {
    text: `update records_check set outcome = 'pending', checked_at = coalesce(checked_at, $3) where tenant_id = $1 and case_id = $2`,
    values: [tenantId, caseId, by.at],
  });
}

/** False when it is gone or somebody has seen it. */
export async function seeDifference(
  trx: Transaction,
  tenantId: number,
  id: string,
  seen: { readonly officerId: string; readonly at: string; readonly reason: string },
): Promise<boolean> {
  const rows = await ask(trx, {
    text: `update records_difference set seen_at = $3, seen_by = $4, seen_reason = $5 where tenant_id = $1 and id = $2 and gone_at is null and seen_at is null returning id`,
    values: [tenantId, id, seen.at, seen.officerId, seen.reason],
  });
  return rows.length === 1;
}
