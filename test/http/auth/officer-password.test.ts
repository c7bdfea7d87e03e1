// Officers at the form of the directory: it works without scripts, says enough and not too much, and slows down who guesses.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { createDirectory } from '../../../server/integrations/directory/index.ts';
import type { PasswordLogin } from '../../../server/http/auth/ports.ts';
import { office } from '../../integrations/directory/an-office.ts';
import { isInstalled } from '../../integrations/directory/certificates.ts';
import { BASE, PASSWORD, SERVICE, startSlapd, type Slapd } from '../../integrations/directory/slapd.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { Browser } from './a-browser.ts';
import type { Answer } from './a-browser.ts';
import { startTown, type Town } from './a-town.ts';

const database = await cloneDatabase();
const MINUTE = 60_000;
/** What the directory said to each name, and how often it was asked. */
const accounts = new Map<string, string>();
let asked: number;
const refused = (code: string, kind: 'cancelled' | 'untrusted'): Error => Object.assign(new OutsideFailure(code, code), { kind });
const directory: PasswordLogin = {
  logIn: (login, password) => {
    asked += 1;
    const said = accounts.get(login);
    if (said === 'unavailable') return Promise.reject(refused('too-slow', 'untrusted'));
    if (password !== PASSWORD || said === undefined) return Promise.reject(refused('bad-credentials', 'cancelled'));
    if (said !== 'ok') return Promise.reject(refused(said, 'cancelled'));
    return Promise.resolve({ subject: `directory:${login}`, name: login, email: '', groups: ['evidence'] });
  },
};
let town: Town;
beforeAll(async () => {
  town = await startTown(database, {}, directory);
});
beforeEach(() => {
  asked = 0;
  accounts.clear();
  accounts.set('vlckova', 'ok');
});
afterAll(() => town.close());

const send = (
  browser: Browser,
  login: string,
  password: string,
  given: { readonly goal?: string; readonly origin?: string; readonly town?: Town } = {},
) => {
  const { url } = given.town ?? town;
  return browser.go(`${url}/urad/prihlaseni?cil=${encodeURIComponent(given.goal ?? '/urad/api/me')}`, {
    method: 'POST',
    headers: { origin: given.origin ?? url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ jmeno: login, heslo: password }).toString(),
  });
};
const errorOf = (answer: Answer): string => /role="alert">([^<]*)</.exec(answer.text)?.[1] ?? '';

describe('the form', () => {
  test('is plain HTML that a password manager understands, with the provider beside it', async () => {
    const page = await new Browser().go(`${town.url}/urad/prihlaseni?cil=/urad/pripady`);

    expect(page.status).toBe(200);
    expect(page.text).toContain('autocomplete="username"');
    expect(page.text).toContain('type="password" autocomplete="current-password"');
    expect(page.text).toContain('action="/urad/prihlaseni?cil=%2Furad%2Fpripady"');
    expect(page.text).toContain('href="/urad/prihlaseni/poskytovatel?cil=%2Furad%2Fpripady"');
    expect(page.text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
  });

  test('lets in with the right password and goes where the officer wanted', async () => {
    const browser = new Browser();

    const answer = await send(browser, 'vlckova', PASSWORD);

    expect(JSON.parse(answer.text)).toMatchObject({ name: 'vlckova', groups: ['evidence'] });
    expect(await town.people.officers(7)).toContainEqual(expect.objectContaining({ subject: 'directory:vlckova' }));
  });

  test('sends nobody to another site', async () => {
    expect((await send(new Browser(), 'vlckova', PASSWORD, { goal: 'https://zly.example/urad/' })).url.origin).toBe(town.url);
  });

  test('ends the session before it, and gives another cookie', async () => {
    const browser = new Browser();
    await send(browser, 'vlckova', PASSWORD);
    const before = browser.cookies.get('usid')?.value ?? '';

    await send(browser, 'vlckova', PASSWORD);

    expect(browser.cookies.get('usid')?.value).not.toBe(before);
    expect(await town.people.officer(7, before)).toBeUndefined();
  });

  test('goes to the provider by its own button', async () => {
    const answer = await new Browser().go(`${town.url}/urad/prihlaseni/poskytovatel?cil=/urad/`);

    expect(answer.text).toContain('Napodobenina přihlašovací služby úřadu');
  });
});

describe('a refusal', () => {
  test('says the same to a wrong password and to nobody, shows the name again and never the password', async () => {
    const [wrong, nobody] = [await send(new Browser(), 'vlckova', 'Tajné-heslo-9'), await send(new Browser(), '"><b>x', 'Tajné-heslo-9')];

    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(errorOf(wrong)).toContain('Jméno nebo heslo nesouhlasí');
    expect(errorOf(nobody)).toBe(errorOf(wrong));
    expect(wrong.text).toContain('value="vlckova"');
    expect(nobody.text).toContain('value="&#34;&#62;&#60;b&#62;x"');
    for (const answer of [wrong, nobody]) expect(answer.text).not.toContain('Tajné');
    expect(JSON.stringify(town.notes)).not.toMatch(/Tajné|vlckova/);
  });

  test.each([
    ['account-locked', 'zamčený', 403],
    ['account-disabled', 'zakázaný', 403],
    ['account-expired', 'Platnost účtu', 403],
    ['account-hours', 'V tuto dobu', 403],
    ['account-workstation', 'z určených počítačů', 403],
    ['password-expired', 'Heslu skončila platnost', 403],
    ['password-must-change', 'musíte nejdřív změnit', 403],
    ['no-role', 'nemáte žádné oprávnění', 403],
    ['unavailable', 'Adresář úřadu teď neodpovídá', 503],
  ])('%s is told in Czech', async (said, words, status) => {
    accounts.set(`clovek-${said}`, said);

    const answer = await send(new Browser(), `clovek-${said}`, PASSWORD);

    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toContain(words);
    expect(answer.text).toContain('<title>Chyba: ');
  });

  test('of whom an administrator deactivated here says so', async () => {
    accounts.set('vypnuty', 'ok');
    await send(new Browser(), 'vypnuty', PASSWORD);
    const [officer] = (await town.people.officers(7)).filter(({ name }) => name === 'vypnuty');
    await town.people.deactivateOfficer(7, officer?.id ?? '');

    expect(errorOf(await send(new Browser(), 'vypnuty', PASSWORD))).toContain('Správce váš účet');
  });

  test('comes to a form from a foreign page, before anybody is asked', async () => {
    const answer = await send(new Browser(), 'vlckova', PASSWORD, { origin: 'https://zly.example' });

    expect(answer.status).toBe(403);
    expect(asked).toBe(0);
  });

  test('comes to a body that is too large or no form', async () => {
    expect((await send(new Browser(), 'vlckova', 'h'.repeat(20_000))).status).toBe(400);
    const json = await new Browser().send(new URL(`${town.url}/urad/prihlaseni`), {
      method: 'POST',
      headers: { origin: town.url, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    expect(asked).toBe(0);
  });
});

describe('who guesses', () => {
  test('waits after five wrong passwords, longer each time, with the right one too, whether the name exists or not', async () => {
    accounts.set('hadany', 'ok');
    for (const name of ['hadany', 'nikoho']) {
      for (let tries = 0; tries < 5; tries += 1) expect((await send(new Browser(), name, 'x')).status).toBe(401);
      asked = 0;

      const answer = await send(new Browser(), ` ${name.toUpperCase()}`, PASSWORD);

      expect(answer.status).toBe(429);
      expect(errorOf(answer)).toMatch(/Zkuste to znovu za 1 minutu/);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(asked).toBe(0);
    }
    town.later(MINUTE + 1000);
    expect((await send(new Browser(), 'hadany', 'x')).status).toBe(401);
    expect(errorOf(await send(new Browser(), 'hadany', PASSWORD))).toMatch(/za 2 minuty/);
    town.later(2 * MINUTE + 1000);
    expect((await send(new Browser(), 'hadany', PASSWORD)).url.pathname).toBe('/urad/api/me');
  });

  test('tries no more passwords at once than one after another', async () => {
    accounts.set('soubezny', 'ok');

    const answers = await Promise.all(Array.from({ length: 30 }, () => send(new Browser(), 'soubezny', 'x')));

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(asked).toBe(5);
  });

  test('is not slowed down by a directory that does not answer', async () => {
    accounts.set('trpelivy', 'unavailable');
    for (let tries = 0; tries < 8; tries += 1) expect((await send(new Browser(), 'trpelivy', PASSWORD)).status).toBe(503);

    accounts.set('trpelivy', 'ok');

    expect((await send(new Browser(), 'trpelivy', PASSWORD)).status).toBe(200);
  });
});

const hasSlapd = isInstalled('slapd') && isInstalled('ldapmodify');
if (!hasSlapd)
  console.warn('SKIPPED: slapd or ldapmodify is not installed (Debian packages slapd, ldap-utils), nobody logged in by OpenLDAP');

describe.skipIf(!hasSlapd)('through a real directory', () => {
  let slapd: Slapd;
  let real: Town;
  beforeAll(async () => {
    slapd = await startSlapd(office);
    real = await startTown(
      database,
      {},
      createDirectory({
        url: slapd.secureUrl,
        caPem: slapd.caPem,
        kind: 'openldap',
        ...SERVICE,
        baseDn: BASE,
        groupMap: { Evidence: 'evidence' },
      }),
    );
  });
  afterAll(async () => {
    await real.close();
    await slapd.stop();
  });

  test('an officer logs in, with the wrong password he does not', async () => {
    expect(errorOf(await send(new Browser(), 'vlckova', 'x', { town: real }))).toContain('nesouhlasí');
    expect(JSON.parse((await send(new Browser(), 'vlckova', PASSWORD, { town: real })).text)).toMatchObject({ name: 'Hana Vlčková' });
  });
});
