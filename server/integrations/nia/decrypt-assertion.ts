// Opens EncryptedAssertion. Called only with a tree whose signature was verified: the algorithms NIA uses (CBC, OAEP with SHA-1)
// are safe only so, because an attacker who may try ciphertexts at will learns the plain text.
import { XMLSerializer } from '@xmldom/xmldom';
import xmlEncryption from 'xml-encryption';
import type { Element } from '../untrusted-xml.ts';
import { XENC } from './names.ts';
import { NiaRefused, demand } from './refusal.ts';
import { elementsOf, isElement, theChild } from './saml-shape.ts';

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const DATA_ALGORITHMS: readonly string[] = [`${XENC}aes256-cbc`, 'http://www.w3.org/2009/xmlenc11#aes256-gcm'];
const KEY_ALGORITHM = `${XENC}rsa-oaep-mgf1p`;

/** Text of the assertion. Refuses every algorithm other than AES-256 with RSA-OAEP. */
export async function decryptAssertion(encrypted: Element, privateKeyPem: string): Promise<string> {
  const children = elementsOf(encrypted);
  demand(children.length === 1 && isElement(children[0], XENC, 'EncryptedData'), 'encrypted-assertion-shape');
  const encryptedData = children[0];
  const method = theChild(encryptedData, XENC, 'EncryptionMethod').getAttribute('Algorithm') ?? '';
  demand(DATA_ALGORITHMS.includes(method), 'encryption-method');
  const encryptedKey = theChild(theChild(encryptedData, DSIG, 'KeyInfo'), XENC, 'EncryptedKey');
  demand(theChild(encryptedKey, XENC, 'EncryptionMethod').getAttribute('Algorithm') === KEY_ALGORITHM, 'key-encryption-method');
  const xml = new XMLSerializer().serializeToString(encryptedData);
  return new Promise((resolve, reject) => {
    xmlEncryption.decrypt(
      xml,
      { key: privateKeyPem, disallowDecryptionWithInsecureAlgorithm: false, warnInsecureAlgorithm: false },
      (cause, text) => {
        if (cause) reject(new NiaRefused('decryption-failed', 'untrusted', { cause }));
        else resolve(text);
      },
    );
  });
}
