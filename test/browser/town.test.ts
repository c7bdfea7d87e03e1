// The administrator says in the browser who the town is, and the office's menu: one line, areas that open, by mouse, keyboard and on a phone.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../setup/browser.ts';
import { citizen, officer } from '../wire/town-client.ts';
import { prescribedDog } from '../wire/town-steps.ts';
import { walkThroughTown } from './walk.ts';

const { town, comeIn, comeInAs, looksRight, picturesIfFailed } = await walkThroughTown('town');
const CLERK = /Hana Vlčková/;
const ADMINISTRATOR = /Iveta Zborníková/;

const menu = (page: Page) => page.getByRole('navigation', { name: 'Hlavní nabídka' });
const addresses = async (page: Page): Promise<readonly string[]> =>
  (
    await menu(page)
      .locator('a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
  ).toSorted();

test('a telephone is changed, stands on the portal at once, and is taken back', { timeout: 240_000 }, async () => {
  picturesIfFailed();
  const page = await comeInAs(ADMINISTRATOR);
  await menu(page).getByRole('button', { name: 'Správa' }).click();
  await menu(page).getByRole('link', { name: 'Údaje města' }).click();
  const phone = page.getByLabel('Telefon', { exact: true });
  await phone.waitFor();
  await looksRight(page, 20, 'facts');

  await phone.fill('na vrátnici');
  await page.getByLabel(/^IČO/).fill('12345678');
  await page.getByRole('button', { name: 'Uložit' }).click();
  await page.getByRole('link', { name: /^IČO: takové IČO neexistuje/ }).waitFor();
  const summary = page.getByRole('link', { name: /^Telefon: telefon smí mít jen číslice/ });
  await expectAccessible(page, { atLeastControls: 20 });
  await summary.click();
  expect(await phone.evaluate((box) => box === document.activeElement)).toBe(true);

  await phone.fill('+420 465 111 222');
  await page.getByLabel(/^IČO/).fill('123 456 79');
  await page.keyboard.press('Enter');
  await page.getByText('Uloženo, platí od této chvíle.').waitFor();
  await page.getByText('Telefon: +420 465 000 000, nově +420 465 111 222').waitFor();
  expect(await page.getByLabel(/^IČO/).inputValue()).toBe('12345679');
  const anybody = await comeIn();
  await anybody.goto(`${town.url}/`);
  await anybody.getByText('+420 465 111 222').first().waitFor();
  await anybody.goto(`${town.url}/o-portalu`);
  await anybody.getByText('Úřední hodiny: pondělí a středa').waitFor();

  await page.getByRole('button', { name: 'Zrušit všechny změny' }).click();
  await page.getByText('Platí dřívější podoba údajů.').waitFor();
  expect(await phone.inputValue()).toBe('+420 465 000 000');
});

test(
  'who changes the account for payments reads what waits for the old one and has to say that he knows',
  { timeout: 240_000 },
  async () => {
    picturesIfFailed();
    await prescribedDog(await citizen(town.url, 'jana-novotna'), await officer(town.url, 'u-hana-vlckova'));
    const page = await comeInAs(ADMINISTRATOR, 390);
    await page.goto(`${town.url}/urad/mesto`);
    const account = page.getByLabel(/^Účet pro platby/);
    await account.fill('19-123457/0710');
    await page.getByText('Měníte účet, na který chodí peníze').waitFor();
    await page.getByText('Konektor Banka čte výpisy účtu 19-2000145399/0800.').waitFor();
    const waits = page.getByText(/Na dosavadní účet má přijít ještě .+\sKč/);
    await waits.waitFor();
    await looksRight(page, 20, 'account-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);

    await page.getByRole('button', { name: 'Uložit' }).click();
    await page.getByText('Na dosavadní účet ještě mají přijít peníze. Potvrďte').waitFor();
    await page.getByRole('checkbox', { name: 'Vím o tom a účet chci změnit' }).check();
    await page.getByRole('button', { name: 'Uložit' }).click();
    await page.getByText('Uloženo, platí od této chvíle.').waitFor();
    await page.getByText('Dřívější účty').click();
    await page.getByText('19-2000145399/0800, od').waitFor();

    // Going back changes the account too: the same word is asked for.
    await page.getByRole('button', { name: 'Zrušit všechny změny' }).click();
    await page.getByRole('checkbox', { name: 'Vím o tom a účet chci změnit' }).check();
    await page.getByRole('button', { name: 'Zrušit všechny změny' }).click();
    await page.getByText('Platí dřívější podoba údajů.').waitFor();
    expect(await account.inputValue()).toBe('19-2000145399/0800');
  },
);

test(
  'an administrator’s menu stands in one line, says where he is, and opens, walks and closes by keyboard',
  { timeout: 240_000 },
  async () => {
    picturesIfFailed();
    const page = await comeInAs(ADMINISTRATOR);
    const height = async (): Promise<number> => (await menu(page).boundingBox())?.height ?? 0;
    expect(await height()).toBeLessThan(50);

    const area = menu(page).getByRole('button', { name: /^Správa/ });
    expect(await area.getAttribute('aria-expanded')).toBe('false');
    await area.focus();
    await page.keyboard.press('ArrowDown');
    const connectors = menu(page).getByRole('link', { name: 'Konektory' });
    await connectors.waitFor();
    expect(await area.getAttribute('aria-expanded')).toBe('true');
    expect(
      await menu(page)
        .getByRole('list', { name: 'Správa' })
        .getByRole('link')
        .first()
        .evaluate((link) => link === document.activeElement),
    ).toBe(true);
    await looksRight(page, 20, 'menu-open');
    await page.keyboard.press('Escape');
    await connectors.waitFor({ state: 'hidden' });
    expect(await area.evaluate((button) => button === document.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    await connectors.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Konektory' }).waitFor();
    await connectors.waitFor({ state: 'hidden' });
    await menu(page).getByRole('button', { name: 'Správa: Konektory' }).waitFor();
    expect(await height()).toBeLessThan(50);

    // Another area, and whatever else on the page, closes the one that is open.
    await area.click();
    await connectors.waitFor();
    await page.getByRole('searchbox').click();
    await connectors.waitFor({ state: 'hidden' });
  },
);

test('on a phone every area opens, and each role reaches the same pages as on a wide window', { timeout: 240_000 }, async () => {
  picturesIfFailed();
  for (const who of [ADMINISTRATOR, CLERK]) {
    const wide = await comeInAs(who);
    const narrow = await comeInAs(who, 390);
    expect(await addresses(narrow)).toEqual(await addresses(wide));
    const agenda = menu(narrow).getByRole('button', { name: 'Agenda: Úkoly' });
    await agenda.click();
    await menu(narrow).getByRole('link', { name: 'Případy' }).waitFor();
    await looksRight(narrow, 10, who === CLERK ? 'menu-phone' : undefined);
    expect(await narrow.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await menu(narrow).getByRole('link', { name: 'Případy' }).click();
    await narrow.getByRole('heading', { level: 1, name: 'Případy' }).waitFor();
    expect((await addresses(wide)).filter((path) => /konektory|mesto|adresar/.test(path))).toHaveLength(who === CLERK ? 0 : 3);
  }
});
