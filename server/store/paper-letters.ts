// Letters on paper: the row of each and what officers wrote down about it. Append-only; where a letter stands is derived in domain/paper-letter.ts.
import type { PaperEvent, PaperKind } from '../domain/paper-letter.ts';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import type { EffectState } from './outbox.ts';

export interface NewPaperLetter {
  readonly id: string;
  readonly effectKey: string;
  readonly caseId: string;
  readonly documentId: string;
  readonly personal: boolean;
  readonly why: string;
  readonly at: string;
}

/** Known before (handed over again after its process had turned back to it): nothing happens. */
export async function insertPaperLetter(trx: Transaction, tenantId: number, letter: NewPaperLetter): Promise<void> {
  await ask(trx, {
    text: `insert into paper_letter (tenant_id, id, effect_key, case_id, document_id, personal, why, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (tenant_id, effect_key) do nothing`,
    values: [tenantId, letter.id, letter.effectKey, letter.caseId, letter.documentId, letter.personal, letter.why, letter.at],
  });
}

export interface PaperEventRow extends PaperEvent {
  readonly batchId: string | null;
  readonly reason: string | null;
  readonly officerId: string;
  readonly at: string;
}
export interface PaperLetterRow {
  readonly id: string;
  readonly effectKey: string;
  readonly effectState: EffectState['state'];
  readonly executionId: string | null;
  readonly elementId: string | null;
  readonly caseId: string;
  readonly documentId: string;
  readonly personal: boolean;
  readonly why: string;
  readonly createdAt: string;
  readonly events: readonly PaperEventRow[];
}

interface Wanted {
  readonly ids?: readonly string[];
  readonly caseId?: string;
  readonly documentId?: string;
  readonly batchId?: string;
}
const EVENTS = `(select coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'day', e.day, 'detail', e.detail, 'cancels', e.cancels, 'batchId', e.batch_id,
    'reason', e.reason, 'officerId', e.officer_id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.seq), '[]')
    from paper_letter_event e where e.tenant_id = p.tenant_id and e.letter_id = p.id)`;
const LETTER = `p.id, p.effect_key as "effectKey", o.state as "effectState", o.execution_id as "executionId", o.element_id as "elementId", p.case_id as "caseId",
    p.document_id as "documentId", p.personal, p.why, p.created_at as "createdAt", ${EVENTS} as events`;
const FROM = 'paper_letter p join outbox o on o.tenant_id = p.tenant_id and o.key = p.effect_key';

type Raw = Omit<PaperLetterRow, 'createdAt'> & { readonly createdAt: Date };
const letterOf = ({ createdAt, ...row }: Raw): PaperLetterRow => ({ ...row, createdAt: createdAt.toISOString() });

/** In the order in which they came to be. */
export async function paperLetters(trx: Transaction, tenantId: number, wanted: Wanted): Promise<readonly PaperLetterRow[]> {
  const { ids = null, caseId = null, documentId = null, batchId = null } = wanted;
  const rows = await ask<Raw>(trx, {
    text: `select ${LETTER} from ${FROM} where p.tenant_id = $1 and ($2::uuid[] is null or p.id = any($2)) and ($3::uuid is null or p.case_id = $3)
              and ($4::uuid is null or p.document_id = $4)
              and ($5::uuid is null or exists (select from paper_letter_event b where b.tenant_id = p.tenant_id and b.letter_id = p.id and b.batch_id = $5))
            order by p.created_at, p.id`,
    values: [tenantId, ids, caseId, documentId, batchId],
  });
  return rows.map(letterOf);
}

export async function paperLetter(trx: Transaction, tenantId: number, id: string): Promise<PaperLetterRow | undefined> {
  const [row] = await paperLetters(trx, tenantId, { ids: [id] });
  return row;
}

export interface NewPaperEvent {
  readonly kind: PaperKind;
  readonly day: string | null;
  readonly detail: Readonly<Record<string, Json>>;
  readonly officerId: string;
  readonly batchId?: string;
  readonly cancels?: number;
  readonly reason?: string;
}

/** @param after seq of the last row that the writer has seen; @returns false when somebody else has written meanwhile */
export async function insertPaperEvent(
  trx: Transaction,
  tenantId: number,
  written: { readonly letterId: string; readonly after: number; readonly event: NewPaperEvent; readonly at: string },
): Promise<boolean> {
  const { letterId, after, event, at } = written;
  const rows = await ask(trx, {
    text: `insert into paper_letter_event (tenant_id, letter_id, seq, kind, day, detail, batch_id, cancels, reason, officer_id, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning seq`,
    values: [
      tenantId,
      letterId,
      after + 1,
      event.kind,
      event.day,
      JSON.stringify(event.detail),
      event.batchId ?? null,
      event.cancels ?? null,
      event.reason ?? null,
      event.officerId,
      at,
    ],
  });
  return rows.length === 1;
}
