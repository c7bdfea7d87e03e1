// Whether two identities can be one human being. A yes is no proof: proof is a fresh login by both. A no refuses even that.
export interface Traits {
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`; null = not known. */
  readonly birthDate: string | null;
}
export type Difference = 'other-birth-date' | 'other-name';

/** Undefined when nothing speaks against it. A provider may know one of several given names only. */
export function differenceOf(a: Traits, b: Traits): Difference | undefined {
  if (a.birthDate !== null && b.birthDate !== null && a.birthDate !== b.birthDate) return 'other-birth-date';
  const [one, other] = [wordsOf(a.givenName), wordsOf(b.givenName)];
  const isGivenNameOther = one[0] !== undefined && other[0] !== undefined && one[0] !== other[0];
  if (isGivenNameOther || wordsOf(a.familyName).join(' ') !== wordsOf(b.familyName).join(' ')) return 'other-name';
  return undefined;
}

/** Without diacritics and case: `ŽOFIE NOVÁKOVÁ-Malá` → zofie, novakova, mala. */
const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
