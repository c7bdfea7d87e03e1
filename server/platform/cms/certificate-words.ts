// What a certificate says of its owner beside his name: e-mail addresses, what the key is for, and whether it is a qualified one (RFC 5280, ETSI EN 319 412-5).
import type { X509Certificate } from 'node:crypto';
import { BerRefused, childOf, objectIdOf, octets, readBer, tags, type Ber } from './ber.ts';

const ids = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  email: '1.2.840.113549.1.9.1',
  qcCompliance: '0.4.0.1862.1.1',
  qcType: '0.4.0.1862.1.6',
  qcTypeSign: '0.4.0.1862.1.6.1',
  qcTypeSeal: '0.4.0.1862.1.6.2',
} as const;
/** Tag of rfc822Name in GeneralName. */
const RFC822_NAME = 0x81;

/** E-mail protection, signing of documents (also as Microsoft calls it), anything. */
const SIGNING: readonly string[] = ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.3.6.1.4.1.311.10.3.12', '2.5.29.37.0'];

/** In small letters, from the names of the subject. Throws `BerRefused`. */
export function emailsOf(certificate: X509Certificate): readonly string[] {
  const names = extensionOf(certificate, ids.subjectAltName)?.children.filter(({ tag }) => tag === RFC822_NAME) ?? [];
  const inSubject = (fieldsOf(certificate)[4]?.children ?? [])
    .flatMap(({ children }) => children)
    .filter(({ children: [id] }) => id?.tag === tags.objectId && objectIdOf(id) === ids.email)
    .flatMap(({ children: [, value] }) => value ?? []);
  return [...new Set([...names, ...inSubject].map(({ content }) => content.toString('latin1').toLowerCase()))];
}

/** Whether the key may sign documents of a person. Throws `BerRefused`. */
export function maySign(certificate: X509Certificate): boolean {
  const bits = extensionOf(certificate, ids.keyUsage)?.content[1];
  // digitalSignature or nonRepudiation.
  if (bits !== undefined && (bits & 0xc0) === 0) return false;
  // Node calls the extended usage so; its types do not say that it may be missing.
  const purposes = certificate.keyUsage as readonly string[] | undefined;
  return purposes === undefined || purposes.some((purpose) => SIGNING.includes(purpose));
}

/** A qualified certificate for signatures or for seals; undefined when it says neither. Who says so, the chain decides. Throws `BerRefused`. */
export function qualifiedFor(certificate: X509Certificate): 'signature' | 'seal' | undefined {
  const statements = extensionOf(certificate, ids.qcStatements)?.children ?? [];
  const idOf = (statement: Ber): string => objectIdOf(childOf(statement, 0, tags.objectId));
  if (!statements.some((one) => idOf(one) === ids.qcCompliance)) return undefined;
  const types = statements.find((one) => idOf(one) === ids.qcType)?.children[1]?.children.map(objectIdOf);
  // Certificates from before eIDAS say no type; those are of persons.
  if (types === undefined || types.includes(ids.qcTypeSign)) return 'signature';
  return types.includes(ids.qcTypeSeal) ? 'seal' : undefined;
}

/** Serial number, signature, issuer, validity, subject, key … without the version before them. */
function fieldsOf(certificate: X509Certificate): readonly Ber[] {
  const body = childOf(readBer(certificate.raw), 0, tags.sequence);
  return [...(body.children[0]?.tag === tags.context0 ? body.children.slice(1) : body.children)];
}

function extensionOf(certificate: X509Certificate, id: string): Ber | undefined {
  const all = fieldsOf(certificate).find(({ tag }) => tag === 0xa3)?.children[0]?.children ?? [];
  const found = all.find(({ children: [name] }) => name?.tag === tags.objectId && objectIdOf(name) === id);
  const value = found?.children.at(-1);
  if (!value) return undefined;
  if (value.tag !== tags.octetString) throw new BerRefused('extension');
  return readBer(octets(value));
}
