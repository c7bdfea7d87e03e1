// Identity tokens that must not be believed, from a provider that says whatever the test wants.
import { createHash, createHmac, createSign, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createOfficerLogin } from '../../../server/integrations/officer-login/index.ts';
import type { OfficerLogin, OfficerLoginConfig } from '../../../server/integrations/officer-login/index.ts';

const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [town, stranger, next] = [key(), key(), key()];
let server: Server;
let issuer: string;
let published: readonly { readonly kid: string; readonly key: KeyObject }[];
let token: (nonce: string) => string;
let asked: { readonly authorization: string; readonly body: URLSearchParams } | undefined;
/** The nonce of the login under way, as a provider would remember it. */
let nonce = '';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1000);
const claims = (changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  iss: issuer,
  aud: 'vyrizeno',
  sub: 'u-1',
  name: 'Hana Vlčková',
  groups: ['evidence'],
  nonce,
  iat: seconds(),
  exp: seconds() + 300,
  ...changes,
});
const signed = (content: Readonly<Record<string, unknown>>, given: { readonly by?: KeyObject; readonly header?: object } = {}): string => {
  const input = `${encode({ alg: 'RS256', kid: 'k1', ...given.header })}.${encode(content)}`;
  return `${input}.${createSign('RSA-SHA256')
    .update(input)
    .sign(given.by ?? town.privateKey)
    .toString('base64url')}`;
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = (body: unknown): void => void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url?.startsWith('/.well-known/')) {
      const at = (path: string): string => `${issuer}/${path}`;
      return answer({
        issuer,
        authorization_endpoint: at('auth'),
        token_endpoint: at('token'),
        jwks_uri: at('jwks'),
        response_types_supported: ['code'],
      });
    }
    if (request.url === '/jwks')
      return answer({
        keys: published.map(({ kid, key: publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' })),
      });
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      asked = { authorization: request.headers.authorization ?? '', body: new URLSearchParams(Buffer.concat(pieces).toString()) };
      answer({ access_token: 'a', token_type: 'Bearer', id_token: token(nonce) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`;
});
beforeEach(() => {
  published = [{ kid: 'k1', key: town.publicKey }];
});
afterEach(() => vi.useRealTimers());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const config = (changes: Partial<OfficerLoginConfig> = {}): OfficerLoginConfig => ({
  issuer,
  clientId: 'vyrizeno',
  clientSecret: 'a-secret-of-the-test-only',
  redirectUri: 'http://localhost:1/navrat',
  postLogoutRedirectUri: 'http://localhost:1/',
  groupMap: { evidence: 'evidence' },
  allowInsecure: true,
  ...changes,
});
async function finish(login: OfficerLogin) {
  const { secrets } = await login.start();
  nonce = secrets.nonce;
  return login.finish(new URL(`http://localhost:1/navrat?code=c&state=${secrets.state}`), secrets);
}

test('a good token of this provider is believed', async () => {
  token = () => signed(claims());

  expect(await finish(createOfficerLogin(config()))).toMatchObject({ subject: 'u-1', groups: ['evidence'] });
});

describe('a token is refused', () => {
  const bad: readonly (readonly [string, () => string])[] = [
    ['of another issuer', () => signed(claims({ iss: 'https://jiny.example' }))],
    ['for another application', () => signed(claims({ aud: 'jina-aplikace' }))],
    ['for two applications', () => signed(claims({ aud: ['vyrizeno', 'jina-aplikace'] }))],
    ['of another login', () => signed(claims({ nonce: 'jiny' }))],
    ['without a nonce', () => signed(claims({ nonce: undefined }))],
    ['that is over', () => signed(claims({ iat: seconds() - 900, exp: seconds() - 600 }))],
    ['that does not end', () => signed(claims({ exp: undefined }))],
    ['of a key that the provider does not have', () => signed(claims(), { by: stranger.privateKey })],
    ['of a key under a name that the provider does not have', () => signed(claims(), { by: stranger.privateKey, header: { kid: 'k9' } })],
    [
      'that brings its own key',
      () => signed(claims(), { by: stranger.privateKey, header: { jwk: stranger.publicKey.export({ format: 'jwk' }) } }),
    ],
    ['that says where its key is', () => signed(claims(), { by: stranger.privateKey, header: { jku: 'https://zly.example/jwks' } })],
    ['without a signature', () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
    ['with the signature cut off', () => signed(claims()).replace(/\.[^.]*$/, '.')],
    [
      'signed by the public key as by a password',
      () => {
        const input = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(claims())}`;
        return `${input}.${createHmac('sha256', town.publicKey.export({ type: 'spki', format: 'pem' }))
          .update(input)
          .digest('base64url')}`;
      },
    ],
    [
      'signed by the password of the application',
      () => {
        const input = `${encode({ alg: 'HS256' })}.${encode(claims())}`;
        return `${input}.${createHmac('sha256', 'a-secret-of-the-test-only').update(input).digest('base64url')}`;
      },
    ],
    ['with claims changed after signing', () => signed(claims()).replace(/\.([^.]*)\./, () => `.${encode(claims({ sub: 'u-2' }))}.`)],
    ['that is not a token', () => 'nesmysl'],
    ['that is no JSON inside', () => `${Buffer.from('{').toString('base64url')}.${Buffer.from('{').toString('base64url')}.x`],
  ];
  test.each(bad)('%s', async (_what, make) => {
    token = make;

    await expect(finish(createOfficerLogin(config()))).rejects.toMatchObject({ code: 'token-refused', kind: 'untrusted' });
  });

  test.each([
    ['without a name', { name: undefined }],
    ['with an empty key', { sub: '' }],
    ['with a name that is no text', { name: { a: 1 } }],
  ])('%s', async (_what, changes) => {
    token = () => signed(claims(changes));

    await expect(finish(createOfficerLogin(config()))).rejects.toMatchObject({ kind: 'untrusted' });
  });

  test.each([
    ['none', { groups: undefined }],
    ['names of built-in things', { groups: ['constructor', '__proto__', 'toString'] }],
    ['no list', { groups: { evidence: true } }],
  ])('when its groups are %s', async (_what, changes) => {
    token = () => signed(claims(changes));

    await expect(finish(createOfficerLogin(config()))).rejects.toMatchObject({ code: 'no-role' });
  });
});

describe('a provider', () => {
  test('that changed its key is believed again, the old key no more', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const login = createOfficerLogin(config());
    token = () => signed(claims());
    await finish(login);
    published = [{ kid: 'k2', key: next.publicKey }];
    vi.setSystemTime(Date.now() + 10 * 60_000);

    token = () => signed(claims(), { by: next.privateKey, header: { kid: 'k2' } });
    expect(await finish(login)).toMatchObject({ subject: 'u-1' });

    token = () => signed(claims());
    await expect(finish(login)).rejects.toMatchObject({ code: 'token-refused' });
  });

  test('that wants a key instead of a password gets a signed proof', async () => {
    const privateKeyPem = stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { certificatePem } = await createKeyPair('Město');
    const { clientSecret: _none, ...rest } = config();
    token = () => signed(claims());

    await finish(createOfficerLogin({ ...rest, clientKey: { privateKeyPem, keyId: 'mesto-1', certificatePem } }));

    expect(asked?.authorization).toBe('');
    expect(asked?.body.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [header = ''] = asked?.body.get('client_assertion')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      alg: 'RS256',
      kid: 'mesto-1',
      'x5t#S256': createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('base64url'),
    });
  });

  test('that tells the key of the directory leaves the groups to the directory', async () => {
    const bytes = Buffer.from('04030201060508070910111213141516', 'hex').toString('base64');
    token = () => signed(claims({ groups: [], objectGUID: bytes }));

    const identity = await finish(createOfficerLogin(config({ claims: { directoryKey: 'objectGUID' } })));

    expect(identity).toMatchObject({ directorySubject: 'directory:01020304-0506-0708-0910-111213141516', groups: [] });
  });
});
