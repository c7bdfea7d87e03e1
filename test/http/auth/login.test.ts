// Logging in and out, from the first click to the session, against simulated providers over HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase } from '../../setup/database.ts';
import { Browser, actionOf, fieldsOf, formInit } from './a-browser.ts';
import type { Answer } from './a-browser.ts';
import { startTown } from './a-town.ts';
import type { Town } from './a-town.ts';

const database = await cloneDatabase();
let town: Town;
beforeAll(async () => {
  town = await startTown(database);
});
afterAll(() => town.close());

const begin = (browser: Browser, goal = '/api/me'): Promise<Answer> =>
  browser.go(`${town.url}/prihlaseni/nia?cil=${encodeURIComponent(goal)}`);
const chooseCitizen = async (browser: Browser, key: string, goal?: string): Promise<Answer> =>
  browser.press(await begin(browser, goal), key);
const logInCitizen = async (browser: Browser, key = 'jana-novotna', goal?: string): Promise<Answer> =>
  browser.press(await chooseCitizen(browser, key, goal));
const logInOfficer = async (browser: Browser, subject: string, goal = '/urad/api/me'): Promise<Answer> => {
  const page = await browser.go(`${town.url}/urad/prihlaseni?cil=${encodeURIComponent(goal)}`);
  return browser.press(page, subject);
};
const csrfOf = (answer: Answer): string => (JSON.parse(answer.text) as { csrf: string }).csrf;
const post = (browser: Browser, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  browser.send(new URL(path, town.url), { method: 'POST', headers: { origin: town.url, ...headers } });

describe('a citizen', () => {
  test('logs in through NIA and comes to the page they wanted', async () => {
    const answer = await logInCitizen(new Browser());

    expect(answer.url.pathname).toBe('/api/me');
    expect(JSON.parse(answer.text)).toMatchObject({
      name: 'Jana',
      person: {
        familyName: 'Novotná',
        birthDate: '1986-03-14',
        email: 'jana.novotna@posta.example',
        address: { street: 'Školní', houseNumber: '214', orientationNumber: '7', city: 'Lipová nad Orlicí', ruian: { obecKod: '999901' } },
      },
    });
  });

  test('is the same person at the second login', async () => {
    const first = JSON.parse((await logInCitizen(new Browser(), 'frantiska-duskova')).text) as {
      person: { id: string; familyName: string };
    };

    const second = JSON.parse((await logInCitizen(new Browser(), 'frantiska-duskova')).text) as { person: { id: string } };

    expect(second.person.id).toBe(first.person.id);
    expect(first.person.familyName).toBe('Dušková-Štěpánková');
  });

  test('with a session at NIA is not asked again, as Portál občana needs it', async () => {
    const browser = new Browser();
    await logInCitizen(browser);
    browser.cookies.delete('sid');

    const page = await begin(browser);

    expect(fieldsOf(page)['SAMLResponse']).toBeTruthy();
    expect((await browser.press(page)).url.pathname).toBe('/api/me');
  });

  test('who cancels reads what to do next', async () => {
    const browser = new Browser();

    const answer = await browser.press(await chooseCitizen(browser, ''));

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Přihlášení jste zrušili');
    expect(browser.cookies.has('sid')).toBe(false);
  });

  test('with a low level of assurance is told which means to use', async () => {
    const answer = await logInCitizen(new Browser(), 'tomas-cizek');

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Mobilní klíč eGovernmentu');
    expect(answer.text).toContain('loa-too-low');
  });

  test('cannot use the same response twice', async () => {
    const browser = new Browser();
    const page = await chooseCitizen(browser, 'jana-novotna');
    await browser.press(page);

    const again = await browser.press(page);

    expect(again.status).toBe(400);
    expect(again.text).toContain('login-expired');
  });

  test('cannot be logged in by a response carried over from another browser', async () => {
    const page = await chooseCitizen(new Browser(), 'jana-novotna');
    const victim = new Browser();
    const withoutLogin = await victim.press(page);
    await begin(victim);

    const withOther = await victim.press(page);

    expect(withoutLogin.text).toContain('login-cookie-missing');
    expect(withOther.text).toContain('login-expired');
    expect(victim.cookies.has('sid')).toBe(false);
  });

  test('cannot finish with the response to another request', async () => {
    const browser = new Browser();
    const first = await chooseCitizen(browser, 'jana-novotna');
    const second = await begin(browser);
    const relay = fieldsOf(second)['RelayState'] ?? '';

    const answer = await browser.go(actionOf(first), formInit({ SAMLResponse: fieldsOf(first)['SAMLResponse'] ?? '', RelayState: relay }));

    expect(answer.text).toContain('in-response-to');
  });

  test('may log in from two windows side by side', async () => {
    const browser = new Browser();
    const one = await chooseCitizen(browser, 'jana-novotna', '/api/me?okno=1');
    const two = await begin(browser, '/api/me?okno=2');

    expect((await browser.press(one)).url.search).toBe('?okno=1');
    expect((await browser.press(two)).url.search).toBe('?okno=2');
  });

  test('ten minutes after the beginning must begin again', async () => {
    const browser = new Browser();
    const page = await chooseCitizen(browser, 'jana-novotna');
    town.later(10 * 60_000 + 1000);

    const answer = await browser.press(page);
    town.later(-10 * 60_000 - 1000);

    expect(answer.text).toContain('login-expired');
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/%0d%0aset-cookie:x',
    '/urad/api/me',
    '/prihlaseni/nia',
    'javascript:alert(1)',
    '/a b',
  ])('is never sent to %s after login', async (goal) => {
    const answer = await logInCitizen(new Browser(), 'jana-novotna', goal);

    expect(answer.url.origin).toBe(town.url);
    expect(['/', '/%0d%0aset-cookie:x']).toContain(answer.url.pathname);
  });
});

describe('a session', () => {
  test('has a cookie scripts cannot read, and a new one at each login', async () => {
    const browser = new Browser();
    const page = await chooseCitizen(browser, 'jana-novotna');
    const answer = await browser.send(new URL(actionOf(page)), formInit(fieldsOf(page)));
    const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('sid=')) ?? '';
    const first = browser.cookies.get('sid')?.value;
    await browser.press(await browser.go(`${town.url}/prihlaseni/nia?znovu=1`), 'jana-novotna').then((form) => browser.press(form));

    expect(line).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(browser.cookies.get('sid')?.value).not.toBe(first);
  });

  test('ends after twenty minutes without a request', async () => {
    const browser = new Browser();
    await logInCitizen(browser);
    town.later(20 * 60_000);

    const answer = await browser.go(`${town.url}/api/me`);
    town.later(-20 * 60_000);

    expect(answer.status).toBe(403);
  });

  test('ends after four hours even when it is used all the time', async () => {
    const browser = new Browser();
    await logInCitizen(browser);
    const statuses: number[] = [];
    for (let quarter = 0; quarter < 16; quarter += 1) {
      town.later(15 * 60_000);
      statuses.push((await browser.go(`${town.url}/api/me`)).status);
    }
    town.later(-4 * 3_600_000);

    expect(statuses.slice(0, 15).every((status) => status === 200)).toBe(true);
    expect(statuses[15]).toBe(403);
  });

  test('ends here and at NIA by logging out', async () => {
    const browser = new Browser();
    const csrf = csrfOf(await logInCitizen(browser));
    const sid = browser.cookies.get('sid');

    const answer = await post(browser, '/odhlaseni', { 'x-csrf-token': csrf });
    const { location } = JSON.parse(answer.text) as { location: string };
    const back = await browser.press(await browser.go(location));

    expect(back.url.pathname + back.url.search).toBe('/?odhlaseno=1');
    if (sid) browser.cookies.set('sid', sid);
    expect((await browser.go(`${town.url}/api/me`)).status).toBe(403);
    expect((await begin(browser)).text).toContain('Vyberte, kdo se hlásí');
    expect(town.notes).toContainEqual({ event: 'citizen-nia-logout', fields: { success: 'true' } });
  });

  test('ends by the plain form of a page whose scripts do not run yet', async () => {
    const browser = new Browser();
    const csrf = csrfOf(await logInCitizen(browser));
    const send = (token: string): Promise<Answer> =>
      browser.go(`${town.url}/odhlaseni`, {
        method: 'POST',
        body: new URLSearchParams({ csrf: token }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      });

    expect(JSON.parse((await send('x')).text)).toEqual({ code: 'csrf-token' });
    const back = await browser.press(await send(csrf));

    expect(back.url.pathname + back.url.search).toBe('/?odhlaseno=1');
    expect((await browser.go(`${town.url}/api/me`)).status).toBe(403);
  });

  test('ends in all browsers by logging out everywhere', async () => {
    const [here, there] = [new Browser(), new Browser()];
    const csrf = csrfOf(await logInCitizen(here, 'oldrich-kun'));
    await logInCitizen(there, 'oldrich-kun');

    await post(here, '/odhlaseni/vsude', { 'x-csrf-token': csrf });

    expect((await there.go(`${town.url}/api/me`)).status).toBe(403);
  });

  test('of a citizen opens nothing in the office, and that of an officer nothing for citizens', async () => {
    const [citizen, officer] = [new Browser(), new Browser()];
    await logInCitizen(citizen);
    await logInOfficer(officer, 'u-hana-vlckova');

    expect((await citizen.go(`${town.url}/urad/api/me`)).status).toBe(403);
    expect((await officer.go(`${town.url}/api/me`)).status).toBe(403);
  });
});

describe('a request that changes something', () => {
  test.each([
    ['without a token', {}, 'csrf-token'],
    ['with a wrong token', { 'x-csrf-token': 'x' }, 'csrf-token'],
    ['from another origin', { origin: 'https://evil.example' }, 'foreign-origin'],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 'foreign-origin'],
    ['from a sibling host', { 'sec-fetch-site': 'same-site' }, 'foreign-origin'],
  ])('is refused %s', async (_name, headers, code) => {
    const browser = new Browser();
    await logInCitizen(browser);

    const answer = await post(browser, '/odhlaseni', headers);

    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toEqual({ code });
    expect((await browser.go(`${town.url}/api/me`)).status).toBe(200);
  });

  test('is refused without any sign of where it comes from', async () => {
    const answer = await new Browser().send(new URL('/api/forms', town.url), { method: 'POST' });

    expect(JSON.parse(answer.text)).toEqual({ code: 'origin-missing' });
  });

  test('is refused as plain text or compressed, and taken as JSON', async () => {
    const browser = new Browser();
    const csrf = csrfOf(await logInCitizen(browser));
    const send = (headers: Record<string, string>): Promise<Answer> =>
      browser.send(new URL('/api/forms', town.url), {
        method: 'POST',
        body: '{}',
        headers: { origin: town.url, 'x-csrf-token': csrf, ...headers },
      });

    expect(JSON.parse((await send({ 'content-type': 'text/plain' })).text)).toEqual({ code: 'json-only' });
    expect(JSON.parse((await send({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).text)).toEqual({
      code: 'compressed-body',
    });
    expect((await send({ 'content-type': 'application/json' })).status).toBe(200);
  });
});

describe('an officer', () => {
  test('logs in through the provider of the office and has the mapped groups', async () => {
    const answer = await logInOfficer(new Browser(), 'u-radek-simunek');

    expect(answer.url.pathname).toBe('/urad/api/me');
    expect(JSON.parse(answer.text)).toMatchObject({ name: 'Radek Šimůnek', groups: ['evidence', 'informace'] });
  });

  test('without the group may not do what needs it', async () => {
    const [clerk, administrator] = [new Browser(), new Browser()];
    await logInOfficer(clerk, 'u-hana-vlckova');
    await logInOfficer(administrator, 'u-iveta-zbornikova');

    expect(JSON.parse((await clerk.go(`${town.url}/urad/api/model`)).text)).toEqual({ code: 'role-required' });
    expect((await administrator.go(`${town.url}/urad/api/model`)).status).toBe(200);
  });

  test('in no known group is told whom to ask', async () => {
    const answer = await logInOfficer(new Browser(), 'u-petr-dvoracek'); // `analytici` is not in the map of this town

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Nemáte přidělenou žádnou roli');
  });

  test('who cancels reads what to do next', async () => {
    const answer = await logInOfficer(new Browser(), '');

    expect(answer.text).toContain('access-denied');
    expect(answer.text).toContain('Přihlásit se znovu');
  });

  test('cannot finish a login begun in another browser', async () => {
    const browser = new Browser();
    const page = await browser.go(`${town.url}/urad/prihlaseni`);
    const back = await followUntil(browser, page, 'u-hana-vlckova', '/urad/prihlaseni/navrat');

    const stolen = await new Browser().go(back);

    expect(stolen.text).toContain('login-cookie-missing');
  });

  test('who left is logged out and cannot come back', async () => {
    const browser = new Browser();
    await logInOfficer(browser, 'u-ludmila-kratka');
    const known = (await town.people.officers(7)).find(({ subject }) => subject === 'u-ludmila-kratka');
    await town.people.deactivateOfficer(7, known?.id ?? '');

    expect((await browser.go(`${town.url}/urad/api/me`)).status).toBe(403);
    expect((await logInOfficer(new Browser(), 'u-ludmila-kratka')).text).toContain('officer-inactive');
  });

  test('logs out here and at the provider', async () => {
    const browser = new Browser();
    const csrf = csrfOf(await logInOfficer(browser, 'u-hana-vlckova'));

    const answer = await post(browser, '/urad/odhlaseni', { 'x-csrf-token': csrf });
    const page = await browser.go((JSON.parse(answer.text) as { location: string }).location);
    const back = await browser.go(
      actionOf(page),
      formInit({ ...fieldsOf(page), xsrf: /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '', logout: 'yes' }),
    );

    expect(back.url.pathname).toBe('/urad/');
    expect((await browser.go(`${town.url}/urad/prihlaseni`)).text).toContain('Vyberte, kdo se hlásí');
  });

  test('reads that the provider is away', async () => {
    const elsewhere = await startTown(database);
    await elsewhere.faults.set([{ operation: 'protokol', kind: 'unavailable' }]);

    const answer = await new Browser().go(`${elsewhere.url}/urad/prihlaseni`);
    await elsewhere.close();

    expect(answer.status).toBe(503);
    expect(answer.text).toContain('Poskytovatel identity neodpovídá');
  });
});

async function followUntil(browser: Browser, page: Answer, person: string, path: string): Promise<URL> {
  let answer = await browser.send(new URL(actionOf(page), page.url), formInit(fieldsOf(page), person));
  for (;;) {
    const next = new URL(answer.headers.get('location') ?? '', answer.url);
    if (next.pathname === path) return next;
    answer = await browser.send(next, {});
  }
}

describe('limits', () => {
  test('stop the eleventh login in a minute from one address', async () => {
    const small = await startTown(database, { loginsPerMinute: 10 });
    const statuses: number[] = [];
    for (let count = 0; count < 21; count += 1) statuses.push((await new Browser().send(new URL('/prihlaseni/nia', small.url), {})).status);
    const last = await new Browser().send(new URL('/prihlaseni/nia', small.url), {});
    await small.close();

    expect(statuses.slice(0, 20).every((status) => status === 303)).toBe(true);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('stop the thirty-first form in a minute', async () => {
    const browser = new Browser();
    const csrf = csrfOf(await logInCitizen(browser));
    const statuses: number[] = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await post(browser, '/api/forms', { 'x-csrf-token': csrf })).status);

    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses[30]).toBe(429);
  });
});
