// A citizen's cases: what is going on, what can be done, paying, and what is said when something is wrong.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inspectAccessibility } from '../setup/browser.ts';
import { CASE_ID, MARK } from './fixture-data.ts';
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

const CASE = `/moje/${CASE_ID}`;

describe('my cases', () => {
  test('a case that waits for the citizen comes first, with who is on the move, until when, and its last change', async () => {
    portal.town.caseState = 'paying';
    const { page, wrongs } = await portal.visit('/moje');

    const group = page.getByRole('region').or(page.locator('section')).filter({ hasText: 'Tady čekáme na vás' });
    const text = (await group.first().textContent()) ?? '';
    for (const part of ['Přihlášení psa', 'Zaplaťte poplatek', 'Na tahu jste vy', 'zbývá 5 dní', MARK, 'Poslední změna'])
      expect(text).toContain(part);
    await expectGoodPage(page, 10);
    expect(wrongs).toEqual([]);
  });

  test('with nothing sent yet the page says why and what to do', async () => {
    portal.town.hasCase = false;
    const { page } = await portal.visit('/moje');

    await page.getByText('Zatím jste nic nepodali').waitFor();
    await page.getByRole('link', { name: 'Najít, co chci vyřídit' }).click();

    await page.getByRole('heading', { level: 1, name: 'Co chci vyřídit' }).waitFor();
  });

  test('the home page reminds the logged-in of what waits for them', async () => {
    portal.town.caseState = 'remedy';
    const { page } = await portal.visit('/');

    await page.getByRole('heading', { name: 'Pokračujte, kde jste skončili' }).waitFor();
    expect(await page.getByText('Čeká na vás 1 krok').count()).toBe(1);
  });

  test('who logs out goes where the server says and is told so', async () => {
    const { page, wrongs } = await portal.visit('/moje');

    await page.getByText('Přihlášení psa').first().waitFor();
    await page.getByRole('button', { name: 'Odhlásit se' }).click();

    await page.getByText('Odhlásili jste se').waitFor();
    expect(new URL(page.url()).search).toBe('?odhlaseno=1');
    expect(await page.getByRole('banner').getByRole('link', { name: 'Přihlásit se' }).count()).toBe(1);
    await expectGoodPage(page, 9);
    expect(wrongs).toEqual([]);
  });

  test('who could not be logged out is told that the login still stands', async () => {
    const { page } = await portal.visit('/moje');
    await page.route('**/odhlaseni', (route) => route.abort());

    await page.getByText('Přihlášení psa').first().waitFor();
    await page.getByRole('button', { name: 'Odhlásit se' }).click();

    await page.getByRole('alert').filter({ hasText: 'Jste stále přihlášeni' }).waitFor();
    await expectGoodPage(page, 10);
  });

  test('a stranger is offered the login that returns here', async () => {
    portal.town.loggedIn = false;
    const { page } = await portal.visit(`${CASE}?x=1`);

    expect(await page.getByRole('main').getByRole('link', { name: 'Přihlásit se' }).getAttribute('href')).toBe(
      `/prihlaseni?cil=${encodeURIComponent(`${CASE}?x=1`)}`,
    );
    await expectGoodPage(page, 9);
  });
});

describe('a case', () => {
  test.each([
    ['checking', 'Kontrolujeme úplnost', 'Na tahu je úřad', 15],
    ['remedy', 'Doplňte přihlášku', 'Na tahu jste vy', 16],
    ['paying', 'Zaplaťte poplatek', 'Na tahu jste vy', 17],
    ['paid', 'Posíláme známku', 'Na tahu je úřad', 14],
    ['withdrawn', 'Podání jste vzali zpět', 'Hotovo', 13],
    ['delayed', 'Předáváme podání úřadu', 'Čekáme na někoho jiného', 14],
  ] as const)('%s says what goes on and who is on the move, accessibly', async (state, title, who, controls) => {
    portal.town.caseState = state;
    const { page, wrongs } = await portal.visit(CASE);
    await page.getByText(MARK).first().waitFor();

    const box = page.locator('.now');
    expect(await box.textContent()).toContain(title);
    expect(await box.textContent()).toContain(who);
    await expectGoodPage(page, controls);
    expect(await smallTargets(page)).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  test('the timeline tells what is done, what is now and what follows', async () => {
    portal.town.caseState = 'paying';
    const { page } = await portal.visit(CASE);

    await page.locator('.now').waitFor();
    const steps = await page
      .getByRole('list', { name: 'Jak to postupuje' })
      .getByRole('listitem')
      .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['state']));
    expect(steps).toEqual(['done', 'done', 'now', 'next']);
  });

  test('trouble outside is said in words', async () => {
    portal.town.caseState = 'delayed';
    const { page } = await portal.visit(CASE);

    await page.getByText('Datová schránka od 21. 11. 13:40 neodpovídá.').waitFor();
    expect(await page.getByText('Zdržení, za které nemůžete').count()).toBe(1);
  });

  test('a change shows by itself, is announced once, and does not move the focus', async () => {
    const { page } = await portal.visit(CASE);
    const button = page.getByRole('button', { name: 'Vzít podání zpět' });
    await button.focus();

    portal.town.caseState = 'paying';
    portal.town.touchCase();
    await page.getByRole('link', { name: /Zaplatit 1.500.Kč/ }).waitFor();

    expect(await page.getByRole('status').filter({ hasText: 'Podání se změnilo: Zaplaťte poplatek' }).count()).toBe(1);
    expect(await button.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('when fresh state cannot be read, the last one stays with its time', async () => {
    const { page } = await portal.visit(CASE);
    await page.getByText(MARK).first().waitFor();

    portal.town.troubles.push({ method: 'GET', path: /cases/, times: 99, drop: true });

    await page.getByText(/poslední načtený je z 14:0/).waitFor();
    expect(await page.locator('.now').textContent()).toContain('Kontrolujeme úplnost');
  });

  test.each([
    [500, 'internal', 'U nás se něco pokazilo'],
    [503, 'status-503', 'Portál teď není dostupný'],
    [403, 'forbidden', 'K tomuhle nemáte přístup'],
    [404, 'case-not-found', 'Takové podání u vás nevidíme'],
    [401, 'login-required', 'Přihlášení vypršelo'],
    [429, 'too-many-requests', 'Bylo to moc pokusů'],
  ])('an answer %i %s is told in plain words', async (status, code, words) => {
    portal.town.troubles.push({ method: 'GET', path: /cases/, times: 1, status, code });
    const { page } = await portal.visit(CASE);

    await page.getByRole('alert').getByText(words).waitFor();
    const retry = page.getByRole('button', { name: 'Zkusit znovu' });
    if (status >= 429) {
      await retry.click();
      await page.locator('.now').waitFor();
    } else expect(await retry.count()).toBe(0);
  });

  test('withdrawal explains itself, wants a reason, and shows the result', async () => {
    const { page } = await portal.visit(CASE);
    await page.getByRole('button', { name: 'Vzít podání zpět' }).click();
    const dialog = page.getByRole('dialog', { name: 'Chcete vzít podání zpět?' });
    await dialog.waitFor();
    // Behind an open dialog nothing can be reached, so axe looks at the dialog alone.
    const { violations, unseen } = await inspectAccessibility(page);
    expect(violations).toEqual([]);
    expect(unseen.filter((control) => /withdraw-reason|ui-dialog-close|Ano, vzít|Ne, nechat/.test(control))).toEqual([]);

    await dialog.getByRole('button', { name: 'Ano, vzít podání zpět' }).click();
    await dialog.getByText('Napište prosím, proč').waitFor();
    expect(portal.town.caseState).toBe('checking');
    await dialog.getByRole('textbox', { name: 'Proč ho berete zpět' }).fill('Psa jsme darovali.');
    await dialog.getByRole('button', { name: 'Ano, vzít podání zpět' }).click();

    await page.locator('.now').getByText('Podání jste vzali zpět').waitFor();
  });

  test('the call to remedy is read, answered and sent', async () => {
    portal.town.caseState = 'remedy';
    const { page } = await portal.visit(CASE);
    await page.getByRole('link', { name: 'Doplnit podání' }).click();
    await page.getByText('V přihlášce chybí číslo čipu. Najdete ho').waitFor();
    await expectGoodPage(page, 12);

    await page.getByRole('button', { name: 'Odeslat úřadu' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Číslo čipu a kdy byl pes očipován' }).fill('203098100123456, 1. 5. 2026');
    await page.getByRole('button', { name: 'Odeslat úřadu' }).click();

    await page.locator('.now').getByText('Kontrolujeme úplnost').waitFor();
  });

  test('a task somebody has already answered says so', async () => {
    const { page } = await portal.visit(`${CASE}/ukol/t1`);

    await page.getByText('Na tohle už jste odpověděli').waitFor();
    expect(await page.getByRole('link', { name: 'Zpět na podání' }).count()).toBe(1);
  });
});

describe('a payment', () => {
  const PAYMENT = `${CASE}/platba/p1`;

  test('it shows the QR code with words for it, what to copy, until when, and why so much', async () => {
    portal.town.caseState = 'paying';
    const { page, wrongs } = await portal.visit(PAYMENT, { permissions: ['clipboard-read', 'clipboard-write'] });

    const qr = page.getByRole('img', { name: /QR kód pro platbu: 1.500.Kč na účet 19-2000145399\/0800, variabilní symbol 1341000012/ });
    await qr.waitFor();
    expect(await qr.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Zkopírovat: Variabilní symbol' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1341000012');
    await page.getByText('Proč tolik?').click();
    await page.getByText('Pes žije v bytovém domě').waitFor();
    await expectGoodPage(page, 17);
    expect(wrongs).toEqual([]);
  });

  test('a card payment leads to the gateway and back, and waits until it is settled', async () => {
    portal.town.caseState = 'paying';
    const { page } = await portal.visit(PAYMENT);

    await page.getByRole('button', { name: /Zaplatit kartou/ }).click();
    await page.getByRole('link', { name: 'Zpět do portálu' }).click();
    await page.getByText('Ověřujeme platbu').waitFor();
    expect(new URL(page.url()).pathname).toBe('/platba/k1');
    Object.assign(portal.town, { card: { id: 'k1', caseId: CASE_ID, state: 'paid', gatewayUrl: null }, caseState: 'paid' });

    await page.getByText('Děkujeme, platba kartou proběhla').waitFor();
    // The gateway's own notification may be lost: the page has it asked.
    expect(portal.town.gatewayAsked).toBeGreaterThan(1);
    await expectGoodPage(page, 9);
    await page.getByRole('link', { name: 'Zpět na podání' }).click();
    await page.locator('.now').getByText('Posíláme známku').waitFor();
  });

  test.each([
    ['cancelled', 'Platbu jste zrušili'],
    ['expired', 'Platba vypršela'],
    ['failed', 'Platba se nepovedla'],
  ] as const)('a card payment that ended %s says that nothing was taken', async (state, title) => {
    portal.town.card = { id: 'k1', caseId: CASE_ID, state, gatewayUrl: null };
    const { page } = await portal.visit(`${CASE}?platba=k1`);

    await page.getByText(title).waitFor();
    expect(await page.getByText(/z karty jsme nic nestrhli/i).count()).toBe(1);
  });

  test('an address of the gateway that is not a web address is never followed', async () => {
    portal.town.caseState = 'paying';
    const { page } = await portal.visit(PAYMENT);
    await page.route('**/card-payments/*', (route) =>
      route.fulfill({ json: { id: 'k1', caseId: CASE_ID, state: 'ready', gatewayUrl: 'javascript:alert(1)' } }),
    );

    await page.getByRole('button', { name: /Zaplatit kartou/ }).click();

    await page.getByText('Platební brána teď neodpovídá').waitFor();
    expect(new URL(page.url()).pathname).toBe(PAYMENT);
  });

  test('a paid prescription thanks and offers no more paying', async () => {
    portal.town.caseState = 'paid';
    const { page } = await portal.visit(PAYMENT);

    await page.getByText('Máme vaše peníze, děkujeme.').waitFor();
    expect(await page.getByRole('button', { name: /Zaplatit kartou/ }).count()).toBe(0);
  });
});
