// The seal of the simulated ISDS: its own authority, seal and time stamps (RFC 5280, 5652, 3161), made at first start. Nobody outside trusts them.
import { der, derInteger, derObjectId, tags } from '../../platform/cms/ber.ts';
import {
  extension,
  issueCertificate,
  keyUsage,
  makeAuthority,
  makeTlsKey as issueTlsKey,
  newKey,
  serialNumber,
  type KeyPair,
} from '../../platform/cms/issue-certificate.ts';
import { objectIds } from '../../platform/cms/signed-data.ts';
import { SHA256, sha256, writeSignedData } from '../../platform/cms/write-signed-data.ts';

export type { KeyPair } from '../../platform/cms/issue-certificate.ts';

/** Kept in the simulator's journal. */
export interface SealKeys {
  readonly authority: KeyPair;
  readonly seal: KeyPair;
  readonly timeStamps: KeyPair;
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

export function makeSealKeys(at: Date): SealKeys {
  const authority = makeAuthority(AUTHORITY, at);
  const issuer = { name: AUTHORITY, key: authority.privateKeyPem };
  const issue = (name: string, key: string, extensions: readonly Buffer[]): KeyPair => ({
    privateKeyPem: key,
    certificatePem: issueCertificate({ name, key, issuer, extensions, at }),
  });
  return {
    authority,
    seal: issue('Informační systém datových schránek - simulátor', newKey(), [keyUsage(0xc0)]),
    timeStamps: issue('Časová razítka simulátoru datových schránek', newKey(), [
      keyUsage(0xc0),
      extension('2.5.29.37', true, der(tags.sequence, derObjectId('1.3.6.1.5.5.7.3.8'))),
    ]),
  };
}

/** A key and certificate under an authority of the simulator, for TLS on both ends. `name` may be an address of IPv4. */
export const makeTlsKey = (name: string, authority: KeyPair, at: Date): KeyPair => issueTlsKey(name, { ...authority, name: AUTHORITY }, at);

export function createSeal(keys: SealKeys): Seal {
  const stamp = (hash: Buffer, at: Date): Buffer =>
    writeSignedData(keys.timeStamps, {
      contentType: objectIds.timeStampInfo,
      content: timeStampInfo(hash, at),
      at,
      certificates: [keys.authority],
    });
  return {
    authorityPem: keys.authority.certificatePem,
    stamp,
    sign: (content, at, isStamped) =>
      writeSignedData(keys.seal, {
        contentType: objectIds.data,
        content,
        at,
        certificates: [],
        ...(isStamped ? { stampOver: (signature: Buffer) => stamp(sha256(signature), at) } : {}),
      }),
  };
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
