// Messages the simulated NIA sends, in the shape of the real ones (recorded samples of the test environment): signed Response,
// EncryptedAssertion that is itself not signed, base64 XML for addresses. No demo rule lives here, so attacks can be built from it too.
import { createPublicKey, randomUUID } from 'node:crypto';
import xmlEncryption from 'xml-encryption';
import { signEnveloped } from '../xml-signature.ts';
import type { SigningKey } from '../xml-signature.ts';
import { escapeXml, samlTime } from './authn-request.ts';
import type { DemoCitizen } from './demo-citizens.ts';
import type { Asked } from './simulator-request.ts';
import {
  BEARER,
  FORMAT_URI,
  NAMEID_PERSISTENT,
  NIA_ENTITY_ID,
  SAML,
  SAMLP,
  STATUS_ATTRIBUTE,
  STATUS_SUCCESS,
  attributeKey,
  attributeName,
  loaUri,
} from './names.ts';
import type { AttributeKey, Loa } from './names.ts';

export interface AssertionParts {
  readonly id: string;
  readonly issuer: string;
  readonly nameId: string;
  readonly inResponseTo: string;
  readonly recipient: string;
  readonly audience: string;
  readonly issuedAt: Date;
  readonly loa: Loa;
  readonly sessionIndex: string;
  /** Name and value; order is kept. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly method?: string;
}

export function assertionXml(parts: AssertionParts): string {
  const from = parts.issuedAt.toISOString();
  const until = new Date(parts.issuedAt.getTime() + 3_600_000).toISOString();
  const attributes = parts.attributes.map(
    ([name, value]) =>
      `<Attribute Name="${escapeXml(name)}" NameFormat="${FORMAT_URI}"><AttributeValue>${escapeXml(value)}</AttributeValue></Attribute>`,
  );
  return (
    `<Assertion xmlns="${SAML}" ID="${parts.id}" IssueInstant="${from}" Version="2.0"><Issuer>${escapeXml(parts.issuer)}</Issuer>` +
    `<Subject><NameID Format="${NAMEID_PERSISTENT}">${escapeXml(parts.nameId)}</NameID><SubjectConfirmation Method="${parts.method ?? BEARER}">` +
    `<SubjectConfirmationData InResponseTo="${escapeXml(parts.inResponseTo)}" NotOnOrAfter="${until}" Recipient="${escapeXml(parts.recipient)}"/></SubjectConfirmation></Subject>` +
    `<Conditions NotBefore="${from}" NotOnOrAfter="${until}"><AudienceRestriction><Audience>${escapeXml(parts.audience)}</Audience></AudienceRestriction></Conditions>` +
    `<AttributeStatement>${attributes.join('')}</AttributeStatement>` +
    `<AuthnStatement AuthnInstant="${from}" SessionIndex="${parts.sessionIndex}"><AuthnContext><AuthnContextClassRef>${loaUri(parts.loa)}</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>`
  );
}

export interface ResponseParts {
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  readonly inResponseTo: string;
  readonly issuedAt: Date;
  readonly status?: string;
}

/** Unsigned; `content` is what follows Status, normally an EncryptedAssertion. */
export function responseXml(parts: ResponseParts, content: string): string {
  return (
    `<samlp:Response xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="${parts.id}" Version="2.0" IssueInstant="${samlTime(parts.issuedAt)}"` +
    ` Destination="${escapeXml(parts.destination)}" InResponseTo="${escapeXml(parts.inResponseTo)}"><saml:Issuer>${escapeXml(parts.issuer)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${parts.status ?? STATUS_SUCCESS}"/></samlp:Status>${content}</samlp:Response>`
  );
}

/** aes256-cbc under rsa-oaep-mgf1p, as NIA does it. */
export async function encryptedAssertion(assertion: string, recipientCertificatePem: string): Promise<string> {
  const publicKey = createPublicKey(recipientCertificatePem).export({ type: 'spki', format: 'pem' }) as string;
  const data = await new Promise<string>((resolve, reject) => {
    xmlEncryption.encrypt(
      assertion,
      {
        rsa_pub: publicKey,
        pem: recipientCertificatePem,
        encryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
        keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
        disallowEncryptionWithInsecureAlgorithm: false,
        warnInsecureAlgorithm: false,
      },
      (cause: Error | null, text) => (cause ? reject(cause) : resolve(text)),
    );
  });
  return `<EncryptedAssertion xmlns="${SAML}">${data.replace(/>\s+</g, '><').trim()}</EncryptedAssertion>`;
}

export interface AnswerInput {
  readonly serviceProvider: { readonly entityId: string; readonly acsUrl: string; readonly certificatePem: string };
  readonly inResponseTo: string;
  readonly pseudonym: string;
  readonly sessionIndex: string;
  /** Undefined = the person did not log in. */
  readonly citizen: DemoCitizen | undefined;
  readonly asked?: Asked;
  readonly now: Date;
}

/** The whole signed response to a login, base64 as it is posted. */
export async function answerLogin(input: AnswerInput, key: SigningKey): Promise<string> {
  const { serviceProvider, inResponseTo, citizen, now } = input;
  const assertion = assertionXml({
    id: `_${randomUUID()}`,
    issuer: NIA_ENTITY_ID,
    nameId: input.pseudonym,
    inResponseTo,
    recipient: serviceProvider.acsUrl,
    audience: serviceProvider.entityId,
    issuedAt: now,
    loa: citizen?.loa ?? 'low',
    sessionIndex: input.sessionIndex,
    attributes: citizen
      ? [...citizenAttributes(citizen, input.pseudonym), ...extraAttributes(citizen, input.asked, now)]
      : [[STATUS_ATTRIBUTE, 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed']],
  });
  const encrypted = await encryptedAssertion(assertion, serviceProvider.certificatePem);
  const parts = { id: `_${randomUUID()}`, issuer: NIA_ENTITY_ID, destination: serviceProvider.acsUrl, inResponseTo, issuedAt: now };
  return Buffer.from(signEnveloped(responseXml(parts, encrypted), key), 'utf8').toString('base64');
}

/** Only what was asked for. The number of the document is made up. */
function extraAttributes(citizen: DemoCitizen, asked: Asked | undefined, now: Date): readonly (readonly [string, string])[] {
  const age = Math.floor(
    (Number(now.toISOString().slice(0, 10).replaceAll('-', '')) - Number(citizen.birthDate.replaceAll('-', ''))) / 10_000,
  );
  const known: Readonly<Partial<Record<AttributeKey, string>>> = {
    countryOfBirth: 'CZ',
    age: String(age),
    isAgeOver: String(age >= (asked?.ageOver ?? 18)),
    idType: 'ID',
    idNumber: `9990${citizen.houseNumber.padStart(5, '0')}`,
  };
  return (asked?.names ?? []).flatMap((name) => {
    const key = attributeKey(name);
    const value = key && known[key];
    return value === undefined ? [] : [[name, value] as const];
  });
}

/** Names in capitals, as NIA delivers them from the register. */
export function citizenAttributes(citizen: DemoCitizen, pseudonym: string): readonly (readonly [string, string])[] {
  const upper = (text: string): string => text.toLocaleUpperCase('cs');
  return [
    [attributeName('familyName'), upper(citizen.familyName)],
    [attributeName('givenName'), upper(citizen.givenName)],
    [attributeName('birthDate'), citizen.birthDate],
    [attributeName('placeOfBirth'), citizen.placeOfBirth],
    [attributeName('personIdentifier'), pseudonym],
    [attributeName('currentAddress'), base64(addressXml(citizen))],
    [attributeName('addressCodes'), base64(addressCodesXml(citizen))],
    [attributeName('email'), citizen.email ?? ''],
    [attributeName('phone'), citizen.phone ?? ''],
  ];
}

function addressXml(citizen: DemoCitizen): string {
  const locator = citizen.orientationNumber ? `${citizen.houseNumber}/${citizen.orientationNumber}` : citizen.houseNumber;
  return (
    `<CurrentAddress><LocatorDesignator>${locator}</LocatorDesignator><CvaddressArea>${escapeXml(citizen.cityPart)}</CvaddressArea>` +
    `<Thoroughfare>${escapeXml(citizen.street)}</Thoroughfare><PostName>${escapeXml(citizen.city)}</PostName><PostCode>${citizen.postCode}</PostCode></CurrentAddress>`
  );
}

/** Codes are made up: the town does not exist, so neither does its code. */
function addressCodesXml(citizen: DemoCitizen): string {
  const orientation = citizen.orientationNumber ? `<cisloOrientacni>${citizen.orientationNumber}</cisloOrientacni>` : '';
  return (
    `<TRadresaID><okresKod>9990</okresKod><obecKod>${citizen.postCode === '56299' ? '999901' : '999902'}</obecKod><postaKod>${citizen.postCode}</postaKod>` +
    `<cisloDomovni>${citizen.houseNumber}</cisloDomovni>${orientation}</TRadresaID>`
  );
}

function base64(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64');
}

/** As recorded from the test environment: not signed, default namespace. */
export function logoutResponse(input: { readonly inResponseTo: string; readonly destination: string; readonly now: Date }): string {
  const xml =
    `<LogoutResponse xmlns="${SAMLP}" ID="_${randomUUID()}" Version="2.0" IssueInstant="${samlTime(input.now)}" InResponseTo="${escapeXml(input.inResponseTo)}"` +
    ` Destination="${escapeXml(input.destination)}"><Issuer xmlns="${SAML}">${NIA_ENTITY_ID}</Issuer><Status><StatusCode Value="${STATUS_SUCCESS}"/></Status></LogoutResponse>`;
  return base64(xml);
}
