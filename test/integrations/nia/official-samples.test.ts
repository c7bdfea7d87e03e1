// The recorded messages of the NIA test environment must be read as they are.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNiaLogin } from '../../../server/integrations/nia/login.ts';
import { readAttributes } from '../../../server/integrations/nia/identity.ts';
import { theChild } from '../../../server/integrations/nia/saml-shape.ts';
import { parseUntrustedXml } from '../../../server/integrations/untrusted-xml.ts';
import { NiaRefused } from '../../../server/integrations/nia/refusal.ts';

const folder = join(resolve(process.env['SPECS_DIR'] ?? '../shared/specs'), 'nia', 'samples');
const isThere = existsSync(folder);
if (!isThere) console.warn(`SKIPPED: official NIA samples are not in ${folder}; set SPECS_DIR`);

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const REQUEST = '_EC4U.pASZbyim6prNJtsgOJW5BQUYug_vL-dVUzF-2C8Soni4zLm6GuAfvPZ8M2';
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const login = (now = new Date('2019-09-18T11:11:00Z')): ReturnType<typeof createNiaLogin> =>
  createNiaLogin(
    {
      entityId: 'http://localhost.localdomain:8000/saml/idp.xml',
      acsUrl: 'http://localhost.localdomain:8000/IdentityProviderResponse',
      logoutUrl: 'http://localhost.localdomain:8000/out',
      ssoUrl: 'https://tnia.identita.gov.cz/FPSTS/saml2/basic',
      idpCertificatesPem: [read('nia-test-cert.pem')],
      privateKeyPem: read('sp-test-key.pem'),
      certificatePem: read('sp-test-cert.pem'),
    },
    () => now,
  );
const expected = { inResponseTo: REQUEST, loa: 'substantial' as const, isFirstUse: async () => true };
const posted = (name: string): string => Buffer.from(read(name), 'utf8').toString('base64');

describe.runIf(isThere)('a recorded message of NIA', () => {
  test('is verified, decrypted and read', async () => {
    const identity = await login().finish(posted('nia_test_response.wire.xml'), expected);

    expect(identity).toEqual({
      subject: 'CZ/CZ/1cd49592-b9ba-42ed-91ac-80d07ac9faf2',
      nameId: 'CZ/CZ/1cd49592-b9ba-42ed-91ac-80d07ac9faf2',
      givenName: 'PAVEL',
      familyName: 'ČERNÝCH',
      birthDate: '1956-07-15',
      loa: 'substantial',
      sessionIndex: '_6fa6ffe25af24902bd40d3a9b6919f7d',
      assertionId: '_5a8a0c35-ad27-4b69-b447-749164061890',
      notOnOrAfter: new Date('2019-09-18T12:10:53.417Z'),
    });
  });

  test('re-indented by hand is refused', async () => {
    await expect(login().finish(posted('nia_test_response.xml'), expected)).rejects.toBeInstanceOf(NiaRefused);
  });

  test('is refused today', async () => {
    await expect(login(new Date()).finish(posted('nia_test_response.wire.xml'), expected)).rejects.toMatchObject({
      code: 'issued-too-long-ago',
    });
  });

  test('about a failed login says so although its status is Success', () => {
    const root = parseUntrustedXml(read('saml_response_failed_nia_decrypted.xml').replace(/<!--[\s\S]*?-->/g, '')).documentElement;
    if (!root) throw new Error('empty sample');
    const statement = theChild(theChild(theChild(root, SAML, 'EncryptedAssertion'), SAML, 'Assertion'), SAML, 'AttributeStatement');

    expect(() => readAttributes(statement)).toThrow(expect.objectContaining({ code: 'authn-failed', kind: 'cancelled' }));
  });

  test('about logout is read', () => {
    expect(login().finishLogout(posted('logout_response.xml'))).toEqual({
      inResponseTo: 'f976e267-beb8-4c16-8442-522ec761b588',
      success: true,
    });
  });
});
