// What stands before every route, over a real connection: bodies of bounded size, refusals as answers, the visitor's language.
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Problem } from '../../server/domain/problem.ts';
import { apiLanguage, pageLanguage } from '../../server/http/language.ts';
import { readBytes, readJson } from '../../server/http/middleware/body.ts';
import { problems } from '../../server/http/middleware/problem.ts';
import { createLog } from '../../server/platform/log.ts';

const lines: string[] = [];
const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
let server: Server;
let url: string;

const answers: Readonly<Record<string, (ctx: Koa.Context) => unknown>> = {
  '/api/json': (ctx) => readJson(ctx, z.object({ name: z.string(), age: z.number().int() }), 100),
  '/api/bytes': async (ctx) => ({ length: (await readBytes(ctx, 1_000, 'file-too-large')).length }),
  '/api/refuse/invalid': () => refuse('invalid', 'note-empty', { limit: 3 }),
  '/api/refuse/forbidden': () => refuse('forbidden', 'not-permitted'),
  '/api/refuse/login': () => refuse('forbidden', 'login-required'),
  '/api/refuse/conflict': () => refuse('conflict', 'task-already-completed'),
  '/api/refuse/gone': () => refuse('gone', 'draft-already-submitted'),
  '/api/refuse/unavailable': () => refuse('unavailable', 'form-missing'),
  '/api/refuse/disguised': () => refuse('conflict', 'already-paid', { status: 200, code: 'ok', type: 'x', title: 'y' }),
  '/api/break': () => {
    throw new Error('connection to db-7 as jana.mala@example.cz failed');
  },
  '/api/language': (ctx) => ({ lang: apiLanguage(ctx) }),
  '/page': (ctx) => ({ lang: pageLanguage(ctx) }),
};

function refuse(kind: Problem['kind'], code: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new Problem(kind, code, details);
}

beforeAll(async () => {
  const app = new Koa();
  app.use(problems(log));
  app.use(async (ctx) => {
    const answer = answers[ctx.path];
    if (answer) ctx.body = await answer(ctx);
  });
  server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  lines.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const post = (path: string, body: string): Promise<Response> => fetch(url + path, { method: 'POST', body });
const codeOf = async (response: Response): Promise<unknown> => [response.status, ((await response.json()) as { code: string }).code];

describe('a body', () => {
  test('is parsed into its type once', async () => {
    expect(await (await post('/api/json', '{"name":"Rek","age":3,"extra":1}')).json()).toEqual({ name: 'Rek', age: 3 });
  });

  test.each([
    ['that is no JSON', '{"name":', [422, 'json-malformed']],
    ['that is empty', '', [422, 'request-invalid']],
    ['of a wrong shape', '{"name":"Rek","age":"3"}', [422, 'request-invalid']],
    ['that is too long', JSON.stringify({ name: 'x'.repeat(100), age: 1 }), [413, 'body-too-large']],
  ])('%s is refused', async (_what, body, refusal) => {
    expect(await codeOf(await post('/api/json', body))).toEqual(refusal);
  });

  test('of a wrong shape is answered with the names of the wrong fields, never with what was in them', async () => {
    const text = await (await post('/api/json', '{"name":7,"age":"tajné"}')).text();

    expect(JSON.parse(text)).toMatchObject({ code: 'request-invalid', fields: ['name', 'age'] });
    expect(text).not.toContain('tajné');
  });

  test('of a file is taken up to its limit and refused by the announced length', async () => {
    expect(await (await post('/api/bytes', 'x'.repeat(1_000))).json()).toEqual({ length: 1_000 });
    expect(await codeOf(await post('/api/bytes', 'x'.repeat(1_001)))).toEqual([413, 'file-too-large']);
  });

  test('that does not announce its length is refused as soon as it is too long', async () => {
    const sent = request(`${url}/api/bytes`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
    sent.on('error', () => undefined); // the server may close the connection before everything is sent
    sent.write('x'.repeat(2_000));
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    sent.destroy();

    expect(answer.statusCode).toBe(413);
  });
});

describe('a refusal', () => {
  test.each([
    ['invalid', 422, 'note-empty'],
    ['forbidden', 403, 'not-permitted'],
    ['login', 401, 'login-required'],
    ['conflict', 409, 'task-already-completed'],
    ['gone', 410, 'draft-already-submitted'],
    ['unavailable', 503, 'form-missing'],
  ])('%s is answered %i as a problem with its code', async (path, status, code) => {
    const response = await fetch(`${url}/api/refuse/${path}`);

    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code, type: `urn:vyrizeno:problem:${code}` });
    expect(lines).toEqual([]);
  });

  test('keeps its own status and code, whatever its details say', async () => {
    const response = await fetch(`${url}/api/refuse/disguised`);

    expect([response.status, await response.json()]).toEqual([
      409,
      { type: 'urn:vyrizeno:problem:already-paid', title: 'already-paid', status: 409, code: 'already-paid' },
    ]);
  });

  test('of an address that is none is a problem for a program', async () => {
    expect(await codeOf(await fetch(`${url}/api/neni`))).toEqual([404, 'not-found']);
  });
});

test('a defect is told to the log and not to the visitor', async () => {
  const response = await fetch(`${url}/api/break`);
  const text = await response.text();

  expect(response.status).toBe(500);
  expect(text).not.toContain('db-7');
  expect(JSON.parse(text)).toMatchObject({ code: 'internal-error' });
  expect(lines.join('')).toContain('request failed');
});

describe('the language', () => {
  test.each([
    ['/api/language', '', 'cs'],
    ['/api/language', 'en-GB,en;q=0.9', 'en'],
    ['/api/language?lang=en', 'cs', 'en'],
    ['/api/language?lang=de', 'cs', 'cs'],
    ['/page', 'en-US,en;q=0.9,cs;q=0.1', 'en'],
    ['/page', 'sk,en;q=0.5', 'cs'],
    ['/page', 'de', 'cs'],
    ['/page?lang=cs', 'en', 'cs'],
  ])('of %s asked in “%s” is %s', async (path, wanted, lang) => {
    const response = await fetch(url + path, { headers: { 'accept-language': wanted } });

    expect(await response.json()).toEqual({ lang });
  });

  test('chosen on a page is remembered, out of reach of scripts', async () => {
    const chosen = await fetch(`${url}/page?lang=en`, { headers: { 'accept-language': 'cs' } });
    const cookie = chosen.headers.get('set-cookie') ?? '';

    expect(cookie).toMatch(/^lang=en;.*httponly/i);
    const later = await fetch(`${url}/page`, { headers: { 'accept-language': 'cs', cookie: 'lang=en' } });
    expect(await later.json()).toEqual({ lang: 'en' });
  });

  test('in the cookie is believed only when we speak it', async () => {
    const response = await fetch(`${url}/page`, { headers: { 'accept-language': 'cs', cookie: 'lang=<script>' } });
    expect(await response.json()).toEqual({ lang: 'cs' });
  });
});
