// Programs that we did not write judge our SAML: xmlsec1 every signature and the encryption, node-saml as a service provider of the simulated NIA.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNiaSimulator } from '../../../server/integrations/nia/simulator.ts';
import { idpMetadata } from '../../../server/integrations/nia/simulator-keys.ts';
import { buildIdpLogoutRequest } from '../../../server/integrations/nia/logout-request.ts';
import { verifyEnveloped } from '../../../server/integrations/xml-signature.ts';
import { Browser, actionOf, fieldsOf, formInit } from '../../http/auth/a-browser.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';
import { ACS, ENTITY, ISSUER, NOW, PSEUDONYM, signedResponse, theParties } from './a-response.ts';
import type { Parties } from './a-response.ts';

const run = promisify(execFile);
const hasXmlsec = await run('xmlsec1', ['--version']).then(
  () => true,
  () => false,
);
if (!hasXmlsec) console.warn('SKIPPED: xmlsec1 is missing (Debian package xmlsec1)');
const samples = join(resolve(process.env['SPECS_DIR'] ?? '../shared/specs'), 'nia', 'samples');

let folder: string;
let parties: Parties;
beforeAll(async () => {
  [folder, parties] = await Promise.all([mkdtemp(join(tmpdir(), 'xmlsec-')), theParties()]);
});
afterAll(() => rm(folder, { recursive: true }));

async function xmlsecAccepts(xml: string, certificatePem: string, element: string): Promise<boolean> {
  const [message, certificate] = [join(folder, 'message.xml'), join(folder, 'certificate.pem')];
  await writeFile(message, xml);
  await writeFile(certificate, certificatePem);
  // Only the given key counts, as with us: the one inside the message is not asked.
  const key = ['--pubkey-cert-pem', certificate, '--enabled-key-data', 'rsa'];
  return run('xmlsec1', ['--verify', '--id-attr:ID', element, ...key, message]).then(
    () => true,
    () => false,
  );
}

const weAccept = (xml: string, certificatePem: string): boolean => {
  try {
    return verifyEnveloped(xml, [certificatePem]) !== '';
  } catch {
    return false;
  }
};

const inflated = (url: string, name = 'SAMLRequest'): string =>
  inflateRawSync(Buffer.from(new URL(url).searchParams.get(name) ?? '', 'base64')).toString('utf8');
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';

/** Name, element, the message, and who signs it. */
async function messages(): Promise<readonly (readonly [string, string, string, string])[]> {
  const { login, town, nia } = parties;
  const begun = login.start({ id: '_r1', relayState: '_r1', loa: 'substantial' });
  const logout = { id: '_l1', issuer: ISSUER, destination: ENTITY, nameId: PSEUDONYM, sessionIndex: '_s1', issuedAt: NOW };
  return [
    ['AuthnRequest', `${PROTOCOL}:AuthnRequest`, inflated(begun.binding === 'redirect' ? begun.url : ''), town.certificatePem],
    ['LogoutRequest', `${PROTOCOL}:LogoutRequest`, inflated(login.logout({ nameId: PSEUDONYM, sessionIndex: '_s1' })), town.certificatePem],
    ['LogoutResponse', `${PROTOCOL}:LogoutResponse`, inflated(login.answerLogout('_l1'), 'SAMLResponse'), town.certificatePem],
    ['metadata', 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor', login.metadata(), town.certificatePem],
    [
      'metadata of the simulator',
      'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor',
      idpMetadata({ keys: [nia, town], ssoUrl: 'https://tnia.example/FPSTS/saml2/basic', now: NOW }, nia),
      nia.certificatePem,
    ],
    ['Response of the simulator', `${PROTOCOL}:Response`, await signedResponse(parties), nia.certificatePem],
    ['LogoutRequest of the simulator', `${PROTOCOL}:LogoutRequest`, buildIdpLogoutRequest(nia, logout), nia.certificatePem],
  ];
}

describe.runIf(hasXmlsec)('xmlsec1', () => {
  test('accepts every message that we and the simulator sign, and refuses each when a letter, the key or the place is changed', async () => {
    for (const [name, element, xml, certificate] of await messages()) {
      const changed = xml.replace(/ID="_/, 'ID="_x');
      const bent = xml.replace(/(portal\.lipova|tnia)\.example/, 'evil.example').replace(PSEUDONYM, 'CZ/CZ/0');
      for (const [text, key, verdict] of [
        [xml, certificate, true],
        [changed, certificate, false],
        [bent, certificate, false],
        [xml, parties.stranger.certificatePem, false],
      ] as const) {
        expect([name, await xmlsecAccepts(text, key, element), weAccept(text, key)]).toEqual([name, verdict, verdict]);
      }
    }
  });

  test.runIf(existsSync(samples))('and we agree about the recorded response of NIA', async () => {
    const [xml, certificate] = [
      readFileSync(join(samples, 'nia_test_response.wire.xml'), 'utf8'),
      readFileSync(join(samples, 'nia-test-cert.pem'), 'utf8'),
    ];

    expect([await xmlsecAccepts(xml, certificate, `${PROTOCOL}:Response`), weAccept(xml, certificate)]).toEqual([true, true]);
    const bent = xml.replace('Version="2.0"', 'Version="2.1"');
    expect([await xmlsecAccepts(bent, certificate, `${PROTOCOL}:Response`), weAccept(bent, certificate)]).toEqual([false, false]);
  });

  test('opens what the simulator encrypts', async () => {
    const [message, key, opened] = [join(folder, 'encrypted.xml'), join(folder, 'key.pem'), join(folder, 'opened.xml')];
    const xml = await signedResponse(parties);
    await writeFile(message, xml.slice(xml.indexOf('<xenc:EncryptedData'), xml.indexOf('</EncryptedAssertion>')));
    await writeFile(key, parties.town.privateKeyPem);

    await run('xmlsec1', ['--decrypt', '--privkey-pem', key, '--output', opened, message]);

    expect(readFileSync(opened, 'utf8')).toContain(`<Audience>${ENTITY}</Audience>`);
  });
});

describe('node-saml', () => {
  let simulated: SimulatedServer;
  beforeAll(async () => {
    const provider = { entityId: ENTITY, acsUrl: ACS, logoutUrl: `${ENTITY}out`, certificatePem: parties.town.certificatePem };
    simulated = await serve((options) => createNiaSimulator({ ...options, key: parties.nia, serviceProviders: [provider] }));
  });
  afterAll(() => simulated.close());

  const client = (): SAML =>
    new SAML({
      issuer: ENTITY,
      callbackUrl: ACS,
      entryPoint: `${simulated.baseUrl}/FPSTS/saml2/basic`,
      logoutUrl: `${simulated.baseUrl}/FPSTS/saml2/basic`,
      idpCert: parties.nia.certificatePem,
      idpIssuer: ISSUER,
      audience: ENTITY,
      privateKey: parties.town.privateKeyPem,
      publicCert: parties.town.certificatePem,
      decryptionPvk: parties.town.privateKeyPem,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      authnContext: ['http://eidas.europa.eu/LoA/substantial'],
      wantAssertionsSigned: false,
      wantAuthnResponseSigned: true,
      validateInResponseTo: ValidateInResponseTo.always,
    });

  test('logs a person in at the simulated NIA: its request is taken and the answer is good for it', async () => {
    const saml = client();
    const browser = new Browser();
    const form = await saml.getAuthorizeMessageAsync('kam', '', {});
    const posted = new URLSearchParams(form as Record<string, string>);
    const request = inflateRawSync(Buffer.from(posted.get('SAMLRequest') ?? '', 'base64')).toString('utf8');
    const page = await browser.go(`${simulated.baseUrl}/FPSTS/saml2/basic`, {
      method: 'POST',
      body: new URLSearchParams({ SAMLRequest: Buffer.from(request).toString('base64'), RelayState: 'kam' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const answer = await browser.send(new URL(actionOf(page), page.url), formInit(fieldsOf(page), 'jana-novotna'));
    const { SAMLResponse = '', RelayState } = fieldsOf(answer);

    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });

    expect(RelayState).toBe('kam');
    expect(profile?.nameID).toMatch(/^CZ\/CZ\/[0-9a-f-]{36}$/);
    expect(profile?.['http://eidas.europa.eu/attributes/naturalperson/CurrentFamilyName']).toBe('NOVOTNÁ');
    expect(profile?.issuer).toBe(ISSUER);
  });
});
