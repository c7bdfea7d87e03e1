// The seal of the simulated ISDS: its own authority, seal and time stamps (RFC 5280, 5652, 3161), made at first start. Nobody outside trusts them.
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { der, derInteger, derObjectId, derSet, derUtcTime, readBer, tags } from '../../platform/cms/ber.ts';
import { objectIds } from '../../platform/cms/signed-data.ts';

/** Kept in the simulator's journal. */
export interface SealKeys {
  readonly authority: KeyPair;
  readonly seal: KeyPair;
  readonly timeStamps: KeyPair;
}

export interface KeyPair {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

export interface Seal {
  /** PEM; the town that trusts it believes what the simulator seals. */
  readonly authorityPem: string;
  /** CMS SignedData over the content, CAdES-T where stamped: a .zfo. */
  sign(content: Buffer, at: Date, isStamped: boolean): Buffer;
  /** RFC 3161 token over a SHA-256. */
  stamp(hash: Buffer, at: Date): Buffer;
}

const AUTHORITY = 'Autorita simulátoru datových schránek';
const YEAR = 31_557_600_000;

export function makeSealKeys(at: Date): SealKeys {
  const authority = newKey();
  const issuer = { name: AUTHORITY, key: authority };
  const issue = (name: string, key: string, extensions: readonly Buffer[]): KeyPair => ({
    privateKeyPem: key,
    certificatePem: certificate({ name, key, issuer, extensions, at }),
  });
  return {
    authority: issue(issuer.name, authority, [extension('2.5.29.19', true, der(tags.sequence, TRUE)), keyUsage(0x06)]),
    seal: issue('Informační systém datových schránek - simulátor', newKey(), [keyUsage(0xc0)]),
    timeStamps: issue('Časová razítka simulátoru datových schránek', newKey(), [
      keyUsage(0xc0),
      extension('2.5.29.37', true, der(tags.sequence, derObjectId('1.3.6.1.5.5.7.3.8'))),
    ]),
  };
}

/** A key and certificate under an authority of the simulator, for TLS on both ends. `name` may be an address of IPv4. */
export function makeTlsKey(name: string, authority: KeyPair, at: Date): KeyPair {
  const key = newKey();
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const subject = isAddress ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from('localhost'));
  const issuer = { name: AUTHORITY, key: authority.privateKeyPem };
  const extensions = [keyUsage(0xc0), extension('2.5.29.17', false, der(tags.sequence, subject))];
  return { privateKeyPem: key, certificatePem: certificate({ name, key, issuer, extensions, at }) };
}

export function createSeal(keys: SealKeys): Seal {
  const stamp = (hash: Buffer, at: Date): Buffer =>
    signedData(keys.timeStamps, {
      contentType: objectIds.timeStampInfo,
      content: timeStampInfo(hash, at),
      at,
      certificates: [keys.authority],
    });
  return {
    authorityPem: keys.authority.certificatePem,
    stamp,
    sign: (content, at, isStamped) =>
      signedData(keys.seal, {
        contentType: objectIds.data,
        content,
        at,
        certificates: [],
        ...(isStamped ? { stampOver: (signature: Buffer) => stamp(sha256(signature), at) } : {}),
      }),
  };
}

const TRUE = der(tags.boolean, Buffer.of(0xff));
const SHA256 = der(tags.sequence, derObjectId(objectIds.sha256));
const ECDSA = der(tags.sequence, derObjectId(objectIds.ecdsaWithSha256));

interface ToSign {
  readonly contentType: string;
  readonly content: Buffer;
  readonly at: Date;
  readonly certificates: readonly KeyPair[];
  readonly stampOver?: (signature: Buffer) => Buffer;
}

function signedData(signer: KeyPair, given: ToSign): Buffer {
  const certificate = derOf(signer);
  const attributes = [
    attribute(objectIds.contentType, derObjectId(given.contentType)),
    attribute(objectIds.signingTime, derUtcTime(given.at)),
    attribute(objectIds.messageDigest, der(tags.octetString, sha256(given.content))),
    attribute(
      objectIds.signingCertificateV2,
      der(tags.sequence, der(tags.sequence, der(tags.sequence, der(tags.octetString, sha256(certificate))))),
    ),
  ];
  const signature = sign('sha256', derSet(attributes), signer.privateKeyPem);
  const body = readBer(certificate).children[0];
  const stamp = given.stampOver?.(signature);
  const signerInfo = der(
    tags.sequence,
    derInteger(1),
    der(tags.sequence, body?.children[3]?.bytes ?? Buffer.alloc(0), body?.children[1]?.bytes ?? Buffer.alloc(0)),
    SHA256,
    derSet(attributes, tags.context0),
    ECDSA,
    der(tags.octetString, signature),
    ...(stamp ? [der(tags.context1, attribute(objectIds.signatureTimeStamp, stamp))] : []),
  );
  const content = der(tags.context0, der(tags.octetString, given.content));
  const inside = der(
    tags.sequence,
    derInteger(given.contentType === objectIds.data ? 1 : 3),
    der(tags.set, SHA256),
    der(tags.sequence, derObjectId(given.contentType), content),
    derSet([certificate, ...given.certificates.map(derOf)], tags.context0),
    der(tags.set, signerInfo),
  );
  return der(tags.sequence, derObjectId(objectIds.signedData), der(tags.context0, inside));
}

function timeStampInfo(hash: Buffer, at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return der(
    tags.sequence,
    derInteger(1),
    derObjectId('1.3.6.1.4.1.99999.1'),
    der(tags.sequence, SHA256, der(tags.octetString, hash)),
    derInteger(serialNumber()),
    der(tags.generalizedTime, Buffer.from(`${digits}Z`)),
  );
}

interface NewCertificate {
  readonly name: string;
  readonly key: string;
  readonly issuer: { readonly name: string; readonly key: string };
  readonly extensions: readonly Buffer[];
  readonly at: Date;
}

/** Version 3, ten years, from a year before: the clock of the world may stand anywhere near. */
function certificate({ name, key, issuer, extensions, at }: NewCertificate): string {
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

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function commonName(name: string): Buffer {
  return der(tags.sequence, der(tags.set, der(tags.sequence, derObjectId('2.5.4.3'), der(tags.utf8, Buffer.from(name, 'utf8')))));
}

function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  return der(tags.sequence, derObjectId(id), ...(isCritical ? [TRUE] : []), der(tags.octetString, value));
}

/** The last bit used decides how many are unused. */
function keyUsage(bits: number): Buffer {
  const unused = Math.log2(bits & -bits);
  return extension('2.5.29.15', true, der(tags.bitString, Buffer.of(unused, bits)));
}

function attribute(id: string, value: Buffer): Buffer {
  return der(tags.sequence, derObjectId(id), der(tags.set, value));
}

function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive and of full length
  return serial;
}

function derOf({ certificatePem }: KeyPair): Buffer {
  return Buffer.from(certificatePem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
