// The person as NIA describes them, read from the attributes of a verified assertion.
import { parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { SAML, STATUS_ATTRIBUTE, attributeKey } from './names.ts';
import type { AttributeKey, Loa } from './names.ts';
import { NiaRefused, demand } from './refusal.ts';
import { childrenNamed, elementsOf, isElement, textOf, theChild } from './saml-shape.ts';

export interface NiaAddress {
  readonly street?: string;
  readonly houseNumber?: string;
  readonly orientationNumber?: string;
  readonly city?: string;
  readonly cityPart?: string;
  readonly postCode?: string;
}

/** Codes of the register of addresses (RÚIAN) and house numbers, as in tradresaid. */
export type NiaAddressCodes = Readonly<
  Partial<
    Record<
      | 'okresKod'
      | 'obecKod'
      | 'castObceKod'
      | 'uliceKod'
      | 'postaKod'
      | 'stavebniObjektKod'
      | 'adresniMistoKod'
      | 'cisloDomovni'
      | 'cisloOrientacni'
      | 'cisloOrientacniPismeno',
      string
    >
  >
>;

export interface NiaIdentity {
  /** PersonIdentifier in full (`CZ/CZ/<uuid>`): a pseudonym that only this town sees. */
  readonly subject: string;
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly placeOfBirth?: string;
  readonly address?: NiaAddress;
  readonly ruian?: NiaAddressCodes;
  readonly email?: string;
  readonly phone?: string;
  readonly countryOfBirth?: string;
  readonly age?: number;
  /** Answer to `ageOver` of the settings. */
  readonly isAgeOver?: boolean;
  readonly document?: { readonly type: string; readonly number: string };
  readonly loa: Loa;
  readonly nameId: string;
  readonly sessionIndex: string;
  readonly assertionId: string;
  /** Until when the assertion could be replayed. */
  readonly notOnOrAfter: Date;
}

export type NiaAttributes = Readonly<Partial<Record<AttributeKey, string>>>;

/** Non-empty values of the known attributes. Throws `cancelled` when NIA says that the login failed. */
export function readAttributes(statement: Element): NiaAttributes {
  const values: Partial<Record<AttributeKey, string>> = {};
  const seen = new Set<string>();
  for (const attribute of elementsOf(statement)) {
    demand(isElement(attribute, SAML, 'Attribute'), 'attribute-statement-shape');
    const name = attribute.getAttribute('Name') ?? '';
    demand(!seen.has(name), 'attribute-repeated');
    seen.add(name);
    if (name === STATUS_ATTRIBUTE) throw refusedByNia(attribute);
    const key = attributeKey(name);
    const value = key ? singleValue(attribute) : '';
    if (key && value !== '') {
      demand(values[key] === undefined, 'attribute-repeated');
      values[key] = value;
    }
  }
  return values;
}

/** `urn:oasis:names:tc:SAML:2.0:status:AuthnFailed` → code `authn-failed`. */
function refusedByNia(attribute: Element): NiaRefused {
  const status = singleValue(attribute).split(':').at(-1) ?? '';
  return new NiaRefused(status === 'AuthnFailed' ? 'authn-failed' : 'nia-status', 'cancelled');
}

function singleValue(attribute: Element): string {
  const values = childrenNamed(attribute, SAML, 'AttributeValue');
  demand(values.length <= 1, 'attribute-several-values');
  return values[0] ? textOf(values[0]) : '';
}

/** What is asked for only where the settings say so. */
export function readExtras({
  countryOfBirth,
  age,
  isAgeOver,
  idType,
  idNumber,
}: NiaAttributes): Pick<NiaIdentity, 'countryOfBirth' | 'age' | 'isAgeOver' | 'document'> {
  return {
    ...(countryOfBirth ? { countryOfBirth } : {}),
    ...(age !== undefined && /^\d{1,3}$/.test(age) ? { age: Number(age) } : {}),
    ...(isAgeOver !== undefined && /^(true|false|1|0)$/i.test(isAgeOver) ? { isAgeOver: /^(true|1)$/i.test(isAgeOver) } : {}),
    ...(idType !== undefined && idNumber !== undefined ? { document: { type: idType, number: idNumber } } : {}),
  };
}

/** `CurrentAddress`: base64 of XML of the published type CurrentAddressType. */
export function decodeAddress(base64: string, codes: NiaAddressCodes | undefined): NiaAddress {
  const found = decodeFields(base64, 'address-shape');
  const designator = found.get('LocatorDesignator') ?? '';
  const [houseNumber, orientationNumber] = designator.split('/');
  return compact({
    street: found.get('Thoroughfare'),
    houseNumber: codes?.cisloDomovni ?? houseNumber,
    orientationNumber: codes?.cisloOrientacni ? codes.cisloOrientacni + (codes.cisloOrientacniPismeno ?? '') : orientationNumber,
    city: found.get('PostName') ?? found.get('CvaddressArea'),
    cityPart: found.get('CvaddressArea'),
    postCode: found.get('PostCode'),
  });
}

/** `tradresaid`: base64 of XML of the published type TRadresaIDType. */
export function decodeAddressCodes(base64: string): NiaAddressCodes {
  const found = decodeFields(base64, 'address-codes-shape');
  const names = [
    'okresKod',
    'obecKod',
    'castObceKod',
    'uliceKod',
    'postaKod',
    'stavebniObjektKod',
    'adresniMistoKod',
    'cisloDomovni',
    'cisloOrientacni',
    'cisloOrientacniPismeno',
  ];
  return compact(Object.fromEntries(names.map((name) => [name, found.get(name)])));
}

/** NIA sends the fields with or without a wrapping root element; both are read. */
function decodeFields(base64: string, code: string): ReadonlyMap<string, string> {
  const xml = Buffer.from(base64, 'base64')
    .toString('utf8')
    .replace(/^\uFEFF?(<\?xml[^>]*\?>)?/, '');
  try {
    const root = parseUntrustedXml(`<fields>${xml}</fields>`).documentElement;
    const outer = root ? elementsOf(root) : [];
    const [only] = outer;
    const fields = only && outer.length === 1 && elementsOf(only).length > 0 ? elementsOf(only) : outer;
    return new Map(fields.map((field) => [field.localName ?? '', textOf(field)] as const).filter(([, text]) => text !== ''));
  } catch (cause) {
    throw new NiaRefused(code, 'untrusted', { cause });
  }
}

function compact<Shape extends Readonly<Record<string, string | undefined>>>(values: Shape): { readonly [Key in keyof Shape]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as {
    readonly [Key in keyof Shape]?: string;
  };
}

/** The attribute statement of an assertion, which must be there exactly once. */
export function attributeStatement(assertion: Element): Element {
  return theChild(assertion, SAML, 'AttributeStatement');
}
