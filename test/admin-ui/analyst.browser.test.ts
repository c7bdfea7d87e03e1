// The analyst's desk in a real browser: drawing, properties, the gate, decision tables, publication, and nothing lost on the way.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectAccessible, inspectAccessibility, launchBrowser } from '../setup/browser.ts';
import { fixtureFiles } from './fixture-situation.ts';
import type { FixtureServer } from './fixture-server.ts';
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
  desk = await sitDown(browser, server, 'o-petr', 1600);
  await desk.open('situace/prihlaseni-psa');
  await desk.page.locator('.djs-element').first().waitFor();
});
afterEach(async () => {
  const { complaints, untranslated } = desk;
  await desk.close();
  await server.stop();
  expect(complaints).toEqual([]);
  expect(untranslated, 'texts of bpmn.io without a Czech word').toEqual([]);
});

/** The draft is saved a moment after the change. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
const step = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const saved = (page: Page) => page.getByText(/^Koncept uložen v/).waitFor();
const processOf = (): string => server.town.draft?.files['process.bpmn'] ?? '';
async function choosing(page: Page, name: string, label: string, value: string): Promise<void> {
  await step(page, name).click();
  await page.getByLabel(label, { exact: true }).selectOption(value);
}
async function publish(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Zveřejnit…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Co se mění' }).fill(note);
  await page.getByRole('dialog').getByRole('button', { name: 'Zveřejnit', exact: true }).click();
}

test('the desk is accessible with every file group, and the watermark stands free', async () => {
  const { page } = desk;
  await page.getByRole('heading', { name: /Nálezy kontroly/ }).waitFor();
  await step(page, 'Zkontrolovat úplnost').click();
  await expectAccessible(page, { atLeastControls: 40 });
  const mark = await page.locator('.modeler-canvas .bjs-powered-by').boundingBox();
  const onTop = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('.bjs-powered-by') !== null, {
    x: (mark?.x ?? 0) + 10,
    y: (mark?.y ?? 0) + 5,
  });
  expect(onTop).toBe(true);
  for (const group of ['Rozhodovací tabulky', 'Formuláře', 'Texty', 'Údaje o situaci', 'Scénáře']) {
    await page.getByRole('tab', { name: group }).click();
    await page.locator(group === 'Rozhodovací tabulky' ? '.tjs-table' : '.office-code textarea').waitFor();
    await expectAccessible(page, { atLeastControls: 15 });
  }
});

test('properties are written as words of our namespace, in one undoable step each', async () => {
  const { page } = desk;
  await choosing(page, 'Zkontrolovat úplnost', 'Formulář', 'podani');
  await step(page, 'Oznámit výši poplatku').click();
  await page.getByLabel('Předmět (povinné)').fill('Výše poplatku');
  await page.getByLabel('Jedna či dvě prosté věty').first().fill('E-mail právě odchází.');
  await choosing(page, 'Vyřízeno', 'Výsledek', 'withdrawn');
  await saved(page);
  expect(processOf()).toMatch(/<bpmn:userTask id="kontrola"[^>]*spis:form="podani"/);
  expect(processOf()).toContain('<spis:input name="subject" value="Výše poplatku" />');
  expect(processOf()).toContain('<spis:input name="to" value="=podani.email" />');
  expect(processOf()).toContain('E-mail právě odchází.</spis:citizen>');
  expect(processOf()).toMatch(/<bpmn:endEvent id="konec"[^>]*spis:outcome="withdrawn"/);
  await page.getByRole('button', { name: 'Vzít zpět' }).click();
  await eventually(processOf).toMatch(/spis:outcome="granted"/);
  await page.getByRole('button', { name: 'Provést znovu' }).click();
  await eventually(processOf).toMatch(/spis:outcome="withdrawn"/);
});

test('conditions and default flows are edited where they are drawn', async () => {
  const { page } = desk;
  await choosing(page, 'Úplné?', 'Výchozí tok', 'f-ne');
  await page
    .locator('[data-element-id="f-ano"].djs-connection')
    .first()
    .click({ position: { x: 8, y: 1 }, force: true });
  await page.getByLabel('Podmínka (FEEL)').fill('uplnost.uplne = true');
  await eventually(processOf).toContain('uplnost.uplne = true');
  expect(processOf()).toContain('default="f-ne"');
});

test('the gate draws its findings, and a finding leads to its element', async () => {
  const { page } = desk;
  await choosing(page, 'Zkontrolovat úplnost', 'Formulář', '');
  await page.locator('.diagram-badge--finding-error').waitFor();
  await step(page, 'Vyřízeno').click();
  await page.getByRole('button', { name: 'Úkol nemá formulář. Vyberte ho ve vlastnostech.' }).click();
  expect(await page.locator('[aria-current="true"]').innerText()).toBe('Zkontrolovat úplnost');
  expect(await page.getByLabel('Role', { exact: true }).inputValue()).toBe('clerk');
});

test('a refused publication names each error and keeps the draft; after the correction a version is made', async () => {
  const { page } = desk;
  await choosing(page, 'Zkontrolovat úplnost', 'Formulář', '');
  await saved(page);
  await page.getByRole('button', { name: 'Zveřejnit…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Návrh má chyby.').waitFor();
  expect((await inspectAccessibility(page)).violations).toEqual([]);
  expect(await dialog.getByRole('button', { name: 'Zveřejnit', exact: true }).isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: /^Úkol nemá formulář/ }).click();
  await page.getByLabel('Formulář', { exact: true }).selectOption('podani');
  await eventually(processOf).toMatch(/id="kontrola"[^>]*spis:form="podani"/);
  await publish(page, 'Kontrola podle formuláře podání');
  await page.getByText('Zveřejněna verze 3').waitFor();
  expect(server.town.versionFiles.get(3)?.['process.bpmn']).toMatch(/id="kontrola"[^>]*spis:form="podani"/);
  expect(server.town.versionFiles.get(2)).toBe(fixtureFiles);
});

test('the same content is refused in words', async () => {
  await publish(desk.page, 'Nic nového');
  await desk.page.getByText('Koncept je stejný jako verze 2. Není co zveřejnit.').waitFor();
});

test('a rate is changed in the decision table and published', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: 'Rozhodovací tabulky' }).click();
  const cell = page.locator('[data-element-id="r1o"]');
  await cell.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('180000');
  await page.keyboard.press('Enter');
  await eventually(() => server.town.draft?.files['poplatek.dmn'] ?? '').toContain('<text>180000</text>');
  expect(server.town.draft?.files['poplatek.dmn']).toContain('spis:ordinance="OZV 1/2026"');
  await publish(page, 'Sazba od ledna');
  await page.getByText('Zveřejněna verze 3').waitFor();
});

test('a server that does not answer costs nothing: the copy in the browser is offered after a reload', async () => {
  const { page } = desk;
  server.breakPath('/draft');
  await choosing(page, 'Vyřízeno', 'Výsledek', 'withdrawn');
  await page.getByText('Koncept se nepodařilo uložit').waitFor();
  server.heal();
  expect(processOf()).toContain('spis:outcome="granted"');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('button', { name: 'Pokračovat s neuloženou' }).click();
  await eventually(processOf).toContain('spis:outcome="withdrawn"');
});

test('an expired login keeps the drawing, and the draft is saved once logged in again', async () => {
  const { page } = desk;
  server.endLogins();
  await choosing(page, 'Vyřízeno', 'Výsledek', 'withdrawn');
  await page.getByText('Koncept se nepodařilo uložit').waitFor();
  const second = await page.context().newPage();
  await second.goto(`${server.url}prihlaseni?kdo=o-petr&cil=/urad/prihlaseno`);
  await second.close();
  await page.getByRole('button', { name: 'Už jsem přihlášen(a)' }).click();
  await page.getByRole('button', { name: 'Uložit teď' }).click();
  await eventually(processOf).toContain('spis:outcome="withdrawn"');
});

test("a colleague's change asks which shape is to hold", async () => {
  const { page } = desk;
  const { draft } = server.town;
  server.town.draft = draft === null ? null : { ...draft, revision: draft.revision + 4 };
  await choosing(page, 'Vyřízeno', 'Výsledek', 'withdrawn');
  await page.getByText('Návrh mezitím změnil někdo jiný').waitFor();
  await page.getByRole('button', { name: 'Uložit moji podobu' }).click();
  await eventually(processOf).toContain('spis:outcome="withdrawn"');
});

test('a draft is thrown away only after a question', async () => {
  const { page } = desk;
  await choosing(page, 'Vyřízeno', 'Výsledek', 'withdrawn');
  await saved(page);
  await page.getByRole('button', { name: 'Zahodit koncept' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Zahodit koncept' }).click();
  await page.getByText('Beze změn proti verzi 2').waitFor();
  expect(processOf()).toContain('spis:outcome="granted"');
});

test('the passage can be tried with tokens, and drawing tools speak Czech', async () => {
  const { page } = desk;
  await page.locator('.djs-palette [aria-label="Vytvořit krok"]').waitFor();
  await step(page, 'Vypočítat poplatek').click();
  await page.locator('.djs-context-pad [title="Změnit prvek"]').click();
  await page.getByText('Účinek systému').last().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Zkusit průchod' }).click();
  await page.locator('[data-container-id="start"] [title="Spustit událost"]').click({ force: true });
  await page.locator('.bts-token, .bts-token-count').first().waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Ukončit průchod' }).click();
});

test('a broken form is told while it is written, a good one is shown', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: 'Formuláře' }).click();
  const json = page.getByRole('textbox', { name: /podani.form.json/ });
  await page.getByLabel('Jméno psa').waitFor();
  await json.fill('{ "components": [');
  await page.getByText('Text není platný JSON').waitFor();
  await json.fill((fixtureFiles['forms/podani.form.json'] ?? '').replace('Jméno psa', 'Jak se pes jmenuje'));
  await page.getByLabel('Jak se pes jmenuje').waitFor();
  await eventually(() => server.town.draft?.files['forms/podani.form.json'] ?? '').toContain('Jak se pes jmenuje');
});

test('a published version shows live counts', async () => {
  const { page } = desk;
  await desk.open('situace/prihlaseni-psa/verze/2');
  await page.getByRole('row', { name: /Zkontrolovat úplnost 9 případů, 2 po lhůtě/ }).waitFor();
  server.town.tokens['kontrola'] = 11;
  await page.getByRole('row', { name: /Zkontrolovat úplnost 11 případů/ }).waitFor();
  expect(await page.locator('.djs-overlay-token').allInnerTexts()).toContain('11');
});
