// Two ways a case may go on in a real browser: its fee is paid by card through the gateway and back, another one is withdrawn.
// The pages of the simulated outside are looked at on the way; they too must be usable by everybody.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inspectAccessibility } from '../setup/browser.ts';
import { fillDate, goOn, logInCitizen, logInOfficer, markOn, openTask } from '../setup/story.ts';
import { walkThroughTown } from './walk.ts';

const { town, comeIn, looksRight, picturesIfFailed } = await walkThroughTown('card');

/** Files the shortest form there is and opens its case. Returns the case's mark. */
async function registerDog(page: Page, who: RegExp, dog: string): Promise<string> {
  const year = new Date().getFullYear();
  await page.goto(`${town.url}/podat/prihlaseni-psa`);
  await page
    .getByRole('link', { name: 'Přihlásit se' })
    .or(page.getByRole('button', { name: 'Přihlásit se' }))
    .last()
    .click();
  await logInCitizen(page, who);
  await page.getByRole('heading', { name: 'Držitel psa' }).waitFor();
  await goOn(page, 'Pes');
  await page.getByLabel('Jméno psa').fill(dog);
  await page.getByLabel('Plemeno').fill('kříženec');
  await page.getByRole('radio', { name: 'Fena' }).check();
  await page.getByLabel('Barva srsti').fill('černá');
  await fillDate(page, /Datum narození psa/, ['1', '3', String(year - 2)]);
  await fillDate(page, /Odkdy psa máte/, ['1', '1', String(year)]);
  await page.getByRole('radio', { name: 'První a jediný' }).check();
  await goOn(page, 'Kde pes žije');
  await page.getByRole('radio', { name: 'V rodinném domě' }).check();
  await page.getByRole('radio', { name: 'Na adrese mého pobytu' }).check();
  await goOn(page, 'Osvobození a úlevy');
  await page.getByLabel('Osvobození od poplatku').selectOption('zadne');
  await goOn(page, 'Přílohy a prohlášení');
  await page.getByRole('checkbox', { name: /Potvrzuji/ }).check();
  await goOn(page, /Zkontrolujte své odpovědi/);
  await page.getByRole('checkbox', { name: /Prohlašuji/ }).check();
  await page.getByRole('button', { name: 'Odeslat úřadu' }).click();
  await page.getByRole('link', { name: 'Sledovat podání' }).click();
  await seesNow(page, /Kontrolujeme úplnost/);
  return markOn(page);
}

/** The box that says what is going on now shows this; the page asks by itself. */
async function seesNow(page: Page, title: RegExp): Promise<void> {
  await page.locator('.now').getByText(title).first().waitFor({ timeout: 40_000 });
}

test('a fee is paid by card: out to the gateway, back to the portal, and the case goes on', async () => {
  picturesIfFailed();
  const citizen = await comeIn();
  const mark = await registerDog(citizen, /Jana Novotná/, 'Bára');
  const clerk = await comeIn(1400);
  await logInOfficer(clerk, town.url, /Hana Vlčková/);
  await openTask(clerk, town.url, /Zkontrolovat úplnost/, mark);
  await clerk.getByRole('radio', { name: /Ano, je úplné/ }).check();
  await clerk.getByRole('button', { name: 'Dokončit úkol' }).click();
  await clerk.getByText('Úkol je dokončen').waitFor();
  await looksRight(clerk, 12);

  await seesNow(citizen, /K zaplacení/);
  await citizen
    .getByRole('link', { name: /Zaplatit/ })
    .first()
    .click();
  await citizen.getByRole('button', { name: 'Zaplatit kartou 300 Kč' }).click();
  await citizen.waitForURL(/\/zkusebni-svet\/gopay\/gw\/v3\//);
  await looksRight(citizen, 3);
  expect(await citizen.locator('main').innerText()).toMatch(/Bára[\s\S]*300,00\sKč/);
  await citizen.getByRole('button', { name: 'Zaplatit', exact: true }).click();

  await citizen.waitForURL(/\/platba\//);
  await citizen.getByText('Děkujeme, platba kartou proběhla').waitFor({ timeout: 40_000 });
  await looksRight(citizen, 5);
  await citizen.getByRole('link', { name: 'Zpět na podání' }).click();
  await seesNow(citizen, /Vydáváme známku/);
  expect(await citizen.getByRole('listitem').filter({ hasText: 'Místní poplatek' }).innerText()).toMatch(/Zaplaceno[\s\S]*300\sKč kartou/);
  await looksRight(citizen, 8);
}, 90_000);

test('a submission is withdrawn with a reason, and says that nothing is to be paid', async () => {
  picturesIfFailed();
  const citizen = await comeIn(390);
  await registerDog(citizen, /Zdeněk Řehoř/, 'Rek');
  await citizen.getByRole('button', { name: 'Vzít podání zpět' }).click();
  await citizen
    .getByRole('dialog')
    .getByRole('button', { name: /Ano, vzít/ })
    .click();
  await citizen.getByText('Napište prosím, proč podání berete zpět.').waitFor();
  // What lies behind an open dialog cannot be reached, so only findings count here.
  expect((await inspectAccessibility(citizen)).violations).toEqual([]);
  await citizen.getByLabel(/Proč ho berete zpět/).fill('Psa jsem nakonec nepořídil.');
  await citizen
    .getByRole('dialog')
    .getByRole('button', { name: /Ano, vzít/ })
    .click();

  await seesNow(citizen, /Vzato zpět/);
  expect(await citizen.getByRole('button', { name: 'Vzít podání zpět' }).count()).toBe(0);
  expect(await citizen.locator('.now').innerText()).toContain('vzali zpět a nic neplatíte');
  await looksRight(citizen, 8);
}, 60_000);

test('everybody can use the pages of the simulated outside', async () => {
  picturesIfFailed();
  const visitor = await comeIn();
  const world = `${town.url}/zkusebni-svet`;
  for (const [path, controls] of [
    ['', 10],
    ['/bank', 8],
    ['/gopay', 1],
    ['/isds', 6],
    ['/isds/schranka/jnovot7', 6],
    ['/mail', 2],
  ] as const) {
    await visitor.goto(`${world}${path}/`.replace('jnovot7/', 'jnovot7'));
    await looksRight(visitor, controls);
  }
  // Subjects say nothing of a case, so the letters are opened one by one.
  const letters = await visitor
    .getByRole('link', { name: /Máte novou zprávu/ })
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const texts: string[] = [];
  for (const letter of letters) {
    await visitor.goto(letter);
    texts.push(await visitor.locator('pre').innerText());
  }
  await looksRight(visitor, 1);
  expect(texts.filter((text) => text.includes('vzali zpět')).length).toBeGreaterThan(0);
}, 60_000);
