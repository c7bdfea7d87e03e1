// Every known way to get in with somebody else's or a bent response must be refused, each by its own rule.
import { SignedXml } from 'xml-crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { NiaRefused } from '../../../server/integrations/nia/refusal.ts';
import { encryptedAssertion } from '../../../server/integrations/nia/simulator-response.ts';
import { signEnveloped } from '../../../server/integrations/xml-signature.ts';
import { NOW, PSEUDONYM, aResponse, anAssertion, expected, posted, signedResponse, theParties } from './a-response.ts';
import type { Parties } from './a-response.ts';

let parties: Parties;
beforeAll(async () => {
  parties = await theParties();
});

const signatureOf = (xml: string): string => /<Signature[\s\S]*<\/Signature>/.exec(xml)?.[0] ?? '';
const withoutSignature = (xml: string): string => xml.replace(signatureOf(xml), '');
const insertAfterIssuer = (xml: string, what: string): string => xml.replace('</saml:Issuer>', `</saml:Issuer>${what}`);
/** What the attacker wants to be read: the same response for another person, unsigned. */
const evil = async (): Promise<string> =>
  aResponse(await encryptedAssertion(anAssertion({ nameId: 'CZ/CZ/evil' }), parties.town.certificatePem), { id: '_evil' });
const signedWith = (
  xml: string,
  signature: string,
  digest: string,
  c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#',
  transforms?: readonly string[],
): string => {
  const signed = new SignedXml({ privateKey: parties.nia.privateKeyPem, idAttribute: 'ID' });
  signed.signatureAlgorithm = signature as never;
  signed.canonicalizationAlgorithm = c14n as never;
  signed.addReference({
    xpath: '/*',
    transforms: (transforms ?? [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ]) as never,
    digestAlgorithm: digest as never,
  });
  signed.computeSignature(xml, { location: { reference: "/*/*[local-name()='Issuer']", action: 'after' } });
  return signed.getSignedXml();
};
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

interface Attack {
  readonly name: string;
  readonly code: string;
  readonly make: () => Promise<string>;
}
const wrapped = (name: string, code: string, build: (signed: string, evilXml: string) => string): Attack => ({
  name,
  code,
  make: async () => build(await signedResponse(parties), await evil()),
});
const bentAssertion = (name: string, code: string, bend: (xml: string) => string): Attack => ({
  name,
  code,
  make: async () => signedResponse(parties, bend(anAssertion())),
});
const minutes = (count: number): string => new Date(NOW.getTime() + count * 60_000).toISOString();
const until = new Date(NOW.getTime() + 3_600_000).toISOString();

const attacks: readonly Attack[] = [
  wrapped('XSW1: the evil response wraps the original in its signature', 'signature-shape', (signed, bad) =>
    insertAfterIssuer(bad, signatureOf(signed).replace('</Signature>', `<Object>${withoutSignature(signed)}</Object></Signature>`)),
  ),
  wrapped('XSW2: the original stands before a detached signature', 'reference-target', (signed, bad) =>
    insertAfterIssuer(bad, withoutSignature(signed) + signatureOf(signed)),
  ),
  wrapped('XSW3: an evil assertion stands before the signed response', 'unsigned', (signed) =>
    `<Wrap>${anAssertion({ id: '_evil' })}${signed}</Wrap>`.replace(signatureOf(signed), ''),
  ),
  wrapped('XSW4: the signed response lies inside an evil assertion', 'signature-misplaced', (signed, bad) =>
    bad.replace(
      '</samlp:Response>',
      `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_evil2">${signed}</Assertion></samlp:Response>`,
    ),
  ),
  wrapped('XSW5: an evil encrypted assertion beside the signed one', 'signature-invalid', (signed, bad) =>
    signed.replace('</samlp:Response>', `${/<EncryptedAssertion[\s\S]*<\/EncryptedAssertion>/.exec(bad)?.[0] ?? ''}</samlp:Response>`),
  ),
  wrapped('XSW6: the original inside its own signature with the same ID', 'ambiguous-id', (signed) => {
    const twin = withoutSignature(signed);
    return signed.replace(signatureOf(signed), signatureOf(signed).replace('</X509Data>', `</X509Data>${twin}`));
  }),
  wrapped('XSW7: the original inside Extensions of an evil response', 'signature-misplaced', (signed, bad) =>
    bad.replace('<samlp:Status>', `<samlp:Extensions>${signed}</samlp:Extensions><samlp:Status>`),
  ),
  wrapped('XSW8: the original inside an Object of the signature', 'signature-shape', (signed) =>
    signed.replace('</Signature>', `<Object>${withoutSignature(signed).replace('_response1', '_other')}</Object></Signature>`),
  ),
  {
    name: 'two signed assertions',
    code: 'several-assertions',
    make: async () => {
      const one = await encryptedAssertion(anAssertion(), parties.town.certificatePem);
      return signEnveloped(aResponse(one + one), parties.nia);
    },
  },
  { name: 'no assertion', code: 'no-assertion', make: async () => signEnveloped(aResponse(''), parties.nia) },
  { name: 'plain assertion', code: 'assertion-not-encrypted', make: async () => signEnveloped(aResponse(anAssertion()), parties.nia) },
  { name: 'unsigned', code: 'unsigned', make: evil },
  { name: 'signed by another key', code: 'signature-invalid', make: async () => signEnveloped(await evil(), parties.stranger) },
  {
    name: 'KeyInfo of NIA over another key',
    code: 'signature-invalid',
    make: async () =>
      signEnveloped(await evil(), { privateKeyPem: parties.stranger.privateKeyPem, certificatePem: parties.nia.certificatePem }),
  },
  wrapped('a byte changed', 'signature-invalid', (signed) => signed.replace('Version="2.0"', 'Version="2.1"')),
  wrapped('two signatures', 'several-signatures', (signed) => insertAfterIssuer(signed, signatureOf(signed))),
  wrapped('two references', 'several-references', (signed) => signed.replace(/(<Reference [\s\S]*<\/Reference>)/, '$1$1')),
  wrapped('empty reference', 'reference-target', (signed) => signed.replace('URI="#_response1"', 'URI=""')),
  {
    name: 'RSA with SHA-1',
    code: 'signature-method',
    make: async () => signedWith(await evil(), 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', SHA256),
  },
  {
    name: 'digest SHA-1',
    code: 'digest-method',
    make: async () => signedWith(await evil(), RSA256, 'http://www.w3.org/2000/09/xmldsig#sha1'),
  },
  {
    name: 'inclusive canonicalization',
    code: 'canonicalization',
    make: async () => signedWith(await evil(), RSA256, SHA256, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'),
  },
  {
    name: 'a transform missing',
    code: 'transforms',
    make: async () => signedWith(await evil(), RSA256, SHA256, undefined, ['http://www.w3.org/2000/09/xmldsig#enveloped-signature']),
  },
  wrapped('DOCTYPE', 'doctype', (signed) => `<!DOCTYPE x [<!ENTITY e "evil">]>${signed}`),
  wrapped('processing instruction', 'processing-instruction', (signed) => signed.replace('</saml:Issuer>', '<?evil?></saml:Issuer>')),
  wrapped('comment', 'markup-forbidden', (signed) => signed.replace('</saml:Issuer>', '<!-- evil --></saml:Issuer>')),
  bentAssertion('comment inside the encrypted assertion', 'markup-forbidden', (xml) => xml.replace('CZ/CZ/', 'CZ/CZ/<!---->')),
  bentAssertion('CDATA inside the encrypted assertion', 'markup-forbidden', (xml) => xml.replace('JANA', '<![CDATA[JANA]]>')),
  bentAssertion('processing instruction inside the encrypted assertion', 'processing-instruction', (xml) =>
    xml.replace('JANA', 'JANA<?x?>'),
  ),
  wrapped('more than 256 kB', 'too-large', (signed) => signed + ' '.repeat(300_000)),
  wrapped('more than 256 kB of nothing', 'too-large', (signed) =>
    signed.replace('Version=', `${' '.repeat(262_200 - signed.length)}${' '.repeat(30_000)}Version=`),
  ),
  bentAssertion('deeper than 50 elements', 'too-deep', (xml) => xml.replace('JANA', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`)),
  wrapped('trailing garbage', 'malformed', (signed) => `${signed}<Assertion/>`),
  {
    name: 'wrong Destination',
    code: 'destination',
    make: async () => signedResponse(parties, undefined, { destination: 'https://other.example/acs' }),
  },
  {
    name: 'wrong Issuer of the response',
    code: 'response-issuer',
    make: async () => signedResponse(parties, undefined, { issuer: 'urn:other' }),
  },
  { name: 'wrong InResponseTo', code: 'in-response-to', make: async () => signedResponse(parties, undefined, { inResponseTo: '_other' }) },
  {
    name: 'status not Success',
    code: 'status-not-success',
    make: async () => signedResponse(parties, undefined, { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
  },
  {
    name: 'response from the future',
    code: 'issued-in-future',
    make: async () => signedResponse(parties, undefined, { issuedAt: new Date(minutes(2)) }),
  },
  {
    name: 'response that lay around',
    code: 'issued-too-long-ago',
    make: async () => signedResponse(parties, undefined, { issuedAt: new Date(minutes(-12)) }),
  },
  {
    name: 'wrong Recipient',
    code: 'recipient',
    make: async () => signedResponse(parties, anAssertion({ recipient: 'https://other.example/acs' })),
  },
  {
    name: 'wrong Audience',
    code: 'audience',
    make: async () => signedResponse(parties, anAssertion({ audience: 'https://other.example/' })),
  },
  bentAssertion('two audiences', 'audience', (xml) => xml.replace('<Audience>', '<Audience>https://other.example/</Audience><Audience>')),
  {
    name: 'wrong Issuer of the assertion',
    code: 'assertion-issuer',
    make: async () => signedResponse(parties, anAssertion({ issuer: 'urn:other' })),
  },
  {
    name: 'wrong InResponseTo of the subject',
    code: 'subject-in-response-to',
    make: async () => signedResponse(parties, anAssertion({ inResponseTo: '_other' })),
  },
  {
    name: 'holder of key',
    code: 'not-bearer',
    make: async () => signedResponse(parties, anAssertion({ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' })),
  },
  bentAssertion('two confirmations', 'subject-confirmation-shape', (xml) =>
    xml.replace(/(<SubjectConfirmation [\s\S]*<\/SubjectConfirmation>)/, '$1$1'),
  ),
  bentAssertion('confirmation expired', 'confirmation-expired', (xml) =>
    xml.replace(`InResponseTo="_request1" NotOnOrAfter="${until}"`, `InResponseTo="_request1" NotOnOrAfter="${minutes(-2)}"`),
  ),
  bentAssertion('conditions expired', 'expired', (xml) =>
    xml.replace(`Z" NotOnOrAfter="${until}"><Aud`, `Z" NotOnOrAfter="${minutes(-2)}"><Aud`),
  ),
  bentAssertion('not yet valid', 'not-yet-valid', (xml) => xml.replace(`NotBefore="${NOW.toISOString()}"`, `NotBefore="${minutes(2)}"`)),
  bentAssertion('times missing', 'conditions-times', (xml) => xml.replace(/ NotBefore="[^"]+"/, '')),
  { name: 'level of assurance too low', code: 'loa-too-low', make: async () => signedResponse(parties, anAssertion({ loa: 'low' })) },
  bentAssertion('unknown level of assurance', 'loa-unknown', (xml) => xml.replace('LoA/substantial', 'LoA/enormous')),
  bentAssertion('another subject in the name', 'subject-mismatch', (xml) =>
    xml.replace(`2.0:nameid-format:persistent">${PSEUDONYM}`, '2.0:nameid-format:persistent">CZ/CZ/somebody-else'),
  ),
  bentAssertion('transient name', 'name-id-format', (xml) => xml.replace('nameid-format:persistent', 'nameid-format:transient')),
  bentAssertion('an attribute twice', 'attribute-repeated', (xml) =>
    xml.replace(/(<Attribute Name="[^"]*PersonIdentifier"[\s\S]*?<\/Attribute>)/, '$1$1'),
  ),
  bentAssertion('two values of an attribute', 'attribute-several-values', (xml) =>
    xml.replace('<AttributeValue>JANA', '<AttributeValue>EVA</AttributeValue><AttributeValue>JANA'),
  ),
  bentAssertion('an attribute missing', 'attribute-missing', (xml) =>
    xml.replace(/<Attribute Name="[^"]*DateOfBirth"[\s\S]*?<\/Attribute>/, ''),
  ),
  bentAssertion('two attribute statements', 'attribute-statement-shape', (xml) =>
    xml.replace('</AttributeStatement>', '</AttributeStatement><AttributeStatement/>'),
  ),
  bentAssertion('advice with another assertion', 'assertion-shape', (xml) =>
    xml.replace('</Assertion>', `<Advice>${anAssertion({ id: '_evil' })}</Advice></Assertion>`),
  ),
  bentAssertion('the assertion signed by a stranger', 'signature-invalid', (xml) => signEnveloped(xml, parties.stranger)),
  {
    name: 'encrypted for somebody else',
    code: 'decryption-failed',
    make: async () => signEnveloped(aResponse(await encryptedAssertion(anAssertion(), parties.stranger.certificatePem)), parties.nia),
  },
  {
    name: 'encryption by a weak method',
    code: 'encryption-method',
    make: async () =>
      signEnveloped(
        aResponse((await encryptedAssertion(anAssertion(), parties.town.certificatePem)).replace('#aes256-cbc', '#tripledes-cbc')),
        parties.nia,
      ),
  },
  {
    name: 'key transport PKCS #1 1.5',
    code: 'key-encryption-method',
    make: async () =>
      signEnveloped(
        aResponse((await encryptedAssertion(anAssertion(), parties.town.certificatePem)).replace('#rsa-oaep-mgf1p', '#rsa-1_5')),
        parties.nia,
      ),
  },
];

describe('a response of NIA', () => {
  test('is accepted when everything is right', async () => {
    const xml = await signedResponse(parties);

    const identity = await parties.login.finish(posted(xml), expected());

    expect(identity).toMatchObject({
      subject: PSEUDONYM,
      givenName: 'JANA',
      loa: 'substantial',
      address: { street: 'Školní', houseNumber: '214', orientationNumber: '7' },
    });
  });

  test.each(attacks.map((attack) => [attack.name, attack] as const))('is refused: %s', async (_name, attack) => {
    const xml = await attack.make();

    const refusal: unknown = await parties.login.finish(posted(xml), expected()).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(NiaRefused);
    expect((refusal as NiaRefused).code).toBe(attack.code);
  });

  test('is refused the second time', async () => {
    const seen = new Set<string>();
    const once = async (id = '_assertion1'): Promise<boolean> => !seen.has(id) && seen.add(id) !== undefined;
    const xml = await signedResponse(parties);
    await parties.login.finish(posted(xml), expected(once));

    const refusal = parties.login.finish(posted(xml), expected(once));

    await expect(refusal).rejects.toMatchObject({ code: 'replayed' });
  });

  test('is refused when it is not base64', async () => {
    await expect(parties.login.finish('<xml>', expected())).rejects.toMatchObject({ code: 'not-base64' });
  });
});
