// A letter on paper, in a real browser: it waits in the dispatch room, is printed with its address, posted, lies at the post office until the law deems it
// delivered, and only then the citizen's period runs. Mostly by keyboard.
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OfficeDeadlines } from '../../server/contract/deadlines.ts';
import type { PaperLetterCard } from '../../server/contract/paper-letters.ts';
import { dayOf } from '../../server/domain/calendar.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { citizen, officer, type Client } from '../wire/town-client.ts';
import { actionOf, caseOf, completeTask, fileDog, until } from '../wire/town-steps.ts';
import { walkThroughTown } from './walk.ts';

const { town, database, comeInAs, looksRight, picturesIfFailed } = await walkThroughTown('paper-letters');
let frantiska: Client;
let hana: Client;

beforeAll(async () => {
  frantiska = await citizen(town.url, 'frantiska-duskova');
  hana = await officer(town.url, 'u-hana-vlckova');
}, 120_000);
afterAll(() => {
  expect(town.output()).not.toMatch(/request failed|job loop failed|could not be processed/);
});

const lettersOf = async (caseId: string): Promise<readonly PaperLetterCard[]> =>
  (await hana.get<{ readonly letters: readonly PaperLetterCard[] }>(`/urad/api/cases/${caseId}/paper-letters`)).letters;
const deadlinesOf = (caseId: string): Promise<OfficeDeadlines> => hana.get<OfficeDeadlines>(`/urad/api/cases/${caseId}/deadlines`);
async function press(where: Locator, key = 'Enter'): Promise<void> {
  await where.focus();
  await where.press(key);
}
async function writeDay(dialog: Locator, day: string): Promise<void> {
  const [year = '', month = '', date = ''] = day.split('-');
  await dialog.getByLabel('Den', { exact: true }).fill(String(Number(date)));
  await dialog.getByLabel('Měsíc', { exact: true }).fill(String(Number(month)));
  await dialog.getByLabel('Rok', { exact: true }).fill(year);
}
const bytesOf = async (clerk: Page, href: string): Promise<Uint8Array> => {
  const answer = await clerk.request.get(new URL(href, town.url).href);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
  return answer.body();
};

test(
  'from the queue over the post to fiction: printed, posted, laid up, delivered, and the period runs',
  { timeout: 300_000 },
  async () => {
    picturesIfFailed();
    const { caseId, mark } = await fileDog(frantiska);
    // Every form of ours asks for an e-mail; a case taken over from paper has none.
    await withClient(database.ownerUrl, async (client) => {
      await client.query("select set_config('app.tenant', '1', false)");
      await client.query('update cases set contact_email = null where id = $1', [caseId]);
    });
    await completeTask(hana, caseId, 'kontrola', { vysledek: 'neuplne', zavady: 'Chybí číslo čipu psa.' });
    const letter = await until('a letter in the dispatch room', async () => (await lettersOf(caseId))[0]);
    const now = async (): Promise<string> => dayOf((await hana.get<{ readonly now: string }>('/urad/api/session')).now);
    const posted = await now();

    const clerk = await comeInAs(/Hana Vlčková/);
    clerk.setDefaultTimeout(60_000);
    await press(clerk.getByRole('navigation').getByRole('link', { name: 'Zásilky' }));
    await clerk.getByRole('heading', { level: 1, name: 'Zásilky' }).waitFor();
    const row = clerk.getByRole('row').filter({ hasText: mark });
    await row.getByText('Dolní Lipová').first().waitFor();
    await looksRight(clerk, 10, 'waiting');
    await press(row.getByRole('checkbox'), 'Space');
    await press(clerk.getByRole('button', { name: 'Vytisknout (1 zásilka)' }));
    const letters = clerk.getByRole('link', { name: /^Otevřít dopisy k tisku/ });
    await letters.waitFor();
    await clerk.getByText('Nic nečeká na vytištění').waitFor();
    await looksRight(clerk, 8, 'print');
    const pdf = await PDFDocument.load(await bytesOf(clerk, (await letters.getAttribute('href')) ?? ''));
    expect(pdf.getPageCount()).toBeGreaterThanOrEqual(2);
    expect(pdf.getPageCount() % 2).toBe(0);
    const sheet = (await clerk.getByRole('link', { name: /^Otevřít podací arch/ }).getAttribute('href')) ?? '';
    expect((await PDFDocument.load(await bytesOf(clerk, sheet))).getPageCount()).toBe(1);

    const views = clerk.getByRole('navigation', { name: 'Kde zásilky jsou' });
    await press(views.getByRole('link', { name: /^K odeslání/ }));
    await press(row.getByRole('checkbox'), 'Space');
    await press(clerk.getByRole('button', { name: 'Zapsat podání (1 zásilka)' }));
    const dialog = clerk.getByRole('dialog');
    await dialog.getByLabel('Způsob').selectOption('own-hands');
    await dialog.getByLabel(/^Podací číslo/).fill('RR 123 456 786 CZ');
    await looksRight(clerk, 6, 'post');
    await press(dialog.getByRole('button', { name: 'Zapsat podání' }));
    await dialog.getByText('Podací číslo nesedí.', { exact: false }).waitFor();
    await dialog.getByLabel(/^Podací číslo/).fill('RR 123 456 785 CZ');
    await press(dialog.getByRole('button', { name: 'Zapsat podání' }));
    await clerk.getByText('Zapsáno podání: 1 zásilka.').first().waitFor();
    await actionOf(frantiska, caseId, 'task');
    expect((await deadlinesOf(caseId)).awaitedLetters.map(({ documentId }) => documentId)).toEqual([letter.documentId]);

    const note = async (what: string, day?: string): Promise<void> => {
      await press(row.getByRole('button', { name: /^Zapsat výsledek/ }));
      await dialog.getByRole('radio', { name: what }).check();
      if (day !== undefined) await writeDay(dialog, day);
      await press(dialog.getByRole('button', { name: 'Zapsat', exact: true }));
    };
    await press(views.getByRole('link', { name: /^Na cestě/ }));
    await note('Je uložená na poště', posted);
    await row.getByText(/^fikce nastane/).waitFor();
    await looksRight(clerk, 8, 'stored');
    await note('Doručena fikcí');
    await dialog.getByText(/^Fikce nastane až/).waitFor();
    await looksRight(clerk, 6, 'outcome');
    await press(dialog.getByRole('button', { name: 'Zrušit' }));

    await town.world('POST', '/clock', { days: 14 });
    await note('Doručena fikcí');
    await clerk.getByText('Nic není na cestě').waitFor();
    await press(views.getByRole('link', { name: /^Doručené/ }));
    await row.getByText(/^doručeno .*, fikcí$/).waitFor();
    await looksRight(clerk, 8, 'delivered');

    const [delivered] = await lettersOf(caseId);
    expect(delivered).toMatchObject({ state: 'delivered', how: 'fiction', storedOn: posted, postingNumber: 'RR123456785CZ' });
    const { deadlines, awaitedLetters } = await deadlinesOf(caseId);
    expect(awaitedLetters).toEqual([]);
    const period = deadlines.find(({ name }) => name === 'doplneni') ?? expect.fail('no period to complete');
    expect([period.state, period.due !== null && period.due > (delivered?.deliveredOn ?? '')]).toEqual(['running', true]);
    expect(period.steps.map(({ text }) => text).join(' ')).toContain('připravena k vyzvednutí');
    const timeline = (await caseOf(frantiska, caseId)).timeline.map(({ title }) => title);
    expect(timeline).toEqual(expect.arrayContaining(['Písemnost odeslána poštou', 'Písemnost čeká na poště', 'Písemnost doručena fikcí']));

    await clerk.goto(`${town.url}/urad/pripady/${caseId}?karta=dokumenty`);
    await clerk.getByRole('heading', { name: 'Listinné zásilky' }).waitFor();
    await looksRight(clerk, 10, 'case');
    await press(clerk.getByRole('link', { name: /^Otevřít mezi zásilkami/ }));
    await row.getByText(/fikcí$/).waitFor();
  },
);
