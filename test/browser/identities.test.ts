// One person and the ways to him, in a real browser: every way of logging in, two identities joined into one account, a company represented before a clerk's eyes,
// and a login too weak for what is being sent, made stronger without losing a word. Every page is looked at by axe, which must have seen its controls.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { withClient } from '../../tools/postgres/roles.ts';
import { everyTownUrl } from '../cases/town.ts';
import { expectAccessible } from '../setup/browser.ts';
import { fillDate, goOn, logInOfficer, markOn } from '../setup/story.ts';
import { controlsStand, walkThroughTown } from './walk.ts';

const { town, database, comeIn, picturesIfFailed } = await walkThroughTown('identities', { LOGINS_PER_MINUTE: '200' });

/** axe looks once the page has stopped moving. */
async function looksRight(page: Page, atLeastControls: number): Promise<void> {
  await controlsStand(page);
  await expectAccessible(page, { atLeastControls });
}

const year = new Date().getFullYear();

beforeAll(async () => {
  // As if the town had published it so: requests for information need the level substantial here.
  await withClient(everyTownUrl(database), (client) =>
    client.query(
      `update situation_version set files = jsonb_set(files, '{situation.yaml}', to_jsonb(replace(files ->> 'situation.yaml', 'login: low', 'login: substantial')))
        where situation = 'zadost-o-informace'`,
    ),
  );
});

/** At a provider's page: who it is; a provider that knows the person still does not ask again. Ends back at the portal. */
async function be(page: Page, who: RegExp): Promise<void> {
  const person = page.getByRole('button', { name: who }).first();
  await person
    .or(page.getByRole('button', { name: 'Odhlásit se' }))
    .first()
    .waitFor();
  if (await person.isVisible()) await person.click();
  await page.waitForURL((url) => !/^\/(zkusebni-svet|nia|prihlaseni)/.test(url.pathname));
}

async function logIn(page: Page, way: string, who: RegExp, goal = '/'): Promise<void> {
  await page.goto(`${town.url}/prihlaseni?cil=${encodeURIComponent(goal)}`);
  await page.getByRole('link', { name: `Přihlásit se: ${way}` }).click();
  await be(page, who);
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Odhlásit se' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.getByRole('link', { name: 'Přihlásit se' }).first().waitFor();
}

const HERE = '/moje-identity';
const TITLE = 'Moje identity, přihlášení a zastupování';

test('a citizen comes in by each way, and by none is mistaken for somebody else', async () => {
  picturesIfFailed();
  const page = await comeIn();
  await page.goto(`${town.url}/prihlaseni`);
  await looksRight(page, 10);
  for (const [way, who, name] of [
    ['Identita občana', /Markéta Šedivá/, 'Markéta Šedivá'],
    ['mojeID', /Oldřich Kůň/, 'Oldřich Kůň'],
    ['Bankovní identita', /Markéta Šedivá/, 'Markéta Šedivá'],
    ['Datová schránka', /Markéta Šedivá/, 'Markéta Šedivá'],
  ] as const) {
    await logIn(page, way, who);
    await page.getByRole('link', { name: new RegExp(name) }).waitFor();
    await page.goto(`${town.url}${HERE}`);
    await page.getByText('teď jste přihlášeni takto').waitFor();
    await page.getByText('Je to jediné přihlášení, odebrat ho nejde.').waitFor();
    await logOut(page);
  }
}, 300_000);

test('two identities of one woman become one account; somebody else’s does not', async () => {
  picturesIfFailed();
  const page = await comeIn(390);
  // She has been here before by mojeID: a record of her own.
  await logIn(page, 'mojeID', /Jana Novotná/);
  await logOut(page);
  await logIn(page, 'Identita občana', /Jana Novotná/, HERE);
  await page.getByRole('heading', { name: TITLE }).waitFor();
  await looksRight(page, 14);

  await page.getByRole('button', { name: 'Připojit: mojeID' }).click();
  await be(page, /Jana Novotná/);
  await page.getByText('Přihlášení jsme připojili').waitFor();
  await page.getByText('Dva vaše účty spojeny v jeden').first().waitFor();
  await looksRight(page, 15);

  // A login of another man is refused and says why.
  await page.getByRole('button', { name: 'Připojit: Bankovní identita' }).click();
  await be(page, /Zdeněk Řehoř/);
  await page.getByText(/jiným datem narození/).waitFor();
  await looksRight(page, 15);

  // Where she is logged in: another device is ended from here.
  const other = await comeIn();
  await logIn(other, 'mojeID', /Jana Novotná/, HERE);
  await other.getByRole('heading', { name: 'Identita občana' }).waitFor();
  await page.goto(`${town.url}${HERE}`);
  await page.getByRole('button', { name: 'Odhlásit ostatní zařízení' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Odhlásit ostatní zařízení' }).waitFor({ state: 'detached' });
  await other.goto(`${town.url}${HERE}`);
  await other
    .getByRole('heading', { name: 'Nejdřív se přihlaste' })
    .or(other.getByRole('link', { name: 'Přihlásit se' }))
    .first()
    .waitFor();

  // And taken apart again.
  await page.getByRole('button', { name: 'Odebrat: mojeID' }).click();
  await page.getByText('Odebráno přihlášení').first().waitFor();
  await looksRight(page, 14);
}, 300_000);

test('a company registers a dog: whose matter it is stands on every page, in the submission and before the clerk', async () => {
  picturesIfFailed();
  const page = await comeIn();
  const company = 'Psí hotel U Kapličky s. r. o.';
  const bar = page.getByRole('region', { name: 'Za koho jednáte' });
  await logIn(page, 'Datová schránka', /Jana Novotná \(psipes2\)/, '/sluzby/prihlaseni-psa');
  await bar.getByText(company).first().waitFor();
  await looksRight(page, 11);
  await page.getByRole('link', { name: 'Vyplnit online' }).first().click();
  await page.getByRole('heading', { name: 'Držitel psa' }).waitFor();
  expect(await page.getByLabel('Název firmy nebo spolku').inputValue()).toBe(company);
  expect(await page.getByLabel('IČO').inputValue()).toBe('27074358');
  expect(await page.getByLabel('Příjmení').count()).toBe(0);
  await bar.getByText(company).first().waitFor();
  await page.getByLabel('Adresa místa pobytu').fill('Dlouhá 8, 562 99 Lipová nad Orlicí');
  await page.getByLabel('E-mail').fill('recepce@psihotel.example');
  await looksRight(page, 12);
  await fileDog(page);
  await page.getByRole('heading', { name: 'Podání je odeslané' }).waitFor();
  const mark = await markOn(page);
  await page.getByRole('link', { name: 'Sledovat podání' }).click();
  await page.getByText(`Podal(a) Jana Novotná za: ${company}`).first().waitFor();
  await looksRight(page, 8);

  const clerk = await comeIn();
  await logInOfficer(clerk, town.url, /Hana Vlčková/);
  await clerk.goto(`${town.url}/urad/pripady?q=${encodeURIComponent(company)}`);
  await clerk.getByRole('link', { name: mark }).first().click();
  await clerk.getByText(company).first().waitFor();
  await clerk.getByText('Jana Novotná').first().waitFor();
  await clerk.getByText('27074358').first().waitFor();
  await looksRight(clerk, 10);

  // For herself she has no such case.
  await bar.getByLabel('Jednat za').selectOption({ label: 'sebe' });
  await bar.getByRole('button', { name: 'Přepnout' }).click();
  await bar.getByText('Jednáte za sebe').waitFor();
  await page.goto(`${town.url}/moje`);
  await page.getByRole('heading', { name: 'Moje podání' }).waitFor();
  await looksRight(page, 8);
  expect(await page.getByText(mark).count()).toBe(0);
}, 400_000);

async function fileDog(page: Page): Promise<void> {
  await goOn(page, 'Pes');
  await page.getByLabel('Jméno psa').fill('Hafan');
  await page.getByLabel('Plemeno').fill('kříženec');
  await page.getByRole('radio', { name: 'Pes' }).check();
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
}

test('who gives a mandate is represented within it, and not a step beyond', async () => {
  picturesIfFailed();
  const giver = await comeIn();
  await logIn(giver, 'Identita občana', /Markéta Šedivá/, HERE);
  await giver.getByRole('radio', { name: 'Jen těch, které vyberu' }).check();
  await giver.getByRole('checkbox', { name: 'Přihlášení psa' }).check();
  await looksRight(giver, 18);
  await giver.getByRole('button', { name: 'Vytvořit odkaz' }).click();
  await giver.getByText('Odkaz je připravený').waitFor();
  const link = (await giver.locator('.mandate-link').innerText()).trim();

  const taker = await comeIn();
  await taker.goto(link);
  await taker.getByRole('link', { name: 'Přihlásit se' }).last().click();
  await taker.getByRole('link', { name: 'Přihlásit se: Identita občana' }).click();
  await be(taker, /Zdeněk Řehoř/);
  await taker
    .getByText('Markéta Šedivá chce, abyste jednali jeho jménem')
    .or(taker.getByText(/Markéta Šedivá/))
    .first()
    .waitFor();
  await looksRight(taker, 9);
  await taker.getByRole('button', { name: 'Přijmout' }).click();
  await taker.getByText('Zastupování začalo').first().waitFor();
  const bar = taker.getByRole('region', { name: 'Za koho jednáte' });
  await bar.getByLabel('Jednat za').selectOption({ label: 'Markéta Šedivá' });
  await bar.getByRole('button', { name: 'Přepnout' }).click();
  await bar.locator('strong').getByText('Markéta Šedivá').waitFor();
  await taker.goto(`${town.url}/podat/zadost-o-informace`);
  await taker.getByText('Tohle vaše pověření neobsahuje').first().waitFor();
  await looksRight(taker, 9);

  // She ends it: his very next step is refused.
  await giver.goto(`${town.url}${HERE}`);
  await giver.getByRole('button', { name: 'Ukončit zastupování: Zdeněk Řehoř' }).click();
  await giver.getByText('Skončilo zastupování').first().waitFor();
  await taker.goto(`${town.url}/moje`);
  await bar.getByText(/Zastupování skončilo/).waitFor();
  await looksRight(taker, 8);
}, 300_000);

test('a login too weak for what is being sent is made stronger, and the form is as it was', async () => {
  picturesIfFailed();
  const page = await comeIn();
  await logIn(page, 'Identita občana', /Zdeněk Řehoř/, HERE);
  await page.getByRole('button', { name: 'Připojit: Datová schránka' }).click();
  await be(page, /Zdeněk Řehoř/);
  await page.getByText('Přihlášení jsme připojili').waitFor();
  await page.goto(`${town.url}/podat/zadost-o-informace`);
  await page.getByRole('heading', { name: 'Žadatel' }).waitFor();
  await goOn(page, 'Požadované informace');
  await page.getByLabel('Stručně, čeho se žádost týká').fill('Opravy chodníků');
  await page.getByLabel('Jaké informace požadujete').fill('Kolik stály opravy chodníků v roce 2025?');
  await page.getByRole('radio', { name: 'Přes portál a e-mail' }).check();
  await goOn(page, /Zkontrolujte své odpovědi/);
  await page
    .getByText(/Uloženo v/)
    .first()
    .waitFor();
  const form = page.url();
  await logOut(page);

  await logIn(page, 'Datová schránka', /Zdeněk Řehoř/, new URL(form).pathname);
  await page
    .getByRole('button', { name: /Pokračovat|Odeslat úřadu/ })
    .first()
    .waitFor();
  await toTheEnd(page);
  await page.getByRole('checkbox', { name: /Prohlašuji/ }).check();
  await page.getByRole('button', { name: 'Odeslat úřadu' }).click();
  await page
    .getByText(/vyžaduje vyšší úroveň/)
    .first()
    .waitFor();
  await looksRight(page, 8);
  await page
    .locator('main')
    .getByRole('link', { name: /silněj|znovu/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Přihlaste se silnějším způsobem' }).waitFor();
  await looksRight(page, 9);
  await page.getByRole('button', { name: 'Přihlásit se: Identita občana' }).click();
  await be(page, /Zdeněk Řehoř/);
  expect(new URL(page.url()).pathname).toBe(new URL(form).pathname);
  await page
    .getByRole('button', { name: /Pokračovat|Odeslat úřadu/ })
    .first()
    .waitFor();
  await toTheEnd(page);
  await page.getByText('Kolik stály opravy chodníků v roce 2025?').first().waitFor();
  await page.getByRole('checkbox', { name: /Prohlašuji/ }).check();
  await page.getByRole('button', { name: 'Odeslat úřadu' }).click();
  await page.getByRole('heading', { name: 'Podání je odeslané' }).waitFor();
}, 300_000);

/** From wherever the form was resumed to the check of the answers. */
async function toTheEnd(page: Page): Promise<void> {
  const send = page.getByRole('button', { name: 'Odeslat úřadu' });
  const on = page.getByRole('button', { name: 'Pokračovat', exact: true });
  for (let step = 0; step < 4; step += 1) {
    await send.or(on).first().waitFor();
    if (await send.isVisible()) return;
    await on.click();
    await page.waitForTimeout(300);
  }
}
