// The policy for a response of NIA, rule by rule in this order: bytes, signature, response, decryption, assertion.
// Identity is read only from verified bytes parsed afresh. Every refusal has its own code. SAML 2.0 profiles, section 4.1.4.3.
import { SignatureRefused, verifyEnveloped } from '../xml-signature.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import type { NiaSettings } from './config.ts';
import { decryptAssertion } from './decrypt-assertion.ts';
import { BEARER, NAMEID_PERSISTENT, SAML, SAMLP, STATUS_SUCCESS, isLoaEnough, loaFromUri } from './names.ts';
import type { Loa } from './names.ts';
import { NiaRefused, demand } from './refusal.ts';
import { allowOnly, childrenNamed, elementsOf, instant, isElement, textOf, theChild } from './saml-shape.ts';

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const SKEW_MS = 60_000;
/** A response that lay somewhere longer than a login may take is not accepted. */
const MAX_AGE_MS = 10 * 60_000;

export interface ExpectedResponse {
  readonly inResponseTo: string;
  readonly loa: Loa;
  readonly now: Date;
}

/** What the policy has established about an assertion; attributes are read from `assertion` afterwards. */
export interface AcceptedAssertion {
  readonly assertion: Element;
  readonly assertionId: string;
  readonly nameId: string;
  readonly sessionIndex: string;
  readonly notOnOrAfter: Date;
  /** Called after the attributes: a failed login names no real level. */
  requireLoa(): Loa;
}

export async function readResponse(base64: string, settings: NiaSettings, expected: ExpectedResponse): Promise<AcceptedAssertion> {
  const response = verified(decodeBase64(base64), settings);
  demand(isElement(response, SAMLP, 'Response'), 'response-shape');
  checkResponse(response, settings, expected);
  const [encrypted, ...more] = childrenNamed(response, SAML, 'EncryptedAssertion');
  demand(more.length === 0, 'several-assertions');
  demand(encrypted !== undefined, 'no-assertion');
  const text = await decryptAssertion(encrypted, settings.privateKeyPem);
  demand(!/<!/.test(text), 'markup-forbidden');
  const assertion = readAssertion(text, settings);
  return checkAssertion(assertion, settings, expected);
}

function decodeBase64(base64: string): string {
  demand(base64.length <= 400_000, 'too-large');
  const compact = base64.replace(/\s+/g, '');
  demand(compact !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(compact), 'not-base64');
  return Buffer.from(compact, 'base64').toString('utf8');
}

/** The signed root, parsed from the signed bytes. */
function verified(xml: string, settings: NiaSettings): Element {
  try {
    const root = parseUntrustedXml(verifyEnveloped(xml, settings.idpCertificatesPem)).documentElement;
    if (root) return root;
  } catch (cause) {
    throw refusalFrom(cause);
  }
  throw new NiaRefused('response-shape');
}

function readAssertion(text: string, settings: NiaSettings): Element {
  try {
    const root = parseUntrustedXml(text).documentElement;
    demand(isElement(root, SAML, 'Assertion'), 'assertion-shape');
    // NIA does not sign the assertion itself. Should it begin to, that signature must hold too.
    if (childrenNamed(root, DSIG, 'Signature').length > 0) return verified(text, settings);
    return root;
  } catch (cause) {
    throw refusalFrom(cause);
  }
}

function refusalFrom(cause: unknown): unknown {
  if (cause instanceof XmlRefused || cause instanceof SignatureRefused) return new NiaRefused(cause.reason, 'untrusted', { cause });
  return cause;
}

function checkResponse(response: Element, settings: NiaSettings, expected: ExpectedResponse): void {
  demand(childrenNamed(response, SAML, 'Assertion').length === 0, 'assertion-not-encrypted');
  allowOnly(response, [`{${SAML}}Issuer`, `{${SAMLP}}Status`, `{${SAML}}EncryptedAssertion`], 'response-shape');
  demand(response.getAttribute('Version') === '2.0', 'version');
  demand(textOf(theChild(response, SAML, 'Issuer')) === settings.idpEntityId, 'response-issuer');
  demand(response.getAttribute('Destination') === settings.acsUrl, 'destination');
  demand(response.getAttribute('InResponseTo') === expected.inResponseTo, 'in-response-to');
  checkFreshness(instant(response.getAttribute('IssueInstant'), 'issue-instant'), expected.now);
  const status = theChild(theChild(response, SAMLP, 'Status'), SAMLP, 'StatusCode');
  if (status.getAttribute('Value') === STATUS_SUCCESS) return;
  const reason = elementsOf(status)[0]?.getAttribute('Value')?.split(':').at(-1);
  throw new NiaRefused(reason === 'AuthnFailed' ? 'authn-failed' : 'status-not-success', 'cancelled');
}

function checkFreshness(issued: Date, now: Date): void {
  demand(issued.getTime() <= now.getTime() + SKEW_MS, 'issued-in-future');
  demand(issued.getTime() > now.getTime() - MAX_AGE_MS - SKEW_MS, 'issued-too-long-ago');
}

function checkAssertion(assertion: Element, settings: NiaSettings, expected: ExpectedResponse): AcceptedAssertion {
  const parts = ['Issuer', 'Subject', 'Conditions', 'AttributeStatement', 'AuthnStatement'].map((name) => `{${SAML}}${name}`);
  allowOnly(assertion, parts, 'assertion-shape');
  demand(assertion.getAttribute('Version') === '2.0', 'version');
  const assertionId = assertion.getAttribute('ID') ?? '';
  demand(assertionId !== '', 'assertion-shape');
  demand(textOf(theChild(assertion, SAML, 'Issuer')) === settings.idpEntityId, 'assertion-issuer');
  const subject = theChild(assertion, SAML, 'Subject');
  const nameId = theChild(subject, SAML, 'NameID');
  demand(nameId.getAttribute('Format') === NAMEID_PERSISTENT && textOf(nameId) !== '', 'name-id-format');
  const confirmedUntil = checkConfirmation(subject, settings, expected);
  checkConditions(theChild(assertion, SAML, 'Conditions'), settings, expected.now);
  const statement = theChild(assertion, SAML, 'AuthnStatement');
  checkFreshAuthentication(statement, expected.now);
  const sessionIndex = statement.getAttribute('SessionIndex') ?? '';
  demand(sessionIndex !== '', 'session-index');
  const requireLoa = (): Loa => {
    const loa = loaFromUri(textOf(theChild(theChild(statement, SAML, 'AuthnContext'), SAML, 'AuthnContextClassRef')));
    demand(loa !== undefined, 'loa-unknown');
    demand(isLoaEnough(loa, expected.loa), 'loa-too-low');
    return loa;
  };
  return { assertion, assertionId, nameId: textOf(nameId), sessionIndex, notOnOrAfter: confirmedUntil, requireLoa };
}

/** SAML profiles, section 4.1.4.2: bearer only, for us, now, for the request we sent. */
function checkConfirmation(subject: Element, settings: NiaSettings, expected: ExpectedResponse): Date {
  allowOnly(subject, [`{${SAML}}NameID`, `{${SAML}}SubjectConfirmation`], 'subject-shape');
  const confirmation = theChild(subject, SAML, 'SubjectConfirmation');
  demand(confirmation.getAttribute('Method') === BEARER, 'not-bearer');
  const data = theChild(confirmation, SAML, 'SubjectConfirmationData');
  demand(elementsOf(confirmation).length === 1 && elementsOf(data).length === 0, 'not-bearer');
  demand(data.getAttribute('Recipient') === settings.acsUrl, 'recipient');
  demand(data.getAttribute('InResponseTo') === expected.inResponseTo, 'subject-in-response-to');
  const until = instant(data.getAttribute('NotOnOrAfter'), 'confirmation-times');
  demand(until.getTime() > expected.now.getTime() - SKEW_MS, 'confirmation-expired');
  return until;
}

function checkConditions(conditions: Element, settings: NiaSettings, now: Date): void {
  allowOnly(conditions, [`{${SAML}}AudienceRestriction`, `{${SAML}}OneTimeUse`], 'conditions-shape');
  const from = instant(conditions.getAttribute('NotBefore'), 'conditions-times');
  const until = instant(conditions.getAttribute('NotOnOrAfter'), 'conditions-times');
  demand(from.getTime() <= now.getTime() + SKEW_MS, 'not-yet-valid');
  demand(until.getTime() > now.getTime() - SKEW_MS, 'expired');
  const audiences = elementsOf(theChild(conditions, SAML, 'AudienceRestriction'));
  demand(audiences.length === 1 && isElement(audiences[0], SAML, 'Audience'), 'audience');
  demand(textOf(audiences[0]) === settings.entityId, 'audience');
}

function checkFreshAuthentication(statement: Element, now: Date): void {
  const authenticated = instant(statement.getAttribute('AuthnInstant'), 'authn-instant');
  demand(authenticated.getTime() <= now.getTime() + SKEW_MS, 'authn-instant');
}
