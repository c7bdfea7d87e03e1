// The pages of the simulated providers in a real browser: a person is logged out there by the keyboard and the town knows it; axe finds nothing.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, launchBrowser } from '../../setup/browser.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { startTown, type Town } from './a-town.ts';
import { openMoreWays } from './more-ways.ts';

const database = await cloneDatabase();
let town: Town;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  town = await startTown(database, { loa: 'low' }, undefined, openMoreWays);
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await town.close();
});
const room = (name: string): string => `${town.url}/zkusebni-svet/${name}/`;
async function pressByKeyboard(name: string): Promise<void> {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
}
/** With the cookies of the browser, beside the page. */
const statusOf = async (path: string): Promise<number> => (await page.context().request.get(`${town.url}${path}`)).status();

test('a citizen who is logged out at mojeID is out here', async () => {
  await page.goto(`${town.url}/prihlaseni/mojeid?cil=%2Fapi%2Fforms`);
  await pressByKeyboard('Jana Novotná');
  await page.waitForURL('**/api/forms');
  await page.goto(room('mojeid'));
  await expectAccessible(page, { atLeastControls: 1 });
  await pressByKeyboard('Odhlásit všude: Jana Novotná');
  await page.getByText('Nikdo.').waitFor();
  await expectAccessible(page, { atLeastControls: 0 });
  expect(await statusOf('/api/forms')).toBe(403);
});

test('an officer who is logged out at the provider of the office is out here', async () => {
  await page.goto(`${town.url}/urad/prihlaseni?cil=%2Furad%2Fapi%2Fme`);
  await pressByKeyboard('Hana Vlčková');
  await page.waitForURL('**/urad/api/me');
  await page.goto(room('oidc'));
  await expectAccessible(page, { atLeastControls: 10 });
  // The same page comes again: it has finished when it has loaded.
  await Promise.all([page.waitForEvent('load'), pressByKeyboard('Odhlásit všude: Hana Vlčková')]);
  expect(await statusOf('/urad/api/me')).toBe(403);
});

test('the signing certificate of NIA is changed in three steps', async () => {
  await page.goto(room('nia'));
  await expectAccessible(page, { atLeastControls: 3 });
  for (const [button, next, listed] of [
    ['Oznámit nový certifikát', 'Začít podepisovat novým', 2],
    ['Začít podepisovat novým', 'Odebrat starý certifikát', 2],
    ['Odebrat starý certifikát', 'Oznámit nový certifikát', 1],
  ] as const) {
    await pressByKeyboard(button);
    await page.getByRole('button', { name: next }).waitFor();
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(listed);
  }
});
