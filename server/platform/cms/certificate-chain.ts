// The chain from a signer to a certificate that is believed (RFC 5280, 6.1, without revocation), and the words in a certificate.
import { X509Certificate } from 'node:crypto';

/** Certificates that somebody has decided to believe: authorities, or the very certificates of signers. */
export interface Trust {
  readonly certificates: readonly X509Certificate[];
}
export type Distrust = 'not-trusted' | 'expired';

const MAX_CHAIN = 5;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Each text may hold several certificates. Throws on a certificate that cannot be read. */
export const readCertificates = (pems: readonly string[]): readonly X509Certificate[] =>
  pems.flatMap((pem) => pem.match(PEM) ?? []).map((pem) => new X509Certificate(pem));

/** Why this signer is not believed at that time; undefined when it is. `certificates` came with the signature and prove nothing by themselves. */
export function distrust(
  { signer, certificates }: { readonly signer: X509Certificate; readonly certificates: readonly X509Certificate[] },
  trust: Trust,
  at: Date,
): Distrust | undefined {
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
