// AuthnRequest as NIA wants it: signed inside the XML even with the Redirect binding, elements in the order of the SAML schema,
// eIDAS extensions with the attributes we ask for.
import { deflateRawSync } from 'node:zlib';
import { signEnveloped } from '../xml-signature.ts';
import type { NiaSettings } from './config.ts';
import {
  ALL_ATTRIBUTES,
  EIDAS,
  EXTRA_ATTRIBUTES,
  FORMAT_URI,
  NAMEID_PERSISTENT,
  REQUIRED_ATTRIBUTES,
  SAML,
  SAMLP,
  attributeName,
  loaUri,
} from './names.ts';
import type { AttributeKey, Loa } from './names.ts';

export interface AuthnRequestInput {
  /** Random NCName; comes back as InResponseTo. */
  readonly id: string;
  readonly loa: Loa;
  readonly forceAuthn?: boolean;
  readonly issuedAt: Date;
}

export function buildAuthnRequest(settings: NiaSettings, input: AuthnRequestInput): string {
  const wanted = ALL_ATTRIBUTES.filter((key) => isAsked(key, settings));
  const attributes = wanted.map((key) => {
    const name = escapeXml(attributeName(key, settings.morisPrefix));
    const head = `<eidas:RequestedAttribute Name="${name}" isRequired="${String(REQUIRED_ATTRIBUTES.includes(key))}" NameFormat="${FORMAT_URI}"`;
    if (key !== 'isAgeOver') return `${head}/>`;
    return `${head}><eidas:AttributeValue>${String(settings.ageOver)}</eidas:AttributeValue></eidas:RequestedAttribute>`;
  });
  const xml =
    `<samlp:AuthnRequest xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="${escapeXml(input.id)}" Version="2.0" IssueInstant="${samlTime(input.issuedAt)}"` +
    ` Destination="${escapeXml(settings.ssoUrl)}"${input.forceAuthn ? ' ForceAuthn="true"' : ''} AssertionConsumerServiceURL="${escapeXml(settings.acsUrl)}">` +
    `<saml:Issuer>${escapeXml(settings.entityId)}</saml:Issuer>` +
    `<samlp:Extensions><eidas:SPType xmlns:eidas="${EIDAS}">public</eidas:SPType>` +
    `<eidas:RequestedAttributes xmlns:eidas="${EIDAS}">${attributes.join('')}</eidas:RequestedAttributes></samlp:Extensions>` +
    `<samlp:NameIDPolicy Format="${NAMEID_PERSISTENT}" AllowCreate="true"/>` +
    `<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>${loaUri(input.loa)}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>` +
    `</samlp:AuthnRequest>`;
  return signEnveloped(xml, settings);
}

function isAsked(key: AttributeKey, { ageOver, moreAttributes }: NiaSettings): boolean {
  if (key === 'isAgeOver') return ageOver !== undefined;
  return !EXTRA_ATTRIBUTES.includes(key) || moreAttributes.some((asked) => asked === key);
}

/** Where to send the browser: an address to redirect to, or a form to post. */
export type Departure =
  | { readonly binding: 'redirect'; readonly url: string }
  | { readonly binding: 'post'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

/** SAML bindings, sections 3.4 (Redirect: raw DEFLATE, base64) and 3.5 (POST: base64). */
export function departWith(message: string, settings: NiaSettings, relayState: string | undefined): Departure {
  const relay = relayState === undefined ? {} : { RelayState: relayState };
  if (settings.binding === 'post') {
    return { binding: 'post', action: settings.ssoUrl, fields: { SAMLRequest: Buffer.from(message, 'utf8').toString('base64'), ...relay } };
  }
  return { binding: 'redirect', url: redirectUrl(settings.ssoUrl, message, relayState) };
}

export function redirectUrl(target: string, message: string, relayState?: string, parameter = 'SAMLRequest'): string {
  const url = new URL(target);
  url.searchParams.set(parameter, deflateRawSync(Buffer.from(message, 'utf8')).toString('base64'));
  if (relayState !== undefined) url.searchParams.set('RelayState', relayState);
  return url.href;
}

export function samlTime(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
