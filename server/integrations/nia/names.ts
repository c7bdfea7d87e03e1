// The names of SAML 2.0, eIDAS and NIA that go over the wire, each written once.

export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const EIDAS = 'http://eidas.europa.eu/saml-extensions';
export const XENC = 'http://www.w3.org/2001/04/xmlenc#';

export const NAMEID_PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
export const FORMAT_URI = 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri';
export const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
export const STATUS_SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
/** NIA tells a failed or cancelled login by this attribute inside a successful response. */
export const STATUS_ATTRIBUTE = 'urn:oasis:names:tc:SAML:2.0:protocol/statuscode';
/** Entity id of NIA in both environments. */
export const NIA_ENTITY_ID = 'urn:microsoft:cgg2010:fpsts';

/** Level of assurance, Commission Implementing Regulation (EU) 2015/1502. */
export type Loa = 'low' | 'substantial' | 'high';
const LOA_PREFIX = 'http://eidas.europa.eu/LoA/';
const LOA_ORDER: readonly Loa[] = ['low', 'substantial', 'high'];

export function loaUri(loa: Loa): string {
  return LOA_PREFIX + loa;
}

export function loaFromUri(uri: string): Loa | undefined {
  return LOA_ORDER.find((loa) => loaUri(loa) === uri);
}

export function isLoaEnough(reached: Loa, required: Loa): boolean {
  return LOA_ORDER.indexOf(reached) >= LOA_ORDER.indexOf(required);
}

const PERSON = 'http://eidas.europa.eu/attributes/naturalperson/';
const STORK = 'http://www.stork.gov.eu/1.0/';
/** NIA's own attributes came under all three over the years; we ask under the first and read all. */
export const MORIS_PREFIXES: readonly string[] = [
  'http://schemas.identitaobcana.cz/moris/2016/identity/claims/',
  'http://schemas.eidentita.cz/moris/2016/identity/claims/',
  'http://schemas.eidentity.cz/moris/2016/identity/claims/',
];

export type AttributeKey =
  | 'personIdentifier'
  | 'givenName'
  | 'familyName'
  | 'birthDate'
  | 'placeOfBirth'
  | 'currentAddress'
  | 'email'
  | 'phone'
  | 'addressCodes'
  | 'countryOfBirth'
  | 'age'
  | 'isAgeOver'
  | 'idType'
  | 'idNumber';

const ATTRIBUTE_NAMES: Readonly<Record<AttributeKey, readonly string[]>> = {
  personIdentifier: [`${PERSON}PersonIdentifier`],
  givenName: [`${PERSON}CurrentGivenName`],
  familyName: [`${PERSON}CurrentFamilyName`],
  birthDate: [`${PERSON}DateOfBirth`],
  placeOfBirth: [`${PERSON}PlaceOfBirth`],
  currentAddress: [`${PERSON}CurrentAddress`],
  email: [`${STORK}eMail`],
  phone: MORIS_PREFIXES.map((prefix) => `${prefix}phonenumber`),
  addressCodes: MORIS_PREFIXES.map((prefix) => `${prefix}tradresaid`),
  countryOfBirth: [`${STORK}countryCodeOfBirth`],
  age: [`${STORK}age`],
  isAgeOver: [`${STORK}isAgeOver`],
  idType: MORIS_PREFIXES.map((prefix) => `${prefix}idtype`),
  idNumber: MORIS_PREFIXES.map((prefix) => `${prefix}idnumber`),
};

/** Without these there is no person to log in. */
export const REQUIRED_ATTRIBUTES: readonly AttributeKey[] = ['personIdentifier', 'givenName', 'familyName', 'birthDate'];
/** Asked for only where the settings say so. */
export const EXTRA_ATTRIBUTES: readonly AttributeKey[] = ['countryOfBirth', 'age', 'isAgeOver', 'idType', 'idNumber'];
export const ALL_ATTRIBUTES = Object.keys(ATTRIBUTE_NAMES) as readonly AttributeKey[];

/** The name under which an attribute is asked for. `morisPrefix` replaces the default prefix of NIA's own attributes. */
export function attributeName(key: AttributeKey, morisPrefix = MORIS_PREFIXES[0] ?? ''): string {
  const [name = ''] = ATTRIBUTE_NAMES[key];
  return name.replace(MORIS_PREFIXES[0] ?? '', morisPrefix);
}

export function attributeKey(name: string): AttributeKey | undefined {
  return ALL_ATTRIBUTES.find((key) => ATTRIBUTE_NAMES[key].includes(name));
}
