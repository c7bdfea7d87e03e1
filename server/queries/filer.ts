// Who filed a case for its applicant, in words.
import type { CitizenCase, TimelineEntry } from '../contract/portal.ts';
import { fullName } from '../domain/representation.ts';
import type { Transaction } from '../store/database.ts';
import type { CaseModel } from '../store/models.ts';
import type { Lang } from './reader.ts';

export { fullName as nameOf } from '../domain/representation.ts';

type FiledBy = CitizenCase['filedBy'];

/** Names by id, of people and companies. */
export async function namesOf(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await trx('person').where({ tenant_id: tenantId }).whereIn('id', wanted).select('id', 'given_name', 'family_name');
  return new Map(rows.map((row) => [row.id as string, fullName({ givenName: row.given_name, familyName: row.family_name })]));
}

/** Null when the applicant filed it himself. */
export async function filerOf(
  trx: Transaction,
  tenantId: number,
  { applicantId, representativeId }: Pick<CaseModel, 'applicantId' | 'representativeId'>,
): Promise<FiledBy> {
  if (applicantId === null || representativeId === null) return null;
  const names = await namesOf(trx, tenantId, [applicantId, representativeId]);
  return { representative: names.get(representativeId) ?? '', applicant: names.get(applicantId) ?? '' };
}

/** Says it at the first thing that happened. */
export function withFiler(timeline: readonly TimelineEntry[], filedBy: FiledBy, lang: Lang): readonly TimelineEntry[] {
  const [first, ...rest] = timeline;
  if (filedBy === null || !first) return timeline;
  const { representative, applicant } = filedBy;
  const said = lang === 'en' ? `Filed by ${representative} on behalf of ${applicant}.` : `Podal(a) ${representative} za: ${applicant}.`;
  return [{ ...first, text: first.text === '' ? said : `${said} ${first.text}` }, ...rest];
}
