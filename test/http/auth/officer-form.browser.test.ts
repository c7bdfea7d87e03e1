// The officers' form of the directory in a real browser: axe finds nothing, the keyboard is enough, and scripts are not needed.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { expectAccessible, launchBrowser } from '../../setup/browser.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { startTown, type Town } from './a-town.ts';

const PASSWORD = 'Správné heslo 1';
const database = await cloneDatabase();
let town: Town;
let browser: Browser;
beforeAll(async () => {
  const directory = {
    logIn: (login: string, password: string) =>
      password === PASSWORD
        ? Promise.resolve({ subject: `directory:${login}`, name: 'Hana Vlčková', email: '', groups: ['evidence'] })
        : Promise.reject(Object.assign(new OutsideFailure('bad-credentials', 'x'), { kind: 'cancelled' })),
  };
  [town, browser] = await Promise.all([startTown(database, {}, directory), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

test('an officer types name and password, is told of a mistake, and comes in; no policy is broken', async () => {
  const page = await (await browser.newContext({ locale: 'cs-CZ' })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.text().includes('Content Security Policy') && complaints.push(message.text())));
  await page.goto(`${town.url}/urad/prihlaseni?cil=/urad/api/me`);
  await expectAccessible(page, { atLeastControls: 3 });
  await page.keyboard.type('vlckova');
  await page.keyboard.press('Tab');
  await page.keyboard.type('špatné');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await expectAccessible(page, { atLeastControls: 3 });

  expect(await page.getByRole('alert').innerText()).toContain('Jméno nebo heslo nesouhlasí');
  expect(await page.getByLabel('Přihlašovací jméno').inputValue()).toBe('vlckova');
  expect(await page.getByLabel('Heslo').inputValue()).toBe('');
  await page.keyboard.type(PASSWORD); // the field has the focus
  await page.keyboard.press('Enter');
  await page.waitForURL(`${town.url}/urad/api/me`);
  expect(await page.locator('body').innerText()).toContain('Hana Vlčková');
  expect(complaints).toEqual([]);
});

test('an officer without scripts comes in too', async () => {
  const page = await (await browser.newContext({ locale: 'cs-CZ', javaScriptEnabled: false })).newPage();
  await page.goto(`${town.url}/urad/prihlaseni?cil=/urad/api/me`);
  await page.getByLabel('Přihlašovací jméno').fill('vlckova');
  await page.getByLabel('Heslo').fill(PASSWORD);
  await page.getByRole('button', { name: 'Přihlásit se' }).click();
  await page.waitForURL(`${town.url}/urad/api/me`);

  expect(await page.locator('body').innerText()).toContain('Hana Vlčková');
});
