// A provider that lies: every identity token and answer below must be refused, with a code and without harm.
import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createOidcLogin } from '../../../server/integrations/oidc-login/login.ts';

const SECRET = 'a-secret-of-the-test-only';
const RETURN = 'http://localhost:1/prihlaseni/mojeid/navrat';
const SUBJECT = 'f00d';
const ACR = 'http://eidas.europa.eu/LoA/substantial';

type Json = Readonly<Record<string, unknown>>;
interface Lie {
  readonly header?: Json;
  readonly claims?: Json;
  /** Replaces the honest signature. */
  signature?(input: string): string;
  readonly userinfo?: string;
  readonly token?: Json;
}

let server: Server;
let issuer: string;
let lie: Lie = {};
let nonce = '';
let keys: { honest: string; foreign: string };

beforeAll(async () => {
  const [honest, foreign] = await Promise.all([createKeyPair('OP'), createKeyPair('Cizí')]);
  keys = { honest: honest.privateKeyPem, foreign: foreign.privateKeyPem };
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '', issuer).pathname;
  const json = (body: string): void => void response.setHeader('content-type', 'application/json').end(body);
  if (path === '/.well-known/openid-configuration')
    return json(
      JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    );
  if (path === '/jwks')
    return json(
      JSON.stringify({ keys: [{ ...createPublicKey(keys.honest).export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'a' }] }),
    );
  if (path === '/token')
    return json(JSON.stringify({ access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: idToken(), ...lie.token }));
  return json(lie.userinfo ?? JSON.stringify({ sub: SUBJECT, given_name: 'Jana', family_name: 'Novotná' }));
}

function idToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const honest = { iss: issuer, aud: 'portal', sub: SUBJECT, nonce, iat: now, exp: now + 60, acr: ACR };
  const claims = Object.fromEntries(Object.entries({ ...honest, ...lie.claims }).filter(([, value]) => value !== undefined));
  const input = `${part({ alg: 'RS256', kid: 'a', ...lie.header })}.${part(claims)}`;
  return `${input}.${lie.signature?.(input) ?? signedBy(keys.honest, input)}`;
}

const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signedBy = (key: string, input: string): string => sign('sha256', Buffer.from(input), createPrivateKey(key)).toString('base64url');

async function logIn(told: Lie, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const way = createOidcLogin({
    profile: 'mojeid',
    issuer,
    clientId: 'portal',
    clientSecret: SECRET,
    redirectUri: RETURN,
    allowInsecure: true,
  });
  const begun = await way.start({ loa: 'low', fresh: false });
  lie = told;
  nonce = begun.secrets['nonce'] ?? '';
  const url = new URL(`${RETURN}?${new URLSearchParams({ code: 'c', state: begun.id, ...query }).toString()}`);
  return way.finish({ url }, { id: begun.id, secrets: begun.secrets, loa: 'low' });
}

test('an honest answer is taken, so that what follows fails by the lie alone', async () => {
  await expect(logIn({})).resolves.toMatchObject({ identity: { subject: SUBJECT, givenName: 'Jana', loa: 'substantial' } });
});

describe('an identity token is refused', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  test.each<readonly [string, () => Lie]>([
    ['without signature (alg none)', () => ({ header: { alg: 'none' }, signature: () => '' })],
    [
      'signed by the client secret (HS256)',
      () => ({ header: { alg: 'HS256' }, signature: (input) => createHmac('sha256', SECRET).update(input).digest('base64url') }),
    ],
    [
      'signed by the public key taken as a secret',
      () => ({
        header: { alg: 'HS256' },
        signature: (input) =>
          createHmac('sha256', createPublicKey(keys.honest).export({ type: 'spki', format: 'pem' }))
            .update(input)
            .digest('base64url'),
      }),
    ],
    ['signed by a foreign key', () => ({ signature: (input) => signedBy(keys.foreign, input) })],
    [
      'signed by a key that it brings along',
      () => ({
        header: { kid: undefined, jwk: createPublicKey(keys.foreign).export({ format: 'jwk' }), jku: 'http://evil.example/jwks' },
        signature: (input) => signedBy(keys.foreign, input),
      }),
    ],
    ['with a signature cut off', () => ({ signature: (input) => signedBy(keys.honest, input).slice(0, 40) })],
    ['for another application', () => ({ claims: { aud: 'somebody-else' } })],
    ['for us and others without saying who is meant', () => ({ claims: { aud: ['portal', 'somebody-else'] } })],
    ['authorised for another application', () => ({ claims: { aud: ['portal', 'other'], azp: 'other' } })],
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['of another login', () => ({ claims: { nonce: 'another' } })],
    ['without nonce', () => ({ claims: { nonce: undefined } })],
    ['that expired', () => ({ claims: { iat: now() - 7200, exp: now() - 3600 } })],
    ['that is not valid yet', () => ({ claims: { nbf: now() + 3600 } })],
    ['without end', () => ({ claims: { exp: undefined } })],
    ['without subject', () => ({ claims: { sub: '' } })],
    ['that is critical about something unknown', () => ({ header: { crit: ['b64'], b64: false } })],
  ])('%s', async (_name, told) => {
    await expect(logIn(told())).rejects.toMatchObject({ name: 'OidcLoginRefused', kind: 'untrusted' });
  });

  test.each<readonly [string, Json, string]>([
    ['an unknown level', { acr: 'urn:anything' }, 'loa-unknown'],
    ['a level named as a property of every object', { acr: 'constructor' }, 'loa-unknown'],
    ['no level', { acr: undefined }, 'loa-unknown'],
    ['a list of levels', { acr: [ACR] }, 'loa-unknown'],
  ])('with %s', async (_name, claims, code) => {
    await expect(logIn({ claims })).rejects.toMatchObject({ code });
  });
});

describe('an answer is refused', () => {
  test.each<readonly [string, Lie]>([
    ['about another person than the token', { userinfo: JSON.stringify({ sub: 'other', given_name: 'Jana', family_name: 'Novotná' }) }],
    ['about nobody', { userinfo: JSON.stringify({ given_name: 'Jana', family_name: 'Novotná' }) }],
    ['longer than any person is', { userinfo: JSON.stringify({ sub: SUBJECT, given_name: 'J'.repeat(300_000), family_name: 'N' }) }],
    ['cut off in the middle', { userinfo: '{"sub":"f00d","given_name":"Ja' }],
    ['in another encoding', { userinfo: Buffer.from('{"sub":"f00d"}', 'utf16le').toString('latin1') }],
    ['that is a list', { userinfo: '[]' }],
    ['without identity token', { token: { id_token: undefined } }],
    ['with an identity token that is none', { token: { id_token: 'a.b.c' } }],
  ])('%s', async (_name, told) => {
    await expect(logIn(told)).rejects.toMatchObject({ name: 'OidcLoginRefused', kind: 'untrusted' });
  });

  test('without names', async () => {
    await expect(
      logIn({ userinfo: JSON.stringify({ sub: SUBJECT, given_name: { evil: true }, family_name: '  ' }) }),
    ).rejects.toMatchObject({
      code: 'claims-missing',
    });
  });

  test('that says which issuer it is of, and it is another', async () => {
    await expect(logIn({}, { iss: 'https://evil.example' })).rejects.toMatchObject({ kind: 'untrusted' });
  });

  test('with the state of another login', async () => {
    await expect(logIn({}, { state: 'other' })).rejects.toMatchObject({ kind: 'untrusted' });
  });
});
