// The e-podatelna of the demo town from the citizen's e-mail to the clerk's desk, in real browsers and over real SMTP and IMAP.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../tools/postgres/roles.ts';
import { citizen, type Client } from '../wire/town-client.ts';
import { askForInformation, until } from '../wire/town-steps.ts';
import { walkThroughTown } from './walk.ts';

const { town, database, comeIn, comeInAs, looksRight, picturesIfFailed } = await walkThroughTown('podatelna');
let jana: Client;
beforeAll(async () => {
  jana = await citizen(town.url, 'jana-novotna');
}, 120_000);
afterAll(() => {
  expect(town.output()).not.toMatch(/request failed|job loop failed|could not be processed/);
});

interface Letter {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}
/** As a person does it in the simulated outside. */
async function write(page: Page, { from, subject, text }: Letter): Promise<void> {
  await page.goto(`${town.url}/zkusebni-svet/imap/`);
  await page.getByLabel('Adresa odesílatele').fill(from);
  await page.getByLabel(/^Předmět/).fill(subject);
  await page.getByLabel('Text').fill(text);
  await page.getByLabel('Přílohy').setInputFiles({ name: 'doklad.txt', mimeType: 'text/plain', buffer: Buffer.from('doklad') });
  await page.getByRole('button', { name: 'Odeslat e-mail' }).click();
  await page.getByRole('status').waitFor();
}
/** The mailbox is asked every two seconds, on a machine that may have a lot to do. */
const PATIENCE_MS = 120_000;
const BROKEN = "select permanent from broken_address where address = 'nedoruceno@posta.example'";
const mailsTo = async (address: string): Promise<readonly { readonly subject: string; readonly text: string }[]> => {
  const answer = await fetch(`${town.url}/zkusebni-svet/ovladani/mail/mailbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address }),
  });
  return (await answer.json()) as readonly { readonly subject: string; readonly text: string }[];
};
const receiptTo = (address: string) =>
  until(
    `the confirmation for ${address}`,
    async () => (await mailsTo(address)).find(({ subject }) => subject === 'Potvrzení o doručení e-mailu'),
    PATIENCE_MS,
  );

test('an e-mail with our mark finds its case; another one waits for the clerk, who sees that nobody signed it; both senders are told that it came', async () => {
  picturesIfFailed();
  const { mark } = await askForInformation(jana);
  const person = await comeIn();
  await write(person, { from: 'nekdo@posta.example', subject: `Doplnění k ${mark}`, text: 'Posílám doklad.' });
  expect((await receiptTo('nekdo@posta.example')).text).toContain(`Doplnění k ${mark}`);

  await write(person, { from: 'olga@posta.example', subject: 'Stížnost na hluk', text: 'V noci se nedá spát.' });
  expect((await receiptTo('olga@posta.example')).text).toContain('§ 37 odst. 4 správního řádu');
  const clerk = await comeInAs(/Radek Šimůnek/);
  await clerk.goto(`${town.url}/urad/zpravy`);
  const waiting = clerk.getByRole('row').filter({ hasText: 'Stížnost na hluk' });
  // By keyboard alone.
  await waiting.getByRole('button', { name: 'Stížnost na hluk', exact: true }).focus();
  await clerk.keyboard.press('Enter');
  await clerk.getByText('V noci se nedá spát.').waitFor();
  await clerk.getByText('E-mail není elektronicky podepsaný.').waitFor();
  await clerk.getByText(/odesílatel ho musí potvrdit nejpozději/).waitFor();
  await clerk.getByRole('link', { name: /doklad\.txt/ }).waitFor();
  await looksRight(clerk, 10, 'clerk');

  await clerk.getByRole('tab', { name: 'Ve spisech' }).click();
  await clerk
    .getByRole('row')
    .filter({ hasText: `Doplnění k ${mark}` })
    .getByRole('link', { name: mark })
    .waitFor();
}, 300_000);

test('what we write to an address that does not exist comes back, and the address is known as broken', async () => {
  await write(await comeIn(), { from: 'nedoruceno@posta.example', subject: 'Dotaz', text: 'Dobrý den.' });
  await receiptTo('nedoruceno@posta.example');
  const broken = await until(
    'the broken address',
    async () =>
      withClient(database.ownerUrl, async (client) => {
        await client.query("select set_config('app.tenant', '1', false)");
        return (await client.query(BROKEN)).rows[0] as { readonly permanent: boolean } | undefined;
      }),
    PATIENCE_MS,
  );
  expect(broken.permanent).toBe(true);
}, 200_000);
