// Filling in a submission as people really do it: interrupted, logged out, offline, twice, with the wrong file, without a mouse.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

const START = '/podat/prihlaseni-psa';
const pdf = { name: 'prukaz.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 text') };
const next = (page: Page) => page.getByRole('button', { name: 'Pokračovat', exact: true });
const send = (page: Page) => page.getByRole('button', { name: 'Odeslat úřadu' });

async function fillHolder(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill('jana@example.cz');
  await next(page).click();
}
async function fillAll(page: Page): Promise<void> {
  await fillHolder(page);
  await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).fill('Rek');
  await page.getByRole('radio', { name: 'Ne', exact: true }).check();
  await next(page).click();
  await page.getByRole('checkbox', { name: /Prohlašuji/ }).check();
}

describe('a submission', () => {
  test('a stranger is asked to log in and comes back to the very form', async () => {
    portal.town.loggedIn = false;
    const { page } = await portal.visit(START);

    await page.getByRole('main').getByRole('link', { name: 'Přihlásit se' }).click();

    await page.getByRole('heading', { level: 1, name: 'Přihlášení psa' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${START}/n1`);
  });

  test('it is prefilled with the source shown, saved by itself, checked, declared, sent, and confirmed with its number', async () => {
    const { page, wrongs } = await portal.visit(START);
    expect(await page.getByRole('textbox', { name: 'Jméno' }).inputValue()).toBe('Jana');
    expect(await page.getByText('Převzato z ověřené identity').count()).toBe(2);

    await fillAll(page);
    await page.getByText('Uloženo v 14:00').waitFor();
    expect(portal.town.saves.at(-1)?.values).toMatchObject({ email: 'jana@example.cz', jmenoPsa: 'Rek' });
    await send(page).click();

    await page.getByRole('heading', { level: 1, name: 'Podání je odeslané' }).waitFor();
    expect(await page.getByText(MARK).count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Stáhnout potvrzení (PDF)' }).getAttribute('href')).toBe(
      `/api/cases/${CASE_ID}/receipt.pdf`,
    );
    expect(await page.getByRole('link', { name: 'Sledovat podání' }).getAttribute('href')).toBe(`/moje/${CASE_ID}`);
    expect(portal.town.submissions).toHaveLength(1);
    expect(wrongs).toEqual([]);
    await expectGoodPage(page, 11);
  });

  test('the whole form is filled in and sent with the keyboard alone', async () => {
    const { page } = await portal.visit(START);
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        const reached = await page.evaluate(() => {
          const at = document.activeElement;
          return at instanceof HTMLInputElement ? (at.labels?.[0]?.textContent ?? '') : (at?.textContent ?? '');
        });
        if (reached.includes(name)) return;
      }
      throw new Error(`Tab never reached ${name}`);
    };

    await tabTo('E-mail');
    await page.keyboard.type('jana@example.cz');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).waitFor();
    await tabTo('Jak se pes jmenuje');
    await page.keyboard.type('Rek');
    await tabTo('Ne');
    await page.keyboard.press('Space');
    await tabTo('Pokračovat');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: /Prohlašuji/ }).waitFor();
    await tabTo('Prohlašuji');
    await page.keyboard.press('Space');
    await tabTo('Odeslat úřadu');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Podání je odeslané' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  test('a lost answer and impatient clicks make one case', async () => {
    // Many times: the browser by itself repeats a request whose used connection broke before any answer.
    portal.town.troubles.push({ method: 'POST', path: /submit$/, times: 99, drop: true, afterwards: true });
    const { page } = await portal.visit(START);
    await fillAll(page);

    await send(page).dblclick();
    await page.getByText('Podání se zapíše jen jednou').waitFor();
    portal.town.troubles.length = 0;
    await send(page).click();
    await page.getByRole('heading', { level: 1, name: 'Podání je odeslané' }).waitFor();

    expect(portal.town.submissions).toHaveLength(1);
  });

  test('without the declaration nothing is sent and the box is shown', async () => {
    const { page } = await portal.visit(START);
    await fillAll(page);
    await page.getByRole('checkbox', { name: /Prohlašuji/ }).uncheck();

    await send(page).click();

    expect(await page.getByRole('checkbox', { name: /Prohlašuji/ }).getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('declaration');
    expect(portal.town.submissions).toEqual([]);
  });

  test('Change leads back to the field, and Back of the browser one step back', async () => {
    const { page } = await portal.visit(START);
    await fillAll(page);

    await page.getByRole('button', { name: /Změnit:? E-mail/ }).click();
    expect(await page.getByRole('textbox', { name: 'E-mail' }).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.goBack();

    await page.getByRole('heading', { name: 'Zkontrolujte své odpovědi' }).waitFor();
  });

  test('an expired login keeps the answers here, leads to the login and back, and then sends them', async () => {
    const { page } = await portal.visit(START);
    await fillHolder(page);
    await page.getByText('Uloženo v').waitFor();
    portal.town.loggedIn = false;

    await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).fill('Alík');
    await page.getByText('Přihlaste se znovu, o nic jste nepřišli').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Přihlásit se' }).click();

    await page.getByText('Vrátili jsme odpovědi').waitFor();
    expect(new URL(page.url()).search).toBe('?krok=pes');
    expect(await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).inputValue()).toBe('Alík');
    expect(portal.town.drafts.get('n1')?.values).toMatchObject({ jmenoPsa: 'Alík' });
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  test('without a connection the answers wait here and go as soon as it is back', async () => {
    const { page } = await portal.visit(START);
    await fillHolder(page);
    await page.getByText('Uloženo v').waitFor();

    await page.context().setOffline(true);
    await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).fill('Bety');
    await page.getByText('Nejste připojeni').waitFor();
    await page.context().setOffline(false);

    await page.getByText('Uloženo v').waitFor();
    expect(portal.town.drafts.get('n1')?.values).toMatchObject({ jmenoPsa: 'Bety' });
  });

  test.each([
    ['Nechat ty z tohoto okna', 'moje'],
    [/Vzít ty novější/, 'jejich'],
  ])('a change made elsewhere is never overwritten silently: %s', async (choice, name) => {
    const { page } = await portal.visit(START);
    await fillHolder(page);
    await page.getByText('Uloženo v').waitFor();
    const draft = portal.town.drafts.get('n1');
    if (draft === undefined) throw new Error('no draft');
    portal.town.drafts.set('n1', { ...draft, values: { ...draft.values, jmenoPsa: 'jejich' }, revision: draft.revision + 5 });

    await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).fill('moje');
    await page.getByText('Formulář se mezitím změnil jinde').waitFor();
    expect(portal.town.drafts.get('n1')?.values['jmenoPsa']).toBe('jejich');
    await expectGoodPage(page, 10);
    await page.getByRole('button', { name: choice }).click();

    await page.getByText('Uloženo v').waitFor();
    expect(await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).inputValue()).toBe(name);
    expect(portal.town.drafts.get('n1')?.values['jmenoPsa']).toBe(name);
  });

  test('mistakes the server finds lead to the field on its page', async () => {
    portal.town.troubles.push({
      method: 'POST',
      path: /submit$/,
      times: 1,
      status: 422,
      code: 'form-invalid',
      extra: { issues: [{ key: 'email', path: 'email', code: 'email', message: 'Na tuto adresu nejde psát.' }] },
    });
    const { page } = await portal.visit(START);
    await fillAll(page);

    await send(page).click();

    await page.getByRole('alert').getByText('Na tuto adresu nejde psát.').waitFor();
    expect(await page.getByRole('textbox', { name: 'E-mail' }).getAttribute('aria-invalid')).toBe('true');
    expect(portal.town.drafts.size).toBe(1);
    await expectGoodPage(page, 12);
  });

  test.each([
    ['an empty file', { ...pdf, buffer: Buffer.alloc(0) }, null, 'Soubor je prázdný'],
    ['a file the server finds too large', pdf, { status: 413, code: 'file-too-large' }, 'Soubor je příliš velký'],
    ['a file of a forbidden content', pdf, { status: 415, code: 'file-type-not-allowed' }, 'Tento typ souboru nepřijímáme'],
    ['a hostile name', pdf, { status: 422, code: 'file-name-invalid' }, 'Přejmenujte ho'],
    ['a lost connection', pdf, { drop: true }, 'Zkontrolujte připojení'],
  ])('%s is refused with what to do next, and another can be chosen', async (_, file, trouble, words) => {
    if (trouble !== null) portal.town.troubles.push({ method: 'POST', path: /files$/, times: 'drop' in trouble ? 99 : 1, ...trouble });
    const { page } = await portal.visit(START);
    await fillHolder(page);

    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(words).waitFor();
    portal.town.troubles.length = 0;
    await page.locator('input[type=file]').setInputFiles({ ...pdf, name: 'druhy.pdf' });

    await page.getByText('Soubor druhy.pdf je nahraný.').waitFor();
    expect(portal.town.drafts.get('n1')?.files.map(({ name }) => name)).toEqual(['druhy.pdf']);
  });

  test('a started form is offered before a new one is begun, and can be thrown away only after a question', async () => {
    const { page } = await portal.visit(START);
    await fillHolder(page);
    await page.getByText('Uloženo v').waitFor();

    await page.goto(portal.town.url + START);
    await page.getByRole('link', { name: 'Pokračovat v rozepsaném' }).click();
    await page.getByRole('heading', { level: 2, name: 'O psovi' }).waitFor();
    await page.getByRole('button', { name: 'Smazat rozepsaný formulář' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Smazat rozepsaný formulář' }).click();

    await page.waitForURL('**/moje');
    expect(portal.town.drafts.size).toBe(0);
  });

  test('logging out leaves nothing of the person in the browser', async () => {
    const { page } = await portal.visit(START);
    await fillHolder(page);
    await page.getByText('Uloženo v').waitFor();
    await page.context().setOffline(true);
    await page.getByRole('textbox', { name: 'Jak se pes jmenuje' }).fill('Tajný');
    await page.getByText('Nejste připojeni').waitFor();
    expect(await page.evaluate(() => localStorage.length)).toBe(1);
    await page.context().setOffline(false);
    await page.getByText('Uloženo v').waitFor();

    await page.getByRole('button', { name: 'Odhlásit se' }).click();
    await page.getByRole('link', { name: 'Přihlásit se' }).waitFor();

    expect(
      await page.evaluate(() =>
        [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith('vyrizeno.')),
      ),
    ).toEqual([]);
  });

  test('each step is accessible: empty, with mistakes, and the last check', async () => {
    const { page, wrongs } = await portal.visit(START);
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    await expectGoodPage(page, 12);
    await next(page).click();
    await page.getByRole('alert').waitFor();
    await expectGoodPage(page, 13);
    expect(await smallTargets(page)).toEqual([]);
    await fillAll(page);
    await expectGoodPage(page, 14);
    expect(wrongs).toEqual([]);
  });
});
