// Representation that an officer enters by hand: a power of attorney, an extract of the register, a ruling of the court brought to the office. Always with its evidence.
import { companyNumber } from '../domain/identifiers/index.ts';
import { Problem } from '../domain/problem.ts';
import { isInForce, type Scope } from '../domain/representation.ts';
import { applicantOfMark } from '../store/identities.ts';
import { findPerson, type PersonRow } from '../store/people.ts';
import { findRepresentations, type NamedRepresentation } from '../store/representations.ts';
import { ensureCompany } from './company-login.ts';
import { begin, offer, type Offered, type Scene } from './mandates.ts';

export interface Registration extends Scope {
  readonly kind: 'statutory' | 'mandate' | 'guardian';
  /** A company by its IČO and name, or a person by the mark of a case of his. */
  readonly principal: { readonly ico: string; readonly name: string } | { readonly mark: string };
  /** Mark of a case that the representative filed himself; without it a code is made which he takes up with his own login. */
  readonly representativeMark?: string | undefined;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** What proves it: never empty. */
  readonly evidence: string;
  /** Mark of the case in whose file the evidence lies. */
  readonly evidenceMark?: string | undefined;
}

/** Refuses `evidence-missing`, `mandate-period-wrong`, `mandate-scope-empty`, `ico-wrong`, `person-not-found`, `mandate-to-self`. */
export async function register(scene: Scene, given: Registration, officerId: string): Promise<{ readonly id: string } | Offered> {
  const { kind, situations, acts, validFrom, validTo } = given;
  if (given.evidence.trim() === '') throw new Problem('invalid', 'evidence-missing');
  if (acts.length === 0 || situations?.length === 0) throw new Problem('invalid', 'mandate-scope-empty');
  if (validTo !== null && (validTo < validFrom || validTo < scene.today)) throw new Problem('invalid', 'mandate-period-wrong');
  const principal = await principalOf(scene, given.principal);
  const caseId = given.evidenceMark === undefined ? null : (await byMark(scene, given.evidenceMark)).caseId;
  const wanted = {
    ...{ kind, situations, acts, validFrom, validTo, caseId },
    evidence: given.evidence.trim(),
    principalId: principal.id,
    grantedBy: `officer:${officerId}`,
  };
  if (given.representativeMark === undefined) return offer(scene, wanted);
  const { person: representative } = await byMark(scene, given.representativeMark);
  if (representative.id === principal.id) throw new Problem('conflict', 'mandate-to-self');
  return { id: await begin(scene, { ...wanted, principal, representative }) };
}

async function principalOf(scene: Scene, wanted: Registration['principal']): Promise<PersonRow> {
  if ('mark' in wanted) return (await byMark(scene, wanted.mark)).person;
  const ico = companyNumber(wanted.ico);
  if (ico === undefined || wanted.name.trim() === '') throw new Problem('invalid', 'ico-wrong');
  const id = await ensureCompany(scene.trx, scene.tenantId, { ico, name: wanted.name.trim() }, scene.now);
  return personOf(scene, id);
}

async function byMark(scene: Scene, mark: string): Promise<{ readonly person: PersonRow; readonly caseId: string }> {
  const found = await applicantOfMark(scene.trx, scene.tenantId, mark.trim());
  if (!found) throw new Problem('not-found', 'person-not-found');
  return { person: await personOf(scene, found.personId), caseId: found.caseId };
}

async function personOf({ trx, tenantId }: Scene, id: string): Promise<PersonRow> {
  const person = await findPerson(trx, tenantId, id);
  if (!person) throw new Problem('not-found', 'person-not-found');
  return person;
}

export type Listed = NamedRepresentation & { readonly inForce: boolean };

export const listed = async ({ trx, tenantId, today }: Scene, q: string): Promise<readonly Listed[]> =>
  (await findRepresentations(trx, tenantId, q)).map((row) => ({ ...row, inForce: isInForce(row, today) }));
