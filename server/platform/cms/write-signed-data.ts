// Writes CMS SignedData (RFC 5652) with one signer on P-256 and SHA-256, for simulated seals, time stamps and signatures of people.
import { createHash, sign } from 'node:crypto';
import { der, derInteger, derObjectId, derSet, derUtcTime, readBer, tags } from './ber.ts';
import { ECDSA, type KeyPair } from './issue-certificate.ts';
import { objectIds } from './signed-data.ts';

export interface ToSign {
  readonly contentType: string;
  readonly content: Buffer;
  readonly at: Date;
  /** Put inside beside the signer's own. */
  readonly certificates: readonly KeyPair[];
  readonly stampOver?: (signature: Buffer) => Buffer;
  /** The content stays outside, as in multipart/signed. */
  readonly isDetached?: boolean;
}

export const SHA256 = der(tags.sequence, derObjectId(objectIds.sha256));

/** DER. */
export function writeSignedData(signer: KeyPair, given: ToSign): Buffer {
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
  const content = given.isDetached === true ? [] : [der(tags.context0, der(tags.octetString, given.content))];
  const inside = der(
    tags.sequence,
    derInteger(given.contentType === objectIds.data ? 1 : 3),
    der(tags.set, SHA256),
    der(tags.sequence, derObjectId(given.contentType), ...content),
    derSet([certificate, ...given.certificates.map(derOf)], tags.context0),
    der(tags.set, signerInfo),
  );
  return der(tags.sequence, derObjectId(objectIds.signedData), der(tags.context0, inside));
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function attribute(id: string, value: Buffer): Buffer {
  return der(tags.sequence, derObjectId(id), der(tags.set, value));
}

function derOf({ certificatePem }: KeyPair): Buffer {
  return Buffer.from(certificatePem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}
