// Keys and certificates (RFC 5280) of simulated authorities: Node makes keys but no certificates, and a demonstration must not need openssl.
import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { der, derInteger, derObjectId, derUtcTime, tags } from './ber.ts';
import { objectIds } from './signed-data.ts';

export interface KeyPair {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

export interface NewCertificate {
  /** Common name of the subject. */
  readonly name: string;
  /** PEM of the private key of the subject. */
  readonly key: string;
  readonly issuer: { readonly name: string; readonly key: string };
  readonly extensions: readonly Buffer[];
  readonly at: Date;
}

const YEAR = 31_557_600_000;
export const TRUE = der(tags.boolean, Buffer.of(0xff));
export const ECDSA = der(tags.sequence, derObjectId(objectIds.ecdsaWithSha256));

/** PEM. Version 3, ten years, from a year before: the clock of the simulated world may stand anywhere near. */
export function issueCertificate({ name, key, issuer, extensions, at }: NewCertificate): string {
  const body = der(
    tags.sequence,
    der(tags.context0, derInteger(2)),
    derInteger(serialNumber()),
    ECDSA,
    commonName(issuer.name),
    der(tags.sequence, derUtcTime(new Date(at.getTime() - YEAR)), derUtcTime(new Date(at.getTime() + 10 * YEAR))),
    commonName(name),
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    der(0xa3, der(tags.sequence, ...extensions)),
  );
  const signature = der(tags.bitString, Buffer.of(0), sign('sha256', body, issuer.key));
  const lines =
    der(tags.sequence, body, ECDSA, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** A key on the curve P-256, PEM. */
export function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** An authority that has issued its certificate to itself. */
export function makeAuthority(name: string, at: Date): KeyPair {
  const key = newKey();
  const extensions = [extension('2.5.29.19', true, der(tags.sequence, TRUE)), keyUsage(0x06)];
  return { privateKeyPem: key, certificatePem: issueCertificate({ name, key, issuer: { name, key }, extensions, at }) };
}

/** A key and certificate for TLS on both ends. `name` may be an address of IPv4; another name stands for this machine. */
export function makeTlsKey(name: string, authority: { readonly name: string; readonly privateKeyPem: string }, at: Date): KeyPair {
  const key = newKey();
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const subject = isAddress ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from('localhost'));
  const issuer = { name: authority.name, key: authority.privateKeyPem };
  const extensions = [keyUsage(0xc0), extension('2.5.29.17', false, der(tags.sequence, subject))];
  return { privateKeyPem: key, certificatePem: issueCertificate({ name, key, issuer, extensions, at }) };
}

export function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  return der(tags.sequence, derObjectId(id), ...(isCritical ? [TRUE] : []), der(tags.octetString, value));
}

/** The last bit used decides how many are unused. */
export function keyUsage(bits: number): Buffer {
  const unused = Math.log2(bits & -bits);
  return extension('2.5.29.15', true, der(tags.bitString, Buffer.of(unused, bits)));
}

export function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive and of full length
  return serial;
}

function commonName(name: string): Buffer {
  return der(tags.sequence, der(tags.set, der(tags.sequence, derObjectId('2.5.4.3'), der(tags.utf8, Buffer.from(name, 'utf8')))));
}
