// The story of § 65 in a real browser: a permit for special use of a road from filing to legal force. The office calls for a missing consent, its period
// stands still and ends no sooner than fifteen days after; the decision is delivered by fiction on a day that the law moves; citizen and clerk both
// read why each day is the day, and both have it in their calendars.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fillDate, goOn, logInCitizen, logInOfficer, markOn, openTask } from '../setup/story.ts';
import { walkThroughTown } from './walk.ts';

const { town, comeIn, looksRight, picturesIfFailed } = await walkThroughTown('deadlines');

/** The town's clock goes forward to a moment; it never goes back. */
async function goTo(moment: string): Promise<void> {
  const { now } = await town.world<{ now: string }>('GET', '/clock');
  const minutes = Math.ceil((Date.parse(moment) - Date.parse(now)) / 60_000);
  expect(minutes).toBeGreaterThan(0);
  await town.world('POST', '/clock', { minutes });
}
async function seesNow(page: Page, title: RegExp): Promise<void> {
  await page.locator('.now').getByText(title).first().waitFor({ timeout: 60_000 });
}
async function complete(clerk: Page): Promise<void> {
  await clerk.getByRole('button', { name: 'Dokončit úkol' }).click();
  await clerk.getByText('Úkol je dokončen').waitFor();
}
/** The card of a deadline in the portal, with its explanation open. */
async function explained(page: Page, title: string): Promise<string> {
  const card = page.locator('.deadlines > li').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  await card.waitFor({ timeout: 30_000 });
  const why = card.locator('details:not([open]) > summary');
  if ((await why.count()) > 0) await why.click();
  return (await card.innerText()).replaceAll(/\s+/g, ' ');
}
async function officeExplained(page: Page, title: string): Promise<string> {
  const card = page.locator('.office-deadline-card').filter({ has: page.getByRole('heading', { name: new RegExp(`^${title}`) }) });
  await card.waitFor({ timeout: 30_000 });
  const why = card.locator('details:not(.office-records):not([open]) > summary');
  if ((await why.count()) > 0) await why.first().click();
  return (await card.innerText()).replaceAll(/\s+/g, ' ');
}

async function apply(page: Page): Promise<string> {
  await page.goto(`${town.url}/podat/zvlastni-uzivani`);
  await page
    .getByRole('link', { name: 'Přihlásit se' })
    .or(page.getByRole('button', { name: 'Přihlásit se' }))
    .last()
    .click();
  await logInCitizen(page, /Jana Novotná/);
  await page.getByRole('heading', { name: 'Žadatel' }).waitFor();
  await goOn(page, 'Užívání komunikace');
  await page.getByRole('radio', { name: /držitele průkazu ZTP/ }).check();
  await page.getByLabel('Kde přesně').fill('Dlouhá 12, před domem');
  await page.getByLabel('Plocha v m²').fill('12');
  await fillDate(page, /Od kdy/, ['1', '6', '2027']);
  await fillDate(page, /Do kdy/, ['31', '12', '2028']);
  await page.getByLabel('Co na místě budete dělat').fill('Parkovací místo pro osobu s průkazem ZTP/P.');
  await goOn(page, 'Podklady a prohlášení');
  await page.getByRole('checkbox', { name: /Potvrzuji/ }).check();
  await goOn(page, /Zkontrolujte své odpovědi/);
  await page.getByRole('checkbox', { name: /Prohlašuji/ }).check();
  await page.getByRole('button', { name: 'Odeslat úřadu' }).click();
  await page.getByRole('link', { name: 'Sledovat podání' }).click();
  await seesNow(page, /Kontrolujeme úplnost/);
  return markOn(page);
}

test('the period of § 71 stands still, has its floor, and the decision comes into force on the day the law says', async () => {
  picturesIfFailed();
  // Thursday 4 March 2027; thirty days end on Saturday 3 April.
  await goTo('2027-03-04T09:00:00.000Z');
  const citizen = await comeIn();
  const mark = await apply(citizen);
  expect(await explained(citizen, 'Vydání rozhodnutí')).toMatch(
    /5\. dubna 2027[\s\S]*30 dnů od 4\. 3\. 2027[\s\S]*§ 71 odst\. 3[\s\S]*5\. 4\. 2027/,
  );
  await looksRight(citizen, 8, 'citizen-running');

  const clerk = await comeIn(1400);
  await logInOfficer(clerk, town.url, /Tereza Machalová/);
  await clerk.goto(`${town.url}/urad/ukoly?fronta=group`);
  await clerk.getByRole('row').filter({ hasText: mark }).getByText('5. 4. 2027').waitFor({ timeout: 40_000 });

  // 25 days are used: the consent is missing, and the sixth day before the end already stands.
  await goTo('2027-03-30T09:00:00.000Z');
  await openTask(clerk, town.url, /Zkontrolovat úplnost/, mark);
  await clerk.getByRole('radio', { name: /Ne, vyzvat/ }).check();
  await clerk.getByLabel('Co má žadatel doplnit').fill('Doložte souhlas vlastníka komunikace.');
  await clerk.getByLabel('Lhůta k doplnění ve dnech').fill('20');
  await complete(clerk);
  await seesNow(citizen, /Čekáme na vaše doplnění/);
  expect(await explained(citizen, 'Vydání rozhodnutí')).toMatch(/stojí[\s\S]*uběhlo 25 dnů, zbývá 5 dnů[\s\S]*§ 65 odst\. 1/);
  await looksRight(citizen, 8, 'citizen-stopped');

  // The letter lies in her box; she logs in the next day, and her own period begins.
  await goTo('2027-03-31T08:00:00.000Z');
  await town.world('POST', '/isds/login', { box: 'jnovot7' });
  expect(await explained(citizen, 'Doplnění žádosti')).toMatch(/20\. dubna 2027[\s\S]*§ 39/);

  await goTo('2027-04-15T08:00:00.000Z');
  await citizen.getByRole('link', { name: 'Doplnit podání' }).first().click();
  await citizen.getByLabel('Co doplňujete').fill('Souhlas vlastníka přikládám.');
  await citizen
    .getByRole('button', { name: /Odeslat|Pokračovat/ })
    .first()
    .click();
  const send = citizen.getByRole('button', { name: /Odeslat/ });
  const confirm = citizen.getByRole('checkbox', { name: /Prohlašuji/ });
  await seesNow(citizen, /Kontrolujeme úplnost/).catch(async () => {
    await confirm.check();
    await send.click();
    await seesNow(citizen, /Kontrolujeme úplnost/);
  });
  const floor = /30\. dubna 2027[\s\S]*neskončí dříve než 15 dnů po 15\. 4\. 2027[\s\S]*§ 65 odst\. 1/;
  expect(await explained(citizen, 'Vydání rozhodnutí')).toMatch(floor);
  await looksRight(citizen, 8, 'citizen-floor');

  // The clerk reads the same, and what it is counted from.
  await openTask(clerk, town.url, /Zkontrolovat úplnost/, mark);
  await clerk.getByRole('tab', { name: 'Lhůty' }).click();
  expect(await officeExplained(clerk, 'Vydání rozhodnutí')).toMatch(/30\. 4\. 2027[\s\S]*zbývá 15 dní[\s\S]*neskončí dříve než 15 dnů/);
  await clerk.locator('.office-records > summary').first().click();
  await clerk.getByText('řízení přerušeno').first().waitFor();
  await looksRight(clerk, 12, 'clerk-floor');

  await clerk.getByRole('radio', { name: /Ano, má všechny/ }).check();
  await complete(clerk);
  for (const [task, answer] of [
    [/stanovisko Policie/, 'Souhlasné'],
    [/stanovisko správce/, 'Souhlasné'],
    [/majetkový odbor/, 'Souhlasné'],
  ] as const) {
    await openTask(clerk, town.url, task, mark);
    await clerk.getByRole('radio', { name: answer, exact: true }).check();
    await complete(clerk);
  }
  await seesNow(citizen, /Můžete se vyjádřit/);
  await citizen.getByRole('link', { name: 'Doplnit podání' }).first().click();
  await citizen.getByLabel('Vaše vyjádření').fill('S podklady souhlasím.');
  await citizen
    .getByRole('button', { name: /Odeslat|Pokračovat/ })
    .first()
    .click();
  await seesNow(citizen, /Posuzujeme/).catch(async () => {
    await confirm.check();
    await send.click();
    await seesNow(citizen, /Posuzujeme/);
  });

  // A change by hand is refused without a reason and kept with one.
  await openTask(clerk, town.url, /Rozhodnout o žádosti/, mark);
  await clerk.getByRole('tab', { name: 'Lhůty' }).click();
  await clerk.getByRole('button', { name: 'Upravit ručně: Vydání rozhodnutí' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('Co se stalo').selectOption('extended');
  await dialog.getByLabel('O kolik dnů').fill('10');
  await dialog.getByLabel('Zákonný důvod').selectOption('complex_case');
  await dialog.getByRole('button', { name: 'Zapsat' }).click();
  await dialog.getByText('Napište důvod, aspoň pár slov.').waitFor();
  await dialog.getByLabel('Důvod úpravy').fill('Souběh s opravou vodovodu v téže ulici.');
  await dialog.getByRole('button', { name: 'Zapsat' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await officeExplained(clerk, 'Vydání rozhodnutí')).toMatch(/prodlouž/);

  await clerk.getByRole('radio', { name: 'Povolit zvláštní užívání' }).check();
  await clerk.getByLabel('Podmínky užívání').fill('Vyznačit dopravní značkou IP 12 s registrační značkou vozidla.');
  await clerk.getByLabel('Odůvodnění').fill('Všechna stanoviska jsou souhlasná.');
  await complete(clerk);
  await seesNow(citizen, /Rozhodnuto, doručujeme/);

  // Nobody logs in. The tenth day, 25 April, is a Sunday: delivered on Monday the 26th.
  await goTo('2027-04-27T08:00:00.000Z');
  await seesNow(citizen, /Běží lhůta pro odvolání/);
  expect(await explained(citizen, 'Odvolání')).toMatch(
    /11\. května 2027[\s\S]*25\. 4\. 2027[\s\S]*neděle[\s\S]*26\. 4\. 2027[\s\S]*§ 17 odst\. 4[\s\S]*§ 83/,
  );
  await looksRight(citizen, 8, 'citizen-appeal');

  await readCalendars(citizen, clerk);

  await goTo('2027-05-12T08:00:00.000Z');
  await seesNow(citizen, /Pravomocné/);
  expect(await explained(citizen, 'Právní moc rozhodnutí')).toMatch(/12\. května 2027[\s\S]*§ 73/);
  await looksRight(citizen, 6, 'citizen-force');
}, 600_000);

/** One deadline as a file, a private address for all of them, and the department's month. */
async function readCalendars(citizen: Page, clerk: Page): Promise<void> {
  const href = await citizen.getByRole('link', { name: 'Přidat do kalendáře' }).first().getAttribute('href');
  const file = await (await citizen.request.get(`${town.url}${href ?? ''}`)).text();
  expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(file).toContain('DTSTART;VALUE=DATE:20270511\r\n');

  await citizen.goto(`${town.url}/moje`);
  await citizen.getByRole('button', { name: 'Vytvořit soukromou adresu' }).click();
  const address = await citizen.locator('code').innerText();
  await looksRight(citizen, 6, 'citizen-feed');
  const feed = await fetch(address);
  expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(await feed.text()).toContain('DTSTART;VALUE=DATE:20270511');
  await citizen.getByRole('button', { name: 'Zrušit adresu' }).click();
  await citizen.getByRole('button', { name: 'Vytvořit soukromou adresu' }).waitFor();
  expect((await fetch(address)).status).toBe(404);
  await citizen.goBack();
  await seesNow(citizen, /Běží lhůta pro odvolání/);

  await clerk.goto(`${town.url}/urad/kalendar?mesic=2027-05&skupina=doprava`);
  await clerk.getByRole('heading', { level: 1, name: 'Kalendář lhůt' }).waitFor();
  await clerk
    .getByRole('table')
    .getByRole('link', { name: /Odvolat se/ })
    .waitFor();
  await looksRight(clerk, 12, 'clerk-calendar');
}
