// Login through mojeID and Bank iD against real OpenID providers over HTTP: who comes back, and at what level.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCitizens } from '../../../server/integrations/nia/demo-citizens.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createOidcLogin } from '../../../server/integrations/oidc-login/login.ts';
import type { OidcBegun, OidcLogin } from '../../../server/integrations/oidc-login/login.ts';
import { createOidcLoginSimulator } from '../../../server/integrations/oidc-login/simulator.ts';
import { Browser, actionOf, formInit } from '../../http/auth/a-browser.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

const SECRET = 'a-secret-of-the-test-only';
const returnTo = (profile: string): string => `http://localhost:1/prihlaseni/${profile}/navrat`;
const servers: Partial<Record<'mojeid' | 'bankid', SimulatedServer>> = {};

beforeAll(async () => {
  const { privateKeyPem } = await createKeyPair('OIDC');
  for (const profile of ['mojeid', 'bankid'] as const) {
    const client = { id: 'portal', secret: SECRET, redirectUri: returnTo(profile) };
    servers[profile] = await serve((options) =>
      createOidcLoginSimulator({ ...options, profile, client, privateKeyPem, people: demoCitizens }),
    );
  }
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server.close();
});

const login = (profile: 'mojeid' | 'bankid', changes: Partial<Parameters<typeof createOidcLogin>[0]> = {}): OidcLogin =>
  createOidcLogin({
    profile,
    issuer: servers[profile]?.baseUrl ?? '',
    clientId: 'portal',
    clientSecret: SECRET,
    redirectUri: returnTo(profile),
    allowInsecure: true,
    ...changes,
  });

/** Where the provider sends the browser after this person was chosen. */
async function comeBack(begun: OidcBegun, person: string, browser = new Browser()): Promise<URL> {
  const page = await follow(browser, new URL(begun.departure.url));
  if (page.url.port === '1') return page.url;
  return (await follow(browser, new URL(actionOf(page), page.url), formInit({}, person))).url;
}

async function follow(browser: Browser, start: URL, init: RequestInit = {}): Promise<Awaited<ReturnType<Browser['send']>>> {
  let answer = await browser.send(start, init);
  for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 10; hops += 1) {
    const next = new URL(answer.headers.get('location') ?? '', answer.url);
    if (next.port === '1') return { ...answer, url: next };
    answer = await browser.send(next, {});
  }
  return answer;
}

async function logIn(profile: 'mojeid' | 'bankid', person: string, loa: 'low' | 'substantial' = 'low') {
  const way = login(profile);
  const begun = await way.start({ loa, fresh: false });
  const url = await comeBack(begun, person);
  return way.finish({ url }, { id: way.idOf({ url }), secrets: begun.secrets, loa });
}

describe('mojeID', () => {
  test('tells the person by its own claims, and the address is taken apart', async () => {
    const { identity, session } = await logIn('mojeid', 'jana-novotna');

    expect(identity).toMatchObject({
      givenName: 'Jana',
      familyName: 'Novotná',
      birthDate: '1986-03-14',
      email: 'jana.novotna@posta.example',
      loa: 'substantial',
      address: { street: 'Školní', houseNumber: '214', orientationNumber: '7', city: 'Lipová nad Orlicí', postCode: '56299' },
    });
    expect(identity.subject).toMatch(/^[0-9a-f]{32}$/);
    expect(session.idToken.split('.')).toHaveLength(3);
  });

  test('is asked for the claims one by one and for the levels that are enough', async () => {
    const { departure } = await login('mojeid').start({ loa: 'substantial', fresh: true });
    const asked = new URL(departure.url).searchParams;

    expect(JSON.parse(asked.get('claims') ?? '')).toMatchObject({ userinfo: { given_name: { essential: true }, email: null } });
    expect(asked.get('acr_values')).toBe('http://eidas.europa.eu/LoA/substantial http://eidas.europa.eu/LoA/high');
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('prompt')).toBe('login');
  });
});

describe('Bank iD', () => {
  test('tells the person by userinfo and profile, with the code of the address', async () => {
    const { identity } = await logIn('bankid', 'zdenek-rehor', 'substantial');

    expect(identity).toMatchObject({
      givenName: 'Zdeněk',
      birthDate: '1955-11-02',
      placeOfBirth: 'Žamberk',
      loa: 'substantial',
      address: { street: 'Na Příkopě', houseNumber: '38' },
      ruian: { adresniMistoKod: '99900038' },
    });
  });

  test('signs its tokens by PS512, and another algorithm is not taken', async () => {
    const { session } = await logIn('bankid', 'jana-novotna');
    const way = login('bankid', { idTokenAlgorithm: 'RS256' });
    const begun = await way.start({ loa: 'low', fresh: false });
    const url = await comeBack(begun, 'jana-novotna');

    expect(JSON.parse(Buffer.from(session.idToken.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ alg: 'PS512' });
    await expect(way.finish({ url }, { id: way.idOf({ url }), secrets: begun.secrets, loa: 'low' })).rejects.toMatchObject({
      code: 'token-refused',
    });
  });

  test('a person whose means is weak does not pass where more is needed', async () => {
    await expect(logIn('bankid', 'tomas-cizek', 'substantial')).rejects.toMatchObject({ code: 'loa-too-low', kind: 'untrusted' });
  });
});

describe('either', () => {
  test('who cancels is not logged in', async () => {
    await expect(logIn('mojeid', '')).rejects.toMatchObject({ code: 'access-denied', kind: 'cancelled' });
  });

  test('a code is taken once', async () => {
    const way = login('mojeid');
    const begun = await way.start({ loa: 'low', fresh: false });
    const url = await comeBack(begun, 'jana-novotna');
    const expected = { id: way.idOf({ url }), secrets: begun.secrets, loa: 'low' } as const;
    await way.finish({ url }, expected);

    await expect(way.finish({ url }, expected)).rejects.toMatchObject({ code: 'token-refused' });
  });

  test('an answer to another login is not taken: by state, by PKCE and by nonce', async () => {
    const way = login('mojeid');
    const [mine, theirs] = [await way.start({ loa: 'low', fresh: false }), await way.start({ loa: 'low', fresh: false })];
    const url = async (): Promise<URL> => comeBack(mine, 'jana-novotna');
    const finish = async (id: string, secrets: Readonly<Record<string, string>>): Promise<unknown> =>
      way.finish({ url: await url() }, { id, secrets, loa: 'low' });

    await expect(finish(theirs.id, mine.secrets)).rejects.toMatchObject({ code: 'token-refused' });
    await expect(finish(mine.id, { ...mine.secrets, codeVerifier: theirs.secrets['codeVerifier'] ?? '' })).rejects.toMatchObject({
      code: 'token-refused',
    });
    await expect(finish(mine.id, { ...mine.secrets, nonce: theirs.secrets['nonce'] ?? '' })).rejects.toMatchObject({
      code: 'token-refused',
    });
  });

  test('a known browser is asked again when the proof must be fresh', async () => {
    const browser = new Browser();
    const way = login('mojeid');
    const first = await way.start({ loa: 'low', fresh: false });
    await comeBack(first, 'jana-novotna', browser);
    const known = await way.start({ loa: 'low', fresh: false });
    const fresh = await way.start({ loa: 'low', fresh: true });

    const straight = await follow(browser, new URL(known.departure.url));
    const asked = await follow(browser, new URL(fresh.departure.url));

    expect(straight.url.port).toBe('1');
    expect(asked.text).toContain('Vyberte, kdo se hlásí');
    const url = await comeBack(fresh, 'jana-novotna', browser);
    const { identity } = await way.finish({ url }, { id: fresh.id, secrets: fresh.secrets, loa: 'low' });
    expect(identity.givenName).toBe('Jana');
  });

  test('an old authentication is refused where a fresh one was asked for', async () => {
    const way = login('mojeid');
    const begun = await way.start({ loa: 'low', fresh: true });
    const url = await comeBack(begun, 'jana-novotna');
    const inAnHour = String(Math.floor(Date.now() / 1000) + 3600);

    await expect(
      way.finish({ url }, { id: begun.id, secrets: { ...begun.secrets, freshSince: inAnHour }, loa: 'low' }),
    ).rejects.toMatchObject({ code: 'not-fresh' });
  });

  test('a level that the configuration does not know gives nothing', async () => {
    const way = login('bankid', { levels: { 'urn:other': 'high' } });
    const begun = await way.start({ loa: 'low', fresh: false });
    const url = await comeBack(begun, 'jana-novotna');

    await expect(way.finish({ url }, { id: begun.id, secrets: begun.secrets, loa: 'low' })).rejects.toMatchObject({ code: 'loa-unknown' });
  });

  test('metadata of another issuer are not used', async () => {
    const { baseUrl = '' } = servers.mojeid ?? {};
    const way = login('mojeid', { issuer: 'http://127.0.0.1:9/oidc', discoveryUrl: `${baseUrl}/.well-known/openid-configuration` });

    await expect(way.start({ loa: 'low', fresh: false })).rejects.toMatchObject({ code: 'issuer' });
  });

  test('a provider that is down is told apart from one that lies', async () => {
    await expect(login('mojeid', { issuer: 'http://127.0.0.1:9' }).start({ loa: 'low', fresh: false })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(login('mojeid', { issuer: 'http://mojeid.example' }).start({ loa: 'low', fresh: false })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
