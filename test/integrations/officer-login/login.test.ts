// Login of officers against a real OpenID provider over HTTP: what must not be believed, and what groups give.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFaultPlan } from '../../../server/integrations/fault-plan.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createOfficerLogin } from '../../../server/integrations/officer-login/login.ts';
import type { OfficerLogin } from '../../../server/integrations/officer-login/login.ts';
import { createOfficerLoginSimulator } from '../../../server/integrations/officer-login/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { Browser, actionOf, formInit } from '../../http/auth/a-browser.ts';

const SECRET = 'a-secret-of-the-test-only';
const RETURN = 'http://localhost:1/urad/prihlaseni/navrat';
let server: Server;
let issuer: string;
const login = (changes: Partial<Parameters<typeof createOfficerLogin>[0]> = {}): OfficerLogin =>
  createOfficerLogin({
    issuer,
    clientId: 'vyrizeno',
    clientSecret: SECRET,
    redirectUri: RETURN,
    postLogoutRedirectUri: 'http://localhost:1/urad/',
    groupMap: { evidence: 'evidence', vedouci: 'vedouci' },
    allowInsecure: true,
    ...changes,
  });

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const clock = { now: () => new Date() };
  const { privateKeyPem } = await createKeyPair('OIDC');
  const simulator = createOfficerLoginSimulator({
    baseUrl: issuer,
    store: createMemoryStore(),
    clock,
    faults: createFaultPlan(createMemoryStore(), clock),
    privateKeyPem,
    client: { id: 'vyrizeno', secret: SECRET, redirectUri: RETURN, postLogoutRedirectUri: 'http://localhost:1/urad/' },
  });
  const app = new Koa();
  app.use(simulator.middleware);
  server.on('request', (request, response) => void app.callback()(request, response));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Where the provider sends the browser after this officer was chosen. */
async function comeBack(url: string, subject: string): Promise<URL> {
  const browser = new Browser();
  const page = await browser.go(url);
  let answer = await browser.send(new URL(actionOf(page), page.url), formInit({}, subject));
  for (let hops = 0; hops < 10; hops += 1) {
    const next = new URL(answer.headers.get('location') ?? '', answer.url);
    if (next.href.startsWith(RETURN)) return next;
    answer = await browser.send(next, {});
  }
  throw new Error('the provider did not send the browser back');
}

describe('an officer', () => {
  test('comes with name, mail and the groups of the map only', async () => {
    const officer = login();
    const { url, secrets } = await officer.start();

    const identity = await officer.finish(await comeBack(url, 'u-ludmila-kratka'), secrets);

    expect(identity).toMatchObject({
      subject: 'u-ludmila-kratka',
      name: 'Ing. Ludmila Krátká',
      email: 'ludmila.kratka@lipova.example',
      groups: ['vedouci', 'evidence'],
    });
    expect(await officer.logoutUrl(identity.idToken)).toContain('id_token_hint=');
  });

  test('in no group of the map is refused', async () => {
    const officer = login({ groupMap: { constructor: 'spravci', jiná: 'spravci' } });
    const { url, secrets } = await officer.start();

    await expect(officer.finish(await comeBack(url, 'u-hana-vlckova'), secrets)).rejects.toMatchObject({ code: 'no-role' });
  });

  test('who cancelled is told apart from an attack', async () => {
    const officer = login();
    const { url, secrets } = await officer.start();

    await expect(officer.finish(await comeBack(url, ''), secrets)).rejects.toMatchObject({ code: 'access-denied', kind: 'cancelled' });
  });

  test('is asked for a proof of possession of the code', async () => {
    const url = new URL((await login().start()).url);

    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('nonce')).toBeTruthy();
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    expect((await new Browser().send(url, {})).headers.get('location')).toContain('error=invalid_request');
  });
});

describe('an answer is refused', () => {
  const cases = ['state', 'nonce', 'codeVerifier'] as const;
  test.each(cases)('with another %s than the one remembered', async (name) => {
    const officer = login();
    const { url, secrets } = await officer.start();
    const callback = await comeBack(url, 'u-hana-vlckova');

    const bent = { ...secrets, [name]: 'A'.repeat(43) };

    await expect(officer.finish(callback, bent)).rejects.toMatchObject({ code: 'token-refused', kind: 'untrusted' });
  });

  test('the second time', async () => {
    const officer = login();
    const { url, secrets } = await officer.start();
    const callback = await comeBack(url, 'u-hana-vlckova');
    await officer.finish(callback, secrets);

    await expect(officer.finish(callback, secrets)).rejects.toMatchObject({ code: 'token-refused' });
  });

  test('to a client with a wrong secret', async () => {
    const stranger = login({ clientSecret: 'another-secret-of-nobody' });
    const { url, secrets } = await stranger.start();

    await expect(stranger.finish(await comeBack(url, 'u-hana-vlckova'), secrets)).rejects.toMatchObject({ code: 'token-refused' });
  });
});

describe('a provider', () => {
  test('over plain http is refused without permission, and outside this machine always', async () => {
    await expect(login({ allowInsecure: false }).start()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(login({ issuer: 'http://login.example' }).start()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('that is away is asked again at the next login', async () => {
    const away = login({ issuer: 'http://localhost:9' });

    await expect(away.start()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(away.start()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('simulated here shows pages that fetch nothing from outside', async () => {
    const browser = new Browser();
    const loginPage = await browser.go((await login().start()).url);
    const errorPage = await browser.go(`${issuer}/auth?client_id=nobody`);

    expect(loginPage.text).toContain('Hana Vlčková');
    expect(errorPage.text).toContain('Přihlášení se nepodařilo');
    for (const page of [loginPage, errorPage]) expect(page.text).not.toMatch(/(src|href|url\(|@import)[^>]*https?:\/\/(?!localhost)/);
  });
});
