// Enveloped XML signatures with a pinned key: our own policy around xml-crypto, which by itself accepts too much.
// What may be used afterwards are only the returned bytes: exactly what was signed, to be parsed afresh.
import { XMLSerializer } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { OutsideFailure } from './connector.ts';
import { parseUntrustedXml } from './untrusted-xml.ts';
import type { Document, Element, XmlLimits } from './untrusted-xml.ts';

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = `${DSIG}enveloped-signature`;
const SIGNATURE_METHODS: readonly string[] = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
];
const DIGEST_METHODS: readonly string[] = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];

export type SignatureRefusal =
  | 'markup-forbidden'
  | 'unsigned'
  | 'several-signatures'
  | 'signature-misplaced'
  | 'signature-shape'
  | 'signature-method'
  | 'digest-method'
  | 'canonicalization'
  | 'transforms'
  | 'several-references'
  | 'reference-target'
  | 'ambiguous-id'
  | 'signature-invalid';

export class SignatureRefused extends OutsideFailure {
  readonly reason: SignatureRefusal;
  constructor(reason: SignatureRefusal, options: { cause?: unknown } = {}) {
    super('xml-signature-refused', `XML signature refused: ${reason}`, { ...options, retryable: false });
    this.name = 'SignatureRefused';
    this.reason = reason;
  }
}

export interface SigningKey {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/**
 * Signs the root element by its `ID` (enveloped, exc-c14n, rsa-sha256). The signature stands right after the child with local name
 * `after`, as SAML 2.0 core, section 5.4 and its schema want it after Issuer; with `first` before all children, as metadata have it.
 * The text must not be re-indented afterwards.
 */
export function signEnveloped(xml: string, key: SigningKey, after = 'Issuer'): string {
  const signed = new SignedXml({ privateKey: key.privateKeyPem, publicCert: key.certificatePem, idAttribute: 'ID' });
  signed.signatureAlgorithm = SIGNATURE_METHODS[0] as never;
  signed.canonicalizationAlgorithm = EXCLUSIVE;
  signed.addReference({ xpath: '/*', transforms: [ENVELOPED, EXCLUSIVE], digestAlgorithm: DIGEST_METHODS[0] as never });
  const location =
    after === 'first'
      ? ({ reference: '/*', action: 'prepend' } as const)
      : ({ reference: `/*/*[local-name()='${after}']`, action: 'after' } as const);
  signed.computeSignature(xml, { location });
  return signed.getSignedXml();
}

/**
 * Verifies that the root element is signed by one of the pinned certificates and returns its canonical bytes without the signature.
 * KeyInfo is never looked at. Throws `XmlRefused` for the XML and `SignatureRefused` for the signature.
 */
export function verifyEnveloped(xml: string, certificatesPem: readonly string[], limits: XmlLimits = {}): string {
  const document = parseUntrustedXml(xml, limits);
  // xml-crypto 6.3.2 reads over a processing instruction inside signed text, and comments split text nodes: neither may be here.
  if (/<!/.test(xml)) throw new SignatureRefused('markup-forbidden');
  const signature = theOnlySignature(document);
  requireShape(document, signature);
  const text = new XMLSerializer().serializeToString(signature);
  for (const certificate of certificatesPem) {
    const bytes = signedBytes(xml, text, certificate);
    if (bytes !== undefined) return bytes;
  }
  throw new SignatureRefused('signature-invalid');
}

function signedBytes(xml: string, signatureXml: string, certificate: string): string | undefined {
  const check = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  try {
    check.loadSignature(signatureXml);
    if (!check.checkSignature(xml)) return undefined;
  } catch {
    return undefined; // xml-crypto throws for a wrong value; the caller tries the next pinned certificate and then refuses
  }
  const references = check.getSignedReferences();
  return references.length === 1 ? references[0] : undefined;
}

function theOnlySignature(document: Document): Element {
  const all = Array.from(document.getElementsByTagNameNS(DSIG, 'Signature'));
  const [signature] = all;
  if (!signature) throw new SignatureRefused('unsigned');
  if (all.length > 1) throw new SignatureRefused('several-signatures');
  if (signature.parentNode !== document.documentElement) throw new SignatureRefused('signature-misplaced');
  return signature;
}

function requireShape(document: Document, signature: Element): void {
  const [info, value, keyInfo, ...more] = elementsOf(signature);
  if (!info || !value || !isNamed(info, 'SignedInfo') || !isNamed(value, 'SignatureValue')) throw new SignatureRefused('signature-shape');
  if (more.length > 0 || (keyInfo && !isNamed(keyInfo, 'KeyInfo'))) throw new SignatureRefused('signature-shape');
  const [canonicalization, method, reference, ...others] = elementsOf(info);
  if (!canonicalization || !method || !reference) throw new SignatureRefused('signature-shape');
  if (others.length > 0) throw new SignatureRefused('several-references');
  if (algorithm(canonicalization, 'CanonicalizationMethod') !== EXCLUSIVE) throw new SignatureRefused('canonicalization');
  if (!SIGNATURE_METHODS.includes(algorithm(method, 'SignatureMethod'))) throw new SignatureRefused('signature-method');
  requireReference(document, reference);
}

function requireReference(document: Document, reference: Element): void {
  const id = document.documentElement?.getAttribute('ID') ?? '';
  if (!isNamed(reference, 'Reference') || !id || reference.getAttribute('URI') !== `#${id}`) throw new SignatureRefused('reference-target');
  if (countIds(document, id) !== 1) throw new SignatureRefused('ambiguous-id');
  const [transforms, digestMethod, digestValue, ...more] = elementsOf(reference);
  if (!transforms || !digestMethod || !digestValue || more.length > 0) throw new SignatureRefused('signature-shape');
  if (!isNamed(transforms, 'Transforms') || !isNamed(digestValue, 'DigestValue')) throw new SignatureRefused('signature-shape');
  const [first, second, ...rest] = elementsOf(transforms);
  if (!first || !second || rest.length > 0) throw new SignatureRefused('transforms');
  // An InclusiveNamespaces list would change what is signed; nobody we read sends one.
  if (elementsOf(first).length > 0 || elementsOf(second).length > 0) throw new SignatureRefused('transforms');
  if (algorithm(first, 'Transform') !== ENVELOPED || algorithm(second, 'Transform') !== EXCLUSIVE) throw new SignatureRefused('transforms');
  if (!DIGEST_METHODS.includes(algorithm(digestMethod, 'DigestMethod'))) throw new SignatureRefused('digest-method');
}

function countIds(document: Document, id: string): number {
  return Array.from(document.getElementsByTagName('*')).filter((element) =>
    ['ID', 'Id', 'id'].some((name) => element.getAttribute(name) === id),
  ).length;
}

function elementsOf(parent: Element): readonly Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1);
}

function isNamed(element: Element, name: string): boolean {
  return element.namespaceURI === DSIG && element.localName === name;
}

function algorithm(element: Element, name: string): string {
  if (!isNamed(element, name)) throw new SignatureRefused('signature-shape');
  return element.getAttribute('Algorithm') ?? '';
}
