// Every way in which a citizen logs in, through the town's own doors: in, up to a higher level, joined, and out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase } from '../../setup/database.ts';
import { Browser, actionOf, fieldsOf, formInit } from './a-browser.ts';
import type { Answer } from './a-browser.ts';
import { startTown } from './a-town.ts';
import type { Town } from './a-town.ts';
import { openMoreWays } from './more-ways.ts';

const database = await cloneDatabase();
let town: Town;
beforeAll(async () => {
  town = await startTown(database, { loa: 'low' }, undefined, openMoreWays);
});
afterAll(() => town.close());

interface Me {
  readonly name: string;
  readonly csrf: string;
  readonly person: { readonly id: string; readonly familyName: string };
}
const HERE = '/api/forms';
const me = (answer: Answer): Me => JSON.parse(answer.text) as Me;
const now = async (browser: Browser): Promise<Answer> => browser.go(`${town.url}${HERE}`);

/** Chooses the person on the provider's page, and carries SAML's form back. */
async function choose(browser: Browser, page: Answer, key: string): Promise<Answer> {
  const answer = await browser.press(page, key);
  return fieldsOf(answer)['SAMLResponse'] ? browser.press(answer) : answer;
}
const logIn = async (browser: Browser, way: string, key: string, query = ''): Promise<Answer> =>
  choose(browser, await browser.go(`${town.url}/prihlaseni/${way}?cil=${encodeURIComponent(HERE)}${query}`), key);

async function begin(browser: Browser, way: string, query: string, csrf: string, headers = {}): Promise<Answer> {
  const form = formInit({ csrf });
  return browser.go(`${town.url}/prihlaseni/${way}/pripojit?cil=${encodeURIComponent(HERE)}${query}`, {
    ...form,
    headers: { ...(form.headers as Record<string, string>), origin: town.url, ...headers },
  });
}

describe('a citizen comes', () => {
  test.each([
    ['nia', 'jana-novotna', 'Jana'],
    ['mojeid', 'jana-novotna', 'Jana'],
    ['bankid', 'zdenek-rehor', 'Zdeněk'],
    ['isds', 'msediv9', 'Markéta'],
    ['isds', 'psipes2-entrusted_user', 'Tomáš'],
  ])('through %s as %s', async (way, key, name) => {
    const answer = await logIn(new Browser(), way, key);

    expect(answer.url.pathname).toBe(HERE);
    expect(me(answer).name).toBe(name);
  });

  test('under one name at each of two providers, and is two people until a proof of both', async () => {
    const [one, other] = [
      await logIn(new Browser(), 'mojeid', 'frantiska-duskova'),
      await logIn(new Browser(), 'bankid', 'frantiska-duskova'),
    ];

    expect(me(one).person.familyName).toBe(me(other).person.familyName);
    expect(me(one).person.id).not.toBe(me(other).person.id);
  });

  test('only by a way that the town has', async () => {
    for (const way of ['facebook', 'officer', 'constructor', '__proto__'])
      expect([way, (await new Browser().go(`${town.url}/prihlaseni/${way}`)).status]).toEqual([way, 404]);
    expect((await new Browser().go(`${town.url}/prihlaseni/facebook/navrat?state=x`)).status).toBe(404);
  });

  test('not by an answer that another browser began, nor by one way with the answer of another, nor twice', async () => {
    const victim = new Browser();
    const page = await victim.go(`${town.url}/prihlaseni/mojeid?cil=${encodeURIComponent(HERE)}`);
    let answer = await victim.send(new URL(actionOf(page), page.url), formInit({}, 'jana-novotna'));
    while (!answer.headers.get('location')?.includes('/navrat'))
      answer = await victim.send(new URL(answer.headers.get('location') ?? '', answer.url), {});
    const back = new URL(answer.headers.get('location') ?? '', answer.url);
    const thief = new Browser();
    await thief.go(`${town.url}/prihlaseni/mojeid`);

    expect((await thief.go(back)).text).toContain('login-expired');
    expect((await new Browser().go(back)).text).toContain('login-cookie-missing');
    expect((await victim.go(back.href.replace('/mojeid/', '/bankid/'))).text).toContain('login-expired');
    expect((await victim.go(back)).url.pathname).toBe(HERE);
    expect((await victim.go(back)).text).toContain('login-expired');
  });

  test('and the browser may be sent to each provider by a form of ours', async () => {
    const policy = (await now(new Browser())).headers.get('content-security-policy') ?? '';

    expect(policy).toMatch(new RegExp(`form-action 'self' ${town.url};`));
  });
});

describe('a weaker session', () => {
  test('goes up with the same identity under a new secret, and the old one is worth nothing', async () => {
    const browser = new Browser();
    await logIn(browser, 'nia', 'jana-novotna');
    const before = browser.cookies.get('sid')?.value ?? '';
    const again = await logIn(browser, 'nia', 'jana-novotna', '&znovu=1&uroven=substantial');
    const old = new Browser();
    old.cookies.set('sid', { value: before, path: '/' });

    expect(me(again).name).toBe('Jana');
    expect(browser.cookies.get('sid')?.value).not.toBe(before);
    expect((await now(old)).status).toBe(403);
  });

  test('is not taken where a way cannot reach what is needed', async () => {
    const answer = await new Browser().go(`${town.url}/prihlaseni/isds?cil=${encodeURIComponent(HERE)}&uroven=substantial`);

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Tahle služba vyžaduje vyšší úroveň záruky');
    expect(answer.text).toContain(`/prihlaseni?cil=${encodeURIComponent(HERE)}&amp;uroven=substantial`);
  });

  test('goes up by another identity, which becomes the same person’s', async () => {
    const browser = new Browser();
    const weak = me(await logIn(browser, 'mojeid', 'oldrich-kun'));
    const strong = me(await choose(browser, await begin(browser, 'nia', '&uroven=substantial', weak.csrf), 'oldrich-kun'));

    expect(strong.person.id).toBe(weak.person.id);
    expect(me(await logIn(new Browser(), 'nia', 'oldrich-kun')).person.id).toBe(weak.person.id);
  });

  test('of one person does not go up by the identity of another', async () => {
    const browser = new Browser();
    const weak = me(await logIn(browser, 'mojeid', 'marketa-sediva'));
    const answer = await choose(browser, await begin(browser, 'nia', '&uroven=substantial', weak.csrf), 'zdenek-rehor');

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('nejde spojit');
    expect(me(await now(browser)).person.id).toBe(weak.person.id);
  });
});

describe('an identity', () => {
  test('is joined by a form of our own page, and the page is told', async () => {
    const browser = new Browser();
    const first = me(await logIn(browser, 'nia', 'zdenek-rehor'));
    const answer = await choose(browser, await begin(browser, 'isds', '', first.csrf), 'zrehor8');

    expect(answer.url.searchParams.get('pripojeni')).toBe('hotovo');
    expect(me(await logIn(new Browser(), 'isds', 'zrehor8')).person.id).toBe(first.person.id);
  });

  test('is not joined from elsewhere, without the token, or without a session', async () => {
    const browser = new Browser();
    const { csrf } = me(await logIn(browser, 'nia', 'jana-novotna'));

    expect((await begin(browser, 'mojeid', '', csrf, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await begin(browser, 'mojeid', '', 'wrong')).status).toBe(403);
    expect((await browser.send(new URL('/prihlaseni/mojeid/pripojit', town.url), {})).headers.get('location')).toBe(null);
    expect((await begin(new Browser(), 'mojeid', '', '')).text).toContain('login-required');
  });
});

describe('the end', () => {
  test('of a session begun through a data box leads out of ISDS too', async () => {
    const browser = new Browser();
    const { csrf } = me(await logIn(browser, 'isds', 'jnovot7'));
    const answer = await browser.send(new URL('/odhlaseni', town.url), {
      method: 'POST',
      headers: { origin: town.url, 'x-csrf-token': csrf },
    });

    expect((JSON.parse(answer.text) as { location: string }).location).toContain('/zkusebni-svet/isds-login/as/processLogout?uri=');
    expect((await now(browser)).status).toBe(403);
  });

  test('begun at NIA ends the session here, and a repeated request ends nothing', async () => {
    const browser = new Browser();
    await logIn(browser, 'nia', 'jana-novotna');
    const page = await browser.go(`${town.url}/zkusebni-svet/nia/odejit`, formInit({}));
    const request = fieldsOf(page);
    const gone = await browser.press(page);

    expect(gone.text).toContain('Byli jste odhlášeni z NIA i z portálu města');
    expect((await now(browser)).status).toBe(403);
    const replayed = await new Browser().go(`${town.url}/nia/slo`, formInit(request));
    expect([replayed.status, replayed.text.includes('replayed')]).toEqual([400, true]);
  });

  test('that nobody signed ends nothing', async () => {
    const browser = new Browser();
    await logIn(browser, 'nia', 'jana-novotna');
    const forged = Buffer.from('<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a"/>').toString('base64');
    const answer = await new Browser().go(`${town.url}/nia/slo`, formInit({ SAMLRequest: forged }));

    expect(answer.status).toBe(400);
    expect((await now(browser)).status).toBe(200);
    expect(town.notes.at(-1)).toMatchObject({ event: 'citizen-nia-logout-refused', fields: { code: 'unsigned' } });
  });
});
