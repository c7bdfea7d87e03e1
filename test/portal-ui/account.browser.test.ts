// The payer's account in the browser: what is owed, paying one or all, an overpayment asked back, history, statement, reminders. By keyboard too.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inspectAccessibility } from '../setup/browser.ts';
import { COMPANY, DOG } from './fixture-account.ts';
import { expectGoodPage, smallTargets, startPortal, type PortalUnderTest } from './portal-page.ts';

let portal: PortalUnderTest;
beforeAll(async () => {
  portal = await startPortal();
});
beforeEach(() => {
  portal.town.loggedIn = true;
});
afterEach(() => portal.reset());
afterAll(() => portal.close());

describe('my payments', () => {
  test('what is owed stands by due day with the late one marked; sums explain themselves; axe sees every control', async () => {
    const { page, wrongs } = await portal.visit('/platby');
    await page.getByRole('heading', { level: 1, name: 'Moje platby' }).waitFor();

    const owed = page.getByRole('region', { name: 'Co máte zaplatit' });
    await owed.waitFor();
    const titles = await owed.getByRole('heading', { level: 3 }).allTextContents();
    expect(titles.map((title) => title.trim())).toEqual(['Pokuta za špatné parkování', 'Poplatek ze psa za rok 2026']);
    expect(await owed.getByText('Po splatnosti', { exact: true }).count()).toBe(1);
    expect(await owed.getByText(/11 dní po termínu/).count()).toBe(1);
    await page.getByText('Jak jsme k číslům došli').click();
    await page.getByText(/součet toho, co zbývá u 2 předpisů/).waitFor();
    await expectGoodPage(page, 35);
    expect(await smallTargets(page)).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  test('all debts are ticked and paid by one code, by keyboard alone', async () => {
    const { page } = await portal.visit('/platby');
    const owed = page.getByRole('region', { name: 'Co máte zaplatit' });
    const pay = owed.getByRole('button', { name: 'Zaplatit vybrané' });
    await pay.waitFor();
    expect(await pay.isDisabled()).toBe(true);

    await owed.getByRole('checkbox', { name: 'Vybrat k zaplacení: Pokuta za špatné parkování' }).focus();
    await page.keyboard.press('Space');
    expect(await owed.getByRole('status').textContent()).toMatch(/Vybrán(o)? 1 předpis, celkem 500.Kč/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(DOG.id);
    await page.keyboard.press('Space');
    expect(await owed.getByRole('status').textContent()).toMatch(/Vybrány 2 předpisy, celkem 1.700.Kč/);
    await pay.focus();
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Zaplatit najednou' }).waitFor();
    expect(portal.town.account.groups).toEqual([['f1', 'd1']]);
    const qr = page.getByRole('img', { name: /1.700.Kč na účet 19-2000145399\/0800, variabilní symbol 8800000017/ });
    expect(await qr.evaluate((image) => (image as HTMLImageElement).complete)).toBe(true);
    expect(await page.getByRole('button', { name: /Zaplatit kartou 1.700.Kč|Zaplatit 1.700.Kč kartou/ }).count()).toBe(1);
    await expectGoodPage(page, 17);
  });

  test('"choose all" chooses and unchooses all; one alone goes to its own page', async () => {
    const { page } = await portal.visit('/platby');
    await page.getByRole('button', { name: 'Vybrat vše' }).click();
    await page.getByText(/Vybrány 2 předpisy/).waitFor();
    await page.getByRole('button', { name: 'Zrušit výběr' }).click();
    await page.getByText('Vyberte, co chcete zaplatit.').waitFor();

    await page.getByRole('checkbox', { name: /Poplatek ze psa/ }).check();
    await page.getByRole('button', { name: 'Zaplatit vybrané' }).click();

    await page.getByRole('heading', { level: 1, name: 'Poplatek ze psa za rok 2026' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/platby/d1');
    expect(portal.town.account.groups).toEqual([]);
  });

  test('a payment under way shows as paid by itself', async () => {
    const { page } = await portal.visit('/platby/spolecne/g1');
    await page.getByText('Jedna platba za 2 předpisy.').waitFor();
    portal.town.account.paid = true;
    await page.getByText('Všechno z tohoto seznamu je zaplacené, děkujeme.').waitFor();
  });

  test('an account without debts says why it is empty', async () => {
    const { page } = await portal.visit(`/platby?konto=${COMPANY.id}`);
    await page.getByText('Nemáte co platit').waitFor();
    expect(await page.getByText('Tomuto výběru neodpovídá žádná platba.').count()).toBe(1);
    expect(await page.getByRole('link', { name: /Pekárna U Nováků/ }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('link', { name: /Jana Nováková \(vaše\)/ }).click();
    await page.getByText('Pokuta za špatné parkování').first().waitFor();
  });

  test('year and kind narrow the history and stay in the address', async () => {
    const { page } = await portal.visit('/platby');
    await page.getByLabel('Rok', { exact: true }).first().selectOption('2021');
    await page.getByRole('table', { name: 'Předpisy' }).getByText('Odpad 2021').waitFor();
    expect(new URL(page.url()).search).toBe('?rok=2021');
    const debts = page.getByRole('table', { name: 'Předpisy' });
    await expect.poll(() => debts.getByRole('rowheader').count()).toBe(1);
    expect(await debts.getByText('Převzato z původní evidence (původní evidence, č. P-77)').count()).toBe(1);
    const paid = page.getByRole('table', { name: 'Platby' });
    expect(await paid.getByText(/Odpad 2021: 700.Kč, zúčtováno 20. dubna 2021/).count()).toBe(1);
    expect(await paid.getByText(/přeplatek 300.Kč/).count()).toBe(1);

    await page.getByLabel('Druh').selectOption('pes');
    await page.getByText('Tomuto výběru neodpovídá žádný předpis.').waitFor();
    expect(await page.getByRole('region', { name: 'Co máte zaplatit' }).getByText('Pokuta za špatné parkování').first().isVisible()).toBe(
      true,
    );
  });

  test('an overpayment is asked back: wrong account is told, the right one is kept, the request can be taken back', async () => {
    const { page } = await portal.visit('/platby');
    await page.getByRole('button', { name: /Vrátit na účet/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Vrátit přeplatek na účet' });
    await dialog.waitFor();
    const { violations } = await inspectAccessibility(page);
    expect(violations).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Číslo účtu' }).fill('123');
    await dialog.getByRole('button', { name: 'Požádat o vrácení' }).click();
    await dialog.getByText('Takový účet v Česku být nemůže.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('return-account');
    await dialog.getByRole('textbox', { name: 'Číslo účtu' }).fill('19-2000145399/0800');
    await dialog.getByRole('button', { name: 'Požádat o vrácení' }).click();

    await page.getByText(/O vrácení 300.Kč na účet 19-2000145399\/0800 jste požádali/).waitFor();
    await page.getByRole('button', { name: 'Vzít žádost zpět' }).click();
    await page.getByRole('button', { name: /Vrátit na účet/ }).waitFor();
  });

  test('the statement is offered for a sensible period only', async () => {
    const { page } = await portal.visit('/platby');
    const link = page.getByRole('link', { name: 'Stáhnout výpis (PDF)' });
    expect(await link.getAttribute('href')).toContain('from=2026-01-01&to=2026-11-21');
    const from = page.getByRole('group', { name: 'Od', exact: true });
    await from.getByLabel('Rok').fill('2027');
    await page.getByText('Zkontrolujte dny: „od“ nesmí být po „do“.').waitFor();
    expect(await link.count()).toBe(0);
    await from.getByLabel('Rok').fill('2020');
    expect(await link.getAttribute('href')).toContain('from=2020-01-01');
  });

  test('news tell what a payment paid and are marked as read once', async () => {
    const { page } = await portal.visit('/platby');
    const news = page.getByRole('region', { name: 'Co je nového' });
    await news.getByText(/Přišla platba 300.Kč/).waitFor();
    expect(await news.getByText(/Zaplatila: Poplatek ze psa za rok 2026 \(300.Kč\)/).count()).toBe(1);
    await news.getByRole('button', { name: 'Označit jako přečtené' }).click();
    await expect.poll(() => news.getByText('nové', { exact: true }).count()).toBe(0);
    expect(portal.town.account.reads).toHaveLength(1);
  });

  test('in print only what matters stays', async () => {
    const { page } = await portal.visit('/platby');
    await page.getByRole('table', { name: 'Předpisy' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Zaplatit vybrané' }).isVisible()).toBe(false);
    expect(await page.getByRole('table', { name: 'Předpisy' }).isVisible()).toBe(true);
  });

  test('English says the same', async () => {
    const { page, wrongs } = await portal.visit('/platby?lang=en');
    await page.getByRole('heading', { level: 1, name: 'My payments' }).waitFor();
    await page.getByRole('heading', { name: 'What you owe' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(wrongs).toEqual([]);
  });

  test.each([
    [404, 'account-not-found', 'Takové konto nevidíme'],
    [500, 'internal', 'U nás se něco pokazilo'],
    [401, 'login-required', 'Přihlášení vypršelo'],
  ])('an answer %i %s is told in plain words', async (status, code, words) => {
    portal.town.troubles.push({ method: 'GET', path: /api\/account$/, times: 1, status, code });
    const { page } = await portal.visit('/platby');
    await page.getByRole('alert').getByText(words).waitFor();
  });
});

describe('one prescription', () => {
  test('it shows how to pay, why so much, and every entry with what was left after it', async () => {
    const { page, wrongs } = await portal.visit('/platby/d1');
    await page.getByRole('img', { name: /1.200.Kč na účet/ }).waitFor();
    await page.getByText('Pes žije v bytovém domě').waitFor();
    expect(await page.getByText(/obecně závazná vyhláška č. 1\/2026, čl. 3/).count()).toBe(1);
    const lines = await page.getByRole('table', { name: 'Jak se částka vyvíjela' }).getByRole('row').allTextContents();
    expect(lines.map((line) => line.replaceAll(/[\s\u00a0]+/g, ' ').trim())).toEqual([
      expect.stringContaining('Zbývalo zaplatit'),
      expect.stringMatching(/15. ledna 2026 ?Předepsáno ?\+1 500 Kč ?1 500 Kč/),
      expect.stringMatching(/2. března 2026 ?Zaplaceno ?-300 Kč ?1 200 Kč/),
    ]);
    await expectGoodPage(page, 16);
    expect(wrongs).toEqual([]);
  });

  test('a paid one thanks and offers no more paying', async () => {
    const { page } = await portal.visit('/platby/w1');
    await page.getByText('Máme vaše peníze, děkujeme.').waitFor();
    expect(await page.getByRole('img', { name: /QR/ }).count()).toBe(0);
  });

  test('a foreign one is not there', async () => {
    const { page } = await portal.visit('/platby/cizi');
    await page.getByRole('alert').getByText('Takovou platbu').waitFor();
  });
});

describe('reminders', () => {
  test('what is ticked and how many days before is kept and said', async () => {
    const { page, wrongs } = await portal.visit('/platby/upozorneni');
    await page.getByRole('checkbox', { name: 'Blíží se splatnost textovou zprávou' }).check();
    await page
      .getByRole('row', { name: /^Přišla platba a co zaplatila/ })
      .getByRole('checkbox', { name: /e-mailem/ })
      .uncheck();
    await page.getByRole('textbox', { name: 'Kolik dní před splatností' }).fill('90');
    await page.getByRole('button', { name: 'Uložit' }).click();
    await page.getByText('Napište číslo od 1 do 60.').waitFor();
    await page.getByRole('textbox', { name: 'Kolik dní před splatností' }).fill('14');
    await page.getByRole('button', { name: 'Uložit' }).click();

    await page.getByRole('status').filter({ hasText: 'Uloženo.' }).waitFor();
    const { events, daysBefore } = portal.town.account.reminders;
    expect(daysBefore).toBe(14);
    expect(events.find(({ event }) => event === 'due-soon')).toEqual({ event: 'due-soon', byEmail: true, bySms: true, byDataBox: false });
    expect(events.find(({ event }) => event === 'cleared')?.byEmail).toBe(false);
    await expectGoodPage(page, 36);
    expect(wrongs).toEqual([]);
  });

  test('stand in a table with ways across, ticked by keyboard; on a phone each event is a group with named ways', async () => {
    const { page, wrongs } = await portal.visit('/platby/upozorneni');
    const table = page.getByRole('table', { name: 'O čem a jak' });
    await table.waitFor();
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['O čem', 'e-mailem', 'textovou zprávou']);
    expect(await table.getByRole('rowheader').count()).toBe(7);
    const overdue = table.getByRole('checkbox', { name: 'Něco je po splatnosti e-mailem' });
    const wasOn = await overdue.isChecked();
    await overdue.focus();
    await page.keyboard.press('Space');
    expect(await overdue.isChecked()).toBe(!wasOn);
    await page.keyboard.press('Tab');
    expect(
      await table
        .getByRole('checkbox', { name: 'Něco je po splatnosti textovou zprávou' })
        .evaluate((box) => box === document.activeElement),
    ).toBe(true);

    await page.screenshot({ path: 'test-results/notices.png', fullPage: true });
    await page.setViewportSize({ width: 390, height: 800 });
    const row = table.getByRole('row', { name: /^Něco je po splatnosti/ });
    for (const way of ['e-mailem', 'textovou zprávou']) await row.getByText(way, { exact: true }).click();
    expect(await overdue.isChecked()).toBe(wasOn);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await expectGoodPage(page, 36);
    await page.screenshot({ path: 'test-results/notices-phone.png', fullPage: true });
    expect(wrongs).toEqual([]);
  });
});

describe('ways to the citizen', () => {
  test('a telephone is proved by a code before it is used; a wrong one is told', async () => {
    const { page, wrongs } = await portal.visit('/platby/upozorneni');
    const phone = page.getByRole('region', { name: 'Telefon' });
    await phone.getByRole('textbox', { name: 'Jiné číslo telefonu' }).fill('602 111 222');
    await phone.getByRole('button', { name: 'Poslat kód' }).click();
    await phone.getByText('Kód je na cestě.').waitFor();
    const code = phone.getByRole('textbox', { name: /^Kód z textové zprávy/ });
    await code.fill('000000');
    await phone.getByRole('button', { name: 'Potvrdit číslo' }).click();
    await page.getByText('Kód nesouhlasí.').waitFor();
    await code.fill('123456');
    await phone.getByRole('button', { name: 'Potvrdit číslo' }).click();
    await phone.getByText('Textové zprávy posíláme na 602 111 222.').waitFor();
    expect(wrongs).toEqual([]);
  });

  test('an e-mail from which mail comes back is said, with what to do', async () => {
    const { email } = portal.town.account.reminders;
    const broken = { since: '2026-11-20T08:00:00.000Z', reason: 'Taková schránka neexistuje.', permanent: true };
    portal.town.account.reminders = { ...portal.town.account.reminders, email: { ...email, broken } };
    const { page } = await portal.visit('/platby/upozorneni');
    const region = page.getByRole('region', { name: 'E-mail' });
    await region.getByText('Zprávy se nám vracejí').waitFor();
    await region.getByText(/Taková schránka neexistuje\. Potvrďte jinou adresu/).waitFor();
    await expectGoodPage(page, 30);
  });

  test('the link from the e-mail confirms it', async () => {
    const { email } = portal.town.account.reminders;
    portal.town.account.reminders = { ...portal.town.account.reminders, email: { ...email, address: null, pending: 'nova@posta.example' } };
    const { page } = await portal.visit('/platby/upozorneni?potvrdit=123456');
    await page.getByText('E-maily posíláme na nova@posta.example.').waitFor();
    await page.getByText('Potvrzeno. Teď vám sem můžeme psát.').waitFor();
  });
});

test('the home page tells the logged-in what is left to pay and until when', async () => {
  const { page, wrongs } = await portal.visit('/');
  const box = page.getByRole('region', { name: 'Moje platby' });
  await box.getByText(/Zbývá zaplatit 1.700.Kč/).waitFor();
  expect(await box.getByText(/Nejbližší splatnost: 1.200.Kč do 30. listopadu 2026 \(zbývá 9 dní\)/).count()).toBe(1);
  await expectGoodPage(page, 12);
  await box.getByRole('link', { name: 'Zobrazit moje platby' }).click();
  await page.getByRole('heading', { level: 1, name: 'Moje platby' }).waitFor();
  expect(wrongs).toEqual([]);
});
