// Money that needs a person's eye, in a browser of a whole running town: credits of another currency, a gateway's transfer that does not add up, records of the
// program that the town had before. With the keyboard where a clerk works; axe finds nothing.
import { createHash, randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { importStatement } from '../../server/books/index.ts';
import { insertTransfer, noteTransferTrouble } from '../../server/store/gateway-transfers.ts';
import { openDatabase, type Database, type Transaction } from '../../server/store/database.ts';
import { inboxMessage, keepMessages } from '../../server/store/inbox.ts';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';
import { cloneDatabase } from '../setup/database.ts';
import { logInOfficer, visit, type Visitor } from '../setup/story.ts';
import { startTown, type RunningTown } from '../setup/town.ts';

const database = await cloneDatabase();
let town: RunningTown;
let browser: Browser;
let db: Database;
let tenantId: number;
let visitor: Visitor | undefined;

const ACCOUNT = '7700001/0800';
const DAY = '2026-03-02';
const plain = { date: DAY, isReversal: false, ks: '', ss: '', counterAccount: 'DE89370400440532013000', message: 'Hundesteuer' };
const credits = [
  {
    ...plain,
    id: 'a1',
    amount: 246_350,
    currency: 'CZK',
    isHeld: true,
    original: { amount: 10_000, currency: 'EUR' },
    vs: '77',
    name: 'Hans Müller',
  },
  { ...plain, id: 'a2', amount: 5_000, currency: 'EUR', isHeld: true, vs: '', name: 'Greta Klein' },
  { ...plain, id: 'a3', amount: 6_000, currency: 'EUR', isHeld: true, vs: '', name: 'Otto Gross' },
  { ...plain, id: 'a4', amount: 90_000, currency: 'CZK', isHeld: false, vs: '9001', name: 'GOPAY' },
];

beforeAll(async () => {
  town = await startTown(database);
  browser = await launchBrowser();
  db = openDatabase(database.appUrl, 2);
  tenantId = (await db.tenants())[0]?.id ?? 1;
  await db.withTenant(tenantId, seed);
}, 240_000);
afterEach(async () => {
  expect(visitor?.problems).toEqual([]);
  await visitor?.close();
  visitor = undefined;
});
afterAll(async () => {
  await browser.close();
  await db.close();
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

async function seed(trx: Transaction): Promise<void> {
  const now = new Date().toISOString();
  const messageId = createHash('sha256').update(randomUUID()).digest('hex');
  await keepMessages(trx, tenantId, 'vypisy', [{ id: messageId, kind: 'bank-statement', payload: { file: 'březen.xml' }, files: [] }], now);
  const inboxId = (await inboxMessage(trx, tenantId, 'vypisy', messageId))?.id ?? '';
  await trx('inbox').where({ tenant_id: tenantId, id: inboxId }).update({ processed_at: now, result: 'imported' });
  const days = { from: DAY, to: DAY, number: 1, currency: 'CZK' };
  const closing = 246_350 + 270_000 + 90_000;
  const statement = { format: 'camt' as const, account: ACCOUNT, ...days, opening: 0, closing, items: credits, problems: [] };
  await importStatement(trx, tenantId, { inboxId, place: 1, statement, by: 'rule:bank', now });
  const transfer = { gateway: 'gopay', day: DAY, fee: 500, readAt: now };
  await insertTransfer(trx, tenantId, { ...transfer, id: 'P-1', amount: 90_000, variableSymbol: '9001', items: [] });
  await noteTransferTrouble(trx, tenantId, { gateway: 'gopay', id: 'P-1' }, 'credited-before');
  const stranger = { paymentId: 'CIZI-7', amount: 60_500, fee: 500 };
  await insertTransfer(trx, tenantId, { ...transfer, id: 'P-2', amount: 60_000, variableSymbol: '9002', items: [stranger] });
  await noteTransferTrouble(trx, tenantId, { gateway: 'gopay', id: 'P-2' }, 'unknown-payment');
}

async function at(path: string, name: RegExp): Promise<Page> {
  visitor = await visit(browser);
  await logInOfficer(visitor.page, town.url, name);
  await visitor.page.goto(`${town.url}${path}`);
  return visitor.page;
}
const dialogIsGone = (page: Page): Promise<void> => page.getByRole('dialog').waitFor({ state: 'hidden' });

test('a clerk books euros for the crowns of the statement, and by the keyboard those that the statement does not say', async () => {
  const page = await at('/urad/platby', /Hana Vlčková/);
  await page.getByRole('heading', { name: 'Platby z cizí měny' }).waitFor();
  await page.getByText(/Hans Müller.*100,00 EUR.*banka připsala 2\s463,50\sKč \(kurz 24,635\)/).waitFor();
  await expectAccessible(page, { atLeastControls: 15 });
  await page.getByRole('button', { name: /Zaúčtovat… Hans Müller/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Zaúčtuje se 2\s463,50\sKč, které banka připsala za 100,00 EUR/).waitFor();
  await expectAccessible(page, { atLeastControls: 2 });
  await dialog.getByRole('button', { name: 'Zaúčtovat', exact: true }).click();
  await page.getByText('Platba je zaúčtovaná. Zařaďte ji v seznamu níže.').first().waitFor();
  await page.getByRole('row', { name: /Hans Müller/ }).waitFor();

  await page.getByRole('button', { name: /Zaúčtovat… Greta Klein/ }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText(/Výpis neříká, kolik korun/).waitFor();
  await dialog.getByLabel(/Částka v Kč/).focus();
  await page.keyboard.type('9999');
  await page.keyboard.press('Enter');
  await dialog.getByText('Tolik korun na výpisu není. Zkontrolujte částku podle banky.').waitFor();
  await dialog.getByLabel(/Částka v Kč/).fill('1230');
  await page.keyboard.press('Enter');
  await dialogIsGone(page);
  await page.getByRole('row', { name: /Greta Klein/ }).waitFor();
  // What is left of the statement is the last one's.
  await page.getByText(/Otto Gross.*60,00 EUR.*banka připsala 1\s470\sKč \(kurz 24,500\)/).waitFor();
  await page.getByRole('button', { name: /Není platba… Otto Gross/ }).click();
  await dialog.getByLabel(/Důvod/).fill('vrácená záloha');
  await dialog.getByRole('button', { name: 'Nechat mezi ostatními pohyby' }).click();
  await dialogIsGone(page);
  await page.getByRole('heading', { name: 'Platby z cizí měny' }).waitFor({ state: 'detached' });
}, 180_000);

test('a transfer that was taken for a payment is booked as a settlement, one with strange payments is closed with words', async () => {
  const page = await at('/urad/platby', /Hana Vlčková/);
  await page.getByRole('heading', { name: 'Převody z platebních bran, které nesedí' }).waitFor();
  await page.getByText(/CIZI-7 \(605\sKč\)/).waitFor();
  await expectAccessible(page, { atLeastControls: 12 });
  await page.getByRole('row', { name: /GOPAY/ }).waitFor();
  await page.getByRole('button', { name: /Zaúčtovat jako vypořádání… P-1/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Zaúčtovat jako vypořádání brány' }).click();
  await dialogIsGone(page);
  await page.getByRole('row', { name: /GOPAY/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Vyřešeno… P-2/ }).click();
  await page.getByRole('dialog').getByLabel(/Důvod/).fill('brána platbu přiřadila omylem a strhne ji');
  await page.getByRole('dialog').getByRole('button', { name: 'Zapsat, jak to dopadlo' }).click();
  await page.getByRole('heading', { name: 'Převody z platebních bran, které nesedí' }).waitFor({ state: 'detached' });
}, 120_000);

test('an accountant takes old records over: wrong lines are named, the mended file repeats nothing', async () => {
  const page = await at('/urad/ucetnictvi?karta=history', /Zdeněk Hájek/);
  const system = page.getByLabel(/Z jakého programu záznamy jsou/);
  await system.waitFor();
  await expectAccessible(page, { atLeastControls: 10 });
  const heading = 'typ;id;platce;jmeno;druh;nazev;castka;predepsano;splatnost;vs;zaklad';
  const line = (id: string, day: string, symbol: string): string =>
    `predpis;${id};1001;Karel Starý;pes;Poplatek ze psa 2024;300;${day};2024-03-31;${symbol};OZV 1/2023`;
  const bring = (name: string, lines: readonly string[]): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from([heading, ...lines].join('\n')) });
  await bring('historie.csv', [line('1', '2024-01-15', '1341900001')]);
  await page.getByText('Napište, z jakého programu soubor je.').waitFor();
  await system.fill('Starý program');
  await bring('historie.csv', [line('1', '2024-01-15', '1341900001'), line('2', 'včera', '1341900002')]);
  await page.getByText(/Řádek 3: datum není platné nebo je v budoucnosti \(sloupec predepsano\)/).waitFor();
  await page.getByText(/historie\.csv, Starý program/).waitFor();
  await expectAccessible(page, { atLeastControls: 10 });
  await bring('historie-2.csv', [line('1', '2024-01-15', '1341900001'), line('2', '2024-01-16', '1341900002')]);
  await page.getByText(/historie-2\.csv, Starý program/).waitFor();
  await page
    .getByText(/Převzato: 1 záznam\. Už tu bylo: 1 záznam\. Všechno je v pořádku\./)
    .first()
    .waitFor();
}, 120_000);
