// Who may come through which door: every registered route without login, with somebody else's ids, from a foreign page, with rubbish in its place.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficerCard } from '../../server/contract/office.ts';
import type { Draft, ProblemBody } from '../../server/contract/portal.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { registeredRoutes, type Route } from './registered-routes.ts';
import { citizen, commandId, officer, stranger, type Client, type Method, type Reply } from './town-client.ts';
import { actionOf, askForInformation, caseOf, completeTask, fileDog, openDraft, prescribedDog, taskAt } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let tomas: Client;
let hana: Client;
let radek: Client;
let petr: Client;

beforeAll(async () => {
  town = await startTown(database, { LOGINS_PER_MINUTE: '200' });
  jana = await citizen(town.url, 'jana-novotna');
  tomas = await citizen(town.url, 'tomas-cizek');
  hana = await officer(town.url, 'u-hana-vlckova');
  radek = await officer(town.url, 'u-radek-simunek');
  petr = await officer(town.url, 'u-petr-dvoracek');
}, 120_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

/** Doors that anybody may knock at; everything else asks who is there. */
const OPEN: readonly string[] = [
  'GET /api/session',
  'GET /api/login-ways',
  'GET /api/services',
  'GET /api/services/:id',
  'GET /api/hooks/gopay',
  'POST /api/hooks/comgate',
  'POST /api/hooks/essl',
  // Symbol and exact amount are the secret; a payment has a key of its own.
  'POST /api/public-payments',
  'POST /api/public-payments/card',
  'GET /api/public-payments/card/:id',
  'GET /api/public-payments/qr.svg',
  // Its address is the secret.
  'GET /kalendar/:token.ics',
  'GET /urad/api/session',
  'GET /prihlaseni',
  'GET /prihlaseni/:provider',
  'POST /prihlaseni/:provider/pripojit',
  'GET /prihlaseni/:provider/navrat',
  'POST /nia/acs',
  'GET /nia/metadata',
  'GET /nia/slo',
  'POST /nia/slo',
  'POST /odhlaseni',
  'POST /odhlaseni/vsude',
  'GET /odhlaseni',
  'GET /nia/odhlaseno',
  'POST /nia/odhlaseno',
  'GET /urad/prihlaseni',
  'GET /urad/prihlaseni/navrat',
  'GET /urad/prihlaseni/poskytovatel',
  // The form of a directory: no session yet, so no token; only the origin guards it (test/http/auth/officer-password.test.ts).
  'POST /urad/prihlaseni',
  // A provider tells a logout: signed by it, or from its own frame (test/http/auth/told-logout.test.ts).
  'POST /urad/odhlaseni/poskytovatel',
  'GET /urad/odhlaseni/poskytovatel',
  'POST /prihlaseni/:provider/odhlaseno',
  'POST /urad/odhlaseni',
  'POST /urad/odhlaseni/vsude',
];
const routes = registeredRoutes();
const closed = routes.filter((route) => !OPEN.includes(nameOf(route)));
function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}
const NOBODYS = '01890a5d-ac96-774b-bcce-b302099a8057';
const at = (path: string, value: string): string => path.replaceAll(/:[a-zA-Z]+/g, value);
/** Doors that file something let a session in thirty times a minute: whoever tries more of them comes with a new one. */
const FILING = /\/(submit|complete|withdraw|confirm)$|^\/api\/contacts\//;
const isUnsafe = ({ method }: Route): boolean => method !== 'GET';
const doorkeeper = (path: string): Client => (path.startsWith('/urad/') ? radek : jana);

/** A body that the door would take, so that only the door itself can refuse. */
const anything = {
  commandId: commandId(),
  values: {},
  files: {},
  revision: 1,
  page: null,
  service: 'prihlaseni-psa',
  text: 'x',
  note: 'x',
  variableSymbol: '1',
  mark: 'x',
  officerId: NOBODYS,
};

test('the list of doors is read from the routers and is whole', () => {
  expect(routes.length).toBeGreaterThan(60);
  expect(routes.map(nameOf)).toEqual(
    expect.arrayContaining([...OPEN, 'POST /urad/api/situations/:id/publish', 'GET /api/card-payments/:id']),
  );
  expect(OPEN.filter((name) => !routes.some((route) => nameOf(route) === name))).toEqual([]);
});

test.each(closed.map((route) => [nameOf(route), route] as const))('without login: %s', async (_name, { method, path }) => {
  const reply = await stranger(town.url).ask(method, at(path, NOBODYS), method === 'GET' ? undefined : anything);

  expect([reply.status, reply.body.code]).toEqual([401, 'login-required']);
  expectArmour(reply);
});

test('a citizen’s login opens no door of the office, and an officer’s none of the portal', async () => {
  for (const { method, path } of closed) {
    const wrong = path.startsWith('/urad/') ? jana : radek;
    const reply = await wrong.ask(method, at(path, NOBODYS), method === 'GET' ? undefined : anything);
    expect([nameOf({ method, path }), reply.status]).toEqual([nameOf({ method, path }), 401]);
  }
});

describe('from elsewhere than our own pages', () => {
  test.each(
    routes
      .filter(isUnsafe)
      .filter(({ path }) => !path.startsWith('/nia/') && !path.startsWith('/api/hooks/') && path !== '/urad/prihlaseni')
      // Called by providers, from server to server: what they sign is their token.
      .filter(({ path }) => path !== '/urad/odhlaseni/poskytovatel' && path !== '/prihlaseni/:provider/odhlaseno')
      .map((route) => [nameOf(route), route] as const),
  )('%s', async (_name, { method, path }) => {
    const who = doorkeeper(path);
    const there = at(path, NOBODYS);
    const body = JSON.stringify(anything);
    const json = { 'content-type': 'application/json' };
    const own = { origin: town.url, 'x-csrf-token': who.csrf };
    const ask = async (headers: Record<string, string>): Promise<readonly [number, string]> => {
      const reply = await who.askOtherwise(method, there, { headers, body });
      return [reply.status, reply.body.code];
    };

    expect(await ask({ ...json, origin: town.url })).toEqual([403, 'csrf-token']);
    expect(await ask({ ...json, ...own, 'x-csrf-token': `${who.csrf.slice(0, -1)}!` })).toEqual([403, 'csrf-token']);
    expect(await ask({ ...json, ...own, origin: 'https://zly.example' })).toEqual([403, 'foreign-origin']);
    expect(await ask({ ...json, ...own, origin: 'null' })).toEqual([403, 'foreign-origin']);
    expect(await ask({ ...json, ...own, 'sec-fetch-site': 'same-site' })).toEqual([403, 'foreign-origin']);
    expect(await ask({ ...json, 'x-csrf-token': who.csrf })).toEqual([403, 'origin-missing']);
    if (path.endsWith('/files')) return;
    expect(await ask({ ...own, 'content-type': 'text/plain' })).toEqual([415, 'json-only']);
    // The portal's button works before its scripts do: then the token is a field of the form, which is missing here.
    const form = path === '/odhlaseni' || path.endsWith('/pripojit') ? [403, 'csrf-token'] : [415, 'json-only'];
    expect(await ask({ ...own, 'content-type': 'application/x-www-form-urlencoded' })).toEqual(form);
    expect(await ask({ ...own, ...json, 'content-encoding': 'gzip' })).toEqual([422, 'compressed-body']);
  });
});

describe('somebody else’s things do not exist', () => {
  test('draft, case, task, document, prescription and card payment of a neighbour', async () => {
    const draft = await openDraft(jana, 'zadost-o-informace');
    const upload = await jana.upload<{ readonly id: string }>(`/api/drafts/${draft.id}/files`, {
      key: 'prilohy',
      name: 'a.pdf',
      content: '%PDF-1.7\n%%EOF',
    });
    const { caseId, fee } = await prescribedDog(jana, hana);
    const card = await jana.send<{ readonly id: string }>('POST', `/api/cases/${caseId}/prescriptions/${fee.id}/card`, {
      commandId: commandId(),
    });
    const { documents } = await caseOf(jana, caseId);
    const { caseId: incomplete } = await fileDog(jana);
    await completeTask(hana, incomplete, 'kontrola', { vysledek: 'neuplne', zavady: 'Chybí číslo čipu psa.' });
    const task = `/api/cases/${incomplete}/tasks/${encodeURIComponent((await actionOf(jana, incomplete, 'task')).executionId)}`;
    const order = { commandId: commandId() };
    const things: readonly (readonly [Method, string, object?])[] = [
      ['GET', `/api/drafts/${draft.id}`],
      ['PUT', `/api/drafts/${draft.id}`, { values: {}, page: null, revision: draft.revision }],
      ['POST', `/api/drafts/${draft.id}/submit`, { ...order, revision: draft.revision, values: {} }],
      ['DELETE', `/api/drafts/${draft.id}/files/${upload.body.id}`],
      ['POST', `/api/drafts/${draft.id}/files?key=prilohy&name=b.pdf`, {}],
      ['DELETE', `/api/drafts/${draft.id}`],
      ['GET', `/api/cases/${caseId}`],
      ['POST', `/api/cases/${caseId}/withdraw`, order],
      ['GET', `/api/cases/${caseId}/receipt.pdf`],
      ...documents.map(({ href }) => ['GET', href] as const),
      ['GET', fee.qrHref],
      ['POST', `/api/cases/${caseId}/prescriptions/${fee.id}/card`, order],
      ['GET', `/api/card-payments/${card.id}`],
      ['GET', `/api/card-payments/${card.id}?zeptat=1`],
      ['GET', task],
      ['PUT', `${task}/draft`, { values: {} }],
      ['POST', `${task}/complete`, { ...order, values: { sdeleni: 'Čip nemá.' } }],
      ['POST', `${task}/files?key=prilohy&name=b.pdf`, {}],
    ];
    const answers: (readonly [string, number])[] = [];
    for (const [method, path, body] of things) answers.push([`${method} ${path}`, (await tomas.ask(method, path, body)).status]);

    expect(documents.length).toBeGreaterThan(1);
    expect(answers).toEqual(answers.map(([name]) => [name, /complete$/.test(name) ? 403 : 404]));
    expect((await jana.get<{ readonly files: readonly unknown[] }>(`/api/drafts/${draft.id}`)).files).toHaveLength(1);
    expect((await caseOf(jana, caseId)).state.ended).toBe(false);
  });

  test('a document is found only in its own case', async () => {
    const [first, second] = [await fileDog(jana), await fileDog(jana)];
    const [document] = (await caseOf(jana, first.caseId)).documents;

    expect((await jana.ask('GET', `/api/cases/${second.caseId}/documents/${document?.id ?? ''}`)).status).toBe(404);
  });
});

describe('officers among themselves', () => {
  test('a task of another group is seen by nobody else’s hand', async () => {
    const { caseId } = await askForInformation(tomas);
    const task = await taskAt(hana, caseId, 'posouzeni');
    for (const [method, action, body] of [
      ['GET', '', undefined],
      ['POST', '/claim', { commandId: commandId() }],
      ['POST', '/release', { commandId: commandId() }],
      ['POST', '/assign', { commandId: commandId(), officerId: NOBODYS }],
      ['POST', '/complete', { commandId: commandId(), values: { postup: 'odkazat', odkaz: 'https://lipova.example/x' } }],
    ] as const) {
      const reply = await hana.ask(method, `${task}${action}`, body);
      expect([action, reply.status, reply.body.code]).toEqual([action, 403, 'task-not-yours']);
    }
    expect((await hana.ask('PUT', `${task}/draft`, { values: {} })).status).toBe(404);
    expect((await hana.upload(`${task}/files`, { key: 'prilohy', name: 'a.pdf', content: '%PDF-1.7\n%%EOF' })).status).toBe(404);
    expect((await petr.ask('POST', `${task}/claim`, { commandId: commandId() })).body.code).toBe('task-not-yours');
  });

  test('a task is not given to somebody who is not there', async () => {
    const { caseId } = await askForInformation(tomas);
    const task = await taskAt(radek, caseId, 'posouzeni');
    const reply = await radek.ask('POST', `${task}/assign`, { commandId: commandId(), officerId: NOBODYS });

    expect([reply.status, reply.body.code]).toEqual([422, 'request-invalid']);
  });

  test('a task is given outside its group by a head only, and whoever has got it may complete it', async () => {
    const { caseId } = await askForInformation(tomas);
    const task = await taskAt(radek, caseId, 'posouzeni');
    const { officers } = await radek.get<{ readonly officers: readonly OfficerCard[] }>('/urad/api/officers');
    const officerId = officers.find(({ name }) => name === 'Hana Vlčková')?.id;
    const give = (who: Client): Promise<Reply<ProblemBody>> => who.ask('POST', `${task}/assign`, { commandId: commandId(), officerId });

    const byColleague = await give(radek);
    expect([byColleague.status, byColleague.body.code]).toEqual([403, 'task-not-yours']);
    expect((await give(await officer(town.url, 'u-ludmila-kratka'))).status).toBe(200);

    const mine = await hana.get<{ readonly tasks: readonly { readonly caseId: string }[] }>('/urad/api/tasks?queue=mine');
    expect(mine.tasks.map((row) => row.caseId)).toEqual([caseId]);
    expect((await hana.ask('GET', task)).status).toBe(200);
    const values = { postup: 'odkazat', odkaz: 'https://lipova.example/x' };
    expect((await hana.ask('POST', `${task}/complete`, { commandId: commandId(), values })).status).toBe(200);
  });

  test('a clerk writes nothing of the analyst’s', async () => {
    const base = '/urad/api/situations/prihlaseni-psa';
    for (const [method, path, body] of [
      ['PUT', '/draft', { files: {}, revision: 0 }],
      ['DELETE', '/draft', undefined],
      ['POST', '/check', { files: {} }],
      ['POST', '/publish', { commandId: commandId(), revision: 1, note: '' }],
    ] as const) {
      const reply = await hana.ask(method, `${base}${path}`, body);
      expect([path, reply.status, reply.body.code]).toEqual([path, 403, 'not-permitted']);
    }
  });

  test('an analyst who is nothing else does not touch money', async () => {
    for (const [path, body] of [
      ['match', { commandId: commandId(), variableSymbol: '1341000001', note: '' }],
      ['return', { commandId: commandId(), note: '' }],
    ] as const) {
      const reply = await petr.ask('POST', `/urad/api/payments/${NOBODYS}/${path}`, body);
      expect([path, reply.status, reply.body.code]).toEqual([path, 403, 'not-permitted']);
    }
  });
});

describe('rubbish in place of what belongs there', () => {
  const RUBBISH = [
    'x',
    '0',
    '-1',
    '%00',
    'null',
    '..%2f..%2fetc',
    "'%20or%201=1--",
    'A'.repeat(300),
    '%F0%9F%90%95',
    '%E0%A4%A',
    NOBODYS,
    '__proto__',
  ];

  test.each(closed.map((route) => [nameOf(route), route] as const))('ids: %s', async (_name, route) => {
    if (!route.path.includes(':')) return;
    const who =
      FILING.test(route.path) && !route.path.startsWith('/urad/') ? await citizen(town.url, 'jana-novotna') : doorkeeper(route.path);
    for (const rubbish of RUBBISH) {
      const path = at(route.path, rubbish);
      const reply = await who.ask(route.method, path, isUnsafe(route) ? anything : undefined);
      expect([path, [400, 403, 404, 409, 422].includes(reply.status) ? 'refused' : `${reply.status} ${reply.text}`]).toEqual([
        path,
        'refused',
      ]);
    }
  });

  const BODIES: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['not JSON', '{"commandId":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['wrong types', '{"commandId":1,"values":[],"revision":"x","files":3}'],
    [
      'NUL in a text',
      JSON.stringify({ ...anything, commandId: 'abc\0defgh', values: { 'a\0': 'b\0' }, note: '\0', text: '\0', mark: '\0' }),
    ],
    [
      'half a character',
      '{"commandId":"12345678","revision":1,"page":null,"values":{"a":"\\ud800"},"files":{"a":"\\ud800"},"note":"\\ud800","text":"\\ud800","mark":"\\ud800"}',
    ],
    ['deep nesting', `{"commandId":"12345678","revision":1,"page":null,"values":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`],
    ['a number too big', JSON.stringify({ ...anything, revision: 9_007_199_254_740_991 })],
    ['more than a megabyte', JSON.stringify({ ...anything, values: { a: 'x'.repeat(5_000_000) } })],
    [
      'names of the language',
      '{"commandId":"12345678","revision":1,"page":null,"values":{"__proto__":{"x":1},"constructor":1,"toString":2}}',
    ],
  ];
  let things: undefined | Promise<{ readonly draft: Draft; readonly caseId: string; readonly task: string }>;
  const prepare = async (): Promise<NonNullable<Awaited<typeof things>>> => {
    const [draft, { caseId }] = await Promise.all([openDraft(jana, 'zadost-o-informace'), askForInformation(tomas)]);
    return { draft, caseId, task: await taskAt(radek, caseId, 'posouzeni') };
  };
  test.each(BODIES)('bodies: %s', async (_name, body) => {
    const { draft, caseId, task } = await (things ??= prepare());
    const doors = [
      ...closed
        .filter(isUnsafe)
        .map(({ method, path }) => [method, path.includes('/situations/') ? at(path, 'prihlaseni-psa') : at(path, NOBODYS)] as const),
      ['PUT', `/api/drafts/${draft.id}`] as const,
      ['POST', `/api/drafts/${draft.id}/submit`] as const,
      ['PUT', `${task}/draft`] as const,
      ['POST', `/urad/api/cases/${caseId}/notes`] as const,
    ];
    for (const [method, path] of doors) {
      if (method === 'DELETE') continue;
      const who = path.startsWith('/urad/') ? (path.includes('/situations/') ? petr : radek) : jana;
      const reply = await who.askOtherwise(method, path, {
        headers: { origin: town.url, 'x-csrf-token': who.csrf, 'content-type': 'application/json' },
        body,
      });
      expect([method, path, reply.status < 500 ? 'no defect' : reply.text]).toEqual([method, path, 'no defect']);
    }
    expect((await jana.ask('GET', `/api/drafts/${draft.id}`)).status).toBe(200);
  });

  test('questions in the address', async () => {
    for (const query of [
      'q=%00',
      'q=%25_%5C',
      'page=0',
      'page=x',
      'page=99999999999',
      'queue=x',
      'sort=x',
      'dir=x',
      'q=a&q=b',
      'q[]=1',
      '%00=1',
      'q=%E0%A4%A',
      'state=x',
      'lang=x',
    ]) {
      for (const path of [
        '/urad/api/tasks',
        '/urad/api/cases',
        '/api/services',
        '/api/hooks/gopay',
        '/',
        '/sluzby',
        '/sluzby/prihlaseni-psa',
      ]) {
        const reply = await radek.ask('GET', `${path}?${query}`);
        expect([path, query, reply.status < 500 ? 'no defect' : reply.text]).toEqual([path, query, 'no defect']);
      }
    }
  });

  test('a notification about a payment that nobody has', async () => {
    expect((await stranger(town.url).ask('GET', '/api/hooks/gopay?id=99')).status).toBe(404);
    expect((await stranger(town.url).ask('GET', '/api/hooks/gopay?id=abc')).status).toBe(422);
  });

  test('a way to log in that the town does not have', async () => {
    for (const provider of ['nikdo', '__proto__']) {
      expect((await stranger(town.url).ask('GET', `/prihlaseni/${provider}`)).status).toBe(404);
      expect((await stranger(town.url).ask('POST', `/prihlaseni/${provider}/odhlaseno`, anything)).status).toBe(404);
    }
  });

  test('methods that a door does not know', async () => {
    for (const method of ['PATCH', 'PUT', 'DELETE', 'OPTIONS']) {
      const reply = await jana.askOtherwise(method, '/api/cases', { headers: { origin: town.url, 'x-csrf-token': jana.csrf } });
      expect([method, reply.status]).toEqual([method, 404]);
    }
  });
});

describe('armour', () => {
  test('every answer carries the security headers: pages, assets, errors, health, files', async () => {
    const { caseId } = await fileDog(tomas);
    const page = await stranger(town.url).ask('GET', '/');
    const assets = [...page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(1);
    for (const path of [
      '/',
      '/sluzby',
      '/neni',
      '/urad/',
      '/urad/ukoly',
      '/urad/neni.js',
      '/health/live',
      '/health/ready',
      '/api/neni',
      '/api/cases',
      '/urad/api/session',
      '/nia/metadata',
      '/prihlaseni/nia',
      '/odhlaseni',
      `/api/cases/${caseId}/receipt.pdf`,
      '/assets/%E0%A4%A.js',
      '/assets/..%2f..%2fpackage.json',
      ...assets,
    ]) {
      const reply = await tomas.ask('GET', path);
      expect([path, reply.status < 500]).toEqual([path, true]);
      expectArmour(reply);
    }
    expectArmour(await jana.ask('POST', '/neni', {}));
    expectArmour(await jana.askOtherwise('POST', '/api/cases', { headers: {} }));
  });

  test('a cookie is HttpOnly and SameSite, and a session’s cookie says so too', async () => {
    const begun = await fetch(`${town.url}/prihlaseni/nia`, { redirect: 'manual' });
    const spoken = await fetch(`${town.url}/?lang=en`);
    const left = await jana.askOtherwise('POST', '/odhlaseni', { headers: { origin: town.url, 'x-csrf-token': jana.csrf } });
    const cookies = [...begun.headers.getSetCookie(), ...spoken.headers.getSetCookie(), ...left.headers.getSetCookie()];

    expect(cookies.length).toBeGreaterThanOrEqual(3);
    for (const cookie of cookies) expect(cookie).toMatch(/; ?httponly/i);
    for (const cookie of cookies) expect(cookie).toMatch(/; ?samesite=(lax|strict)/i);
    expect((await jana.ask('GET', '/api/cases')).status).toBe(401);
  });
});

function expectArmour({ headers }: Reply): void {
  expect(headers.get('content-security-policy')).toMatch(/default-src '(self|none)'/);
  expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe|\*/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('x-powered-by')).toBe(null);
}
