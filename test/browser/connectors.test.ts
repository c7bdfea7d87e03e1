// The administrator sets a connector in the browser: sees what holds, is told a wrong value at its field, tries, saves, goes back; and the world's page.
import { expect, test } from 'vitest';
import { expectAccessible } from '../setup/browser.ts';
import { logInOfficer } from '../setup/story.ts';
import { walkThroughTown } from './walk.ts';

const { town, comeIn } = await walkThroughTown('connectors');

test(
  'an administrator changes a connector, is told what is wrong where it is wrong, and takes the change back',
  { timeout: 120_000 },
  async () => {
    const page = await comeIn();
    await logInOfficer(page, town.url, /Iveta Zborníková/);
    await page.getByRole('button', { name: /^Správa/ }).click();
    await page.getByRole('link', { name: 'Konektory' }).click();
    await page.getByRole('link', { name: 'Ekonomický systém' }).waitFor();
    await expectAccessible(page, { atLeastControls: 10 });
    await page.screenshot({ path: 'test-results/connectors.png', fullPage: true });

    await page.getByRole('link', { name: 'Ekonomický systém' }).click();
    const address = page.getByLabel(/^Adresa rozhraní/);
    const right = await address.inputValue();
    expect(right).toBe(`${town.url}/zkusebni-svet/economy`);
    expect(await page.getByLabel(/^Přístupový klíč/).inputValue()).toBe('');

    await address.fill('nikam');
    await page.getByRole('button', { name: 'Uložit' }).click();
    const summary = page.getByRole('link', { name: /economy\.baseUrl/ });
    await summary.waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page, { atLeastControls: 10 });
    await summary.click();
    expect(await address.evaluate((box) => box === document.activeElement)).toBe(true);

    await address.fill('http://127.0.0.1:1');
    await page.getByRole('button', { name: 'Vyzkoušet' }).click();
    await page.getByText('Nefunguje: Ekonomický systém neodpovídá.').waitFor();
    await page.getByRole('button', { name: 'Uložit' }).click();
    await page.getByText('Uloženo, platí od této chvíle.').waitFor();
    await page.getByText('1. podoba, Iveta Zborníková', { exact: false }).waitFor();
    await page.screenshot({ path: 'test-results/connector.png', fullPage: true });
    await expectAccessible(page, { atLeastControls: 10 });

    await page.goto(`${town.url}/urad/incidenty`);
    await page.getByText('Spojení, která nefungují').waitFor();
    await page.goto(`${town.url}/urad/konektory/economy`);
    await page.getByRole('button', { name: 'Zrušit všechny změny' }).click();
    await page.getByText('Platí dřívější podoba nastavení.').waitFor();
    expect(await address.inputValue()).toBe(right);
  },
);

test(
  'the account and its secret come first, rare settings wait under details until something is wrong there',
  { timeout: 120_000 },
  async () => {
    const page = await comeIn();
    await logInOfficer(page, town.url, /Iveta Zborníková/);
    await page.goto(`${town.url}/urad/konektory/bank`);
    await page.getByRole('button', { name: 'Uložit' }).waitFor();
    const labels = await page.locator('form .ui-label:visible').allInnerTexts();
    expect(labels.map((label) => label.replace(/ \(.*/, ''))).toEqual([
      'Účet města',
      'Druh výpisů',
      'Přístupový klíč kanálu',
      'Adresa služby',
    ]);

    const often = page.getByLabel(/^Jak často číst/);
    expect(await often.isVisible()).toBe(false);
    await page.getByText('Podrobné nastavení').focus();
    await page.keyboard.press('Enter');
    await often.fill('-5');
    await page.getByText('Podrobné nastavení').click();
    await often.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Uložit' }).click();
    await page.getByRole('link', { name: /bank\.pollMs/ }).waitFor();
    await often.waitFor();
    await expectAccessible(page, { atLeastControls: 10 });
  },
);

test('each connector’s page is accessible and shows its settings, on a phone too', { timeout: 120_000 }, async () => {
  const page = await comeIn(390);
  await logInOfficer(page, town.url, /Iveta Zborníková/);
  for (const key of ['isds', 'nia', 'officerLogin', 'sms', 'gateway']) {
    await page.goto(`${town.url}/urad/konektory/${key}`);
    await page.getByRole('button', { name: 'Uložit' }).waitFor();
    await expectAccessible(page, { atLeastControls: 5 });
    if (key === 'officerLogin') {
      const group = page.getByRole('textbox', { name: 'spravci' });
      expect([await group.inputValue(), await group.isEditable()]).toEqual(['spravci', true]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await page.screenshot({ path: `test-results/connector-${key}-phone.png`, fullPage: true });
  }
});

test(
  'the records, representation, the directory and one’s own logins open without a word of trouble and are accessible',
  { timeout: 120_000 },
  async () => {
    const page = await comeIn();
    await logInOfficer(page, town.url, /Iveta Zborníková/);
    for (const path of ['spisova-sluzba', 'zastupovani', 'adresar', 'moje-prihlaseni']) {
      const refused: string[] = [];
      page.on('response', (answer) => void (answer.status() >= 400 && refused.push(`${answer.status()} ${answer.url()}`)));
      await page.goto(`${town.url}/urad/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, refused]).toEqual([path, []]);
      await expectAccessible(page, { atLeastControls: 5 });
    }
    await page
      .locator('strong')
      .getByText(/^Chrome, /)
      .first()
      .waitFor();
  },
);
