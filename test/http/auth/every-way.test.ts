// What must hold however somebody logs in: a new secret at each login, an end without use, an end at all, and an end everywhere. A row for each way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PasswordLogin } from '../../../server/http/auth/ports.ts';
import { ABSOLUTE_MS, IDLE_MS } from '../../../server/people/sessions.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { Browser, fieldsOf } from './a-browser.ts';
import type { Answer } from './a-browser.ts';
import { startTown, type Town } from './a-town.ts';
import { openMoreWays } from './more-ways.ts';

const database = await cloneDatabase();
const STEP_MS = 15 * 60_000;
const directory: PasswordLogin = {
  logIn: (login) => Promise.resolve({ subject: `directory:${login}`, name: login, email: '', groups: ['evidence'] }),
};
let town: Town;
beforeAll(async () => {
  town = await startTown(database, { loa: 'low' }, directory, openMoreWays);
});
afterAll(() => town.close());

interface Way {
  readonly kind: 'citizen' | 'officer';
  readonly cookie: 'sid' | 'usid';
  /** A page that only the logged in see; it tells the token against forged requests. */
  readonly page: string;
  readonly logout: string;
  /** In a browser that is logged in already the person logs in anew. */
  logIn(browser: Browser): Promise<Answer>;
}
const citizen = (name: string, key: string): Way => ({
  kind: 'citizen',
  cookie: 'sid',
  page: '/api/forms',
  logout: '/odhlaseni/vsude',
  logIn: async (browser) => {
    const answer = await browser.press(await browser.go(`${town.url}/prihlaseni/${name}?cil=%2Fapi%2Fforms&znovu=1`), key);
    return fieldsOf(answer)['SAMLResponse'] ? browser.press(answer) : answer;
  },
});
const office = { kind: 'officer', cookie: 'usid', page: '/urad/api/me', logout: '/urad/odhlaseni/vsude' } as const;
const ways: Readonly<Record<string, Way>> = {
  nia: citizen('nia', 'jana-novotna'),
  mojeid: citizen('mojeid', 'jana-novotna'),
  bankid: citizen('bankid', 'zdenek-rehor'),
  'data box': citizen('isds', 'msediv9'),
  'identity provider of the office': { ...office, logIn: throughProvider },
  'password of the directory': {
    ...office,
    logIn: (browser) =>
      browser.go(`${town.url}/urad/prihlaseni?cil=%2Furad%2Fapi%2Fme`, {
        method: 'POST',
        headers: { origin: town.url, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ jmeno: 'vlckova', heslo: 'x' }).toString(),
      }),
  },
};
/** Whoever is logged in is not sent to the provider again, so the second login is begun in a window without the cookie: as one that stood open all the time. */
async function throughProvider(browser: Browser): Promise<Answer> {
  const before = browser.cookies.get('usid');
  browser.cookies.delete('usid');
  const begun = await browser.send(new URL('/urad/prihlaseni/poskytovatel?cil=%2Furad%2Fapi%2Fme', town.url), {});
  if (before) browser.cookies.set('usid', before);
  const page = await browser.go(begun.headers.get('location') ?? '');
  return page.text.includes('name="osoba"') ? browser.press(page, 'u-hana-vlckova') : page;
}
const all = Object.entries(ways);
const see = (browser: Browser, { page }: Way): Promise<Answer> => browser.send(new URL(page, town.url), {});
const secretOf = (browser: Browser, { cookie }: Way): string => browser.cookies.get(cookie)?.value ?? '';
function withSecret(secret: string, { cookie }: Way): Browser {
  const browser = new Browser();
  browser.cookies.set(cookie, { value: secret, path: '/' });
  return browser;
}
async function loggedIn(way: Way): Promise<Browser> {
  const browser = new Browser();
  const answer = await way.logIn(browser);
  expect([answer.status, secretOf(browser, way).length]).toEqual([200, 43]);
  return browser;
}

describe('a login', () => {
  test.each(all)('through %s gives a secret of its own, whatever the browser brought', async (_name, way) => {
    const planted = 'p'.repeat(43);
    const browser = withSecret(planted, way);
    await way.logIn(browser);
    expect(secretOf(browser, way)).not.toBe(planted);
    expect([(await see(browser, way)).status, (await see(withSecret(planted, way), way)).status]).toEqual([200, 403]);
  });
  test.each(all)(
    'through %s in a browser that is logged in gives a new secret, and the one before is worth nothing',
    async (_name, way) => {
      const browser = await loggedIn(way);
      const before = secretOf(browser, way);
      expect((await way.logIn(browser)).status).toBe(200);
      expect(secretOf(browser, way)).not.toBe(before);
      expect([(await see(browser, way)).status, (await see(withSecret(before, way), way)).status]).toEqual([200, 403]);
    },
  );
});

describe('a session', () => {
  test.each(all)('begun through %s ends after twenty minutes without use', async (_name, way) => {
    const browser = await loggedIn(way);
    town.later(IDLE_MS - 60_000);
    const inTime = (await see(browser, way)).status;
    town.later(IDLE_MS);
    const tooLate = (await see(browser, way)).status;
    town.later(60_000 - 2 * IDLE_MS);
    expect([inTime, tooLate, (await see(browser, way)).status]).toEqual([200, 403, 403]);
  });
  test.each(all)('begun through %s ends at its limit, however busy', async (_name, way) => {
    const browser = await loggedIn(way);
    const limit = ABSOLUTE_MS[way.kind];
    const seen: number[] = [];
    for (let passed = STEP_MS; passed <= limit; passed += STEP_MS) {
      town.later(STEP_MS);
      seen.push((await see(browser, way)).status);
    }
    town.later(-limit);
    expect(seen).toEqual([...Array.from({ length: limit / STEP_MS - 1 }, () => 200), 403]);
  });
  test.each(all)('begun through %s ends everywhere when the person says so, and nobody else’s does', async (name, way) => {
    const [here, there] = [await loggedIn(way), await loggedIn(way)];
    const others = await Promise.all(
      all.filter(([other, { kind }]) => other !== name && kind !== way.kind).map(async ([, one]) => [one, await loggedIn(one)] as const),
    );
    const { csrf } = JSON.parse((await see(here, way)).text) as { csrf: string };
    const forged = await here.send(new URL(way.logout, town.url), { method: 'POST', headers: { origin: town.url } });
    expect([forged.status, (await see(there, way)).status]).toEqual([403, 200]);
    const said = await here.send(new URL(way.logout, town.url), { method: 'POST', headers: { origin: town.url, 'x-csrf-token': csrf } });
    expect(said.status).toBe(200);
    expect([(await see(here, way)).status, (await see(there, way)).status]).toEqual([403, 403]);
    for (const [one, browser] of others) expect((await see(browser, one)).status).toBe(200);
  });
});

describe('the tile of Portál občana', () => {
  const ENTRY = '/prihlaseni/nia?cil=%2Fmoje';
  test('leads straight in when the person has a session at NIA: no page asks anything on the way', async () => {
    const browser = new Browser();
    const login = await browser.press(await browser.go(`${town.url}/prihlaseni/nia`), 'jana-novotna');
    await browser.press(login);
    browser.cookies.delete('sid'); // the town knows nobody, NIA does
    const carried = await browser.go(`${town.url}${ENTRY}`);
    expect([carried.text.includes('name="osoba"'), fieldsOf(carried)['SAMLResponse'] !== undefined]).toEqual([false, true]);
    const arrived = await browser.press(carried);
    expect([arrived.status, arrived.url.pathname]).toEqual([200, '/moje']);
    expect((await see(browser, citizen('nia', ''))).status).toBe(200);
  });
  test('leads straight in whoever is logged in already, and asks at NIA whoever is not', async () => {
    const browser = await loggedIn(citizen('nia', 'jana-novotna'));
    expect((await browser.send(new URL(ENTRY, town.url), {})).headers.get('location')).toBe('/moje');
    expect((await new Browser().go(`${town.url}${ENTRY}`)).text).toContain('name="osoba"');
  });
  test('makes the account of a newcomer by itself', async () => {
    const browser = new Browser();
    const arrived = await browser.press(await browser.press(await browser.go(`${town.url}${ENTRY}`), 'oldrich-kun'));
    expect([arrived.url.pathname, (await see(browser, citizen('nia', ''))).status]).toEqual(['/moje', 200]);
  });
});
