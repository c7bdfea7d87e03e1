// A provider of OpenID Connect ends its session: ours that came of it end too, exactly those, however it is told; and a stranger ends none.
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase } from '../../setup/database.ts';
import { Browser, formInit } from './a-browser.ts';
import { startTown, type Town } from './a-town.ts';
import { openMoreWays } from './more-ways.ts';

const database = await cloneDatabase();
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
let town: Town;
beforeAll(async () => {
  town = await startTown(database, { loa: 'low' }, undefined, openMoreWays);
});
afterAll(() => town.close());

async function officer(subject: string): Promise<Browser> {
  const browser = new Browser();
  await browser.press(await browser.go(`${town.url}/urad/prihlaseni`), subject);
  return browser;
}
async function citizen(way: string, key: string): Promise<Browser> {
  const browser = new Browser();
  await browser.press(await browser.go(`${town.url}/prihlaseni/${way}?cil=%2Fapi%2Fforms`), key);
  return browser;
}
const isIn = async (browser: Browser, path = '/urad/api/me'): Promise<boolean> =>
  (await browser.send(new URL(path, town.url), {})).status === 200;
const are = (browsers: readonly Browser[], path?: string) => Promise.all(browsers.map((browser) => isIn(browser, path)));
const ask = (room: string, path: string, fields: Readonly<Record<string, string>>): Promise<unknown> =>
  new Browser().go(`${town.url}/zkusebni-svet/${room}${path}`, formInit(fields));
const tell = (path: string, token: string): Promise<Response> =>
  fetch(new URL(path, town.url), { method: 'POST', body: new URLSearchParams({ logout_token: token }) });
const OFFICE = '/urad/odhlaseni/poskytovatel';
const lastNote = () => town.notes.at(-1);
/** `sid` of the newest session of an officer, as the town keeps it. */
async function sidOf(browser: Browser): Promise<string> {
  const session = await town.people.officer(7, browser.cookies.get('usid')?.value ?? '');
  return String(session?.detail['sid']);
}

describe('an officer whose provider ended his sessions', () => {
  test('is out in each browser at once; the others work on', async () => {
    const [one, two, other] = [await officer('u-hana-vlckova'), await officer('u-hana-vlckova'), await officer('u-radek-simunek')];
    expect(await are([one, two, other])).toEqual([true, true, true]);
    await ask('oidc', '/ucty', { osoba: 'u-hana-vlckova', ucet: 'odhlasit' });
    expect(await are([one, two, other])).toEqual([false, false, true]);
    expect(town.notes.filter(({ event }) => event === 'officer-logged-out-by-provider')).toHaveLength(2);
  });
  test('is out when his account is disabled, before anybody asks about it', async () => {
    const browser = await officer('u-ludmila-kratka');
    await ask('oidc', '/ucty', { osoba: 'u-ludmila-kratka', ucet: 'zakazat' });
    expect(await isIn(browser)).toBe(false);
    await ask('oidc', '/ucty', { osoba: 'u-ludmila-kratka', ucet: 'povolit' });
  });
});

describe('a citizen whose provider ended his sessions', () => {
  test.each(['mojeid', 'bankid'])('is out, at %s', async (way) => {
    const [one, other] = [await citizen(way, 'jana-novotna'), await citizen(way, 'zdenek-rehor')];
    await ask(way, '/', { osoba: 'jana-novotna' });
    expect(await are([one, other], '/api/forms')).toEqual([false, true]);
  });
  test('stays in where he came another way', async () => {
    const [bank, nia] = [await citizen('bankid', 'marketa-sediva'), new Browser()];
    const page = await nia.press(await nia.go(`${town.url}/prihlaseni/nia?cil=%2Fapi%2Fforms`), 'marketa-sediva');
    await nia.press(page);
    await ask('mojeid', '/', { osoba: 'marketa-sediva' });
    expect(await are([bank, nia], '/api/forms')).toEqual([true, true]);
  });
});

describe('a stranger who tells a logout', () => {
  const claims = { sub: 'u-hana-vlckova', events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, jti: 'x' };
  const forged = (): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'zkusebni', typ: 'logout+jwt' })
      .setIssuer(`${town.url}/zkusebni-svet/oidc`)
      .setAudience('vyrizeno')
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(stranger);

  test('ends nothing, and is told nothing but that it was wrong', async () => {
    const browser = await officer('u-hana-vlckova');
    const answers = [];
    for (const token of [await forged(), '', 'a.b.c']) {
      const answer = await tell(OFFICE, token);
      answers.push([answer.status, answer.headers.get('cache-control'), await answer.text()]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['[400,"no-store","{\\"error\\":\\"invalid_request\\"}"]']),
    );
    expect(await isIn(browser)).toBe(true);
    expect(town.notes.slice(-3).map(({ fields }) => fields['code'])).toEqual(['logout-signature', 'logout-malformed', 'logout-malformed']);
  });
  test('cannot use the identity token of a session, nor the token meant for another door', async () => {
    const browser = await officer('u-hana-vlckova');
    const session = await town.people.officer(7, browser.cookies.get('usid')?.value ?? '');
    expect((await tell(OFFICE, String(session?.detail['idToken']))).status).toBe(400);
    expect((await tell('/prihlaseni/mojeid/odhlaseno', String(session?.detail['idToken']))).status).toBe(400);
    expect(await isIn(browser)).toBe(true);
  });
  test('finds no door for a way that has none, nor by GET, nor for something else than a form', async () => {
    expect((await tell('/prihlaseni/nia/odhlaseno', 'x')).status).toBe(404);
    expect((await tell('/prihlaseni/__proto__/odhlaseno', 'x')).status).toBe(404);
    const json = await fetch(new URL(OFFICE, town.url), { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(json.status).toBe(400);
    const long = await tell(OFFICE, 'a'.repeat(30_000));
    expect(long.status).toBe(400);
  });
});

describe('the same order', () => {
  test('sent again ends no session that began meanwhile', async () => {
    const first = await officer('u-radek-simunek');
    const session = await town.people.officer(7, first.cookies.get('usid')?.value ?? '');
    const named = { kind: 'officer', sub: String(session?.detail['sub']) } as const;
    const once = { id: 'issuer\nj1', until: new Date(Date.now() + 60_000) };
    expect(await town.people.endNamedSessions(7, named, once)).toBeGreaterThan(0);
    const second = await officer('u-radek-simunek');
    expect(await town.people.endNamedSessions(7, named, once)).toBe(undefined);
    expect(await are([first, second])).toEqual([false, true]);
  });
  test('that names nobody is not carried out', async () => {
    await expect(town.people.endNamedSessions(7, { kind: 'officer' })).rejects.toThrow(RangeError);
  });
});

describe('a frame on the provider’s page', () => {
  const frame = (query: Readonly<Record<string, string>>, headers: Record<string, string> = { 'sec-fetch-dest': 'iframe' }) =>
    fetch(`${town.url}${OFFICE}?${new URLSearchParams(query).toString()}`, { headers });
  const issuer = (): string => `${town.url}/zkusebni-svet/oidc`;

  test('ends the session that it names and no other, without a cookie, and may stand only there', async () => {
    const [one, other] = [await officer('u-hana-vlckova'), await officer('u-hana-vlckova')];
    const answer = await frame({ iss: issuer(), sid: await sidOf(one) });
    expect(await are([one, other])).toEqual([false, true]);
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${new URL(town.url).origin}`);
    expect([answer.headers.get('x-frame-options'), answer.headers.get('cache-control')]).toEqual([null, 'no-store']);
  });
  test('is answered the same whether it named anybody or nobody', async () => {
    const browser = await officer('u-hana-vlckova');
    const sid = await sidOf(browser);
    const answers: string[] = [];
    for (const [query, headers] of [
      [{ iss: issuer(), sid: 'neznama-relace-neznama' }, undefined],
      [{ iss: 'https://evil.example', sid }, undefined],
      [{ sid }, undefined],
      [{ iss: issuer() }, undefined],
      [{ iss: issuer(), sid: sid.slice(0, 8) }, undefined],
      [{ iss: issuer(), sid }, { 'sec-fetch-dest': 'image' }],
      [{ iss: issuer(), sid }, { 'sec-fetch-dest': 'document' }],
    ] as const) {
      const answer = await frame(query as Record<string, string>, headers ?? { 'sec-fetch-dest': 'iframe' });
      answers.push(`${answer.status} ${await answer.text()}`);
      expect(await isIn(browser)).toBe(true);
    }
    const good = await frame({ iss: issuer(), sid });
    expect(new Set([...answers, `${good.status} ${await good.text()}`]).size).toBe(1);
    expect([await isIn(browser), lastNote()]).toMatchObject([false, { fields: { sessions: '1', way: 'frame' } }]);
  });
});

test('too many orders from one address wait', async () => {
  let status = 0;
  for (let calls = 0; calls < 700 && status !== 429; calls += 1) status = (await tell(OFFICE, '')).status;
  expect(status).toBe(429);
});
