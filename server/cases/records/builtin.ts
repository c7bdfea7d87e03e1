// The records service of the house itself: numbers of the town's own series, files that open and close with their cases.
import { numberDocument } from '../../store/documents.ts';
import type { Transaction } from '../../store/database.ts';
import { insertRecordsDocument, moveFile, noteDelivered, noteDispatch, undelivered } from '../../store/records.ts';
import type { CaseFile } from '../corridor.ts';
import { correspondentOf, wayOf, type Registration } from './acts-of-news.ts';
import type { Brought } from './brought.ts';
import { ownNumber, yearOf } from './own-number.ts';

export async function keepBuiltin(trx: Transaction, file: CaseFile, { known, registrations, news, endsNow }: Brought): Promise<void> {
  const { tenantId, now } = file;
  const caseId = file.row.id;
  if (known && known.state !== 'open' && registrations.length > 0) moveFile(trx, tenantId, caseId, 'open', now);
  for (const one of registrations) await register(trx, file, one);
  for (const one of news) {
    if (one.what === 'dispatched') noteDispatch(trx, tenantId, one.documentId, { at: now, by: one.by, reference: one.reference });
    else
      for (const documentId of one.documentId === null ? (await undelivered(trx, tenantId, caseId)).slice(0, 1) : [one.documentId])
        noteDelivered(trx, tenantId, documentId, one);
  }
  // A late document opens the file of an ended case only for itself.
  const isOver = endsNow || (file.row.endedAt !== null && registrations.length > 0);
  if (isOver) moveFile(trx, tenantId, caseId, 'closed', now);
}

async function register(trx: Transaction, file: CaseFile, { document, number, parts }: Registration): Promise<void> {
  const { tenantId } = file;
  const given = number ?? (await ownNumber(trx, file));
  if (number === null) await numberDocument(trx, tenantId, document.id, given);
  await insertRecordsDocument(trx, tenantId, {
    documentId: document.id,
    caseId: file.row.id,
    service: 'builtin',
    direction: document.direction,
    title: document.title,
    correspondent: correspondentOf(file, document),
    way: wayOf(document),
    year: yearOf(file),
    number: given,
    parts,
    at: file.now,
  });
}
