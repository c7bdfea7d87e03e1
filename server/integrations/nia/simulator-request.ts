// Requests the simulated NIA receives: decoded, their signature checked against the registered certificate, read by exact paths.
import { inflateRawSync } from 'node:zlib';
import { parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { verifyEnveloped } from '../xml-signature.ts';
import { SAML, SAMLP, loaFromUri } from './names.ts';
import type { Loa } from './names.ts';
import { childrenNamed, isElement, textOf, theChild } from './saml-shape.ts';

/** What a town registers with NIA. */
export interface ServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly logoutUrl: string;
  readonly certificatePem: string;
}

export type ReceivedRequest =
  | { readonly kind: 'login'; readonly id: string; readonly entityId: string; readonly loa: Loa; readonly forceAuthn: boolean }
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
  return { kind: 'login', id, entityId, loa: wantedLoa(root), forceAuthn: root.getAttribute('ForceAuthn') === 'true' };
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
