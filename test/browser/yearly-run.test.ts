// The January run as two clerks see it, in a real browser: preview, the second person, the proof, letters and the print file; axe finds nothing, the keyboard is enough.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectAccessible, inspectAccessibility } from '../setup/browser.ts';
import { walkThroughTown } from './walk.ts';

const { town, comeInAs, picturesIfFailed } = await walkThroughTown('yearly-run', { SAMPLE_DATA: '1' });

let hana: Page;
let head: Page;

beforeAll(async () => {
  hana = await comeInAs(/Vlčková/);
  head = await comeInAs(/Krátká/);
}, 240_000);

async function dialogLooksRight(page: Page): Promise<void> {
  expect((await inspectAccessibility(page)).violations).toEqual([]);
}
/** Fills the reason and sends, by keyboard alone. */
async function giveReason(page: Page, send: RegExp, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Důvod').fill(reason);
  await dialogLooksRight(page);
  await dialog.getByRole('button', { name: send }).focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

test('a clerk prepares the preview and sees what it comes to and why', { timeout: 240_000 }, async () => {
  picturesIfFailed();
  await hana.getByRole('button', { name: /^Peníze/ }).focus();
  await hana.keyboard.press('Enter');
  await hana.getByRole('link', { name: 'Předpisový běh' }).focus();
  await hana.keyboard.press('Enter');
  await hana.getByRole('heading', { level: 1, name: 'Předpisový běh' }).waitFor();
  await hana.getByRole('button', { name: 'Připravit náhled' }).waitFor();
  await expectAccessible(hana, { atLeastControls: 8 });
  await hana
    .getByLabel('Poplatek')
    .first()
    .selectOption({ label: await dogOption(hana) });
  expect(await hana.getByText('Co není jisté').isVisible()).toBe(true);

  await hana.getByRole('button', { name: 'Připravit náhled' }).focus();
  await hana.keyboard.press('Enter');

  await hana.getByText('Náhled je hotov').first().waitFor({ timeout: 60_000 });
  const differences = hana.getByRole('table', { name: 'Rozdíly proti loňsku' });
  await differences.getByRole('row', { name: /Stejné jako loni/ }).waitFor();
  expect(await differences.getByRole('row', { name: /Osvobozené/ }).count()).toBe(1);
  await hana.waitForLoadState('networkidle');
  await expectAccessible(hana, { atLeastControls: 10 });
});

const dogOption = async (page: Page): Promise<string> =>
  (await page
    .getByRole('option', { name: /Poplatek ze psů/ })
    .first()
    .textContent()) ?? '';

test('a line of the preview opens its items', { timeout: 120_000 }, async () => {
  picturesIfFailed();
  await hana.getByRole('button', { name: 'Ukázat položky: Osvobozené' }).focus();
  await hana.keyboard.press('Enter');
  const items = hana.getByRole('table', { name: 'Položky: Osvobozené' });
  await items.getByRole('row', { name: /Markéta Šedivá/ }).waitFor();
  expect(await items.getByRole('row').count()).toBe(2);
});

test('who asked cannot start it, another one can; then the books agree', { timeout: 240_000 }, async () => {
  picturesIfFailed();
  await hana.getByRole('button', { name: 'Požádat o souhlas se spuštěním' }).click();
  await giveReason(hana, /Požádat/, 'Roční předpis podle vyhlášky 4/2025');
  await hana.getByText('Rozhodnout musí někdo jiný').waitFor();
  expect(await hana.getByRole('button', { name: 'Souhlasím, spustit' }).count()).toBe(0);

  await head.goto(hana.url());
  await head.getByText(/O souhlas žádá Hana Vlčková/).waitFor();
  await head.getByRole('button', { name: 'Souhlasím, spustit' }).click();
  await giveReason(head, /Souhlasím/, 'Zkontrolovala jsem součty a osvobození');

  await head.getByText(/^Souhlasí: /).waitFor({ timeout: 60_000 });
  await head.getByRole('button', { name: 'Přepočítat důkaz teď' }).click();
  await head.getByText(/^Souhlasí: /).waitFor();
  await head.waitForLoadState('networkidle');
  await expectAccessible(head, { atLeastControls: 10 });
});

test('letters go out, and the print file is fetched and handed to the post', { timeout: 240_000 }, async () => {
  picturesIfFailed();
  await head.getByRole('button', { name: 'Rozeslat dopisy' }).click();
  await giveReason(head, /Rozeslat/, 'Vše v pořádku');
  const letters = head.getByRole('table', { name: 'Dopisy podle cesty a stavu' });
  await letters.getByRole('row', { name: /Datová schránka Odesláno/ }).waitFor({ timeout: 90_000 });
  await letters.getByRole('row', { name: /E-mail Odesláno/ }).waitFor({ timeout: 90_000 });

  const href = await letters.getByRole('link', { name: 'Tiskový soubor 1 (PDF)' }).getAttribute('href');
  const pdf = await head.request.get(`${town.url}${href ?? ''}`);
  expect([pdf.status(), pdf.headers()['content-type'], (await pdf.body()).subarray(0, 5).toString()]).toEqual([
    200,
    'application/pdf',
    '%PDF-',
  ]);
  const sheet = await (await head.request.get(`${town.url}${(href ?? '').replace('.pdf', '.csv')}`)).text();
  expect(sheet.split('\r\n')[0]).toBe('\uFEFF"Pořadí";"Jméno";"Adresa"');
  await letters.getByRole('button', { name: 'Soubor 1 je vytištěn' }).focus();
  await head.keyboard.press('Enter');
  await letters.getByRole('row', { name: /Vytištěno a předáno poště/ }).waitFor();
  await head.getByText('Hotovo, dopisy jsou předány').first().waitFor();
  await expectAccessible(head, { atLeastControls: 10 });
});
