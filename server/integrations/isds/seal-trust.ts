// Whose seals we believe: certificates that the town has configured, and what their subject must say.
import { readCertificates, type Trust } from '../../platform/cms/certificate-chain.ts';

export interface SealTrust extends Trust {
  /** What the subject of a seal must contain: a public authority seals for others too. */
  readonly sealSubject: string;
}

/** Each text may hold several certificates. Throws on a certificate that cannot be read. */
export const readTrust = (pems: readonly string[], sealSubject: string): SealTrust => ({
  certificates: readCertificates(pems),
  sealSubject,
});
