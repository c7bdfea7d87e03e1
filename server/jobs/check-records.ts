// Compares files of ours with what the eSSL says of them, as an officer asked: by its reading operations, a few at a time. Changes nothing there.
import { compareFile, type Difference, type OurDocument, type TheirDocument, type TheirFile } from '../domain/compare-records.ts';
import { BY_RECORDS } from '../cases/records/news.ts';
import { OutsideFailure, type RecordsLedger } from '../integrations/connector.ts';
import { newId } from '../platform/ids.ts';
import {
  checkedDocuments,
  checkedFile,
  finishCheck,
  giveUpChecks,
  nextChecks,
  writeDifferences,
  type CheckedDocument,
} from '../store/records-checks.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const AT_ONCE = 10;

export const checkRecords = (workshop: Workshop): Promise<number> => forEachTown(workshop, (tenantId) => checkTown(workshop, tenantId));

async function checkTown(workshop: Workshop, tenantId: number): Promise<number> {
  const { db, clock } = workshop.corridor;
  const waiting = await db.withTenant(tenantId, (trx) => nextChecks(trx, tenantId, AT_ONCE));
  if (waiting.length === 0) return 0;
  const ledger = workshop.connectors.find((one) => one.ledger)?.ledger;
  try {
    if (!ledger) throw new OutsideFailure('essl-off', 'Spisová služba není zapnutá.');
    for (const caseId of waiting) await checkFile(workshop, tenantId, caseId, ledger);
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    const at = clock.now().toISOString();
    await db.withTenant(tenantId, (trx) => giveUpChecks(trx, tenantId, { note: error.message, at }));
  }
  return waiting.length;
}

async function checkFile({ corridor }: Workshop, tenantId: number, caseId: string, ledger: RecordsLedger): Promise<void> {
  const { db, clock } = corridor;
  const ours = await db.withTenant(tenantId, async (trx) => ({
    file: await checkedFile(trx, tenantId, caseId),
    documents: await checkedDocuments(trx, tenantId, caseId),
  }));
  const { file, documents } = ours;
  const at = (): string => clock.now().toISOString();
  const counted = { ourDocuments: documents.length, note: null };
  if (!file || file.isPending)
    return db.withTenant(tenantId, (trx) =>
      finishCheck(trx, tenantId, caseId, { ...counted, outcome: 'pending', theirDocuments: 0, at: at() }),
    );
  const theirs = await readTheirs(ledger, caseId, documents);
  const found = compareFile({ ...file, documents: documents.map(ourDocument) }, theirs.file, (id) => theirs.documents.get(id));
  await db.withTenant(tenantId, async (trx) => {
    // What was changed here while we asked is compared again.
    const isChanged = (await checkedFile(trx, tenantId, caseId))?.isPending !== false;
    if (!isChanged) await writeDifferences(trx, tenantId, caseId, { found: found.map((one) => identified(one, clock.now())), at: at() });
    const outcome = isChanged ? 'pending' : found.length === 0 ? 'same' : 'differs';
    await finishCheck(trx, tenantId, caseId, { ...counted, outcome, theirDocuments: theirs.count, at: at() });
  });
}

const identified = (one: Difference, now: Date): Difference & { readonly id: string } => ({ ...one, id: newId(now) });
const ourDocument = (one: CheckedDocument): OurDocument => ({ ...one, isToldByThem: one.deliveredHow === BY_RECORDS });

interface Theirs {
  readonly file: TheirFile | undefined;
  readonly documents: ReadonlyMap<string, TheirDocument>;
  /** Documents in their file. */
  readonly count: number;
}

async function readTheirs(ledger: RecordsLedger, caseId: string, ours: readonly CheckedDocument[]): Promise<Theirs> {
  const file = await ledger.file(caseId);
  const documents = new Map<string, TheirDocument>();
  for (const { documentId } of file ? ours : []) {
    const found = await ledger.document(documentId);
    if (found) documents.set(documentId, { ...found, isInFile: found.files.includes(caseId) });
  }
  const known = new Set(ours.map(({ documentId }) => documentId));
  const others = (file?.documents ?? []).filter(({ own }) => own === null || !known.has(own)).map(({ own, theirs }) => own ?? theirs);
  return { file: file && { ...file, others }, documents, count: file?.documents.length ?? 0 };
}
