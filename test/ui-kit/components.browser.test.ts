// The components and the form in a real browser: axe sees every control and finds nothing, and the keyboard is enough.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, inspectAccessibility, launchBrowser } from '../setup/browser.ts';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const outside: string[] = [];
const complaints: string[] = [];
let browser: Browser;
let server: Server;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'komponenty-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'page'),
    plugins: [vue()],
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 1_000 },
  });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    response.setHeader('content-security-policy', "default-src 'self'; object-src 'none'; base-uri 'none'");
    response.setHeader('content-type', types[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream');
    response.end(readFileSync(join(folder, path === '/' ? 'index.html' : path)));
  }).listen(0, '127.0.0.1');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

async function open(address: string, width = 1100): Promise<Page> {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await browser.newPage({ viewport: { width, height: 900 }, locale: 'en-US' });
  page.on('request', (request) => request.url().startsWith(base) || outside.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('favicon') && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${base}/${address}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? '').trim());
}

describe('the components', () => {
  for (const [name, address, width] of [
    ['in the light', '#prehled', 1100],
    ['in the dark', '?tmave#prehled', 1100],
    ['on a narrow screen', '#prehled', 320],
  ] as const) {
    it(`are accessible ${name} and do not overflow`, async () => {
      const page = await open(address, width);
      await expectAccessible(page, { atLeastControls: 25 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await page.close();
    });
  }

  it('a dialog keeps the focus and gives it back', async () => {
    const page = await open('#prehled');
    await page.getByRole('button', { name: 'Ukončit případ' }).click();
    await page.getByRole('dialog', { name: 'Opravdu ukončit?' }).waitFor();
    const { violations, unseen } = await inspectAccessibility(page);
    expect(violations).toEqual([]);
    // What lies under a modal dialog is inert and rightly passed over; the three buttons of the dialog are not.
    expect(unseen.filter((control) => /ui-dialog-close|>Ukončit<|>Zpět</.test(control))).toEqual([]);
    for (let count = 0; count < 6; count += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(
      true,
    );
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Ukončit případ');
    await page.close();
  });

  it('a table is walked, selected, opened and sorted by keyboard', async () => {
    const page = await open('#prehled');
    await page.locator('tr[data-row]').first().focus();
    for (const key of ['j', 'j', 'k', 'x', 'End', 'Enter']) await page.keyboard.press(key);
    expect(await page.locator('#stav').textContent()).toContain('vybráno 2; otevřeno 3');
    await page.getByRole('button', { name: 'Spis' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#stav').textContent()).toContain('řazeno spis true');
    expect(await page.getByRole('columnheader', { name: 'Spis' }).getAttribute('aria-sort')).toBe('descending');
    await page.close();
  });

  it('tabs are changed by arrows', async () => {
    const page = await open('#prehled');
    await page.getByRole('tab', { name: /Moje/ }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: /Všechny/ }).getAttribute('aria-selected')).toBe('true');
    expect(await focused(page)).toBe('vse');
    await page.close();
  });
});

describe('a form', () => {
  it('leads from mistakes to its fields, through its pages to sending', async () => {
    const page = await open('#formular');
    await expectAccessible(page, { atLeastControls: 6 });

    await page.getByRole('button', { name: 'Pokračovat' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
    await expectAccessible(page, { atLeastControls: 8 });
    await page.getByRole('link', { name: 'Vyplňte pole „E-mail“.' }).click();
    expect(await focused(page)).toBe('f-email');

    await page.keyboard.type('jana@vzorov.cz');
    await page.getByLabel('Za firmu').check();
    await page.getByLabel('IČO').fill('12345678');
    await page.getByRole('button', { name: 'Pokračovat' }).click();
    await page.getByRole('heading', { name: 'O co žádáte' }).waitFor();
    expect(await focused(page)).toBe('O co žádáte');

    await page.getByRole('group', { name: 'Od kdy' }).getByLabel('Den').fill('1');
    await page.getByRole('group', { name: 'Od kdy' }).getByLabel('Měsíc').fill('12');
    await page.getByRole('group', { name: 'Od kdy' }).getByLabel('Rok').fill('2026');
    await page.getByLabel('Plocha').fill('2 0');
    expect(await page.getByRole('status', { name: 'Poplatek v Kč' }).textContent()).toBe('200');
    await page.getByRole('button', { name: 'Přidat Vozidlo' }).click();
    expect(await focused(page)).toBe('f-vozidla-0-spz');
    await page.keyboard.type('1AB 2345');
    await page.locator('input[type=file]').setInputFiles([
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('plan') },
      { name: 'virus.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('exe') },
    ]);
    await page.getByText('Soubor „virus.exe“ má nepovolený typ').waitFor();
    await expectAccessible(page, { atLeastControls: 14 });

    await page.getByRole('button', { name: 'Pokračovat' }).click();
    await page.getByRole('button', { name: 'Změnit Plocha' }).click();
    expect(await focused(page)).toBe('f-plocha');
    await page.getByLabel('Plocha').fill('30');
    await page.getByRole('button', { name: 'Pokračovat' }).click();
    await page.getByRole('heading', { name: 'Zkontrolujte své odpovědi' }).waitFor();
    await expectAccessible(page, { atLeastControls: 12 });
    await page.getByRole('button', { name: 'Odeslat podání' }).click();

    const sent = JSON.parse((await page.locator('#odeslano').textContent()) ?? '') as Record<string, unknown>;
    expect(sent).toMatchObject({ jmeno: 'Jana', typ: 'po', ico: '12345678', od: '2026-12-01', plocha: 30, plan: ['id-plan.pdf'] });
    expect(sent).not.toHaveProperty('poplatek');
    expect(await page.getByText(/Uloženo [1-9]/).count()).toBe(1);
    await page.close();
  });

  it('as a task of the office is one dense page', async () => {
    const page = await open('#ukol');
    await page.getByRole('button', { name: 'Dokončit' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page, { atLeastControls: 20 });
    await page.close();
  });

  it('fits a narrow screen', async () => {
    const page = await open('#formular', 320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });
});

describe('an address', () => {
  it('is chosen by keyboard: a street, then a house, with its code', async () => {
    const page = await open('#adresa');
    const field = page.getByRole('combobox', { name: 'Kde pes žije' });
    await field.pressSequentially('Školní');
    await page.getByRole('option').first().waitFor();
    expect(await field.getAttribute('aria-expanded')).toBe('true');
    await expectAccessible(page, { atLeastControls: 2 });
    await field.press('ArrowDown');
    expect(await field.getAttribute('aria-activedescendant')).toBe(await page.getByRole('option', { selected: true }).getAttribute('id'));
    await field.press('Enter');
    expect(await field.inputValue()).toBe('Školní, Lipová nad Orlicí ');
    await field.pressSequentially('2');
    await page.getByRole('option', { name: /216/ }).waitFor();
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    await field.press('Enter');
    await page.getByText('Adresa je ve státním registru adres.').first().waitFor();
    await page.getByRole('button', { name: 'Dokončit' }).click();
    expect(await page.locator('output').textContent()).toContain('{"text":"Školní 216/9, 562 99 Lipová nad Orlicí","code":990000002}');
    await page.close();
  });

  it('is chosen by mouse, closed by Escape, and a change makes it a text again', async () => {
    const page = await open('#adresa');
    const field = page.getByRole('combobox');
    await field.pressSequentially('Školní 2');
    await page.getByRole('option', { name: /214/ }).click();
    expect(await field.inputValue()).toBe('Školní 214/7, 562 99 Lipová nad Orlicí');
    await field.press('End');
    await field.pressSequentially(' vzadu');
    await page.getByRole('option').first().waitFor();
    await field.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
    await page.getByRole('button', { name: 'Dokončit' }).click();
    expect(await page.locator('output').textContent()).toContain('"code":null');
    await page.close();
  });

  it('is written by hand when the register is away or has no such one', async () => {
    const page = await open('#adresa');
    const field = page.getByRole('combobox');
    await field.fill('pryč za vsí');
    await page.getByRole('button', { name: 'Dokončit' }).click();
    expect(await page.locator('output').textContent()).toContain('{"text":"pryč za vsí","code":null}');
    await page.close();
  });
});

describe('all of it', () => {
  it('asks no other host for anything, and breaks no content security policy', () => {
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
