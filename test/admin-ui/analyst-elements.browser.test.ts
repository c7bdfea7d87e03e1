// Elements of BPMN that used to be refused: drawn and set in a real browser without a word of XML, then judged by the real reader of diagrams.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { compileFile } from '../../server/engine/index.ts';
import type { ModelFinding, ProcessNode } from '../../server/engine/index.ts';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';
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

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
const processOf = (): string => server.town.draft?.files['process.bpmn'] ?? '';
const step = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const panel = (page: Page) => page.getByRole('region', { name: 'Vlastnosti vybraného prvku' });
const field = (page: Page, label: string) => panel(page).getByLabel(label, { exact: true });

/** Turns the chosen element into another kind by the menu on the drawing. */
async function become(page: Page, kind: string): Promise<void> {
  await page.locator('.djs-context-pad [title="Změnit prvek"]').click();
  await page.locator('.djs-popup').getByText(kind, { exact: true }).click();
}
async function openGroup(page: Page, label: string): Promise<void> {
  const header = panel(page)
    .locator('.bio-properties-panel-group-header')
    .filter({ has: page.getByText(label, { exact: true }) });
  if (!(await header.evaluate((node) => node.classList.contains('open')))) await header.click();
}
async function addTo(page: Page, group: string, name: string, value: string): Promise<void> {
  const list = panel(page)
    .locator('.bio-properties-panel-group')
    .filter({ has: page.getByText(group, { exact: true }) });
  await list.getByTitle('Přidat položku').click();
  const item = list.locator('.bio-properties-panel-collapsible-entry').last();
  await item.waitFor();
  // A field left a moment ago may be written just now, and the panel then shows the new item folded.
  const isOpen = (): Promise<boolean> => item.evaluate((node) => node.classList.contains('open'));
  await expect
    .poll(async () => {
      if (!(await isOpen())) await item.getByTitle('Rozbalit nebo sbalit položku').click();
      return isOpen();
    })
    .toBe(true);
  await list.getByLabel('Jméno', { exact: true }).last().fill(name);
  await list.getByLabel('Hodnota', { exact: true }).last().fill(value);
  // The panel draws itself anew with each value that is written: the next one is set only when this one is kept.
  await eventually(processOf).toContain(value);
}
/** The published process that a call may name. */
const CALLED = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:vyrizeno:test">
<process id="Process_stanovisko" isExecutable="true"><startEvent id="s" /><sequenceFlow id="f" sourceRef="s" targetRef="e" /><endEvent id="e" /></process></definitions>`;

async function compiled(): Promise<{ readonly errors: readonly ModelFinding[]; node(id: string): ProcessNode | undefined }> {
  const called = (await compileFile(CALLED, { bare: true })).processes;
  const { findings, processes } = await compileFile(processOf(), { resolve: (id) => called.find(({ processId }) => processId === id) });
  const nodes = new Map(processes.flatMap((process) => [...process.nodes]));
  return { errors: findings.filter(({ severity }) => severity === 'error'), node: (id) => nodes.get(id) };
}

test('a task for every item of a list, done when two of them agree, is set in the panel and published', async () => {
  const { page } = desk;
  await step(page, 'Zkontrolovat úplnost').click();
  await openGroup(page, 'Opakování');
  await field(page, 'Krok se opakuje').selectOption('parallel');
  await field(page, 'Seznam (proměnná)').fill('organy');
  await field(page, 'Položka (proměnná)').fill('organ');
  await field(page, 'Seznam výsledků (proměnná)').fill('stanoviska');
  await field(page, 'Výsledek jednoho (proměnná)').fill('stanovisko');
  await field(page, 'Dost, když platí (FEEL)').fill('numberOfCompletedInstances >= 2');
  await eventually(processOf).toContain('numberOfCompletedInstances');
  const { errors, node } = await compiled();
  expect(errors).toEqual([]);
  expect(node('kontrola')?.loop).toMatchObject({
    kind: 'multi',
    isSequential: false,
    collection: expect.arrayContaining(['organy']),
    item: 'organ',
    outputCollection: 'stanoviska',
    outputItem: 'stanovisko',
    completion: 'numberOfCompletedInstances >= 2',
  });
  expect(processOf().match(/<bpmn:property /g)).toHaveLength(2);
  await expectAccessible(page, { atLeastControls: 60 });
  await page.getByRole('button', { name: 'Zveřejnit…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Co se mění' }).fill('Stanoviska orgánů');
  await page.getByRole('dialog').getByRole('button', { name: 'Zveřejnit', exact: true }).click();
  await page.getByText('Zveřejněna verze 3').waitFor();
  expect(server.town.versionFiles.get(3)?.['process.bpmn']).toContain('<bpmn:loopDataInputRef>');
});

test('a list renamed or taken away leaves no variable behind', async () => {
  const { page } = desk;
  await step(page, 'Zkontrolovat úplnost').click();
  await openGroup(page, 'Opakování');
  await field(page, 'Krok se opakuje').selectOption('sequential');
  await field(page, 'Seznam (proměnná)').fill('organy');
  await eventually(processOf).toContain('name="organy"');
  await field(page, 'Seznam (proměnná)').fill('clenove');
  await eventually(processOf).toContain('name="clenove"');
  expect(processOf()).not.toContain('name="organy"');
  await field(page, 'Seznam (proměnná)').fill('');
  await field(page, 'Počet provedení (FEEL)').fill('count(podani.clenove)');
  await eventually(processOf).toContain('count(podani.clenove)');
  expect(processOf()).not.toContain('<bpmn:property');
  expect((await compiled()).node('kontrola')?.loop).toMatchObject({ cardinality: 'count(podani.clenove)', isSequential: true });
});

test('a loop has its condition, its limit and its question before the first round', async () => {
  const { page } = desk;
  await step(page, 'Zkontrolovat úplnost').click();
  await openGroup(page, 'Opakování');
  await field(page, 'Krok se opakuje').selectOption('loop');
  await field(page, 'Opakovat, dokud platí (FEEL)').fill('uplnost.uplne = "ne"');
  await field(page, 'Nejvýše kolikrát').fill('3');
  await panel(page).getByLabel('Ptát se už před prvním provedením').check();
  await eventually(processOf).toContain('testBefore="true"');
  expect((await compiled()).node('kontrola')?.loop).toEqual({
    kind: 'standard',
    testBefore: true,
    maximum: 3,
    condition: 'uplnost.uplne = "ne"',
  });
});

test('a call activity names the process of another situation, what it gets and what it gives back', async () => {
  const { page } = desk;
  await step(page, 'Vypočítat poplatek').click();
  await become(page, 'Volání procesu');
  await field(page, 'Volaný proces').selectOption('Process_stanovisko');
  await addTo(page, 'Co volaný proces dostane', 'zadost', '=podani');
  await addTo(page, 'Co krok předá dál', 'souhlas', 'zaver.souhlas');
  await eventually(processOf).toContain('zaver.souhlas');
  const { errors, node } = await compiled();
  expect(errors).toEqual([]);
  const call = [...processOf().matchAll(/<bpmn:callActivity id="([^"]+)"/g)][0]?.[1] ?? '';
  expect(node(call)).toMatchObject({
    calls: 'Process_stanovisko',
    inputs: [{ name: 'zadost', value: '=podani' }],
    outputs: [{ name: 'souhlas', value: 'zaver.souhlas' }],
  });
  await expectAccessible(page, { atLeastControls: 60 });
});

test('a message to another case has a name, a key and a content', async () => {
  const { page } = desk;
  await step(page, 'Vyřízeno').click();
  await become(page, 'Konec zprávou');
  await field(page, 'Zpráva').selectOption({ label: 'nová zpráva mezi případy…' });
  await field(page, 'Jméno zprávy').fill('pes-prihlasen');
  await field(page, 'Klíč zprávy (FEEL)').fill('podani.jmenoPsa');
  await addTo(page, 'Co zpráva nebo signál nese', 'znamka', '=uplnost.znamka');
  await eventually(processOf).toContain('=uplnost.znamka');
  const { errors, node } = await compiled();
  expect(errors).toEqual([]);
  expect(node('konec')).toMatchObject({
    event: { kind: 'message', message: 'pes-prihlasen' },
    key: 'podani.jmenoPsa',
    inputs: [{ name: 'znamka', value: '=uplnost.znamka' }],
  });
  await page.getByRole('button', { name: 'Vzít zpět' }).click();
  await eventually(processOf).not.toContain('=uplnost.znamka');
});

test('the drawing is made by keyboard alone: a step follows the chosen one, with its name', async () => {
  const { page } = desk;
  const palette = page.getByRole('toolbar', { name: 'Kreslicí nástroje' });
  await step(page, 'Vyřízeno').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Zkusit průchod' }).focus();
  for (let tabs = 0; tabs < 12 && !(await palette.evaluate((node) => node.contains(document.activeElement))); tabs += 1)
    await page.keyboard.press('Tab');
  const stops = await palette.locator('[tabindex="0"]').count();
  expect(stops).toBe(1);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Posouvat plátno');
  const before = await page.locator('[data-element-id].djs-shape').count();
  await step(page, 'Oznámit výši poplatku').click();
  await palette.getByRole('button', { name: 'Posouvat plátno' }).focus();
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Vytvořit skupinu');
  await page.keyboard.press('Home');
  while ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) !== 'Vytvořit krok')
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Vytvořit krok: přidáno do diagramu.').waitFor({ state: 'attached' });
  await field(page, 'Název').fill('Vydat známku');
  await eventually(processOf).toContain('name="Vydat známku"');
  await palette.getByRole('button', { name: 'Vytvořit krok' }).focus();
  await page.keyboard.press('Enter');
  await eventually(() => processOf().match(/<bpmn:task /g)?.length).toBe(2);
  expect(await page.locator('[data-element-id].djs-shape').count()).toBeGreaterThan(before);
  const [first = '', second = ''] = [...processOf().matchAll(/<bpmn:task id="([^"]+)"/g)].map(([, id]) => id ?? '');
  expect(processOf()).toContain(`<bpmn:task id="${first}" name="Vydat známku">`);
  expect(processOf()).toContain(`sourceRef="zprava" targetRef="${first}"`);
  expect(processOf()).toContain(`sourceRef="${first}" targetRef="${second}"`);
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')).toBe('Vytvořit krok');
  await expectAccessible(page, { atLeastControls: 40 });
});

test('a computation, a signal and a compensation are drawn without a word of XML', async () => {
  const { page } = desk;
  await step(page, 'Oznámit výši poplatku').click();
  await become(page, 'Výpočet (skript)');
  await field(page, 'Výpočet (FEEL)').fill('podani.jmenoPsa');
  await eventually(processOf).toContain('scriptFormat="application/feel"');
  await step(page, 'Vyřízeno').click();
  await become(page, 'Konec signálem');
  await field(page, 'Signál').selectOption({ label: 'Vytvořit nové…' });
  await field(page, 'Název').last().fill('hotovo');
  await eventually(processOf).toMatch(/<bpmn:signal [^>]*name="hotovo"/);
  expect((await compiled()).node('konec')).toMatchObject({ event: { kind: 'signal', signal: 'hotovo' } });
});

test('the step that takes work back is chosen at the compensation event', async () => {
  const draft = server.town.draft;
  if (draft === null) throw new Error('no draft');
  server.town.draft = { ...draft, files: { ...draft.files, 'process.bpmn': withCompensation(processOf()) } };
  const { page } = desk;
  await page.reload();
  await step(page, 'Vzít zpět poplatek').click();
  await field(page, 'Práci vezme zpět krok').selectOption({ label: 'Zrušit předpis' });
  await eventually(processOf).toContain('<bpmn:association ');
  expect(processOf()).toMatch(/<bpmn:task id="zrusit"[^>]*isForCompensation="true"/);
  const { errors, node } = await compiled();
  expect(errors).toEqual([]);
  expect(node('zpet')).toMatchObject({ event: { kind: 'compensation' }, handler: 'zrusit' });
});

/** The fixture with a compensation event on the computation of the fee and a step that nothing leads to. */
function withCompensation(xml: string): string {
  const shape = (id: string, x: number, y: number, width: number, height: number): string =>
    `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`;
  return xml
    .replace(
      '</bpmn:process>',
      '<bpmn:boundaryEvent id="zpet" name="Vzít zpět poplatek" attachedToRef="poplatek"><bpmn:compensateEventDefinition id="zpet-spoust" /></bpmn:boundaryEvent><bpmn:task id="zrusit" name="Zrušit předpis" /></bpmn:process>',
    )
    .replace('<bpmn:flowNodeRef>poplatek<', '<bpmn:flowNodeRef>zpet</bpmn:flowNodeRef><bpmn:flowNodeRef>poplatek<')
    .replace('<bpmn:flowNodeRef>vyzva<', '<bpmn:flowNodeRef>zrusit</bpmn:flowNodeRef><bpmn:flowNodeRef>vyzva<')
    .replace('</bpmndi:BPMNPlane>', `${shape('zpet', 750, 182, 36, 36)}${shape('zrusit', 760, 270, 100, 80)}</bpmndi:BPMNPlane>`);
}

test('a pinned process is shown with the reason why it cannot be changed, and its findings lead to it', async () => {
  const { page } = desk;
  const draft = server.town.draft;
  if (draft === null) throw new Error('no draft');
  server.town.draft = { ...draft, files: { ...draft.files, 'called/Process_stanovisko.bpmn': draft.files['process.bpmn'] ?? '' } };
  await page.reload();
  await page.locator('.djs-element').first().waitFor();
  await page.getByLabel('Soubor', { exact: true }).selectOption('called/Process_stanovisko.bpmn');
  await page.getByText('Tento proces patří jiné životní situaci.').waitFor();
  await page.locator('[aria-label="Diagram volaného procesu, jen ke čtení"] .djs-element').first().waitFor();
  expect(await page.getByRole('button', { name: 'Nahrát soubor…' }).count()).toBe(0);
  expect(await page.locator('.djs-palette:visible').count()).toBe(0);
  await expectAccessible(page, { atLeastControls: 20 });
  await page.getByLabel('Soubor', { exact: true }).selectOption('process.bpmn');
  await page.getByRole('heading', { name: 'Nálezy kontroly' }).waitFor();
});
