// What a new case begins with: spisová značka, applicant, and the submission as documents.
import type { Form } from '../../forms/index.ts';
import { answerPages } from '../catalog/index.ts';
import { dayOf } from '../domain/calendar.ts';
import type { Representing } from '../domain/permission.ts';
import { fullName } from '../domain/representation.ts';
import type { Json } from '../engine/types.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { nextNumber, type DocumentRow, type FileRow } from '../store/documents.ts';
import { GENESIS } from '../store/journal.ts';
import { findPerson } from '../store/people.ts';
import { applicantOf } from './applicant.ts';
import type { CaseFile, Corridor } from './corridor.ts';
import { deskOver } from './deadlines/desk.ts';

/** Whose case of which version begins: a draft, or the case whose message founds it. */
export interface Founding {
  readonly personId: string | null;
  readonly situation: string;
  readonly versionId: string;
}

/** The file of a case that is being founded: its mark is taken here, in the transaction that writes it. */
export async function newFile(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  from: { draft: Founding; situation: CaseFile['situation']; now: string; contactEmail: string | null; by?: Representing | undefined },
): Promise<CaseFile> {
  const { draft, situation, now, contactEmail } = from;
  const year = Number(dayOf(now).slice(0, 4));
  const serial = await nextNumber(trx, tenantId, `sz:${situation.sheet.numberSeries}`, year);
  return {
    tenantId,
    situation,
    now,
    tasks: [],
    deadlines: deskOver(situation, []),
    town: corridor.town(tenantId),
    applicant: draft.personId === null ? null : await applicantOf(trx, tenantId, draft.personId, contactEmail),
    row: {
      id: newId(corridor.clock.now()),
      situation: draft.situation,
      versionId: draft.versionId,
      mark: `SZ ${situation.sheet.numberSeries} ${serial}/${year}`,
      applicantId: draft.personId,
      ...(from.by ? { representativeId: from.by.personId, representationId: from.by.representationId } : {}),
      contactEmail,
      engineState: null,
      revision: 0,
      filedAt: now,
      documentNumber: null,
      endedAt: null,
      outcome: null,
      suspendedAt: null,
      headHash: GENESIS,
    },
  };
}

/** The submission as a document (its PDF is made from the answers), and each attachment as one of its own. */
export function submissionDocuments(
  file: CaseFile,
  filled: { id: string; form: Form; values: Readonly<Record<string, unknown>>; representative?: string | undefined },
  files: readonly FileRow[],
): DocumentRow[] {
  const common = { caseId: file.row.id, number: null, direction: 'in' as const, createdAt: file.now };
  const pages = answerPages(filled.form, filled.values, { today: dayOf(file.now), lang: 'cs', files });
  return [
    {
      ...common,
      id: newId(new Date(file.now)),
      kind: 'submission',
      title: file.situation.sheet.title.cs,
      fileId: null,
      content: {
        form: 'submission',
        mark: file.row.mark,
        filedAt: file.now,
        formId: filled.id,
        values: filled.values as Json,
        pages: pages as unknown as Json,
        applicant: applicantLine(file, filled.representative),
      },
    },
    ...files.map((f) => ({ ...common, id: newId(new Date(file.now)), kind: 'attachment', title: f.name, fileId: f.id, content: null })),
  ];
}

function applicantLine(file: CaseFile, representative: string | undefined): Json {
  const a = file.applicant;
  if (!a) return null;
  const line = { name: fullName(a), birthDate: a.birthDate, address: a.address, ...(a.ico === null ? {} : { ico: a.ico }) };
  return representative === undefined ? line : { ...line, representative };
}

/** Name of whoever files for the applicant. */
export async function representativeOf(trx: Transaction, tenantId: number, by: Representing | undefined): Promise<string | undefined> {
  const person = by && (await findPerson(trx, tenantId, by.personId));
  return person && fullName(person);
}
