// An analyst and a head with running cases, in a real browser: a new version is published, cases are rehearsed and moved to it and back;
// a token is moved by keyboard, a case is stopped and goes on; a clerk sees none of it.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { SituationDraft } from '../../server/contract/office.ts';
import { inspectAccessibility } from '../setup/browser.ts';
import { walkThroughTown } from './walk.ts';
import { citizen, commandId, officer, type Client } from '../wire/town-client.ts';
import { fileDog, officeCaseOf, taskAt, until } from '../wire/town-steps.ts';

const { town, comeInAs, looksRight, picturesIfFailed } = await walkThroughTown('migration');

let analyst: Page;
let analystClient: Client;
let hana: Client;
let caseIds: readonly string[];
const SITUATION = 'prihlaseni-psa';

beforeAll(async () => {
  analystClient = await officer(town.url, 'u-petr-dvoracek');
  hana = await officer(town.url, 'u-hana-vlckova');
  const jana = await citizen(town.url, 'jana-novotna');
  caseIds = [(await fileDog(jana)).caseId, (await fileDog(jana)).caseId];
  for (const caseId of caseIds) await taskAt(hana, caseId, 'kontrola');
  await publishRenamed();
  analyst = await comeInAs(/Dvořáček/);
}, 180_000);

/** A modal dialog hides the rest of the page from axe, as it does from people. */
async function dialogLooksRight(page: Page): Promise<void> {
  const { violations } = await inspectAccessibility(page);
  expect(violations).toEqual([]);
}

/** The step of the check gets another id, as when an analyst draws it anew. */
async function publishRenamed(): Promise<void> {
  const draft = await analystClient.get<SituationDraft>(`/urad/api/situations/${SITUATION}/draft`);
  const renamed = (name: string, text: string): string => {
    if (name === 'process.bpmn')
      return text.replaceAll(/(\bid|Ref|bpmnElement)="kontrola"/g, '$1="posouzeni"').replaceAll('>kontrola<', '>posouzeni<');
    return name.startsWith('scenarios/') ? text.replaceAll(/((?:complete|waits): \[?)kontrola\b/g, '$1posouzeni') : text;
  };
  const files = Object.fromEntries(Object.entries(draft.files).map(([name, text]) => [name, renamed(name, text)]));
  const { revision } = await analystClient.send<{ readonly revision: number }>('PUT', `/urad/api/situations/${SITUATION}/draft`, {
    files,
    revision: draft.revision,
  });
  await analystClient.send('POST', `/urad/api/situations/${SITUATION}/publish`, {
    commandId: commandId(),
    revision,
    note: 'Krok má nový název',
  });
}
const versionOf = async (caseId: string): Promise<number> => (await officeCaseOf(hana, caseId)).version;

test('running cases are rehearsed, moved to the new version, and taken back', async () => {
  picturesIfFailed();
  await analyst.goto(`${town.url}/urad/situace/${SITUATION}/verze/1`);
  await analyst.getByRole('link', { name: 'Převést běžící případy' }).click();
  await analyst.getByRole('heading', { level: 1, name: /^Převod běžících případů: / }).waitFor();
  await analyst.getByText('zkontrolujte', { exact: true }).first().waitFor();
  await looksRight(analyst, 20);

  await analyst.getByRole('button', { name: 'Zkusit nanečisto' }).click();
  const rehearsal = analyst.getByRole('region', { name: /^Zkouška převodu/ });
  await rehearsal.getByText('dokončeno').waitFor();
  await rehearsal.getByText('v pořádku 2').waitFor();
  await rehearsal.getByRole('button', { name: 'Výsledek po případech' }).click();
  await rehearsal.getByText('lze převést').first().waitFor();
  expect(await versionOf(caseIds[0] ?? '')).toBe(1);
  await looksRight(analyst, 20);

  await analyst.getByRole('button', { name: 'Převést', exact: true }).click();
  const dialog = analyst.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Převést' }).click();
  await dialog.getByText('Napište důvod zásahu.').waitFor();
  await dialogLooksRight(analyst);
  await dialog.getByLabel('Důvod').fill('Nový název kroku');
  await dialog.getByRole('button', { name: 'Převést' }).click();
  const move = analyst.getByRole('region', { name: /^Převod z verze 1 na verzi 2/ });
  await move.getByText('dokončeno').waitFor();
  for (const caseId of caseIds) {
    expect(await versionOf(caseId)).toBe(2);
    await taskAt(hana, caseId, 'posouzeni');
  }

  await move.getByRole('button', { name: 'Vrátit převod…' }).click();
  await analyst.getByRole('dialog').getByLabel('Důvod').fill('Ještě ne');
  await analyst.getByRole('dialog').getByRole('button', { name: 'Provést' }).click();
  await analyst
    .getByRole('region', { name: /^Vrácení převodu/ })
    .getByText('dokončeno')
    .waitFor();
  for (const caseId of caseIds) expect(await versionOf(caseId)).toBe(1);
  await taskAt(hana, caseIds[0] ?? '', 'kontrola');
});

test('a head stops a case and lets it go on, and the clerk’s queue follows', async () => {
  picturesIfFailed();
  const head = await comeInAs(/Krátká/);
  const caseId = caseIds[0] ?? '';
  await head.goto(`${town.url}/urad/pripady/${caseId}?karta=zasahy`);
  await head.getByRole('button', { name: 'Pozastavit případ…' }).click();
  await head.getByRole('dialog').getByLabel('Důvod').fill('Čeká se na opravu diagramu');
  await head.getByRole('dialog').getByRole('button', { name: 'Provést' }).click();
  await head.getByText(/^Případ je pozastaven od/).waitFor();
  await looksRight(head, 10);
  const tasks = async (): Promise<readonly string[]> =>
    (await hana.get<{ readonly tasks: readonly { readonly caseId: string }[] }>('/urad/api/tasks?queue=all')).tasks.map(
      (task) => task.caseId,
    );
  expect(await tasks()).not.toContain(caseId);
  await head.getByRole('button', { name: 'Pokračovat v případu…' }).click();
  await head.getByRole('dialog').getByLabel('Důvod').fill('Opraveno');
  await head.getByRole('dialog').getByRole('button', { name: 'Provést' }).click();
  await head.getByRole('button', { name: 'Pozastavit případ…' }).waitFor();
  expect(await tasks()).toContain(caseId);
});

test('a token is moved by keyboard alone, seen before it happens', async () => {
  picturesIfFailed();
  const caseId = caseIds[1] ?? '';
  await analyst.goto(`${town.url}/urad/pripady/${caseId}?karta=zasahy`);
  const choice = analyst.getByLabel(/^Co s ním: /).first();
  await choice.focus();
  await choice.selectOption({ label: 'začít znovu' });
  await looksRight(analyst, 12);
  await analyst.getByRole('button', { name: 'Ukázat, co se stane' }).focus();
  await analyst.keyboard.press('Enter');
  const dialog = analyst.getByRole('dialog');
  await dialog.getByText('Otevře se').waitFor();
  await dialogLooksRight(analyst);
  const before = (await officeCaseOf(hana, caseId)).tasks[0]?.executionId;
  await dialog.getByLabel('Důvod').focus();
  await analyst.keyboard.type('Úkol se zasekl');
  await dialog.getByRole('button', { name: 'Provést' }).focus();
  await analyst.keyboard.press('Enter');
  await analyst.getByText('Zásah je proveden.').first().waitFor();
  const after = await until('the new task', async () => (await officeCaseOf(hana, caseId)).tasks[0]);
  expect(after.executionId).not.toBe(before);
  await analyst.getByText('Úkol se zasekl').waitFor();
});

test('a clerk neither sees interventions nor may call them', async () => {
  picturesIfFailed();
  const clerk = await comeInAs(/Vlčková/);
  const caseId = caseIds[0] ?? '';
  await clerk.goto(`${town.url}/urad/pripady/${caseId}`);
  await clerk.getByRole('tab', { name: /^Deník/ }).waitFor();
  expect(await clerk.getByRole('tab', { name: 'Zásahy' }).count()).toBe(0);
  const act = { commandId: commandId(), reason: 'zkouším' };
  for (const [method, path, body] of [
    ['GET', `/urad/api/cases/${caseId}/operations`, undefined],
    ['POST', `/urad/api/cases/${caseId}/suspend`, act],
    ['POST', `/urad/api/cases/${caseId}/cancel`, act],
    ['POST', `/urad/api/cases/${caseId}/modify/preview`, { operations: [{ op: 'start', elementId: 'kontrola' }] }],
    ['GET', `/urad/api/situations/${SITUATION}/migration?from=1&to=2`, undefined],
  ] as const) {
    const reply = await hana.ask(method, path, body);
    expect(`${path} ${reply.status}`).toBe(`${path} 403`);
  }
});
