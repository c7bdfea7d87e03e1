// What we send to NIA: signed, in the order of the SAML schema, and accepted only from a registered town.
import { inflateRawSync } from 'node:zlib';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadOrCreateKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createNiaLogin } from '../../../server/integrations/nia/login.ts';
import { MORIS_PREFIXES } from '../../../server/integrations/nia/names.ts';
import { answerLogin } from '../../../server/integrations/nia/simulator-response.ts';
import { readRequest } from '../../../server/integrations/nia/simulator-request.ts';
import { elementsOf } from '../../../server/integrations/nia/saml-shape.ts';
import { parseUntrustedXml } from '../../../server/integrations/untrusted-xml.ts';
import { verifyEnveloped } from '../../../server/integrations/xml-signature.ts';
import { ACS, ENTITY, NOW, PSEUDONYM, jana, theParties } from './a-response.ts';
import type { Parties } from './a-response.ts';

let parties: Parties;
beforeAll(async () => {
  parties = await theParties();
});
const provider = (): Parameters<typeof readRequest>[2][number] => ({
  entityId: ENTITY,
  acsUrl: ACS,
  logoutUrl: 'https://portal.lipova.example/nia/odhlaseno',
  certificatePem: parties.town.certificatePem,
});
const sentTo = (url: string): string => new URL(url).searchParams.get('SAMLRequest') ?? '';
const xmlOf = (url: string): string => inflateRawSync(Buffer.from(sentTo(url), 'base64')).toString('utf8');
const login = (): string => {
  const departure = parties.login.start({ id: '_r1', relayState: '_r1', loa: 'substantial', forceAuthn: true });
  return departure.binding === 'redirect' ? departure.url : '';
};

describe('a request to NIA', () => {
  test('has its elements in the order of the SAML schema', () => {
    const root = parseUntrustedXml(xmlOf(login())).documentElement;

    expect(root && elementsOf(root).map(({ localName }) => localName)).toEqual([
      'Issuer',
      'Signature',
      'Extensions',
      'NameIDPolicy',
      'RequestedAuthnContext',
    ]);
    expect(new URL(login()).searchParams.get('RelayState')).toBe('_r1');
  });

  test('is signed by our key and by no other', () => {
    const xml = xmlOf(login());

    expect(verifyEnveloped(xml, [parties.town.certificatePem])).toContain('AuthnRequest');
    expect(() => verifyEnveloped(xml, [parties.stranger.certificatePem])).toThrow('signature-invalid');
  });

  test('is understood by the simulated NIA', () => {
    expect(readRequest(sentTo(login()), 'redirect', [provider()])).toMatchObject({
      kind: 'login',
      id: '_r1',
      entityId: ENTITY,
      loa: 'substantial',
      forceAuthn: true,
    });
  });

  test('to log out names the person and the session', () => {
    const url = parties.login.logout({ nameId: 'CZ/CZ/x', sessionIndex: '_s1' });

    expect(readRequest(sentTo(url), 'redirect', [provider()])).toMatchObject({
      kind: 'logout',
      entityId: ENTITY,
      nameId: 'CZ/CZ/x',
      sessionIndex: '_s1',
    });
  });

  test('of a town that is not registered, or under a foreign key, is refused', () => {
    expect(() => readRequest(sentTo(login()), 'redirect', [])).toThrow('not registered');
    expect(() => readRequest(sentTo(login()), 'redirect', [{ ...provider(), certificatePem: parties.stranger.certificatePem }])).toThrow(
      'signature-invalid',
    );
  });

  test('comes from a service provider whose metadata names its addresses and certificate', () => {
    const metadata = parties.login.metadata();

    expect(metadata).toContain(`entityID="${ENTITY}"`);
    expect(metadata).toContain(`Location="${ACS}"`);
    expect(metadata.replace(/\s/g, '')).toContain(new X509Certificate(parties.town.certificatePem).raw.toString('base64'));
  });
});

describe('a key pair of the demo', () => {
  test('is made once, kept, and readable by its owner only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nia-keys-'));
    const first = await loadOrCreateKeyPair(join(folder, 'keys'), 'nia', 'Zkušební NIA');

    const second = await loadOrCreateKeyPair(join(folder, 'keys'), 'nia', 'Zkušební NIA');
    const { mode } = await stat(join(folder, 'keys', 'nia.key.pem'));
    await rm(folder, { recursive: true });

    expect(second).toEqual(first);
    expect(mode & 0o077).toBe(0);
    const certificate = new X509Certificate(first.certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toBe('CN=Zkušební NIA');
  });
});

describe('attributes beyond the usual ones', () => {
  const asking = (changes: object): ReturnType<typeof createNiaLogin> =>
    createNiaLogin(
      {
        entityId: ENTITY,
        acsUrl: ACS,
        logoutUrl: 'https://portal.lipova.example/nia/odhlaseno',
        ssoUrl: 'https://tnia.example/FPSTS/saml2/basic',
        idpCertificatesPem: [parties.nia.certificatePem],
        ...parties.town,
        ...changes,
      },
      () => NOW,
    );
  const askedBy = (nia: ReturnType<typeof createNiaLogin>): string => {
    const departure = nia.start({ id: '_r1', relayState: '_r1', loa: 'low' });
    return departure.binding === 'redirect' ? departure.url : '';
  };

  test('are asked for only where the settings say so, the age by its value', () => {
    expect(xmlOf(askedBy(asking({})))).not.toMatch(/isAgeOver|idnumber/);
    expect(xmlOf(askedBy(asking({ ageOver: 18, moreAttributes: ['idNumber'] })))).toMatch(
      /isAgeOver" isRequired="false"[^>]*><eidas:AttributeValue>18<\/eidas:AttributeValue>/,
    );
  });

  test.each(MORIS_PREFIXES)('come back and are read, under the prefix %s too', async (morisPrefix) => {
    const nia = asking({ ageOver: 65, moreAttributes: ['countryOfBirth', 'age', 'idType', 'idNumber'], morisPrefix });
    const request = readRequest(sentTo(askedBy(nia)), 'redirect', [provider()]);
    const serviceProvider = provider();
    const answer = await answerLogin(
      {
        serviceProvider,
        inResponseTo: '_r1',
        pseudonym: PSEUDONYM,
        sessionIndex: '_s1',
        citizen: jana(),
        now: NOW,
        ...(request.kind === 'login' ? { asked: request.asked } : {}),
      },
      parties.nia,
    );

    expect(await nia.finish(answer, { inResponseTo: '_r1', loa: 'low', isFirstUse: async () => true })).toMatchObject({
      countryOfBirth: 'CZ',
      age: 40,
      isAgeOver: false,
      document: { type: 'ID', number: '999000214' },
    });
  });
});
