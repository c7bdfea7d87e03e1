// Requests the simulated NIA receives: decoded, their signature checked against the registered certificate, read by exact paths.
import { inflateRawSync } from 'node:zlib';
import { parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { verifyEnveloped } from '../xml-signature.ts';
import { EIDAS, SAML, SAMLP, loaFromUri } from './names.ts';
import type { Loa } from './names.ts';
import { childrenNamed, isElement, textOf, theChild } from './saml-shape.ts';

/** What a town registers with NIA. */
export interface ServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly logoutUrl: string;
  /** Takes logouts that NIA began; absent = is not told. */
  readonly sloUrl?: string;
  readonly certificatePem: string;
}

/** Names of the attributes asked for beyond the usual ones, and the age of isAgeOver. */
export interface Asked {
  readonly names: readonly string[];
  readonly ageOver?: number;
}

export type ReceivedRequest =
  | {
      readonly kind: 'login';
      readonly id: string;
      readonly entityId: string;
      readonly loa: Loa;
      readonly forceAuthn: boolean;
      readonly asked: Asked;
    }
  | { readonly kind: 'logout'; readonly id: string; readonly entityId: string; readonly nameId: string; readonly sessionIndex: string };

/** Throws for anything unsigned, unregistered or malformed. */
export function readRequest(encoded: string, binding: 'redirect' | 'post', registered: readonly ServiceProvider[]): ReceivedRequest {
  const bytes = Buffer.from(encoded, 'base64');
  const xml = (binding === 'redirect' ? inflateRawSync(bytes, { maxOutputLength: 262_144 }) : bytes).toString('utf8');
  const claimed = textOf(theChild(rootOf(xml), SAML, 'Issuer'));
  const provider = registered.find((candidate) => candidate.entityId === claimed);
  if (!provider) throw new Error('service provider is not registered');
  const root = rootOf(verifyEnveloped(xml, [provider.certificatePem]));
  const id = root.getAttribute('ID') ?? '';
  const entityId = textOf(theChild(root, SAML, 'Issuer'));
  const isA = (name: string): boolean => isElement(root, SAMLP, name);
  if (isA('LogoutRequest')) {
    const nameId = textOf(theChild(root, SAML, 'NameID'));
    return { kind: 'logout', id, entityId, nameId, sessionIndex: textOf(theChild(root, SAMLP, 'SessionIndex')) };
  }
  if (!isA('AuthnRequest')) throw new Error('neither AuthnRequest nor LogoutRequest');
  if (root.getAttribute('AssertionConsumerServiceURL') !== provider.acsUrl) throw new Error('assertion consumer service is not registered');
  return {
    kind: 'login',
    id,
    entityId,
    loa: wantedLoa(root),
    forceAuthn: root.getAttribute('ForceAuthn') === 'true',
    asked: askedFor(root),
  };
}

function askedFor(root: Element): Asked {
  const [extensions] = childrenNamed(root, SAMLP, 'Extensions');
  const [list] = extensions ? childrenNamed(extensions, EIDAS, 'RequestedAttributes') : [];
  const asked = list ? childrenNamed(list, EIDAS, 'RequestedAttribute') : [];
  const ages = asked.flatMap((one) => childrenNamed(one, EIDAS, 'AttributeValue').map((value) => Number(textOf(value))));
  const [ageOver] = ages.filter(Number.isInteger);
  return { names: asked.map((one) => one.getAttribute('Name') ?? ''), ...(ageOver === undefined ? {} : { ageOver }) };
}

function wantedLoa(root: Element): Loa {
  const [context] = childrenNamed(root, SAMLP, 'RequestedAuthnContext');
  return (context && loaFromUri(textOf(theChild(context, SAML, 'AuthnContextClassRef')))) ?? 'low';
}

function rootOf(xml: string): Element {
  const root = parseUntrustedXml(xml).documentElement;
  if (!root) throw new Error('empty message');
  return root;
}
