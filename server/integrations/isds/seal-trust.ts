// Whose seals we believe: certificates that the town has configured, and the chain from a signer to one of them (RFC 5280, 6.1, without revocation).
import { X509Certificate } from 'node:crypto';
import type { SignedData } from './signed-data.ts';

export interface SealTrust {
  /** Authorities, or the very certificates of the seal. */
  readonly certificates: readonly X509Certificate[];
  /** What the subject of a seal must contain: a public authority seals for others too. */
  readonly sealSubject: string;
}

const MAX_CHAIN = 5;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Each text may hold several certificates. Throws on a certificate that cannot be read. */
export function readTrust(pems: readonly string[], sealSubject: string): SealTrust {
  const certificates = pems.flatMap((pem) => pem.match(PEM) ?? []).map((pem) => new X509Certificate(pem));
  return { certificates, sealSubject };
}

export type Distrust = 'not-trusted' | 'expired';

/** Why this signer is not believed at that time; undefined when it is. */
export function distrust({ signer, certificates }: SignedData, trust: SealTrust, at: Date): Distrust | undefined {
  let current = signer;
  for (let length = 0; length < MAX_CHAIN; length += 1) {
    if (!isValidAt(current, at)) return 'expired';
    if (trust.certificates.some((trusted) => trusted.raw.equals(current.raw))) return undefined;
    const issuer = [...trust.certificates, ...certificates].find((candidate) => hasIssued(candidate, current));
    if (!issuer) return 'not-trusted';
    current = issuer;
  }
  return 'not-trusted';
}

/** A subject of X.509 as one readable name. */
export function nameOf(certificate: X509Certificate): string {
  const parts = new Map(certificate.subject.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]));
  return parts.get('CN') ?? parts.get('O') ?? certificate.subject.replaceAll('\n', ', ');
}

function isValidAt(certificate: X509Certificate, at: Date): boolean {
  return new Date(certificate.validFrom) <= at && at <= new Date(certificate.validTo);
}

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  if (!issuer.ca || issuer.raw.equals(certificate.raw) || !certificate.checkIssued(issuer)) return false;
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
