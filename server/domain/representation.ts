// Acting for somebody else: what a mandate covers and how long it holds. Pure: the caller brings the facts.
// § 33 and § 34 zákona č. 500/2004 Sb. (zmocnění), § 25 to § 31 zákona č. 280/2009 Sb., § 30 zákona č. 500/2004 Sb. (právnická osoba).
import type { LegalDate } from './calendar.ts';
import { Problem } from './problem.ts';

/** `read` = see cases and documents, `file` = file and act in them (it includes reading), `account` = see the payer's account and pay. */
export const ACTS = ['read', 'file', 'account'] as const;
export type Act = (typeof ACTS)[number];
/** statutory = statutární orgán, mandate = zmocněnec, guardian = zákonný zástupce or opatrovník, data-box = came through the box of a company. */
export const REPRESENTATION_KINDS = ['statutory', 'mandate', 'guardian', 'data-box'] as const;
export type RepresentationKind = (typeof REPRESENTATION_KINDS)[number];

export interface Scope {
  /** Life situations; null = all. */
  readonly situations: readonly string[] | null;
  readonly acts: readonly Act[];
}
export interface Term {
  readonly validFrom: LegalDate;
  /** Last day; null = until revoked. */
  readonly validTo: LegalDate | null;
  readonly revokedAt: string | null;
}

export const isInForce = ({ validFrom, validTo, revokedAt }: Term, today: LegalDate): boolean =>
  revokedAt === null && validFrom <= today && (validTo === null || today <= validTo);

/** `situation` absent = the act belongs to no life situation (a list, an account). */
export function covers({ situations, acts }: Scope, act: Act, situation?: string): boolean {
  const isActCovered = acts.includes(act) || (act === 'read' && acts.includes('file'));
  return isActCovered && (situation === undefined || situations === null || situations.includes(situation));
}

/** Refuses with `outside-representation`. */
export function permitAct(scope: Scope, act: Act, situation?: string): void {
  if (!covers(scope, act, situation)) throw new Problem('forbidden', 'outside-representation', { act });
}

/** Refuses with `representation-ended`. */
export function permitTerm(term: Term, today: LegalDate): void {
  if (!isInForce(term, today)) throw new Problem('forbidden', 'representation-ended');
}

/** A mandate is given for five years at most, so that a forgotten one ends by itself (our own rule; the law knows no limit). */
export const LONGEST_YEARS = 5;

export interface Wish extends Scope {
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate | null;
}

/** Refuses with `mandate-period-wrong` and `mandate-scope-empty`. A mandate between citizens always has an end. */
export function permitWish({ validFrom, validTo, acts, situations }: Wish, today: LegalDate): void {
  if (acts.length === 0 || situations?.length === 0) throw new Problem('invalid', 'mandate-scope-empty');
  const latest = `${Number(today.slice(0, 4)) + LONGEST_YEARS}${today.slice(4)}`;
  if (validTo === null || validTo < validFrom || validTo < today || validTo > latest || validFrom > latest)
    throw new Problem('invalid', 'mandate-period-wrong', { latest });
}

/**
 * What a user of a company's box may do for it: who is the box's own (§ 8 odst. 2 až 4 zákona č. 300/2008 Sb.) and who was entrusted act for the company
 * (§ 18 odst. 2); an administrator only sees. Giving mandates is left to the first. Undefined: a kind that we do not know may nothing.
 */
export function scopeOfBoxUser(userType: string | undefined): { readonly scope: Scope; readonly mayGrant: boolean } | undefined {
  switch (userType) {
    case 'PRIMARY_USER':
    case 'LIQUIDATOR':
    case 'RECEIVER':
    case 'GUARDIAN':
      return { scope: { situations: null, acts: ['file', 'account'] }, mayGrant: true };
    case 'ENTRUSTED_USER':
      return { scope: { situations: null, acts: ['file', 'account'] }, mayGrant: false };
    case 'ADMINISTRATOR':
      return { scope: { situations: null, acts: ['read'] }, mayGrant: false };
    default:
      return undefined;
  }
}

/** A name as people write it; a company has no given name. */
export const fullName = ({ givenName, familyName }: { readonly givenName: string; readonly familyName: string }): string =>
  `${givenName} ${familyName}`.trim();
