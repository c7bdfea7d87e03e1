// What data boxes mean to cases, in real browsers: a citizen writes from her box and her case has it; a message without a mark waits for the clerk; a
// decision lies in a box that nobody opens, is delivered by fiction after ten days, and the process goes on.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logInCitizen, logInOfficer } from '../setup/story.ts';
import { walkThroughTown } from './walk.ts';
import { citizen, officer, type Client } from '../wire/town-client.ts';
import { askForInformation, caseOf, completeTask, officeCaseOf, taskAt, until } from '../wire/town-steps.ts';

const { town, comeIn, looksRight, picturesIfFailed } = await walkThroughTown('data-box');

const BOX = 'jnovot7';
let jana: Client;
let radek: Client;

beforeAll(async () => {
  jana = await citizen(town.url, 'jana-novotna');
  radek = await officer(town.url, 'u-radek-simunek');
}, 120_000);
afterAll(() => {
  expect(town.output()).not.toMatch(/request failed|job loop failed|could not be processed/);
});

/** Writes to the town from the citizen's own data box, as a person does it there. */
async function write(page: Page, subject: string, ours: string, text: string): Promise<void> {
  await page.goto(`${town.url}/zkusebni-svet/isds/schranka/${BOX}`);
  await page.getByLabel('Příjemce', { exact: true }).selectOption('mulipo5');
  await page.getByLabel('Věc').fill(subject);
  await page.getByLabel(/^Číslo jednací příjemce/).fill(ours);
  await page.getByLabel(/^Text/).fill(text);
  await page.getByRole('button', { name: 'Odeslat zprávu' }).click();
  await page.getByText(subject).first().waitFor();
}
async function citizenAt(page: Page, caseId: string): Promise<void> {
  await page.goto(`${town.url}/moje/${caseId}`);
  const login = page
    .getByRole('link', { name: 'Přihlásit se' })
    .or(page.getByRole('button', { name: 'Přihlásit se' }))
    .last();
  await Promise.race([login.waitFor(), page.getByRole('heading', { name: 'Dokumenty' }).waitFor()]);
  if (await login.isVisible()) {
    await login.click();
    await page
      .getByRole('button', { name: /Jana Novotná/ })
      .or(page.getByRole('link', { name: /NIA|Identit/ }))
      .first()
      .waitFor();
    if (!(await page.getByRole('button', { name: /Jana Novotná/ }).isVisible()))
      await page
        .getByRole('link', { name: /NIA|Identit/ })
        .first()
        .click();
    await logInCitizen(page, /Jana Novotná/);
  }
}
const messagesOf = async (clerk: Page, tab: string): Promise<void> => {
  await clerk.goto(`${town.url}/urad/zpravy`);
  await clerk.getByRole('tab', { name: tab }).click();
};

test('a message with our mark finds its case; one without it waits for the clerk, who puts it there, takes it back and puts it there again', async () => {
  picturesIfFailed();
  const { caseId, mark } = await askForInformation(jana);
  await taskAt(radek, caseId, 'posouzeni');
  const [box, person, clerk] = [await comeIn(), await comeIn(), await comeIn(1400)];
  await write(box, 'Upřesnění žádosti', mark.toLowerCase(), 'Jde mi jen o rok 2025.');

  await until('the message in its case', async () =>
    (await caseOf(jana, caseId)).documents.find(({ title }) => title.includes('Upřesnění žádosti')),
  );
  await citizenAt(person, caseId);
  await person.getByText('Vaše zpráva přišla do spisu').first().waitFor();
  await person.getByRole('link', { name: /Datová zpráva \d+: Upřesnění žádosti/ }).waitFor();
  await looksRight(person, 8, 'citizen');

  await logInOfficer(clerk, town.url, /Radek Šimůnek/);
  await clerk.goto(`${town.url}/urad/pripady/${caseId}`);
  await clerk.getByText(/^Do spisu přišla zpráva „Upřesnění žádosti“/).waitFor();
  await looksRight(clerk, 10, 'clerk-case');
  await messagesOf(clerk, 'Ve spisech');
  const row = clerk.getByRole('row').filter({ hasText: 'Upřesnění žádosti' });
  await row.getByText('nová').waitFor();
  await row.getByText('naše spisová značka, jisté').waitFor();
  await row.getByRole('button', { name: 'Upřesnění žádosti', exact: true }).click();
  await clerk.getByText('Jde mi jen o rok 2025.').waitFor();
  await clerk.getByText(/^Pečeť datových schránek souhlasí/).waitFor();
  await looksRight(clerk, 10, 'clerk-placed');
  await row.getByRole('button', { name: /^Beru na vědomí/ }).click();
  await clerk.getByText('Zpráva je vzata na vědomí.').first().waitFor();

  await write(box, 'Dotaz k mé věci', '', 'Kdy to bude hotové?');
  await messagesOf(clerk, 'K zařazení');
  const waiting = clerk.getByRole('row').filter({ hasText: 'Dotaz k mé věci' });
  await waiting.getByText('známe jen odesílatele, spis neuvádí').waitFor({ timeout: 60_000 });
  // By keyboard alone: the subject opens the message, the suggestion below takes it.
  await waiting.getByRole('button', { name: 'Dotaz k mé věci', exact: true }).focus();
  await clerk.keyboard.press('Enter');
  await clerk.getByText('Kdy to bude hotové?').waitFor();
  await looksRight(clerk, 10, 'clerk-unsorted');
  await clerk.getByRole('button', { name: `Zařadit do ${mark}` }).focus();
  await clerk.keyboard.press('Enter');
  await clerk.getByText(`Zpráva je ve spisu ${mark}.`).first().waitFor();
  await clerk.getByText('Žádná nezařazená zpráva').waitFor();

  await clerk.getByRole('button', { name: 'Vzít zpět' }).click();
  await waiting.getByRole('button', { name: /^Zařadit…/ }).click();
  await clerk.getByRole('textbox', { name: 'Spisová značka' }).fill(mark);
  await clerk.getByRole('dialog').getByRole('button', { name: 'Zařadit' }).click();
  await clerk.getByText(`Zpráva je ve spisu ${mark}.`).first().waitFor();
  expect((await caseOf(jana, caseId)).documents.filter(({ title }) => title.includes('Dotaz k mé věci'))).toHaveLength(1);

  await write(box, 'Nabídka zboží', '', 'Nabízíme tonery.');
  await clerk.getByRole('button', { name: /^Odložit… Nabídka/ }).click({ timeout: 60_000 });
  await clerk.getByLabel('Důvod').fill('Reklama.');
  await clerk.getByRole('dialog').getByRole('button', { name: 'Odložit' }).click();
  await clerk.getByText('Zpráva je odložena.').first().waitFor();
  await messagesOf(clerk, 'Odložené');
  await clerk.getByRole('row').filter({ hasText: 'Nabídka zboží' }).getByText('Reklama.').waitFor();
}, 300_000);

test('a decision that nobody opens for ten days is delivered by fiction, both sides see it, and the appeal period begins', async () => {
  picturesIfFailed();
  const { caseId, mark } = await askForInformation(jana);
  await completeTask(radek, caseId, 'posouzeni', {
    postup: 'odmitnout',
    duvod: 'Jde o informaci, která teprve vzniká (§ 11 odst. 1 písm. b).',
  });
  const [person, clerk] = [await comeIn(), await comeIn(1400)];
  const decision = await until('the decision in her box', async () =>
    (await caseOf(jana, caseId)).documents.find(({ kind, delivery }) => kind === 'letter' && typeof delivery?.putInBoxAt === 'string'),
  );
  expect(decision.delivery).toMatchObject({ state: 4, how: null, deliveredAt: null });
  await citizenAt(person, caseId);
  await person.locator('.now').getByText('Rozhodnuto, doručujeme').waitFor();
  await person.getByText(/v datové schránce od/).waitFor();

  await town.world('POST', '/clock', { days: 11 });

  await person.locator('.now').getByText('Běží lhůta pro odvolání').waitFor({ timeout: 60_000 });
  await person.getByText('Písemnost doručena fikcí').waitFor();
  await person.getByText(/doručeno fikcí \d+\. /).waitFor();
  await looksRight(person, 8, 'citizen-fiction');

  await logInOfficer(clerk, town.url, /Radek Šimůnek/);
  await clerk.goto(`${town.url}/urad/pripady/${caseId}`);
  await clerk.getByText(mark).first().waitFor();
  await clerk.getByRole('tab', { name: /Dokumenty/ }).click();
  await clerk.getByText(/doručeno fikcí \d+\. \d+\./).waitFor();
  await clerk.getByRole('link', { name: /Doručenka datové zprávy \d+: Doručit rozhodnutí/ }).waitFor();
  // The sealed message that was sent lies beside its report, and the register knows when it was delivered.
  await clerk.getByRole('link', { name: /Odeslaná datová zpráva \d+: Doručit rozhodnutí/ }).waitFor();
  await looksRight(clerk, 8, 'clerk-fiction');
  await clerk.goto(`${town.url}/urad/spisova-sluzba`);
  await clerk.getByRole('row').filter({ hasText: mark }).first().waitFor();
  await looksRight(clerk, 8, 'clerk-records');
  const { deliveredAt, how } = (await caseOf(jana, caseId)).documents.find(({ id }) => id === decision.id)?.delivery ?? {};
  expect([how, Date.parse(deliveredAt ?? '') > Date.parse(decision.delivery?.putInBoxAt ?? '')]).toEqual(['fiction', true]);
}, 300_000);

test('whoever is called upon answers from her data box: the clerk judges the message and the request goes on from the day it came', async () => {
  picturesIfFailed();
  const { caseId, mark } = await askForInformation(jana);
  await completeTask(radek, caseId, 'posouzeni', { postup: 'doplnit', vyzva: 'Upřesněte prosím, o které chodníky jde.' });
  const [box, person, clerk] = [await comeIn(), await comeIn(), await comeIn(1400)];
  await citizenAt(person, caseId);
  await person.locator('.now').getByText('Čekáme na vaše doplnění').waitFor();

  await write(box, 'Jen se ptám', mark, 'Dostali jste mou žádost?');
  await taskAt(radek, caseId, 'posoudit-doplneni');
  await logInOfficer(clerk, town.url, /Radek Šimůnek/);
  const judge = async (subject: string): Promise<void> => {
    await clerk.goto(`${town.url}/urad/pripady/${caseId}`);
    await clerk
      .getByRole('link', { name: /Posoudit došlou zprávu/ })
      .first()
      .click();
    await clerk.getByRole('button', { name: 'Převzít úkol' }).click();
    await clerk.getByRole('button', { name: 'Dokončit úkol' }).waitFor();
    expect(await clerk.getByLabel('Která zpráva přišla').inputValue()).toContain(`„${subject}“`);
  };
  await judge('Jen se ptám');
  await clerk.getByLabel('Ne, na výzvu neodpovídá').check();
  await clerk.getByLabel('Proč to doplnění není').fill('Ptá se jen, zda žádost přišla.');
  await looksRight(clerk, 5, 'clerk-judges');
  await clerk.getByRole('button', { name: 'Dokončit úkol' }).click();
  await until('the case waits on', async () => {
    const { waits } = await officeCaseOf(radek, caseId);
    return waits.some(({ elementId }) => elementId === 'posoudit-doplneni') ? undefined : waits;
  });
  await person.locator('.now').getByText('Čekáme na vaše doplnění').waitFor();

  await write(box, 'Upřesnění', mark, 'Jde o chodníky na náměstí.');
  await taskAt(radek, caseId, 'posoudit-doplneni');
  await judge('Upřesnění');
  await clerk.getByLabel('Ano, vyřizovat dál').check();
  expect(await clerk.getByLabel('Co žadatel doplnil').inputValue()).toMatch(/^Viz zprávu „Upřesnění“, č\. j\. /);
  await looksRight(clerk, 5, 'clerk-judges-yes');
  await clerk.getByRole('button', { name: 'Dokončit úkol' }).click();
  await taskAt(radek, caseId, 'posouzeni');
  await person.reload();
  await person.locator('.now').getByText('Posuzujeme', { exact: true }).waitFor();
  await person.getByText('Vaše zpráva přišla do spisu').first().waitFor();
  await looksRight(person, 8, 'citizen-answered');
  expect((await caseOf(jana, caseId)).actions.some(({ kind }) => kind === 'task')).toBe(false);
}, 300_000);
