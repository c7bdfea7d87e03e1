// The clerk's day in a real browser: queues by keyboard, a task, a second clerk, money, messages, a lost login.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';
import type { FixtureServer } from './fixture-server.ts';
import { taskNumber } from './fixture-town.ts';
import { sitDown, startOffice } from './office.ts';
import type { Desk } from './office.ts';

let browser: Browser;
let server: FixtureServer;
let desk: Desk;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  server = await startOffice();
  desk = await sitDown(browser, server, 'o-jana');
});
afterEach(async () => {
  const { complaints } = desk;
  await desk.close();
  await server.stop();
  expect(complaints).toEqual([]);
});

const pages = [
  ['ukoly', 'Úkoly', 20],
  ['ukoly?q=nic-takového', 'Úkoly', 15],
  ['ukoly/c-1/e-1', 'Vydat známku', 15],
  ['ukoly/c-20/e-20', 'Posoudit osvobození', 12],
  ['pripady', 'Případy', 20],
  ['pripady/c-1', 'SZ MUKV 101/2026', 15],
  ['pripady/c-1?karta=dokumenty', 'SZ MUKV', 15],
  ['pripady/c-1?karta=prubeh', 'SZ MUKV', 15],
  ['pripady/c-1?karta=diagram', 'SZ MUKV', 20],
  ['pripady/c-1?karta=platby', 'SZ MUKV', 15],
  ['pripady/c-1?karta=ucinky', 'SZ MUKV', 15],
  ['pripady/c-1?karta=denik', 'SZ MUKV', 15],
  ['pripady/c-1?karta=poznamky', 'SZ MUKV', 16],
  ['incidenty', 'Incidenty', 12],
  ['platby', 'Nespárované platby', 12],
  ['zpravy', 'Došlé zprávy', 12],
  ['situace', 'Životní situace', 12],
  ['situace/prihlaseni-psa/verze/2', 'Přihlášení psa, verze 2', 15],
  ['nikam', 'Tato stránka neexistuje', 8],
] as const;
test.each(pages)('page %s is accessible and has its heading', async (path, heading, atLeastControls) => {
  await desk.open(path);
  await desk.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  if (path.includes('diagram') || path.includes('verze')) await desk.page.locator('.djs-element').first().waitFor();
  else await desk.page.waitForLoadState('networkidle');
  expect(await desk.page.locator('h1').count()).toBe(1);
  await expectAccessible(desk.page, { atLeastControls });
});

test('whoever is not logged in sees a login that leads back where they wanted', async () => {
  const stranger = await sitDown(browser, server, null);
  await stranger.open('pripady/c-1');
  const link = stranger.page.getByRole('link', { name: 'Přihlásit se' });
  await link.waitFor();
  await expectAccessible(stranger.page, { atLeastControls: 2 });
  await link.click();
  await stranger.page.getByRole('heading', { level: 1, name: 'SZ MUKV 101/2026' }).waitFor();
  await stranger.close();
});

describe('queues', () => {
  test('the keyboard alone moves, selects, claims, opens and comes to the search', async () => {
    const { page } = desk;
    await desk.open('ukoly?fronta=unassigned');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('End');
    await page.keyboard.press('k');
    await page.keyboard.press('x');
    expect(await page.getByRole('button', { name: 'Převzít vybrané (2)' }).isEnabled()).toBe(true);
    await page.keyboard.press('c');
    await page.getByText('Hotovo: 2 úkoly.').waitFor();
    expect(server.town.tasks.filter(({ assignee }) => assignee?.id === 'o-jana')).toHaveLength(5);
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('hledani');
    await page.keyboard.press('Escape');
    await page.locator('[data-row]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/ukoly\/c-\d+\/e-\d+/);
  });

  test('the address is the view: order, page and words survive a reload', async () => {
    const { page } = desk;
    await desk.open('ukoly?fronta=all');
    await page.getByRole('button', { name: 'Spisová značka' }).click();
    await page.getByRole('button', { name: 'Spisová značka' }).click();
    await page.waitForURL(/radit=mark&smer=desc/);
    await page.getByRole('link', { name: 'Strana 2' }).click();
    await page.waitForURL(/strana=2/);
    await page.reload();
    await page.getByRole('table').waitFor();
    expect(await page.locator('th[aria-sort=descending]').innerText()).toContain('Spisová značka');
    expect(await page.locator('[data-row]').count()).toBe(14);
  });

  test('a refresh moves neither the focus nor the selection', async () => {
    const { page } = desk;
    await desk.open('ukoly?fronta=all');
    const third = page.locator('[data-row]').nth(2);
    await third.focus();
    await page.keyboard.press('x');
    const name = await third.innerText();
    taskNumber(server.town, 40).title = 'Zcela nový úkol';
    taskNumber(server.town, 40).dueAt = '2026-01-01T00:00:00Z';
    await page.getByRole('link', { name: 'Zcela nový úkol' }).waitFor({ timeout: 20_000 });
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).innerText)).toBe(name);
    expect(await page.getByRole('button', { name: 'Převzít vybrané (1)' }).isEnabled()).toBe(true);
  });

  test('bulk claim reports what did not work and why', async () => {
    const { page } = desk;
    await desk.open('ukoly?fronta=unassigned');
    await page.getByRole('table').waitFor();
    const mark = await page.locator('[data-row]').first().locator('td').nth(2).innerText();
    taskNumber(
      server.town,
      server.town.tasks.findIndex((task) => task.mark === mark),
    ).assignee = { id: 'o-petr', name: 'Petr Dvořák' };
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('checkbox').nth(2).check();
    await page.getByRole('button', { name: 'Převzít vybrané (2)' }).click();
    await page.getByText('Nepodařilo se: 1 úkol.').waitFor();
    expect(await page.getByText(`${mark}, `).innerText()).toContain('Úkol už má Petr Dvořák');
  });

  test('only the head assigns', async () => {
    await desk.open('ukoly?fronta=all');
    await desk.page.getByRole('table').waitFor();
    expect(await desk.page.getByRole('button', { name: 'Přidělit…' }).count()).toBe(0);
    const head = await sitDown(browser, server, 'o-petr');
    await head.open('ukoly?fronta=unassigned');
    await head.page.getByRole('checkbox').nth(1).check();
    await head.page.getByRole('button', { name: 'Přidělit…' }).click();
    await head.page.getByRole('combobox', { name: 'Komu' }).selectOption('o-jana');
    await head.page.getByRole('button', { name: 'Přidělit', exact: true }).click();
    await head.page.getByText('Hotovo: 1 úkol.').waitFor();
    await head.close();
  });
});

describe('tasks', () => {
  test('a task is claimed, filled in wrong, corrected, completed, and the next one offered', async () => {
    const { page } = desk;
    await desk.open('ukoly/c-12/e-12');
    await page.getByRole('button', { name: 'Převzít úkol' }).click();
    await page.getByRole('button', { name: 'Dokončit úkol' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page, { atLeastControls: 20 });
    await page.getByRole('radio', { name: 'Ne, vyzvat k doplnění' }).check();
    await page.getByRole('textbox', { name: 'Co má podatel doplnit' }).fill('Doložte prosím doklad o osvobození.');
    await page.getByText('Rozepsaný formulář uložen').waitFor();
    expect(taskNumber(server.town, 12).draft).toMatchObject({ uplne: 'ne' });
    await page.getByRole('button', { name: 'Dokončit úkol' }).click();
    await page.getByText('Úkol je dokončen').waitFor();
    await page.getByRole('link', { name: /^Další úkol:/ }).click();
    await page.getByRole('button', { name: 'Dokončit úkol' }).waitFor();
  });

  test('the second clerk learns who was first and goes on from there', async () => {
    const { page } = desk;
    await desk.open('ukoly/c-1/e-1');
    await page.getByRole('radio', { name: 'Ano' }).check();
    taskNumber(server.town, 1).completed = { name: 'Jana Malá', at: '2026-11-22T13:03:00Z' };
    await page.getByRole('button', { name: 'Dokončit úkol' }).click();
    await page.getByText('Úkol už dokončila Jana Malá v 14:03').waitFor();
    expect(await page.getByRole('button', { name: 'Dokončit úkol' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Otevřít případ' }).click();
    await page.getByRole('heading', { level: 1, name: 'SZ MUKV 101/2026' }).waitFor();
  });

  test('an expired login keeps what was written and goes on after a login elsewhere', async () => {
    const { page } = desk;
    await desk.open('ukoly/c-1/e-1');
    await page.getByRole('textbox', { name: 'Číslo známky' }).fill('77');
    server.endLogins();
    await page.getByText('Přihlášení vypršelo.', { exact: true }).waitFor({ timeout: 20_000 });
    await expectAccessible(page, { atLeastControls: 20 });
    const second = await page.context().newPage();
    await second.goto(`${server.url}prihlaseni?cil=/urad/prihlaseno`);
    await second.close();
    await page.getByRole('button', { name: 'Už jsem přihlášen(a)' }).click();
    expect(await page.getByRole('textbox', { name: 'Číslo známky' }).inputValue()).toBe('77');
    await page.getByRole('radio', { name: 'Ano' }).check();
    await page.getByRole('button', { name: 'Dokončit úkol' }).click();
    await page.getByText('Úkol je dokončen').waitFor();
  });

  test('the diagram tab marks where the case stands, in the drawing and in words', async () => {
    const { page } = desk;
    await desk.open('pripady/c-1?karta=diagram');
    await page.locator('.djs-element').first().waitFor();
    expect(await page.locator('.djs-overlay-token').count()).toBe(1);
    expect(await page.getByRole('row', { name: /Zkontrolovat úplnost.*zde případ stojí/ }).count()).toBe(1);
    expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true);
  });

  test('a note is kept with its author', async () => {
    const { page } = desk;
    await desk.open('pripady/c-1?karta=poznamky');
    await page.getByRole('textbox', { name: 'Nová poznámka' }).fill('Volal, přijde v pondělí.');
    await page.getByRole('button', { name: 'Uložit poznámku' }).click();
    await page.getByText('Jana Malá, ').waitFor();
    expect(server.town.notes.get('c-1')).toHaveLength(1);
  });
});

describe('what the system could not do', () => {
  test('an incident is retried and leaves the list and the count', async () => {
    const { page } = desk;
    await desk.open('incidenty');
    await page
      .getByRole('button', { name: /^Zopakovat Oznámit/ })
      .first()
      .click();
    await page.getByText('se provádí znovu').first().waitFor();
    expect(server.town.incidents).toHaveLength(1);
  });

  test('stuck work of no case is decided with a reason and leaves the page', async () => {
    const { page } = desk;
    await desk.open('incidenty');
    await page.getByRole('button', { name: /^Nestalo se.*Vrátit 300 Kč/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Důvod' }).fill('Banka příkaz podle výpisu neprovedla.');
    await dialog.getByRole('button', { name: 'Zapsat' }).click();
    await page.getByText('Zapsáno: „Vrátit 300 Kč').waitFor();
    await page.getByRole('heading', { name: 'Práce mimo případy, která stojí' }).waitFor({ state: 'detached' });
    expect(server.town.outsideWork).toEqual([]);
  });

  test('a suggestion is accepted by one key, another payment goes back with a reason', async () => {
    const { page } = desk;
    await desk.open('platby');
    await page.getByRole('row', { name: /SVOBODA KAREL/ }).focus();
    await page.keyboard.press('a');
    await page.getByText('je na předpisu Poplatek ze psa 2026').first().waitFor();
    await page.getByRole('button', { name: 'Vrátit… HORAKOVA EVA' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Vrátit peníze' }).click();
    await dialog.getByText('Napište důvod').waitFor();
    await dialog.getByRole('textbox', { name: 'Důvod' }).fill('Omyl plátce');
    await dialog.getByRole('button', { name: 'Vrátit peníze' }).click();
    await page.getByText('Všechny peníze jsou zařazené').waitFor();
  });

  test('a payment is split by hand: more than is owed is refused, and what was typed stays', async () => {
    const { page } = desk;
    await desk.open('platby');
    await page.getByRole('button', { name: 'Rozdělit… SVOBODA KAREL' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Hledat předpis' }).fill('1341000100');
    await page.keyboard.press('Enter');
    const share = dialog.getByRole('textbox', { name: 'Částka na: Poplatek ze psa 2026' }).first();
    await share.fill('9 999');
    await dialog.getByRole('button', { name: 'Zařadit' }).click();
    await dialog.getByText('Rozděleno je víc, než přišlo.').first().waitFor();
    await expectAccessible(page, { atLeastControls: 5 });
    await share.fill('1 500');
    await dialog.getByRole('button', { name: 'Zařadit' }).click();
    await page.getByText('Platba je zařazená.').first().waitFor();
  });

  test('a message is put to its case', async () => {
    const { page } = desk;
    await desk.open('zpravy');
    await page.getByRole('button', { name: /^Zařadit…/ }).click();
    await page.getByRole('textbox', { name: 'Spisová značka' }).fill('SZ MUKV 101/2026');
    await page.getByRole('dialog').getByRole('button', { name: 'Zařadit' }).click();
    await page.getByText('Žádná nezařazená zpráva').waitFor();
  });

  test('an absent server is told in words and the page stays', async () => {
    server.breakPath('/incidents');
    await desk.open('incidenty');
    await desk.page.getByText('Služba je právě nedostupná').waitFor();
    server.heal();
    await desk.page
      .getByRole('button', { name: /^Zopakovat Oznámit/ })
      .first()
      .waitFor({ timeout: 20_000 });
  });
});
