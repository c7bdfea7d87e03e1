// A self-signed X.509 certificate (RFC 5280, section 4.1) written as DER by hand: Node makes keys but no certificates, and the
// demo must not need openssl. Only for keys that the demo makes for itself.
import { createPublicKey, randomBytes, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const OID_COMMON_NAME = '2.5.4.3';
const OID_SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

/** PEM. Valid from a day before `from` for ten years. */
export function selfSignedCertificate(privateKeyPem: string, commonName: string, from: Date): string {
  const algorithm = der(SEQUENCE, objectId(OID_SHA256_WITH_RSA), der(0x05));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, objectId(OID_COMMON_NAME), der(0x0c, Buffer.from(commonName, 'utf8')))));
  const notBefore = new Date(from.getTime() - 86_400_000);
  const notAfter = new Date(from);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + 10);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive and of full length
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, serial),
    algorithm,
    name,
    der(SEQUENCE, certificateTime(notBefore), certificateTime(notAfter)),
    name,
    createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKeyPem);
  const certificate = der(SEQUENCE, body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = Buffer.from(value.length.toString(16).padStart(value.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}

/** RFC 5280 wants UTCTime until 2049 and GeneralizedTime from 2050. */
function certificateTime(instant: Date): Buffer {
  const digits = instant.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return instant.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(`${digits.slice(2)}Z`, 'ascii'))
    : der(0x18, Buffer.from(`${digits}Z`, 'ascii'));
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const groups = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
  return groups;
}
