// Choosing a way to log in: without scripts, on a phone, and as the way up when a service wants a stronger proof.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LoginWay } from '../../server/contract/login.ts';
import { expectGoodPage, smallTargets, startPortal, type PortalUnderTest } from './portal-page.ts';

const WAYS: readonly LoginWay[] = [
  { name: 'nia', title: 'Identita občana (NIA)', hint: 'x', highest: 'high' },
  { name: 'mojeid', title: 'mojeID', hint: 'x', highest: 'low' },
  { name: 'krajska', title: 'Krajská identita', hint: 'Pro úředníky kraje.', highest: 'substantial' },
];
const FORM = '/podat/prihlaseni-psa/n1?krok=pes';

let portal: PortalUnderTest;
beforeAll(async () => {
  portal = await startPortal();
});
beforeEach(() => {
  portal.town.ways = WAYS;
});
afterEach(async () => {
  await portal.reset();
  Object.assign(portal.town, { ways: WAYS.slice(0, 1), loa: 'substantial' });
});
afterAll(() => portal.close());

describe('the choice of ways to log in', () => {
  test('works without JavaScript and keeps where to return', async () => {
    const { page } = await portal.visit(`/prihlaseni?cil=${encodeURIComponent(FORM)}`, { javaScriptEnabled: false });

    const links = page.getByRole('main').getByRole('link', { name: /^Přihlásit se: / });
    expect(await links.allTextContents()).toEqual([
      'Přihlásit se: Identita občana',
      'Přihlásit se: mojeID',
      'Přihlásit se: Krajská identita',
    ]);
    expect(await links.first().getAttribute('href')).toBe(`/prihlaseni/nia?cil=${encodeURIComponent(FORM)}`);
    expect(await page.getByText('Pro úředníky kraje.').count()).toBe(1);
  });

  test('is a good page in light and dark and fits big thumbs', async () => {
    const { page, wrongs } = await portal.visit('/prihlaseni?cil=%2Fmoje');
    await expectGoodPage(page, 12);

    expect(await smallTargets(page)).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  test('does not offer what is not enough for the service, and says so', async () => {
    const { page } = await portal.visit(`/prihlaseni?cil=${encodeURIComponent(FORM)}&uroven=substantial`, { javaScriptEnabled: false });

    expect(await page.getByText('vyžaduje úroveň záruky značná').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Přihlásit se: mojeID' }).count()).toBe(0);
    expect(await page.getByText('Na tuto službu nestačí.').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Přihlásit se: Identita občana' }).getAttribute('href')).toContain('&uroven=substantial');
  });

  test('with one way is no choice', async () => {
    portal.town.ways = WAYS.slice(0, 1);
    const { page } = await portal.visit('/moje');

    await page.getByRole('main').getByRole('link', { name: 'Přihlásit se' }).click();

    await page.getByRole('heading', { level: 1, name: 'Moje podání' }).waitFor();
  });
});

describe('a session too weak for a service', () => {
  test('is told at sending, goes up by a form with its token, and comes back to the same answers', async () => {
    Object.assign(portal.town, { loggedIn: true, loa: 'low' });
    const { page } = await portal.visit('/podat/prihlaseni-psa');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('jana@example.cz');
    await page.getByText('Uloženo v').waitFor();
    portal.town.troubles.push({
      method: 'GET',
      path: /\/api\/drafts\/n1/,
      times: 1,
      status: 403,
      code: 'loa-too-low',
      extra: { required: 'substantial' },
    });
    await page.reload();
    await page.getByText('Tahle služba vyžaduje vyšší úroveň přihlášení').waitFor();
    await page.getByRole('link', { name: 'Přihlásit se znovu silnějším způsobem' }).click();
    await page.getByRole('heading', { level: 1, name: 'Přihlaste se silnějším způsobem' }).waitFor();
    expect(await page.getByText('Teď jste přihlášeni s úrovní nízká').count()).toBe(1);
    await expectGoodPage(page, 10);

    await page.getByRole('button', { name: 'Přihlásit se: Identita občana' }).click();

    expect(await page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe('jana@example.cz');
    expect(portal.town.loa).toBe('substantial');
  });
});
