// Logout begun by NIA (SAML 2.0 core, section 3.7; profiles, section 4.4): its request, signed inside or, as the Redirect binding has it, over the query.
// The answer is ours and signed. Not seen from NIA yet, so both ways are read and nothing unsigned is.
import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SignatureRefused, signEnveloped, verifyEnveloped } from '../xml-signature.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { escapeXml, samlTime } from './authn-request.ts';
import type { NiaSettings } from './config.ts';
import { NAMEID_PERSISTENT, SAML, SAMLP, STATUS_SUCCESS } from './names.ts';
import { NiaRefused, demand } from './refusal.ts';
import { allowOnly, childrenNamed, isElement, textOf, theChild } from './saml-shape.ts';

const SKEW_MS = 60_000;
const MAX_AGE_MS = 10 * 60_000;
const MAX_BYTES = 65_536;
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

export interface LogoutWish {
  readonly id: string;
  readonly nameId: string;
  /** Empty = all sessions of the person. */
  readonly sessionIndexes: readonly string[];
  /** Until when the request could be replayed. */
  readonly until: Date;
}

export interface LogoutMessage {
  /** As it came: query of a Redirect, or the fields of a POST. */
  readonly parameters: URLSearchParams;
  readonly binding: 'redirect' | 'post';
  /** The raw query, byte by byte what a detached signature covers. */
  readonly query: string;
}

/** Throws `NiaRefused`. */
export function readLogoutRequest(message: LogoutMessage, settings: NiaSettings, now: Date): LogoutWish {
  const root = trusted(message, settings);
  demand(isElement(root, SAMLP, 'LogoutRequest'), 'logout-shape');
  allowOnly(root, [`{${SAML}}Issuer`, `{${DSIG}}Signature`, `{${SAML}}NameID`, `{${SAMLP}}SessionIndex`], 'logout-shape');
  demand(root.getAttribute('Version') === '2.0', 'version');
  demand(textOf(theChild(root, SAML, 'Issuer')) === settings.idpEntityId, 'logout-issuer');
  demand(root.getAttribute('Destination') === settings.sloUrl, 'destination');
  const id = root.getAttribute('ID') ?? '';
  demand(/^[A-Za-z_][\w.-]{0,200}$/.test(id), 'logout-shape');
  const issued = new Date(root.getAttribute('IssueInstant') ?? '');
  demand(Math.abs(now.getTime() - issued.getTime() + MAX_AGE_MS / 2) <= MAX_AGE_MS / 2 + SKEW_MS, 'issue-instant');
  const end = root.getAttribute('NotOnOrAfter');
  demand(end === null || new Date(end).getTime() > now.getTime() - SKEW_MS, 'expired');
  const nameId = textOf(theChild(root, SAML, 'NameID'));
  demand(nameId !== '', 'name-id-format');
  const sessionIndexes = childrenNamed(root, SAMLP, 'SessionIndex').map(textOf);
  return { id, nameId, sessionIndexes, until: new Date(issued.getTime() + MAX_AGE_MS + 2 * SKEW_MS) };
}

function trusted(message: LogoutMessage, settings: NiaSettings): Element {
  const { parameters, binding } = message;
  const xml = decode(parameters.get('SAMLRequest') ?? '', binding);
  try {
    const isDetached = binding === 'redirect' && parameters.has('Signature');
    if (isDetached) verifyQuery(message, settings);
    demand(!/<!/.test(xml), 'markup-forbidden');
    const root = parseUntrustedXml(isDetached ? xml : verifyEnveloped(xml, settings.idpCertificatesPem)).documentElement;
    if (root) return root;
  } catch (cause) {
    if (cause instanceof XmlRefused || cause instanceof SignatureRefused) throw new NiaRefused(cause.reason, 'untrusted', { cause });
    throw cause;
  }
  throw new NiaRefused('logout-shape');
}

function decode(encoded: string, binding: 'redirect' | 'post'): string {
  demand(encoded.length <= MAX_BYTES && /^[A-Za-z0-9+/]+={0,2}$/.test(encoded), 'not-base64');
  const bytes = Buffer.from(encoded, 'base64');
  if (binding === 'post') return bytes.toString('utf8');
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8');
  } catch (cause) {
    throw new NiaRefused('not-deflated', 'untrusted', { cause });
  }
}

/** SAML 2.0 bindings, section 3.4.4.1: the signature covers SAMLRequest, RelayState and SigAlg exactly as they were encoded. */
function verifyQuery({ query, parameters }: LogoutMessage, settings: NiaSettings): void {
  for (const name of ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'])
    demand(parameters.getAll(name).length <= 1, 'several-parameters');
  demand(parameters.get('SigAlg') === RSA_SHA256, 'signature-method');
  const raw = new Map(query.split('&').map((pair) => [pair.split('=')[0] ?? '', pair] as const));
  const covered = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) => raw.get(name) ?? []).join('&');
  const signature = Buffer.from(parameters.get('Signature') ?? '', 'base64');
  const isValid = settings.idpCertificatesPem.some((certificate) =>
    createVerify('RSA-SHA256').update(covered).verify(certificate, signature),
  );
  demand(isValid, 'signature-invalid');
}

export function buildLogoutResponse(
  settings: NiaSettings,
  answer: { readonly id: string; readonly inResponseTo: string; readonly issuedAt: Date },
): string {
  const xml =
    `<samlp:LogoutResponse xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="${escapeXml(answer.id)}" Version="2.0" IssueInstant="${samlTime(answer.issuedAt)}"` +
    ` Destination="${escapeXml(settings.ssoUrl)}" InResponseTo="${escapeXml(answer.inResponseTo)}"><saml:Issuer>${escapeXml(settings.entityId)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${STATUS_SUCCESS}"/></samlp:Status></samlp:LogoutResponse>`;
  return signEnveloped(xml, settings);
}

/** The request as the simulated NIA sends it. */
export function buildIdpLogoutRequest(
  key: Parameters<typeof signEnveloped>[1],
  request: {
    readonly id: string;
    readonly issuer: string;
    readonly destination: string;
    readonly nameId: string;
    readonly sessionIndex: string;
    readonly issuedAt: Date;
  },
): string {
  const xml =
    `<samlp:LogoutRequest xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="${escapeXml(request.id)}" Version="2.0" IssueInstant="${samlTime(request.issuedAt)}"` +
    ` Destination="${escapeXml(request.destination)}"><saml:Issuer>${escapeXml(request.issuer)}</saml:Issuer>` +
    `<saml:NameID Format="${NAMEID_PERSISTENT}">${escapeXml(request.nameId)}</saml:NameID>` +
    `<samlp:SessionIndex>${escapeXml(request.sessionIndex)}</samlp:SessionIndex></samlp:LogoutRequest>`;
  return signEnveloped(xml, key);
}
