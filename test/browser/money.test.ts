// The whole story of money in one town: debts paid in each way, the payer told how each payment was cleared, an overpayment sent back through the bank,
// the cash desk closed; at the end every invariant of the books holds.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, expect, test, vi } from 'vitest';
import { ensurePayer, prescribe } from '../../server/books/index.ts';
import { openDatabase } from '../../server/store/database.ts';
import { logInCitizen, logInOfficer } from '../setup/story.ts';
import { walkThroughTown } from './walk.ts';

const { town, database, comeIn, looksRight, picturesIfFailed } = await walkThroughTown('money');
const db = openDatabase(database.appUrl, 2);
afterAll(() => db.close());

const symbols = new Map<string, string>();

/** What the office has prescribed to the citizen who has just come in for the first time. */
async function prescribeTo(familyName: string): Promise<void> {
  const tenantId = (await db.tenants())[0]?.id ?? 1;
  const now = new Date().toISOString();
  await db.withTenant(tenantId, async (trx) => {
    const person = await trx('person').where({ tenant_id: tenantId, family_name: familyName }).first('id', 'given_name', 'family_name');
    const personId = String(person?.id);
    const payerId = await ensurePayer(trx, tenantId, { personId, name: `${person?.given_name} ${person?.family_name}` }, now);
    const year = new Date().getFullYear();
    const debts = [
      ['Poplatek ze psa Alík', 30_000],
      ['Poplatek ze psa Bára', 45_000],
      ['Poplatek za odpad', 84_000],
      ['Poplatek za zábor chodníku', 50_000],
      ['Poplatek z pobytu', 21_000],
      ['Poplatek za předzahrádku', 12_000],
    ] as const;
    const written = await prescribe(
      trx,
      tenantId,
      debts.map(([title, amount]) => ({
        payerId,
        kind: 'prostranstvi',
        regime: 'dr' as const,
        title,
        amount,
        dueDate: `${year + 1}-03-31`,
        legalBasis: 'obecně závazná vyhláška č. 4/2025',
        decision: null,
      })),
      { by: 'clock', now },
    );
    for (const [index, [title]] of debts.entries()) symbols.set(title, written[index]?.variableSymbol ?? '');
  });
}

const JANA_WRITES = 'jana.novotna@posta.example';
const symbolOf = (title: string): string => symbols.get(title) ?? '';

/** The page asks by itself or is looked at again, until the words are there. */
async function comes(page: Page, words: RegExp): Promise<void> {
  await vi.waitFor(
    async () => {
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('main').innerText()).toMatch(words);
    },
    { timeout: 60_000, interval: 1_500 },
  );
}

/** What an identity provider says of an e-mail is only a prefill: messages go where the citizen has opened a link. */
async function confirmEmail(page: Page): Promise<void> {
  await page.goto(`${town.url}/platby/upozorneni`);
  const box = page.getByRole('region', { name: 'E-mail' });
  await box.getByLabel('Váš e-mail').fill(JANA_WRITES);
  await box.getByRole('button', { name: 'Poslat potvrzovací odkaz' }).click();
  await box.getByText('Odkaz je na cestě').waitFor();
  const link = await vi.waitFor(
    async () => {
      const mails = await town.world<readonly { text: string }[]>('POST', '/mail/mailbox', { address: JANA_WRITES });
      return /http\S+potvrdit=\S+/.exec(mails.map((mail) => mail.text).join('\n'))?.[0] ?? expect.fail('no link came');
    },
    { timeout: 60_000, interval: 500 },
  );
  await page.goto(link);
  await page.getByText('Potvrzeno. Teď vám sem můžeme psát.').waitFor();
}

async function payAtGateway(page: Page): Promise<void> {
  await page.waitForURL(/\/zkusebni-svet\/gopay\/gw\/v3\//);
  await page.getByRole('button', { name: 'Zaplatit', exact: true }).click();
}

const transfer = (symbol: string, amount: number): Promise<unknown> =>
  town.world('POST', '/bank/transfer', {
    spayd: `SPD*1.0*ACC:CZ6508000000192000145399*AM:${(amount / 100).toFixed(2)}*CC:CZK*X-VS:${symbol}`,
  });

test('debts are paid in every way, payments told, an overpayment returned, the desk closed, and the books hold', async () => {
  picturesIfFailed();
  const citizen = await comeIn();
  await citizen.goto(`${town.url}/prihlaseni/nia?cil=/platby`);
  await logInCitizen(citizen, /Jana Novotná/);
  await confirmEmail(citizen);
  await prescribeTo('Novotná');
  await citizen.goto(`${town.url}/platby`);
  await citizen.getByRole('heading', { level: 1, name: 'Moje platby' }).waitFor();
  await citizen.getByText('Poplatek ze psa Alík').first().waitFor();
  await looksRight(citizen, 15);

  // One debt by the QR code of its own page.
  await citizen.getByRole('link', { name: 'Poplatek ze psa Alík' }).first().click();
  await citizen.getByRole('img', { name: /QR kód pro platbu/ }).waitFor();
  await looksRight(citizen, 8);
  await transfer(symbolOf('Poplatek ze psa Alík'), 30_000);
  await comes(citizen, /Zaplaceno/);

  // Two at once by card.
  await citizen.goto(`${town.url}/platby`);
  for (const title of ['Poplatek ze psa Bára', 'Poplatek za odpad'])
    await citizen.getByRole('checkbox', { name: `Vybrat k zaplacení: ${title}` }).check();
  await citizen.getByText(/Vybrány 2 předpisy, celkem 1\s290\sKč/).waitFor();
  await citizen.getByRole('button', { name: 'Zaplatit vybrané' }).click();
  await citizen.getByRole('button', { name: /Zaplatit kartou 1\s290\sKč/ }).waitFor();
  await looksRight(citizen, 8);
  await citizen.getByRole('button', { name: /Zaplatit kartou 1\s290\sKč/ }).click();
  await payAtGateway(citizen);
  await citizen.getByText('Děkujeme, platba kartou proběhla').waitFor({ timeout: 60_000 });
  await looksRight(citizen, 4);

  // Without login: a stranger who knows symbol and amount sees nothing else.
  const stranger = await comeIn(390);
  await stranger.goto(`${town.url}/platba-bez-prihlaseni`);
  await stranger.getByLabel(/Variabilní symbol/).fill(symbolOf('Poplatek z pobytu'));
  await stranger.getByLabel(/Částka/).fill('210');
  await looksRight(stranger, 6);
  await stranger.getByRole('button', { name: 'Pokračovat k platbě' }).click();
  await stranger.getByRole('heading', { name: /210\sKč/ }).waitFor();
  expect(await stranger.locator('main').innerText()).not.toMatch(/Novotn|pobytu/);
  await looksRight(stranger, 6);
  await stranger.getByRole('button', { name: /210\sKč/ }).click();
  await payAtGateway(stranger);
  await stranger.waitForURL(/\/platba-bez-prihlaseni/);
  await stranger
    .getByText(/proběhla|zaplacen/i)
    .first()
    .waitFor({ timeout: 60_000 });
  await looksRight(stranger, 3);

  // Too much by transfer: the rest is seen and asked back.
  await transfer(symbolOf('Poplatek za zábor chodníku'), 80_000);
  await citizen.goto(`${town.url}/platby`);
  await comes(citizen, /na žádný předpis nepřipadlo 300\sKč/);
  await citizen.getByRole('button', { name: /Vrátit na účet/ }).click();
  await citizen.getByLabel('Číslo účtu').fill('168540115/0600');
  await citizen.getByRole('button', { name: 'Požádat o vrácení' }).click();
  await citizen.getByText(/O vrácení 300\sKč na účet 168540115\/0600 jste požádali/).waitFor();
  await looksRight(citizen, 12);

  // The clerk sends it back; the bank carries the order out and its statement says so.
  const clerk = await comeIn(1400);
  await logInOfficer(clerk, town.url, /Hana Vlčková/);
  await clerk.goto(`${town.url}/urad/platby`);
  const row = clerk.getByRole('row').filter({ hasText: '300 Kč' }).first();
  await row.waitFor();
  await looksRight(clerk, 12);
  await row.getByRole('button', { name: /Vrátit/ }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Důvod' }).fill('Přeplatek, plátkyně požádala o vrácení');
  await dialog.getByRole('button', { name: /Vrátit/ }).click();
  await clerk
    .getByText(/Vratka je zadaná/)
    .first()
    .waitFor();
  await comes(citizen, /vráceno 300\sKč/);

  // The rest at the cash desk.
  const cashier = await comeIn(1400);
  await logInOfficer(cashier, town.url, /Jitka Pokorná/);
  await cashier.goto(`${town.url}/urad/pokladna`);
  await cashier.getByRole('heading', { level: 1, name: 'Pokladna' }).waitFor();
  await cashier.waitForLoadState('networkidle');
  if (await cashier.getByText('Úřad zatím nemá pokladnu').isVisible()) {
    await cashier.getByLabel(/^Název/).fill('Hlavní pokladna');
    await cashier.getByLabel(/^Zkratka/).fill('hlavni');
    await cashier.getByRole('button', { name: 'Založit pokladnu' }).click();
  }
  await cashier.getByLabel(/^Napočítaná hotovost/).fill('1000');
  await cashier.getByLabel(/^Důvod rozdílu/).fill('Vklad drobných');
  await cashier.getByRole('button', { name: 'Otevřít pokladnu' }).click();
  await cashier.getByText(/v zásuvce má být 1\s000\sKč/).waitFor();
  await cashier.getByLabel(/^Symbol nebo jméno/).fill(symbolOf('Poplatek za předzahrádku'));
  await cashier.getByRole('button', { name: 'Najít dluh' }).click();
  await cashier.getByRole('checkbox', { name: /Poplatek za předzahrádku, 120\sKč/ }).check();
  await cashier.getByLabel(/^Přijatá hotovost/).fill('200');
  await cashier.getByText(/Vrátit 80\sKč/).waitFor();
  await cashier.getByLabel(/^Přijatá hotovost/).press('Enter');
  await cashier
    .getByText(/Doklad PPD-\S+ na 120\sKč je vystavený/)
    .first()
    .waitFor();
  await cashier.getByRole('button', { name: /^Storno… PPD-/ }).waitFor();
  await looksRight(cashier, 12);
  await cashier
    .getByRole('button', { name: /^Uzavřít/ })
    .first()
    .click();
  await cashier.getByLabel(/^Kusů po 1000 Kč/).fill('1');
  await cashier.getByLabel(/^Kusů po 100 Kč/).fill('1');
  await cashier.getByLabel(/^Kusů po 20 Kč/).fill('1');
  await cashier.getByText('Souhlasí s doklady.').waitFor();
  await cashier
    .getByRole('dialog')
    .getByRole('button', { name: /Uzavřít/ })
    .click();
  await cashier.getByText('Směna je uzavřená.').first().waitFor();
  await cashier.getByRole('button', { name: 'Otevřít pokladnu' }).waitFor();
  await looksRight(cashier, 8);

  // All is paid, and the citizen was told of each payment.
  await citizen.goto(`${town.url}/platby`);
  await comes(citizen, /Nemáte co platit/);
  const told = await citizen.locator('main').innerText();
  for (const way of ['převodem', 'kartou', 'hotově']) expect(told).toContain(way);
  await vi.waitFor(
    async () => {
      const mails = await town.world<readonly { text: string }[]>('POST', '/mail/mailbox', { address: JANA_WRITES });
      const text = mails.map((mail) => mail.text).join('\n');
      // The sums, and never what for: that is said in the portal.
      expect(mails.filter((mail) => mail.text.includes('přišla nám platba')).length).toBeGreaterThanOrEqual(3);
      for (const title of ['psa Alík', 'psa Bára']) expect(text).not.toContain(title);
      expect(text).toMatch(/300[,\s]/);
    },
    { timeout: 60_000, interval: 1_500 },
  );
  await looksRight(citizen, 12);

  // The accountant's page and the tool agree that nothing is wrong.
  await clerk.goto(`${town.url}/urad/ucetnictvi`);
  await clerk.getByRole('heading', { level: 1, name: 'Účetnictví' }).waitFor();
  await looksRight(clerk, 10);
  const checked = await promisify(execFile)(process.execPath, ['tools/ledger-check.ts', '--json'], {
    env: { ...process.env, DATABASE_URL: database.ownerUrl },
  });
  const counts = JSON.parse(checked.stdout) as unknown;
  expect(JSON.stringify(counts)).not.toMatch(/"violations":\s*[1-9]/);
}, 400_000);
