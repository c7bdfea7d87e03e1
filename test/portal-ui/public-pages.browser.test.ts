// The public part as a passer-by meets it: without JavaScript, on a phone, in the other language, and within its size.
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectGoodPage, smallTargets, startPortal, type PortalUnderTest } from './portal-page.ts';

let portal: PortalUnderTest;
beforeAll(async () => {
  portal = await startPortal();
});
afterEach(() => portal.reset());
afterAll(() => portal.close());

describe('public pages', () => {
  test('the catalogue is read, searched and left for the login without JavaScript', async () => {
    const { page } = await portal.visit('/', { javaScriptEnabled: false });

    await page.getByRole('searchbox', { name: 'Hledat službu' }).fill('pes');
    await page.getByRole('button', { name: 'Hledat' }).click();
    expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe('Pro „pes“ jsme našli 1 službu.');
    await page.getByRole('link', { name: 'Přihlášení psa' }).click();

    expect(await page.title()).toBe('Přihlášení psa – Město Lípová');
    for (const term of ['Kde', 'Jak', 'S kým', 'Za kolik', 'Do kdy a jak dlouho'])
      expect(await page.getByRole('term').filter({ hasText: term }).count(), term).toBeGreaterThan(0);
    expect(await page.getByRole('link', { name: 'Vyplnit online' }).getAttribute('href')).toBe('/prihlaseni?cil=%2Fpodat%2Fprihlaseni-psa');
    expect(await page.getByRole('link', { name: 'zákon č. 565/1990 Sb.' }).count()).toBe(1);
  });

  test('a private address without JavaScript says whom to call', async () => {
    const { page } = await portal.visit('/moje', { javaScriptEnabled: false });

    expect(await page.locator('main').textContent()).toContain('+420 321 000 111');
  });

  test.each([
    ['/', 15],
    ['/sluzby', 14],
    ['/sluzby?q=nic-takov%C3%A9ho', 12],
    ['/sluzby/prihlaseni-psa', 12],
    ['/pristupnost', 10],
    ['/o-portalu', 8],
    ['/neni-tu', 9],
  ])('%s is accessible in light and dark, fits 320 px and big thumbs', async (path, controls) => {
    const { page, wrongs } = await portal.visit(path);
    await page.waitForLoadState('networkidle');

    await expectGoodPage(page, controls);

    expect(await smallTargets(page)).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  test('an unknown address and an unknown service are answered 404 with a way on', async () => {
    for (const path of ['/neni-tu', '/sluzby/neni-tu']) {
      const { page } = await portal.visit('/');
      const answer = await page.goto(portal.town.url + path);
      expect(answer?.status()).toBe(404);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Tuto stránku jsme nenašli');
      expect(await page.getByRole('link', { name: 'Přejít na úvodní stránku' }).count()).toBe(1);
    }
  });

  test('a page within the portal opens without a new load, takes focus to its heading and changes the title', async () => {
    const { page } = await portal.visit('/');
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      (globalThis as { stayed?: boolean }).stayed = true;
    });

    await page.getByRole('link', { name: 'Přihlášení psa' }).click();
    await page.waitForURL('**/sluzby/prihlaseni-psa');
    await page.getByRole('heading', { level: 1, name: 'Přihlášení psa' }).waitFor();

    expect(await page.evaluate(() => (globalThis as { stayed?: boolean }).stayed)).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.title()).toBe('Přihlášení psa – Město Lípová');
  });

  test('English is chosen in the header, kept on the next page, and counted with proper plurals', async () => {
    const { page } = await portal.visit('/sluzby?q=informace');

    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Services' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe('We found 1 service for “informace”.');

    await page.goto(`${portal.town.url}/`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Get it done from home');
  });

  test('the first visit needs at most 60 kB of scripts and 20 kB of styles, and no code of the forms', async () => {
    const page = await (await portal.browser.newContext()).newPage();
    const sizes = { js: 0, css: 0 };
    const scripts: string[] = [];
    page.on('response', (response) => {
      const kind = /\.(js|css)$/.exec(new URL(response.url()).pathname)?.[1] as 'js' | 'css' | undefined;
      if (kind === undefined) return;
      void response.body().then((body) => {
        sizes[kind] += gzipSync(body).length;
        if (kind === 'js') scripts.push(body.toString());
      });
    });

    await page.goto(`${portal.town.url}/`, { waitUntil: 'networkidle' });

    expect(sizes.js, 'bytes of scripts, gzipped').toBeLessThanOrEqual(60_000);
    expect(sizes.js).toBeGreaterThan(20_000);
    expect(sizes.css, 'bytes of styles, gzipped').toBeLessThanOrEqual(20_000);
    expect(scripts.filter((script) => script.includes('FeelError'))).toEqual([]);
  });

  test('the demo town says that nothing is real and shows the way to the simulated outside', async () => {
    const { page } = await portal.visit('/');

    expect(await page.getByRole('link', { name: 'Otevřít zkušební svět' }).getAttribute('href')).toBe('/zkusebni-svet/');
  });

  test('the first Tab offers to skip to the content', async () => {
    const { page } = await portal.visit('/');

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    expect(await page.evaluate(() => document.activeElement?.id)).toBe('obsah');
  });
});
