// What must bear a číslo jednací waits for it; words in its place are replaced once the records service has given it.
import { fillNumbers, hasPendingNumber } from '../domain/pending-number.ts';
import { recordsDocuments } from '../store/records.ts';
import type { DocumentRow } from '../store/documents.ts';
import type { ClaimedEffect } from '../store/outbox.ts';
import { effectByKey } from '../store/outbox.ts';
import type { Workshop } from './workshop.ts';

/** Looked at again after this, milliseconds; the number's arrival makes it due at once. */
export const LOOK_AGAIN_MS = 15_000;
/** A mere message goes without the number after this: somebody waits for it. Milliseconds. */
const PATIENCE_MS = 120_000;

/** Thrown before anything was done outside: the try does not count. */
export class NumberAwaited extends Error {
  constructor() {
    super('a number is awaited');
    this.name = 'NumberAwaited';
  }
}

/** The effect with every number in it. Throws NumberAwaited when it must wait. What the records service itself is told waits for nothing. */
export async function withNumbers(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<ClaimedEffect> {
  const { caseId } = claimed;
  const { documents = [] } = (claimed.input ?? {}) as { readonly documents?: readonly string[] };
  const isWorded = hasPendingNumber(claimed.input);
  if (caseId === null || claimed.effect.startsWith('essl.') || (documents.length === 0 && !isWorded)) return claimed;
  const { db, clock } = workshop.corridor;
  const known = await db.withTenant(tenantId, (trx) => recordsDocuments(trx, tenantId, caseId));
  const isUnnumbered = known.some((one) => one.direction === 'out' && one.number === null && documents.includes(one.documentId));
  if (isUnnumbered) throw new NumberAwaited();
  if (!isWorded) return claimed;
  const { value, missing } = fillNumbers(claimed.input, known);
  if (!missing) return { ...claimed, input: value };
  const ordered = await db.withTenant(tenantId, (trx) => effectByKey(trx, tenantId, claimed.key));
  const isPatient = clock.now().getTime() - Date.parse(ordered?.createdAt ?? '') < PATIENCE_MS;
  if (documents.length > 0 || isPatient) throw new NumberAwaited();
  return { ...claimed, input: value };
}

/** A document as it is printed now. `isFinal` false = its own number or one that it names is still awaited: it must not be kept as it is. */
export async function withNumber(
  { corridor }: Pick<Workshop, 'corridor'>,
  tenantId: number,
  document: DocumentRow,
): Promise<{ readonly document: DocumentRow; readonly isFinal: boolean }> {
  const isUnnumbered = document.kind === 'letter' && document.number === null;
  if (!isUnnumbered && !hasPendingNumber(document.content)) return { document, isFinal: true };
  const known = await corridor.db.withTenant(tenantId, (trx) => recordsDocuments(trx, tenantId, document.caseId));
  const { value: content, missing } = fillNumbers(document.content, known);
  const number = document.number ?? known.find(({ documentId }) => documentId === document.id)?.number ?? null;
  return { document: { ...document, content, number }, isFinal: !missing && (document.kind !== 'letter' || number !== null) };
}
