// What a comparison found missing in the eSSL is told to it once more, behind whatever it is still to be told of the case.
import { permitRecords } from '../../domain/permission.ts';
import { SENDABLE, type DifferenceKind } from '../../domain/compare-records.ts';
import { Problem } from '../../domain/problem.ts';
import type { NewAct } from '../../store/records-acts.ts';
import { checkedDocuments, standingDifference, type CheckedDocument, type StandingDifference } from '../../store/records-checks.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { deliveredAct, dispatchAct, reopenAct } from '../records/acts-of-news.ts';

interface Gathered {
  readonly difference: StandingDifference | undefined;
  readonly document: CheckedDocument | undefined;
}

/** Refuses `difference-gone`, `difference-not-sendable` and `difference-sent`. */
export const resendRecord: Command<{ readonly differenceId: string }, Gathered> = {
  name: 'resend-record',
  async gather(trx, { tenantId, row }, { differenceId }) {
    const difference = await standingDifference(trx, tenantId, differenceId);
    const documents = await checkedDocuments(trx, tenantId, row.id);
    return { difference, document: documents.find(({ documentId }) => documentId === difference?.documentId) };
  },
  accept(file, { actor }, { difference, document }) {
    permitRecords(actor);
    if (difference?.caseId !== file.row.id) throw new Problem('conflict', 'difference-gone');
    const kind = difference.kind as DifferenceKind;
    if (!SENDABLE.has(kind)) throw new Problem('conflict', 'difference-not-sendable');
    if (difference.sentAt !== null) throw new Problem('conflict', 'difference-sent');
    const acts = actsFor(kind, file, document);
    return {
      changes: [{ kind: 'resend-record', acts, difference, officerId: actor.id }],
      detail: { difference: kind, document: difference.documentId },
      result: null,
    };
  },
};

function actsFor(kind: DifferenceKind, file: CaseFile, document: CheckedDocument | undefined): readonly NewAct[] {
  const change = { fileId: file.row.id, at: file.now };
  if (kind === 'file-closed') return [reopenAct(file)];
  if (kind === 'file-open')
    return [
      { kind: 'settle-file', documentId: null, input: change },
      { kind: 'close-file', documentId: null, input: change },
    ];
  if (!document) throw new Problem('conflict', 'difference-gone');
  return [actOf(kind, file, document)];
}

function actOf(kind: DifferenceKind, file: CaseFile, document: CheckedDocument): NewAct {
  const { documentId, dispatchedAt, deliveredAt } = document;
  switch (kind) {
    case 'document-elsewhere':
      return { kind: 'add', documentId, input: { fileId: file.row.id, documentId } };
    case 'document-open':
      return { kind: 'settle-document', documentId, input: { documentId, at: document.settledAt ?? file.now } };
    case 'document-without-file':
      return { kind: 'attach', documentId, input: { documentId, documents: [documentId] } };
    case 'dispatch-missing': {
      const by = document.dispatchedBy ?? 'post';
      return dispatchAct({ ...file, now: dispatchedAt ?? file.now }, { documentId, by, reference: document.dispatchReference });
    }
    case 'delivery-missing':
      return deliveredAct(documentId, deliveredAt ?? file.now, document.deliveredHow ?? 'delivered');
    default:
      throw new Problem('conflict', 'difference-not-sendable');
  }
}
