// The records at the office in a real browser: the eSSL turned on where its page offers it, the journal of a year, our register beside theirs, and the paper
// behind a representation. Everything is looked at by axe; what is new works by keyboard.
import { expect, test } from 'vitest';
import type { RecordsPage } from '../../server/contract/records.ts';
import { logInCitizen } from '../setup/story.ts';
import { citizen, officer } from '../wire/town-client.ts';
import { askForInformation, until } from '../wire/town-steps.ts';
import { walkThroughTown } from './walk.ts';

const { town, comeIn, comeInAs, looksRight, picturesIfFailed } = await walkThroughTown('records');

test(
  'an administrator turns the eSSL on; who keeps the records sees the journal of the year, compares both sides and is told what differs',
  { timeout: 240_000 },
  async () => {
    picturesIfFailed();
    const jana = await citizen(town.url, 'jana-novotna');
    const ours = await askForInformation(jana);
    const admin = await comeInAs(/Iveta Zborníková/);
    await admin.goto(`${town.url}/urad/konektory/essl`);
    await admin.getByRole('button', { name: 'Uložit' }).waitFor();
    expect(await admin.getByLabel(/^Adresa spisové služby/).inputValue()).toBe(`${town.url}/zkusebni-svet/essl/ermsAPI`);
    await looksRight(admin, 5, 'essl-off');
    await admin.getByRole('button', { name: 'Uložit' }).click();
    await admin.getByText('Uloženo, platí od této chvíle.').waitFor();

    const { caseId } = await askForInformation(jana);
    const ludmila = await officer(town.url, 'u-ludmila-kratka');
    await until(
      'the number from the eSSL, and that of ours',
      async () => {
        const { records } = await ludmila.get<RecordsPage>('/urad/api/records');
        const numbered = records.filter(({ number }) => number !== null).map((row) => row.caseId);
        return numbered.includes(caseId) && numbered.includes(ours.caseId) ? true : undefined;
      },
      90_000,
    );
    await until(
      'an eSSL that has everything',
      async () =>
        (await ludmila.get<{ readonly acts: readonly unknown[] }>('/urad/api/records/desk')).acts.length === 0 ? true : undefined,
      90_000,
    );

    const head = await comeInAs(/Ludmila Krátká/);
    await head.goto(`${town.url}/urad/spisova-sluzba?cast=journal`);
    await head.getByText('Dokumentů v deníku: 1').waitFor();
    await head.getByText('V řadách nechybí žádné číslo.').waitFor();
    await looksRight(head, 8, 'journal');
    const [pdf] = await Promise.all([
      head.waitForEvent('download'),
      head.getByRole('link', { name: 'Stáhnout k tisku (PDF)' }).press('Enter'),
    ]);
    expect(pdf.suggestedFilename()).toBe(`podaci-denik-${new Date().getFullYear()}.pdf`);

    // Their side is opened again behind our back, once our file is closed.
    await ludmila.send('POST', `/urad/api/records/comparison`, { from: '2020-01-01', to: '2099-12-31' });
    await head.goto(`${town.url}/urad/spisova-sluzba?cast=compare`);
    await head.getByRole('heading', { name: 'Poslední porovnání' }).waitFor();
    await looksRight(head, 8, 'compare-same');
    await town.world('POST', '/essl/forgotten', { document: await firstDocument(caseId) });
    await head.getByLabel('Jeden spis').check();
    const [row] = (await ludmila.get<RecordsPage>('/urad/api/records')).records.filter((one) => one.caseId === caseId);
    await head.getByLabel(/^Spisová značka/).fill(row?.mark ?? '');
    await head.getByRole('button', { name: 'Porovnat', exact: true }).press('Enter');
    await head.getByText('Porovnává se. Spisů: 1.').first().waitFor();
    await until('the difference', async () => {
      await head.getByRole('button', { name: 'Obnovit' }).click();
      const found = head.getByRole('rowheader', { name: /eSSL nezná dokument/ });
      return (await found.count()) > 0 ? true : undefined;
    });
    await looksRight(head, 10, 'compare-differs');
    await head.getByRole('button', { name: /^Vzít na vědomí/ }).press('Enter');
    await head.getByLabel(/^Důvod/).fill('Správce eSSL dokument obnoví');
    await looksRight(head, 3, 'compare-note');
    await head.getByRole('dialog').getByRole('button', { name: 'Vzít na vědomí' }).click();
    await head.getByText('Rozdílů vzatých na vědomí: 1').waitFor();
  },
);

async function firstDocument(fileId: string): Promise<string> {
  const { documents } = await town.world<{ readonly documents: readonly { readonly id: string; readonly fileId: string }[] }>(
    'GET',
    '/essl/ledger',
  );
  return documents.find((one) => one.fileId === fileId)?.id ?? '';
}

const PAPER = { name: 'plna-moc.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') };

test('a mandate is offered with its paper and shows it; an officer attaches one to what is registered', { timeout: 180_000 }, async () => {
  picturesIfFailed();
  const jana = await comeIn();
  await jana.goto(`${town.url}/prihlaseni?cil=${encodeURIComponent('/moje-identity')}`);
  await logInCitizen(jana, /Jana Novotná/);
  const form = jana.locator('form').filter({ has: jana.getByRole('button', { name: 'Vytvořit odkaz' }) });
  await form.waitFor();
  await form.locator('input[type=file]').setInputFiles(PAPER);
  await form.getByText('plna-moc.pdf').first().waitFor();
  await looksRight(jana, 10, 'mandate-form');
  await form.getByRole('button', { name: 'Vytvořit odkaz' }).press('Enter');
  await jana.getByRole('link', { name: 'Listina: plna-moc.pdf' }).waitFor();
  await looksRight(jana, 10, 'mandate-offered');
  const [file] = await Promise.all([jana.waitForEvent('download'), jana.getByRole('link', { name: 'Listina: plna-moc.pdf' }).click()]);
  expect(file.suggestedFilename()).toBe('plna-moc.pdf');

  const clerk = await officer(town.url, 'u-radek-simunek');
  const marketa = await citizen(town.url, 'marketa-sediva');
  const link = (await jana.locator('.mandate-link').innerText()).trim();
  await marketa.send('POST', '/api/me/offers/accept', { code: link.split('#')[1] });
  expect((await clerk.ask('GET', '/urad/api/representations?q=')).text).toContain('plna-moc.pdf');
  const radek = await comeInAs(/Radek Šimůnek/);
  await radek.goto(`${town.url}/urad/zastupovani`);
  await radek.getByRole('link', { name: 'Listina: plna-moc.pdf' }).waitFor();
  await looksRight(radek, 10, 'representations');
});
