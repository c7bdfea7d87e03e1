// Officers' notes on a case; citizens never see them.
import type { Transaction } from './database.ts';
import { iso } from './cases.ts';

export interface NoteRow {
  readonly id: string;
  readonly caseId: string;
  readonly officerId: string;
  readonly text: string;
  readonly at: string;
}

export async function insertNote(trx: Transaction, tenantId: number, note: NoteRow): Promise<void> {
  await trx('note').insert({
    tenant_id: tenantId,
    id: note.id,
    case_id: note.caseId,
    officer_id: note.officerId,
    text: note.text,
    at: note.at,
  });
}
/** Newest first, with the author's name. */
export async function notesOf(
  trx: Transaction,
  tenantId: number,
  caseId: string,
): Promise<readonly (NoteRow & { readonly author: string })[]> {
  const rows = await trx('note as n')
    .join('officer as o', (on) => on.on('o.tenant_id', 'n.tenant_id').andOn('o.id', 'n.officer_id'))
    .where({ 'n.tenant_id': tenantId, 'n.case_id': caseId })
    .orderBy('n.at', 'desc')
    .select('n.*', 'o.name as author');
  return rows.map((r) => ({ id: r.id, caseId, officerId: r.officer_id, text: r.text, at: iso(r.at), author: r.author }));
}
