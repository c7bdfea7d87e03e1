// Numbers of a case that the register does not know are written into it. A number that no document bears gets the record of the case's beginning, which is what
// such a number was given to (§ 64 zákona č. 499/2004 Sb.).
import { dayOf } from '../../domain/calendar.ts';
import { Problem } from '../../domain/problem.ts';
import { documentsOf, type DocumentRow } from '../../store/documents.ts';
import { numberHolder, recordsDocuments } from '../../store/records.ts';
import { foundingRecord } from '../acts/register-submission.ts';
import { Overtaken, type Change } from '../changes.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { correspondentOf, wayOf } from '../records/acts-of-news.ts';
import { fileFacts } from '../records/keep-records.ts';
import type { LateRegister } from '../records/late-register.ts';

interface Gathered {
  readonly documents: readonly DocumentRow[];
  readonly registered: ReadonlySet<string>;
  readonly isNumberLost: boolean;
}

/** Given by the house itself. Throws Overtaken when the register is whole. */
export const completeRegister: Command<null, Gathered> = {
  name: 'complete-register',
  async gather(trx, { tenantId, row }) {
    const known = await recordsDocuments(trx, tenantId, row.id);
    return {
      documents: await documentsOf(trx, tenantId, row.id),
      registered: new Set(known.map(({ documentId }) => documentId)),
      isNumberLost: row.documentNumber !== null && (await numberHolder(trx, tenantId, row.documentNumber)) === undefined,
    };
  },
  accept(file, { actor }, { documents, registered, isNumberLost }) {
    if (actor.kind !== 'clock') throw new Problem('forbidden', 'not-permitted');
    const founding = isNumberLost ? [{ ...foundingRecord(file, file.row.filedAt), number: file.row.documentNumber }] : [];
    const unknown = [...founding, ...documents].filter(({ id, number }) => number !== null && !registered.has(id));
    if (unknown.length === 0) throw new Overtaken('register whole');
    const changes: readonly Change[] = [
      ...(founding.length === 0 ? [] : [{ kind: 'add-documents' as const, documents: founding }]),
      { kind: 'register-late', late: lateRegister(file, unknown, documents) },
    ];
    return { changes, detail: { numbers: unknown.map(({ number }) => number) }, result: null };
  },
};

function lateRegister(file: CaseFile, unknown: readonly DocumentRow[], all: readonly DocumentRow[]): LateRegister {
  const enclosures = all.filter(({ kind }) => kind === 'attachment').map(({ id }) => id);
  return {
    file: { ...fileFacts(file), service: 'builtin', at: file.row.filedAt },
    endedAt: file.row.endedAt,
    documents: unknown.map((document) => ({
      documentId: document.id,
      caseId: file.row.id,
      service: 'builtin',
      direction: document.direction,
      title: document.title,
      correspondent: correspondentOf(file, document),
      way: wayOf(document),
      year: yearIn(document),
      number: document.number,
      parts: document.kind === 'submission' ? enclosures : [],
      at: document.createdAt,
    })),
  };
}

/** `MULO/123/2026`: the year that the number names. */
const yearIn = ({ number, createdAt }: DocumentRow): number => Number(/\/(\d{4})$/.exec(number ?? '')?.[1] ?? dayOf(createdAt).slice(0, 4));
