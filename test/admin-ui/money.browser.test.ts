// The money desk of a whole running town in a browser: cash taken by keyboard alone, unmatched money, four eyes, dunning, months. axe finds nothing.
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensurePayer, prescribe, receive } from '../../server/books/index.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';
import { cloneDatabase } from '../setup/database.ts';
import { logInOfficer, visit, type Visitor } from '../setup/story.ts';
import { startTown, type RunningTown } from '../setup/town.ts';

const database = await cloneDatabase();
let town: RunningTown;
let browser: Browser;
let db: Database;
let tenantId: number;
let visitors: Visitor[] = [];
const dog: { id: string; variableSymbol: string }[] = [];
let payerId: string;

beforeAll(async () => {
  town = await startTown(database);
  browser = await launchBrowser();
  db = openDatabase(database.appUrl, 2);
  tenantId = (await db.tenants())[0]?.id ?? 1;
  const now = new Date().toISOString();
  await db.withTenant(tenantId, async (trx) => {
    payerId = await ensurePayer(trx, tenantId, { name: 'Květoslava Řeřichová', birthDate: '1951-04-03', address: 'Dlouhá 7, Lipová' }, now);
    const fee = { payerId, kind: 'pes', regime: 'dr' as const, legalBasis: '§ 2 zákona č. 565/1990 Sb.', decision: null };
    dog.push(
      ...(await prescribe(
        trx,
        tenantId,
        [
          { ...fee, title: 'Poplatek ze psů 2025', amount: 120_000, dueDate: '2025-03-31' },
          { ...fee, title: 'Poplatek ze psů 2024', amount: 2_000_000, dueDate: '2024-03-31' },
          { ...fee, title: 'Poplatek ze psů 2023', amount: 50_000, dueDate: '2025-06-30' },
        ],
        { by: 'clock', now },
      )),
    );
    await receive(
      trx,
      tenantId,
      {
        source: 'bank',
        sourceId: randomUUID(),
        account: 'bank:19-2000145399/0800',
        amount: 50_000,
        variableSymbol: '77',
        counterAccount: '1000000005/0100',
        payerName: 'RERICHOVA KVETOSLAVA',
        message: 'pes',
        receivedOn: now.slice(0, 10),
      },
      { now },
    );
  });
}, 240_000);
afterAll(async () => {
  await browser.close();
  await db.close();
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

async function at(name: RegExp): Promise<Page> {
  const visitor = await visit(browser);
  visitors.push(visitor);
  await logInOfficer(visitor.page, town.url, name);
  return visitor.page;
}
async function goodbye(): Promise<void> {
  for (const visitor of visitors) {
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  }
  visitors = [];
}
/** Types into what has the focus, after moving it to the field of this name by Tab. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let steps = 0; steps < most; steps++) {
    const label = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      if (element?.matches('button, a, input, select, textarea, summary') !== true) return '';
      const own = element.labels?.[0]?.innerText ?? '';
      return own === '' ? (element.getAttribute('aria-label') ?? element.innerText ?? '') : own;
    });
    if (name.test(label)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${name.source}`);
}

test('the cashier opens the desk, takes cash, takes it back and closes, with the keyboard alone', async () => {
  const page = await at(/Jitka Pokorná/);
  await page.goto(`${town.url}/urad/pokladna`);
  await page.getByRole('heading', { level: 1, name: 'Pokladna' }).waitFor();
  await page.getByText('Úřad zatím nemá pokladnu').waitFor();
  await expectAccessible(page, { atLeastControls: 6 });
  await tabTo(page, /^Název/);
  await page.keyboard.type('Hlavní pokladna');
  await tabTo(page, /^Zkratka/);
  await page.keyboard.type('hlavni');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Otevřít pokladnu' }).waitFor();
  await tabTo(page, /^Napočítaná hotovost/);
  await page.keyboard.type('2000');
  await page.keyboard.press('Enter');
  await page.getByText('v zásuvce má být 2 000 Kč').waitFor();

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('/');
  await tabTo(page, /^Symbol nebo jméno/);
  await page.keyboard.type('reric dlouha');
  await page.keyboard.press('Enter');
  await page.getByText('Poplatek ze psů 2025, 1 200 Kč').waitFor();
  await expectAccessible(page, { atLeastControls: 12 });
  await tabTo(page, /^Poplatek ze psů 2025, 1\s200\sKč/);
  await page.keyboard.press('Space');
  await tabTo(page, /^Přijatá hotovost/);
  await page.keyboard.type('1500');
  await page.getByText('Vrátit 300 Kč').waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByText(/Doklad PPD-HLAVNI-\d{4}-000001 na 1\s200\sKč je vystavený. Vraťte 300\sKč./)
    .first()
    .waitFor();
  await page.getByText('v zásuvce má být 3 200 Kč').waitFor();

  await tabTo(page, /^Storno…/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Důvod/);
  await page.keyboard.type('Plátce si to rozmyslel');
  await tabTo(page, /^Stornovat doklad/);
  await page.keyboard.press('Enter');
  await page.getByText(/stornováno dokladem PPD-HLAVNI-\d{4}-000002/).waitFor();
  await page.getByText('v zásuvce má být 2 000 Kč').waitFor();

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('z');
  await page.getByRole('dialog', { name: 'Uzávěrka pokladny' }).waitFor();
  await expectAccessible(page, { atLeastControls: 14 });
  await tabTo(page, /^Kusů po 1000 Kč/);
  await page.keyboard.type('2');
  await page.getByText('Souhlasí s doklady.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Směna je uzavřená.').first().waitFor();
  await expectAccessible(page, { atLeastControls: 8 });
  const [protocol] = await Promise.all([
    page.request.get(
      `${town.url}${
        (await page
          .getByRole('link', { name: /^Protokol/ })
          .first()
          .getAttribute('href')) ?? ''
      }`,
    ),
  ]);
  expect([protocol.status(), (await protocol.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  await goodbye();
}, 180_000);

test('the clerk finds a payer, sees how each number came to be and splits unmatched money', async () => {
  const page = await at(/Hana Vlčková/);
  await page.goto(`${town.url}/urad/platci?q=3.4.1951`);
  await page.getByRole('link', { name: 'Květoslava Řeřichová' }).waitFor();
  await expectAccessible(page, { atLeastControls: 12 });
  await page.getByRole('link', { name: 'Květoslava Řeřichová' }).click();
  await page.getByRole('heading', { level: 1, name: 'Květoslava Řeřichová' }).waitFor();
  await page.getByText('Dluží 21 700 Kč').waitFor();
  await expectAccessible(page, { atLeastControls: 18 });
  await page.getByRole('button', { name: /Proč tolik: Poplatek ze psů 2025/ }).click();
  await page.getByRole('dialog').getByText('Pohledávky').first().waitFor();
  await expectAccessible(page, { atLeastControls: 1 });
  await page.keyboard.press('Escape');

  await page.goto(`${town.url}/urad/platby`);
  await page.getByText('souhlasí částka i jméno').waitFor();
  await expectAccessible(page, { atLeastControls: 16 });
  await page.getByRole('row', { name: /RERICHOVA/ }).focus();
  await page.keyboard.press('a');
  await page.getByText('500 Kč je na předpisu Poplatek ze psů 2023.').first().waitFor();
  await page.getByText('Všechny peníze jsou zařazené').waitFor();
  await goodbye();
}, 180_000);

test('a write-off above the limit waits for a second person, who approves it', async () => {
  const page = await at(/Hana Vlčková/);
  await page.goto(`${town.url}/urad/platci/${payerId}`);
  await page.getByRole('button', { name: 'Odepsat… Poplatek ze psů 2024' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Důvod' }).fill('Nedobytné podle § 158 daňového řádu');
  await dialog.getByRole('button', { name: 'Odepsat pohledávku' }).click();
  await page.getByText('Žádost čeká na schválení.').first().waitFor();
  await page.goto(`${town.url}/urad/schvalovani`);
  await page.getByText('vaše žádost').waitFor();
  await expectAccessible(page, { atLeastControls: 12 });

  const second = await at(/Alena Ryšavá/);
  await second.goto(`${town.url}/urad/schvalovani`);
  await second.getByRole('button', { name: /^Schválit…/ }).focus();
  await second.keyboard.press('Enter');
  await tabTo(second, /^Schválit úkon/);
  await second.keyboard.press('Enter');
  await second.getByText('Schváleno a zaúčtováno.').first().waitFor();
  await expectAccessible(second, { atLeastControls: 8 });
  await page.goto(`${town.url}/urad/platci/${payerId}`);
  await page.getByText('odepsáno 20 000 Kč').waitFor();
  await goodbye();
}, 180_000);

test('an overdue fee is reminded in bulk with a preview, once', async () => {
  const page = await at(/Hana Vlčková/);
  await page.goto(`${town.url}/urad/vymahani`);
  await page.getByRole('checkbox', { name: /Poplatek ze psů 2025/ }).check();
  await expectAccessible(page, { atLeastControls: 14 });
  await page.getByRole('button', { name: 'Připravit (1)' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('nedoplatek 1 200 Kč').waitFor();
  await expectAccessible(page, { atLeastControls: 3 });
  await dialog.getByRole('button', { name: 'Vydat' }).click();
  await page.getByText('Vydáno: 1 položka.').first().waitFor();
  const file = await page.request.get(
    `${town.url}${
      (await page
        .getByRole('link', { name: /^Otevřít soubor/ })
        .first()
        .getAttribute('href')) ?? ''
    }`,
  );
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await page.goto(`${town.url}/urad/vymahani?stupen=assessment`);
  await page.getByText('Poplatek ze psů 2025').waitFor();
  await expectAccessible(page, { atLeastControls: 12 });
  await goodbye();
}, 180_000);

test('the accountant sees the month, its journal, and hands the accounting cases over exactly once', async () => {
  const page = await at(/Zdeněk Hájek/);
  await page.goto(`${town.url}/urad/ucetnictvi`);
  await page.getByText('Pohledávky').first().waitFor();
  await page.getByText('Měsíc ještě neskončil').waitFor();
  expect(await page.getByText(/porušeno/).count()).toBe(0);
  await expectAccessible(page, { atLeastControls: 8 });
  await page.getByRole('tab', { name: 'Účetní deník' }).click();
  await page.locator('caption').getByText('Odpis', { exact: true }).first().waitFor();
  await expectAccessible(page, { atLeastControls: 10 });
  await page.getByRole('tab', { name: 'Ekonomický systém' }).click();
  await page.getByRole('button', { name: 'Předat do ekonomického systému' }).click();
  await page.getByText('Všechno je předané.').waitFor();
  await page.getByText(/^převzato \d+/).waitFor({ timeout: 60_000 });
  await expectAccessible(page, { atLeastControls: 8 });
  const taken = await town.world<{ readonly ledger: readonly { readonly id: string }[] }>('GET', '/economy/ledger').catch(() => undefined);
  const [booked] = await db.withTenant(tenantId, async (trx) => trx('ledger_transaction').where({ tenant_id: tenantId }).count({ n: '*' }));
  if (taken)
    expect(new Set((Array.isArray(taken) ? (taken as { id: string }[]) : taken.ledger).map(({ id }) => id)).size).toBe(
      Number(booked?.['n']),
    );
  await goodbye();
}, 180_000);
