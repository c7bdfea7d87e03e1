// The whole way through a login in a real browser: cookies, policies and forms as Chromium understands them, with and without scripts.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, launchBrowser } from '../../setup/browser.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { startTown } from './a-town.ts';
import type { Town } from './a-town.ts';

const database = await cloneDatabase();
let town: Town;
let browser: Browser;
beforeAll(async () => {
  [town, browser] = await Promise.all([startTown(database), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

async function open(javaScriptEnabled = true): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled, locale: 'cs-CZ' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return { page, complaints };
}

describe('in a browser', () => {
  test('a citizen logs in and out by pressing buttons, and no policy is broken', async () => {
    const { page, complaints } = await open();
    await page.goto(`${town.url}/prihlaseni/nia?cil=/api/me`);
    await expectAccessible(page, { atLeastControls: 7 });
    await page.getByRole('button', { name: 'Zdeněk Řehoř' }).click();
    await page.waitForURL(`${town.url}/api/me`);
    const me = JSON.parse(await page.locator('body').innerText()) as { name: string; csrf: string };
    const cookies = await page.context().cookies();
    const location = await page.evaluate(async (token) => {
      const answer = await fetch('/odhlaseni', { method: 'POST', headers: { 'x-csrf-token': token } });
      return ((await answer.json()) as { location: string }).location;
    }, me.csrf);
    await page.goto(location);
    await page.waitForURL(`${town.url}/?odhlaseno=1`);

    expect(me.name).toBe('Zdeněk');
    expect(cookies.find(({ name }) => name === 'sid')).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a citizen without scripts presses Pokračovat', async () => {
    const { page } = await open(false);
    await page.goto(`${town.url}/prihlaseni/nia?cil=/api/me`);
    await page.getByRole('button', { name: 'Jana Novotná' }).click();
    await page.getByRole('button', { name: 'Pokračovat' }).click();

    expect(page.url()).toBe(`${town.url}/api/me`);
    await page.context().close();
  });

  test('a login that failed ends on a page everybody can read', async () => {
    const { page, complaints } = await open();
    await page.goto(`${town.url}/prihlaseni/nia`);
    await page.getByRole('button', { name: 'Tomáš Čížek' }).click();
    await page.getByRole('heading', { name: 'Tento způsob přihlášení nestačí' }).waitFor();
    await expectAccessible(page, { atLeastControls: 2 });

    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('an officer logs in and out', async () => {
    const { page, complaints } = await open();
    await page.goto(`${town.url}/urad/prihlaseni?cil=/urad/api/me`);
    await expectAccessible(page, { atLeastControls: 6 });
    await page.getByRole('button', { name: 'Hana Vlčková' }).click();
    await page.waitForURL(`${town.url}/urad/api/me`);
    const { csrf } = JSON.parse(await page.locator('body').innerText()) as { csrf: string };
    const location = await page.evaluate(async (token) => {
      const answer = await fetch('/urad/odhlaseni', { method: 'POST', headers: { 'x-csrf-token': token } });
      return ((await answer.json()) as { location: string }).location;
    }, csrf);
    await page.goto(location);
    await page.waitForURL(`${town.url}/urad/`);

    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
