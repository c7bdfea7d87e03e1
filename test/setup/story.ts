// Steps of the town's story as people take them in a browser. Each names what the person sees, so that a test reads like a walk.
import type { Browser, Page } from 'playwright-core';

export type Visitor = { readonly page: Page; readonly problems: string[]; readonly close: () => Promise<void> };

/** A person with a browser of their own. `problems` collects what should never happen: script errors, refused contents, server errors. */
export async function visit(browser: Browser, width = 1280): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'cs-CZ',
    timezoneId: 'Europe/Prague',
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy|Refused/i.test(message.text())) problems.push(`csp: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`);
  });
  return { page, problems, close: () => context.close() };
}

export async function logInCitizen(page: Page, name: RegExp): Promise<void> {
  const way = page.getByRole('link', { name: 'Přihlásit se: Identita občana' });
  const person = page.getByRole('button', { name });
  await way.or(person).first().waitFor();
  if (await way.isVisible()) await way.click();
  await person.click();
  await page.waitForURL((url) => !/^\/(zkusebni-svet|nia|prihlaseni)/.test(url.pathname));
}

export async function logInOfficer(page: Page, town: string, name: RegExp): Promise<void> {
  await page.goto(`${town}/urad/`);
  await page
    .getByRole('link', { name: /Přihlásit/ })
    .first()
    .click();
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name: 'Úkoly' }).waitFor();
}

export async function fillDate(page: Page, question: RegExp, [day, month, year]: readonly [string, string, string]): Promise<void> {
  const group = page.getByRole('group', { name: question });
  await group.getByLabel('Den').fill(day);
  await group.getByLabel('Měsíc').fill(month);
  await group.getByLabel('Rok').fill(year);
}

/** The wizard's way on; waits until the next step is there. */
export async function goOn(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Pokračovat', exact: true }).click();
  await page.getByRole('heading', { name: heading }).first().waitFor();
}

/** Opens the one task of this name in the officer's group and claims it. */
export async function openTask(page: Page, town: string, task: RegExp, mark: string): Promise<void> {
  await page.goto(`${town}/urad/ukoly?fronta=group`);
  const row = page.getByRole('row').filter({ hasText: mark }).filter({ hasText: task });
  // The queue refreshes by itself every few seconds.
  await row.first().waitFor({ timeout: 40_000 });
  await row.first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Převzít úkol' }).click();
  await page.getByRole('button', { name: /Dokončit/ }).waitFor();
}

/** The mark of the case that the page speaks of, once it says it. */
export async function markOn(page: Page): Promise<string> {
  const text = page.locator('main').getByText(/SZ MULO \d+\/\d{4}/);
  await text.first().waitFor();
  return /SZ MULO \d+\/\d{4}/.exec(await text.first().innerText())?.[0] ?? '';
}
