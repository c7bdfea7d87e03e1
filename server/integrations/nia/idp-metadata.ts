// NIA's own metadata (SAML 2.0 metadata, section 2): the signature is verified with pinned certificates, and only the verified bytes, parsed afresh,
// say which keys sign assertions. Never trusted on first sight, never read from KeyInfo of the signature.
import { X509Certificate } from 'node:crypto';
import { SignatureRefused, verifyEnveloped } from '../xml-signature.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import type { NiaSettings } from './config.ts';
import { SAMLP } from './names.ts';
import { NiaRefused, demand } from './refusal.ts';
import { childrenNamed, instant, isElement, textOf, theChild } from './saml-shape.ts';

export const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const MOST_KEYS = 10;
const LEAST_BITS = 2048;

export interface IdpMetadata {
  /** PEM, keys that sign assertions and logouts. At least one. */
  readonly certificatesPem: readonly string[];
  /** From then on nothing in the document holds; null = it does not say. */
  readonly validUntil: Date | null;
  /** Milliseconds for which it may be used without asking again; null = it does not say. */
  readonly cacheMs: number | null;
}

/** Throws `NiaRefused`. Whether it is still valid is the caller's to ask: he knows the time. */
export function readIdpMetadata(xml: string, settings: NiaSettings): IdpMetadata {
  const root = verified(xml, settings.metadataCertificatesPem ?? settings.idpCertificatesPem);
  demand(isElement(root, METADATA, 'EntityDescriptor'), 'metadata-shape');
  demand(root.getAttribute('entityID') === settings.idpEntityId, 'metadata-entity');
  const role = theChild(root, METADATA, 'IDPSSODescriptor');
  demand((role.getAttribute('protocolSupportEnumeration') ?? '').split(/\s+/).includes(SAMLP), 'metadata-protocol');
  const keys = childrenNamed(role, METADATA, 'KeyDescriptor').filter((key) => (key.getAttribute('use') ?? 'signing') === 'signing');
  demand(keys.length <= MOST_KEYS, 'metadata-keys');
  const certificatesPem = [...new Set(keys.map(certificateOf).filter((pem) => pem !== undefined))];
  demand(certificatesPem.length > 0, 'metadata-keys');
  return { certificatesPem, ...lifeOf([root, role]) };
}

function verified(xml: string, certificatesPem: readonly string[]): Element {
  try {
    const root = parseUntrustedXml(verifyEnveloped(xml, certificatesPem)).documentElement;
    if (root) return root;
  } catch (cause) {
    if (cause instanceof XmlRefused || cause instanceof SignatureRefused) throw new NiaRefused(cause.reason, 'untrusted', { cause });
    throw cause;
  }
  throw new NiaRefused('metadata-shape');
}

/** Undefined for a key of a kind that we verify no signature with. */
function certificateOf(key: Element): string | undefined {
  const base64 = textOf(theChild(theChild(theChild(key, DSIG, 'KeyInfo'), DSIG, 'X509Data'), DSIG, 'X509Certificate')).replace(/\s+/g, '');
  demand(/^[A-Za-z0-9+/]{100,20000}={0,2}$/.test(base64), 'metadata-certificate');
  const certificate = parsed(Buffer.from(base64, 'base64'));
  if (certificate.publicKey.asymmetricKeyType !== 'rsa') return undefined;
  demand((certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_BITS, 'metadata-weak-key');
  return certificate.toString();
}

function parsed(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw new NiaRefused('metadata-certificate', 'untrusted', { cause });
  }
}

/** The shortest of what the document and its part for SAML say. */
function lifeOf(elements: readonly Element[]): Pick<IdpMetadata, 'validUntil' | 'cacheMs'> {
  const ends = elements.flatMap((element) => {
    const text = element.getAttribute('validUntil');
    return text === null || text === '' ? [] : [instant(text, 'metadata-times').getTime()];
  });
  const caches = elements.flatMap((element) => {
    const text = element.getAttribute('cacheDuration');
    return text === null || text === '' ? [] : [durationMs(text)];
  });
  return {
    validUntil: ends.length === 0 ? null : new Date(Math.min(...ends)),
    cacheMs: caches.length === 0 ? null : Math.min(...caches),
  };
}

const DAY = 86_400_000;
/** xs:duration (XML Schema 1.0 part 2, section 3.2.6); a month counts as 30 days, a year as 365. */
function durationMs(text: string): number {
  const parts = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/.exec(text);
  const [, years, months, days, hours, minutes, seconds] = (parts ?? []).map((part) => Number(part ?? 0));
  const value =
    ((years ?? 0) * 365 + (months ?? 0) * 30 + (days ?? 0)) * DAY + (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
  demand(parts !== null && value > 0, 'metadata-times');
  return value;
}
