// A logout that NIA began: taken in either binding and either kind of signature, and only when it is NIA's, for us, fresh and whole.
import { createSign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { createNiaLogin } from '../../../server/integrations/nia/login.ts';
import type { NiaLogin } from '../../../server/integrations/nia/login.ts';
import { buildIdpLogoutRequest } from '../../../server/integrations/nia/logout-request.ts';
import type { SigningKey } from '../../../server/integrations/xml-signature.ts';
import { ACS, ENTITY, ISSUER, NOW, PSEUDONYM, theParties } from './a-response.ts';
import type { Parties } from './a-response.ts';

const SLO = 'https://portal.lipova.example/nia/slo';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

let parties: Parties;
let login: NiaLogin;
beforeAll(async () => {
  parties = await theParties();
  const { nia, town } = parties;
  login = createNiaLogin(
    {
      entityId: ENTITY,
      acsUrl: ACS,
      logoutUrl: 'https://portal.lipova.example/nia/odhlaseno',
      sloUrl: SLO,
      ssoUrl: 'https://tnia.example/FPSTS/saml2/basic',
      idpCertificatesPem: [nia.certificatePem],
      ...town,
    },
    () => NOW,
  );
});

type Changes = Partial<Parameters<typeof buildIdpLogoutRequest>[1]>;
const asked = { id: '_l1', issuer: ISSUER, destination: SLO, nameId: PSEUDONYM, sessionIndex: '_s1', issuedAt: NOW };
const request = (changes: Changes = {}, key: SigningKey = parties.nia): string => buildIdpLogoutRequest(key, { ...asked, ...changes });
const bare = (): string => request().replace(/<(ds:)?Signature.*<\/(ds:)?Signature>/s, '');

const byPost = (xml: string) => {
  const parameters = new URLSearchParams({ SAMLRequest: Buffer.from(xml, 'utf8').toString('base64') });
  return login.hearLogout({ parameters, binding: 'post', query: '' });
};
const byQuery = (query: string) => login.hearLogout({ parameters: new URLSearchParams(query), binding: 'redirect', query });
const deflated = (xml: string): string => encodeURIComponent(deflateRawSync(Buffer.from(xml, 'utf8')).toString('base64'));
const signedQuery = (xml: string, key: SigningKey = parties.nia, algorithm = RSA_SHA256): string => {
  const covered = `SAMLRequest=${deflated(xml)}&RelayState=kam&SigAlg=${encodeURIComponent(algorithm)}`;
  return `${covered}&Signature=${encodeURIComponent(createSign('RSA-SHA256').update(covered).sign(key.privateKeyPem, 'base64'))}`;
};

describe('a logout that NIA began is taken', () => {
  const wish = { id: '_l1', nameId: PSEUDONYM, sessionIndexes: ['_s1'] };
  test('by POST with the signature inside', () => expect(byPost(request())).toMatchObject(wish));
  test('by redirect with the signature inside', () => expect(byQuery(`SAMLRequest=${deflated(request())}`)).toMatchObject(wish));
  test('by redirect signed over the query', () => expect(byQuery(signedQuery(bare()))).toMatchObject(wish));
});

describe('a logout is refused', () => {
  test.each<readonly [string, () => unknown, string]>([
    ['without signature, by POST', () => byPost(bare()), 'unsigned'],
    ['without signature, by redirect', () => byQuery(`SAMLRequest=${deflated(bare())}`), 'unsigned'],
    ['signed by a stranger', () => byPost(request({}, parties.stranger)), 'signature-invalid'],
    ['signed over the query by a stranger', () => byQuery(signedQuery(bare(), parties.stranger)), 'signature-invalid'],
    [
      'signed in a weak way',
      () => byQuery(signedQuery(bare(), parties.nia, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1')),
      'signature-method',
    ],
    [
      'with another RelayState than was signed',
      () => byQuery(signedQuery(bare()).replace('RelayState=kam', 'RelayState=jinam')),
      'signature-invalid',
    ],
    [
      'with a second message behind the signed one',
      () => byQuery(`${signedQuery(bare())}&SAMLRequest=${deflated(bare())}`),
      'several-parameters',
    ],
    ['about somebody else than was signed', () => byPost(request().replace(PSEUDONYM, 'CZ/CZ/0')), 'signature-invalid'],
    ['with a comment inside the name', () => byPost(request().replace('CZ/CZ/', 'CZ/<!-- -->CZ/')), 'markup-forbidden'],
    ['with a processing instruction inside the name', () => byPost(request().replace('CZ/CZ/', 'CZ/<?x?>CZ/')), 'processing-instruction'],
    ['with entities', () => byPost(`<!DOCTYPE x [<!ENTITY a "b">]>${request()}`), 'markup-forbidden'],
    [
      'wrapped into another',
      () => byPost(bare().replace('</samlp:LogoutRequest>', `${request()}</samlp:LogoutRequest>`)),
      'signature-misplaced',
    ],
    ['of another provider', () => byPost(request({ issuer: 'urn:evil' })), 'logout-issuer'],
    ['for another portal', () => byPost(request({ destination: 'https://jine.example/nia/slo' })), 'destination'],
    ['from an hour ago', () => byPost(request({ issuedAt: new Date(NOW.getTime() - 3_600_000) })), 'issue-instant'],
    ['from the future', () => byPost(request({ issuedAt: new Date(NOW.getTime() + 3_600_000) })), 'issue-instant'],
    ['that is a login', () => byPost(request().replaceAll('LogoutRequest', 'AuthnRequest')), 'signature-invalid'],
    [
      'that is no base64',
      () => login.hearLogout({ parameters: new URLSearchParams({ SAMLRequest: '<x/>' }), binding: 'post', query: '' }),
      'not-base64',
    ],
    ['that is not deflated', () => byQuery(`SAMLRequest=${encodeURIComponent(Buffer.from('<x/>').toString('base64'))}`), 'not-deflated'],
    ['that swells', () => byQuery(`SAMLRequest=${deflated(' '.repeat(5_000_000))}`), 'not-deflated'],
    ['that is empty', () => byQuery(''), 'not-base64'],
    ['cut off', () => byPost(request().slice(0, -40)), 'malformed'],
  ])('%s', (_name, hear, code) => {
    let refused: unknown;
    try {
      hear();
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ name: 'NiaRefused', code });
  });

  test('though it is good, when the town has no address for it', () => {
    const parameters = new URLSearchParams({ SAMLRequest: Buffer.from(request(), 'utf8').toString('base64') });

    expect(() => parties.login.hearLogout({ parameters, binding: 'post', query: '' })).toThrow('destination');
  });
});
