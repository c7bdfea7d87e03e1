// CMS SignedData (RFC 5652) with exactly one signer: read, and checked against its signer's certificate. Who that signer is, the caller decides.
import { X509Certificate, createHash, verify } from 'node:crypto';
import { BerRefused, childOf, der, objectIdOf, octets, readBer, tags, timeOf } from './ber.ts';
import type { Ber } from './ber.ts';

export const objectIds = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/** Names of Node by object identifier. */
export const digestNames: Readonly<Record<string, string>> = {
  [objectIds.sha1]: 'sha1',
  [objectIds.sha256]: 'sha256',
  [objectIds.sha384]: 'sha384',
  [objectIds.sha512]: 'sha512',
};

/** Signature algorithms and the digest that they say; '' where they leave it to the digest algorithm. RSA-PSS is not among them. */
const signatureDigests: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': '',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.2.1': '',
  '1.2.840.10045.4.1': 'sha1',
  [objectIds.ecdsaWithSha256]: 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

export interface SignedData {
  readonly contentType: string;
  readonly content: Buffer;
  readonly signer: X509Certificate;
  /** All certificates inside. */
  readonly certificates: readonly X509Certificate[];
  /** As the signer says it. */
  readonly signingTime?: Date;
  readonly signature: Buffer;
  /** Name of Node. */
  readonly digest: string;
  /** Token over the signature (CAdES-T). */
  readonly signatureTimeStamp?: Buffer;
}

/** Undefined when the signature does not fit; throws `BerRefused` when this is no such structure at all. */
export function openSignedData(bytes: Buffer): SignedData | undefined {
  const checked = checkSignedData(bytes);
  return typeof checked === 'string' ? undefined : checked;
}

/** `unsupported`: an algorithm that is not known here, or the signer's certificate is not inside. `broken`: the signature does not fit. */
export type Unfit = 'broken' | 'unsupported';

/** `detached`: what is signed, where it travels beside the signature. Throws `BerRefused` when this is no such structure at all. */
export function checkSignedData(bytes: Buffer, detached?: Buffer): SignedData | Unfit {
  const { contentType, content, certificates, declaredDigests, signerInfo } = partsOf(bytes, detached);
  const digestId = algorithmOf(signerInfo.children[2]);
  const digest = digestNames[digestId];
  const signer = certificates.find(({ ber }) => isMeant(ber, signerInfo.children[1]))?.certificate;
  if (digest === undefined || !signer) return 'unsupported';
  if (!declaredDigests.includes(digestId)) return 'broken';
  const attributes = signerInfo.children[3]?.tag === tags.context0 ? signerInfo.children[3] : undefined;
  const afterAttributes = attributes ? 4 : 3;
  const said = signatureDigests[algorithmOf(signerInfo.children[afterAttributes])];
  if (said === undefined) return 'unsupported';
  if (said !== '' && said !== digest) return 'broken';
  const signature = childOf(signerInfo, afterAttributes + 1, tags.octetString).content;
  const signed = attributesOf(attributes);
  const contentDigest = createHash(digest).update(content).digest();
  if (attributes ? !attributesFit(signed, { contentType, contentDigest, signer }) : contentType !== objectIds.data) return 'broken';
  // RFC 5652, 5.4: the signature covers the attributes as a SET, whatever tag they travel under.
  const covered = attributes ? der(tags.set, attributes.content) : content;
  if (!isSignedBy(signer, digest, covered, signature)) return 'broken';
  const time = signed.get(objectIds.signingTime);
  const stamp = attributesOf(unsignedAttributes(signerInfo, afterAttributes + 2)).get(objectIds.signatureTimeStamp);
  return {
    contentType,
    content,
    signer,
    certificates: certificates.map(({ certificate }) => certificate),
    signature,
    digest,
    ...(time ? { signingTime: timeOf(time) } : {}),
    ...(stamp ? { signatureTimeStamp: stamp.bytes } : {}),
  };
}

interface Parts {
  readonly contentType: string;
  readonly content: Buffer;
  readonly certificates: readonly { readonly ber: Ber; readonly certificate: X509Certificate }[];
  readonly declaredDigests: readonly string[];
  readonly signerInfo: Ber;
}

function partsOf(bytes: Buffer, detached: Buffer | undefined): Parts {
  const info = readBer(bytes);
  if (info.tag !== tags.sequence || info.children.length !== 2) throw new BerRefused('not a ContentInfo');
  if (objectIdOf(childOf(info, 0, tags.objectId)) !== objectIds.signedData) throw new BerRefused('not signed data');
  const wrapped = childOf(info, 1, tags.context0);
  const body = childOf(wrapped, 0, tags.sequence);
  const encapsulated = childOf(body, 2, tags.sequence);
  const contentType = objectIdOf(childOf(encapsulated, 0, tags.objectId));
  if (wrapped.children.length !== 1) throw new BerRefused('not one content');
  const content = contentOf(encapsulated, detached);
  const rest = body.children.slice(3);
  const signers = rest.at(-1);
  const signerInfo = childOf(signers, 0, tags.sequence);
  if (signers?.tag !== tags.set || signers.children.length !== 1) throw new BerRefused('not one signer');
  const optional = rest.slice(0, -1);
  const order = optional.map(({ tag }) => tag).join();
  if (!['', `${tags.context0}`, `${tags.context1}`, `${tags.context0},${tags.context1}`].includes(order))
    throw new BerRefused('unknown part');
  // Attribute certificates, which time stamp authorities add, stand among them under other tags.
  const plain = (optional.find(({ tag }) => tag === tags.context0)?.children ?? []).filter(({ tag }) => tag === tags.sequence);
  const certificates = plain.map((ber) => ({ ber, certificate: certificateOf(ber) }));
  refuseWrongVersions(body, signerInfo, contentType);
  const declaredDigests = childOf(body, 1, tags.set).children.map(algorithmOf);
  return { contentType, content, certificates, declaredDigests, signerInfo };
}

/** Inside or beside, never both: it must be clear what is signed. */
function contentOf(encapsulated: Ber, detached: Buffer | undefined): Buffer {
  if (detached !== undefined) {
    if (encapsulated.children.length !== 1) throw new BerRefused('a content inside and one beside');
    return detached;
  }
  const explicit = childOf(encapsulated, 1, tags.context0);
  const [inner] = explicit.children;
  if (!inner || explicit.children.length !== 1 || encapsulated.children.length !== 2) throw new BerRefused('not one content');
  return octets(inner);
}

/** RFC 5652, 5.1 and 5.3: the versions follow from what is inside. */
function refuseWrongVersions(body: Ber, signerInfo: Ber, contentType: string): void {
  const signerVersion = signerInfo.children[1]?.tag === tags.sequence ? 1 : 3;
  const bodyVersion = signerVersion === 1 && contentType === objectIds.data ? 1 : 3;
  const isVersion = (node: Ber, version: number): boolean => childOf(node, 0, tags.integer).content.equals(Buffer.of(version));
  if (!isVersion(body, bodyVersion) || !isVersion(signerInfo, signerVersion)) throw new BerRefused('version');
}

function certificateOf(ber: Ber): X509Certificate {
  try {
    return new X509Certificate(ber.bytes);
  } catch {
    throw new BerRefused('certificate');
  }
}

/** An AlgorithmIdentifier whose parameters are absent or NULL. */
function algorithmOf(node: Ber | undefined): string {
  const parameters = node?.children[1];
  if (node?.tag !== tags.sequence || node.children.length > 2) throw new BerRefused('algorithm');
  if (parameters && (parameters.tag !== tags.null || parameters.content.length > 0)) throw new BerRefused('parameters of an algorithm');
  return objectIdOf(childOf(node, 0, tags.objectId));
}

const SUBJECT_KEY_ID = 0x80;
const SUBJECT_KEY_ID_EXTENSION = '2.5.29.14';

/** Issuer and serial number, or the identifier of the subject's key. */
function isMeant(certificate: Ber, signerId: Ber | undefined): boolean {
  const body = childOf(certificate, 0, tags.sequence);
  const fields = body.children[0]?.tag === tags.context0 ? body.children.slice(1) : body.children;
  if (signerId?.tag === tags.sequence) {
    const [issuer, serial] = signerId.children;
    const isSame = (a: Ber | undefined, b: Ber | undefined): boolean => a !== undefined && b !== undefined && a.bytes.equals(b.bytes);
    return signerId.children.length === 2 && isSame(issuer, fields[2]) && isSame(serial, fields[0]);
  }
  const extensions = fields.find(({ tag }) => tag === 0xa3)?.children[0]?.children ?? [];
  const keyId = extensions.find(({ children: [id] }) => id?.tag === tags.objectId && objectIdOf(id) === SUBJECT_KEY_ID_EXTENSION);
  const value = keyId?.children.at(-1);
  return signerId?.tag === SUBJECT_KEY_ID && value !== undefined && readBer(octets(value)).content.equals(signerId.content);
}

type Attributes = ReadonlyMap<string, Ber>;

/** Each attribute once and with one value. */
function attributesOf(set: Ber | undefined): Attributes {
  const found = new Map<string, Ber>();
  for (const attribute of set?.children ?? []) {
    const name = objectIdOf(childOf(attribute, 0, tags.objectId));
    const values = childOf(attribute, 1, tags.set);
    const [value] = values.children;
    if (attribute.children.length !== 2 || values.children.length !== 1 || !value || found.has(name)) throw new BerRefused('attribute');
    found.set(name, value);
  }
  return found;
}

function unsignedAttributes(signerInfo: Ber, index: number): Ber | undefined {
  const attributes = signerInfo.children[index];
  if (signerInfo.children.length > index + 1 || (attributes && attributes.tag !== tags.context1)) throw new BerRefused('unknown part');
  return attributes;
}

/** RFC 5652, 11.1 and 11.2; RFC 5035 where the signer says which certificate it meant. */
function attributesFit(
  attributes: Attributes,
  expected: { readonly contentType: string; readonly contentDigest: Buffer; readonly signer: X509Certificate },
): boolean {
  const type = attributes.get(objectIds.contentType);
  const digest = attributes.get(objectIds.messageDigest);
  if (!type || objectIdOf(type) !== expected.contentType) return false;
  if (!digest || !octets(digest).equals(expected.contentDigest)) return false;
  const meant = attributes.get(objectIds.signingCertificateV2);
  if (!meant) return true;
  const first = childOf(childOf(meant, 0, tags.sequence), 0, tags.sequence);
  const algorithm = first.children[0]?.tag === tags.sequence ? algorithmOf(first.children[0]) : objectIds.sha256;
  const hash = first.children.find(({ tag }) => tag === tags.octetString);
  const name = digestNames[algorithm];
  return name !== undefined && hash !== undefined && createHash(name).update(expected.signer.raw).digest().equals(hash.content);
}

function isSignedBy(signer: X509Certificate, digest: string, covered: Buffer, signature: Buffer): boolean {
  try {
    return verify(digest, covered, signer.publicKey, signature);
  } catch {
    return false; // the key is of a kind that does not sign
  }
}
