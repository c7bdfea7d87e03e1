// Beside every step of a case: what of it belongs into the records. One interface, two services (docs/decisions/0017).
import type { Transaction } from '../../store/database.ts';
import { documentsOf, type DocumentRow } from '../../store/documents.ts';
import { openRecordsFile, recordsFile, type NewRecordsFile } from '../../store/records.ts';
import type { Change } from '../changes.ts';
import type { Acceptance, CaseFile } from '../corridor.ts';
import type { Registration } from './acts-of-news.ts';
import type { Brought } from './brought.ts';
import { keepBuiltin } from './builtin.ts';
import { keepOutside } from './outside.ts';
import type { RecordNews } from './news.ts';
import { serviceOf } from './service-of-case.ts';

export interface Step {
  readonly stimulus: Acceptance['stimulus'];
  readonly changes: readonly Change[];
  /** The case is at its end after the step. */
  readonly ended: boolean;
  readonly documentNumber: string | null;
}

/** Written in the step's own transaction, after its documents. Most steps bring nothing and cost nothing. */
export async function keepRecords(trx: Transaction, file: CaseFile, step: Step): Promise<void> {
  const told = step.changes.flatMap((change) => (change.kind === 'keep-record' ? [change.news] : []));
  const endsNow = step.ended && file.row.endedAt === null;
  const registrations = await registrationsOf(trx, file, step, told, endsNow);
  const news = told.flatMap((one) => (one.what === 'register' ? [] : [one]));
  if (registrations.length === 0 && news.length === 0 && !endsNow) return;
  const known = file.row.revision === 0 ? undefined : await recordsFile(trx, file.tenantId, file.row.id);
  if (!known && registrations.length === 0) return;
  const service = known?.service ?? serviceOf(file);
  if (!known) await openRecordsFile(trx, file.tenantId, { ...fileFacts(file), service });
  const brought: Brought = { service, known, registrations, news, endsNow };
  await (service === 'essl' ? keepOutside(trx, file, brought) : keepBuiltin(trx, file, brought));
}

/** What is written of a file when it is opened. */
export function fileFacts(file: CaseFile): Omit<NewRecordsFile, 'service'> {
  const { retention, title } = file.situation.sheet;
  return {
    caseId: file.row.id,
    title: title.cs,
    groupCode: retention.group ?? null,
    retentionCode: retention.code,
    retentionYears: retention.years,
    at: file.now,
  };
}

async function registrationsOf(
  trx: Transaction,
  file: CaseFile,
  step: Step,
  told: readonly RecordNews[],
  endsNow: boolean,
): Promise<readonly Registration[]> {
  const added = step.changes.flatMap((change) => (change.kind === 'add-documents' ? change.documents : []));
  const named = told.flatMap((one) => (one.what === 'register' ? [one] : []));
  const isMissing = named.some(({ documentId }) => !added.some(({ id }) => id === documentId));
  // A diagram that never registers its submission: it is registered at the latest when the case ends.
  const isForgotten = endsNow && step.documentNumber === null && named.length === 0;
  const all = isMissing || isForgotten ? [...(await documentsOf(trx, file.tenantId, file.row.id)), ...added] : added;
  const forgotten = isForgotten ? all.filter(({ kind }) => kind === 'submission').slice(0, 1) : [];
  const registered = [...named.map(({ documentId, number }) => ({ documentId, number })), ...forgotten.map(byService)].flatMap(
    ({ documentId, number }) => {
      const document = all.find(({ id }) => id === documentId);
      return document ? [{ document, number, parts: document.kind === 'submission' ? enclosures(all) : [] }] : [];
    },
  );
  // A delivery report lies beside the letter that it proves: it is no document of its own.
  const isReport = told.some(({ what }) => what === 'delivered');
  return [...registered, ...(isReport ? [] : received(step, added))];
}
const byService = ({ id }: DocumentRow): { documentId: string; number: null } => ({ documentId: id, number: null });
const enclosures = (documents: readonly DocumentRow[]): readonly string[] =>
  documents.filter(({ kind }) => kind === 'attachment').map(({ id }) => id);

/** The message in which our own submission comes back into the town's box is no other document. */
export const ARRIVED = 'podani-dodano';

/** What came from outside after the submission: the first document is the one that is registered, the rest of the same step are its enclosures. */
function received(step: Step, added: readonly DocumentRow[]): readonly Registration[] {
  const isEnvelope = step.stimulus?.kind === 'message' && step.stimulus.message === ARRIVED;
  if (isEnvelope) return [];
  const came = added.filter(({ direction, kind }) => direction === 'in' && kind !== 'submission');
  const main = came.find(({ kind }) => kind !== 'attachment');
  if (!main) return [];
  return [{ document: main, number: main.number, parts: came.filter((one) => one !== main).map(({ id }) => id) }];
}
