// The records are kept by an eSSL: every act waits in its case's order and the first one is ordered. The case goes on meanwhile.
import type { Transaction } from '../../store/database.ts';
import { insertRecordsDocument, moveFile, noteDelivered, noteDispatch, recordsDocuments } from '../../store/records.ts';
import { appendActs, type NewAct } from '../../store/records-acts.ts';
import type { CaseFile } from '../corridor.ts';
import { closingActs, correspondentOf, deliveredAct, dispatchAct, registerActs, reopenAct, wayOf } from './acts-of-news.ts';
import type { Brought } from './brought.ts';
import { BY_RECORDS } from './news.ts';
import { yearOf } from './own-number.ts';
import { orderNext } from './order-next.ts';

export async function keepOutside(trx: Transaction, file: CaseFile, brought: Brought): Promise<void> {
  const { known, registrations, endsNow } = brought;
  const { tenantId, now } = file;
  const caseId = file.row.id;
  const acts: NewAct[] = [];
  const isLate = known !== undefined && known.state !== 'open' && registrations.length > 0;
  if (isLate) {
    acts.push(reopenAct(file));
    moveFile(trx, tenantId, caseId, 'open', now);
  }
  for (const [index, one] of registrations.entries()) {
    const { document, parts } = one;
    const isNew = await insertRecordsDocument(trx, tenantId, {
      documentId: document.id,
      caseId,
      service: 'essl',
      direction: document.direction,
      title: document.title,
      correspondent: correspondentOf(file, document),
      way: wayOf(document),
      year: yearOf(file),
      number: null,
      parts,
      at: now,
    });
    if (isNew) acts.push(...registerActs(file, one, known === undefined && index === 0));
  }
  acts.push(...(await sendings(trx, file, brought)));
  if (endsNow || (isLate && file.row.endedAt !== null)) {
    const open = (await recordsDocuments(trx, tenantId, caseId)).filter(({ settledAt }) => settledAt === null);
    acts.push(...closingActs(file, open));
    moveFile(trx, tenantId, caseId, 'closed', now);
  }
  await appendActs(trx, tenantId, caseId, acts, now);
  await orderNext(trx, tenantId, caseId, now);
}

/** Letters that went out and that were delivered: only own documents that are registered. */
async function sendings(trx: Transaction, file: CaseFile, { news }: Brought): Promise<readonly NewAct[]> {
  if (news.length === 0) return [];
  const { tenantId, now } = file;
  const letters = (await recordsDocuments(trx, tenantId, file.row.id)).filter(({ direction }) => direction === 'out');
  const acts: NewAct[] = [];
  for (const one of news) {
    const letter = letters.find((each) =>
      one.documentId === null ? each.dispatchedAt !== null && each.deliveredAt === null : each.documentId === one.documentId,
    );
    if (!letter) continue;
    if (one.what === 'dispatched' && letter.dispatchedAt === null) {
      acts.push(dispatchAct(file, one));
      noteDispatch(trx, tenantId, letter.documentId, { at: now, by: one.by, reference: one.reference });
    }
    if (one.what === 'delivered' && letter.deliveredAt === null) {
      if (one.how !== BY_RECORDS) acts.push(deliveredAct(letter.documentId, one.at, one.how));
      noteDelivered(trx, tenantId, letter.documentId, one);
    }
  }
  return acts;
}
