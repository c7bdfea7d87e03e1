// Logout tokens of OpenID Connect: the good ones of a provider, and every way in which one is not good.
import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';
import { readLogoutToken } from '../../server/integrations/logout-token.ts';

const ISSUER = 'https://login.example/v2.0';
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [own, foreign] = [pair(), pair()];
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] });
const rules = { issuer: ISSUER, clientId: 'vyrizeno', algorithm: 'RS256', keys };
const nowSeconds = (): number => Math.floor(Date.now() / 1000);
type Changes = Readonly<Record<string, unknown>>;
const claims = (changes: Changes = {}): JWTPayload => {
  const all = { iss: ISSUER, aud: 'vyrizeno', iat: nowSeconds(), exp: nowSeconds() + 120, jti: 'j1', sub: 's1', sid: 'i1', events: EVENTS };
  return Object.fromEntries(Object.entries({ ...all, ...changes }).filter(([, value]) => value !== undefined));
};
const HEADER: JWTHeaderParameters = { alg: 'RS256', kid: 'k1', typ: 'logout+jwt' };
const signed = (changes: Changes = {}, header: Partial<JWTHeaderParameters> = {}, key = own.privateKey): Promise<string> =>
  new SignJWT(claims(changes)).setProtectedHeader({ ...HEADER, ...header }).sign(key);
const read = async (token: Promise<string> | string) => readLogoutToken(await token, rules);

describe('a logout token is taken', () => {
  test('with person and session, and names itself with its issuer', async () => {
    expect(await read(signed())).toMatchObject({ id: `${ISSUER}\nj1`, sub: 's1', sid: 'i1' });
  });
  test('with the person only, or with the session only', async () => {
    const { until: _one, ...person } = await read(signed({ sid: undefined }));
    const { until: _other, ...session } = await read(signed({ sub: undefined }));
    expect([person, session]).toEqual([
      { id: `${ISSUER}\nj1`, sub: 's1' },
      { id: `${ISSUER}\nj1`, sid: 'i1' },
    ]);
  });
  test('for several audiences of which we are one, and without a type as older providers send it', async () => {
    expect(await read(signed({ aud: ['jiná', 'vyrizeno'] }, { typ: 'JWT' }))).toMatchObject({ sid: 'i1' });
  });
  test('and is to be remembered for as long as it could be taken again', async () => {
    const { until } = await read(signed({ iat: nowSeconds() - 300 }));
    expect(until.getTime() / 1000).toBeGreaterThanOrEqual(nowSeconds() - 300 + 600 + 60);
  });
});

describe('a logout token is refused', () => {
  test.each<readonly [string, () => Promise<string> | string, string]>([
    ['without signature (alg none)', () => new UnsecuredJWT(claims()).encode(), 'logout-algorithm'],
    [
      'signed by the client’s secret',
      () => new SignJWT(claims()).setProtectedHeader({ ...HEADER, alg: 'HS256' }).sign(Buffer.alloc(32, 1)),
      'logout-algorithm',
    ],
    ['signed by another algorithm', () => signed({}, { alg: 'PS256' }), 'logout-algorithm'],
    ['signed by a stranger', () => signed({}, {}, foreign.privateKey), 'logout-signature'],
    ['signed by a key that the provider does not have', () => signed({}, { kid: 'k2' }), 'logout-signature'],
    ['changed after signing', async () => bent(await signed()), 'logout-signature'],
    ['of another provider', () => signed({ iss: 'https://evil.example' }), 'logout-iss'],
    ['for another application', () => signed({ aud: 'jiná' }), 'logout-aud'],
    ['for nobody', () => signed({ aud: undefined }), 'logout-aud'],
    ['that is over', () => signed({ exp: nowSeconds() - 120 }), 'logout-expired'],
    ['without an end', () => signed({ exp: undefined }), 'logout-exp'],
    ['without its time', () => signed({ iat: undefined }), 'logout-iat'],
    ['issued an hour ago, whatever end it names', () => signed({ iat: nowSeconds() - 3600, exp: nowSeconds() + 3600 }), 'logout-expired'],
    ['issued in an hour', () => signed({ iat: nowSeconds() + 3600, exp: nowSeconds() + 7200 }), 'logout-iat'],
    ['without a name', () => signed({ jti: undefined }), 'logout-jti'],
    ['with an empty name', () => signed({ jti: '' }), 'logout-id'],
    ['about nobody', () => signed({ sub: undefined, sid: undefined }), 'logout-whose'],
    ['about somebody empty', () => signed({ sub: '', sid: undefined }), 'logout-whose'],
    ['about a session that is no text', () => signed({ sid: 7 }), 'logout-whose'],
    ['with a nonce: an identity token', () => signed({ nonce: 'n' }), 'logout-nonce'],
    ['without the event: an identity token', () => signed({ events: undefined }), 'logout-event'],
    ['with another event', () => signed({ events: { 'http://schemas.openid.net/event/jiná': {} } }), 'logout-event'],
    ['with the event as a text', () => signed({ events: { 'http://schemas.openid.net/event/backchannel-logout': 'ano' } }), 'logout-event'],
    ['with events as a list', () => signed({ events: ['http://schemas.openid.net/event/backchannel-logout'] }), 'logout-event'],
    ['of another type', () => signed({}, { typ: 'at+jwt' }), 'logout-type'],
    [
      'with a critical header that nobody knows',
      () => signed({}, { crit: ['x'], x: 1 } as never).catch(() => handmade()),
      'logout-malformed',
    ],
    ['that is empty', () => '', 'logout-malformed'],
    ['that is no token', () => 'a.b.c', 'logout-malformed'],
    ['that is huge', () => 'a'.repeat(20_000), 'logout-too-long'],
  ])('%s', async (_name, token, code) => {
    await expect(read(token())).rejects.toMatchObject({ name: 'ProviderLogoutRefused', kind: 'untrusted', code });
  });
});

function bent(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const other = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object), sub: 's2' };
  return [header, Buffer.from(JSON.stringify(other)).toString('base64url'), signature].join('.');
}
function handmade(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ ...HEADER, crit: ['x'], x: 1 }), part(claims()), 'AAAA'].join('.');
}
