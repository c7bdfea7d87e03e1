// The demo town keeps its records itself until an administrator turns the eSSL on: everything is filled in, and from the next case on both sides have the same.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectorAnswer, ConnectorDetail } from '../../server/contract/connectors.ts';
import type { JournalCard } from '../../server/contract/filing-journal.ts';
import type { RecordsComparison } from '../../server/contract/records-comparison.ts';
import type { RecordRow, RecordsPage } from '../../server/contract/records.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, officer, type Client } from './town-client.ts';
import { askForInformation, completeTask, endOf, fileDog, until } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let radek: Client;
let ludmila: Client;
let iveta: Client;

beforeAll(async () => {
  town = await startTown(database);
  jana = await citizen(town.url, 'jana-novotna');
  radek = await officer(town.url, 'u-radek-simunek');
  ludmila = await officer(town.url, 'u-ludmila-kratka');
  iveta = await officer(town.url, 'u-iveta-zbornikova');
}, 240_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

interface Ledger {
  readonly documents: readonly { readonly number: string; readonly title: string }[];
  readonly files: readonly { readonly id: string; readonly state: string }[];
}
const ledger = (): Promise<Ledger> => town.world<Ledger>('GET', '/essl/ledger');
const rowsOf = async (caseId: string): Promise<readonly RecordRow[]> =>
  (await radek.get<RecordsPage>('/urad/api/records')).records.filter((row) => row.caseId === caseId);
const essl = (): Promise<ConnectorDetail> => iveta.get<ConnectorDetail>('/urad/api/connectors/essl');

test(
  'off at first, turned on with what the demo has filled in, it numbers the next case; the running one stays where it is',
  { timeout: 240_000 },
  async () => {
    const before = await fileDog(jana);
    await until('the number of our own', async () => ((await rowsOf(before.caseId))[0]?.number ? true : undefined), 60_000);
    const { card, settings } = await essl();
    expect(card.isOn).toBe(false);
    expect(settings).toMatchObject({ baseUrl: `${town.url}/zkusebni-svet/essl/ermsAPI`, user: 'portal', password: { kept: true } });
    expect((await radek.get<RecordsPage>('/urad/api/records')).service).toBe('builtin');

    const saved = await iveta.ask<ConnectorAnswer>('PUT', '/urad/api/connectors/essl', { settings, revision: 0 });

    expect(saved.body).toMatchObject({ problems: [], check: { ok: true } });
    expect((await essl()).card.isOn).toBe(true);
    const { caseId } = await askForInformation(jana);
    await completeTask(radek, caseId, 'posouzeni', { postup: 'odlozit', duvod: 'Nevztahuje se k působnosti města.' });
    await endOf(jana, caseId);
    const rows = await until(
      'both numbers of the case from the eSSL',
      async () => {
        const found = await rowsOf(caseId);
        return found.length > 1 && found.every(({ number }) => number !== null) ? found : undefined;
      },
      90_000,
    );
    const numbers = (await ledger()).documents.map(({ number }) => number);
    expect(numbers.toSorted()).toEqual(rows.map(({ number }) => number).toSorted());
    await until(
      'the file closed on the other side',
      async () => (await ledger()).files.find(({ id, state }) => id === caseId && state === 'uzavren'),
      90_000,
    );
    expect((await rowsOf(before.caseId))[0]?.outsideMark).toBeNull();

    // An event of the eSSL is heard though it was turned on while the town ran.
    await town.world('POST', '/essl/said', { text: 'Spisová rozluka' });
    await until(
      'the news',
      async () =>
        (await radek.get<{ readonly news: readonly { readonly text: string }[] }>('/urad/api/records/desk')).news.find(({ text }) =>
          text.includes('Spisová rozluka'),
        ),
      60_000,
    );
  },
);

test('back to no changes, it is off again and the next case is numbered by the town', { timeout: 120_000 }, async () => {
  await iveta.send('POST', '/urad/api/connectors/essl/return', { to: 0, revision: (await essl()).card.revision });
  expect((await essl()).card.isOn).toBe(false);
  const { caseId } = await fileDog(jana);
  const [row] = await until(
    'the number',
    async () => {
      const found = await rowsOf(caseId);
      return found[0]?.number ? found : undefined;
    },
    60_000,
  );
  expect(row?.number).not.toMatch(/^MULNO/);
});

test('the journal of the year is for who keeps the records: its numbers, the ones elsewhere, as PDF and CSV', async () => {
  const year = new Date().getFullYear();
  expect((await radek.ask('GET', `/urad/api/records/journal?rok=${year}`)).body.code).toBe('not-permitted');
  expect((await radek.ask('GET', `/urad/api/records/journal.csv?rok=${year}`)).status).toBe(403);
  expect((await ludmila.get<RecordsPage>('/urad/api/records')).mayKeep).toBe(true);
  const card = await ludmila.get<JournalCard>(`/urad/api/records/journal?rok=${year}`);
  expect(card.documents).toBeGreaterThan(1);
  expect(card.outside).toBeGreaterThan(0);
  expect(card.gaps).toEqual([]);
  const csv = await ludmila.ask('GET', `/urad/api/records/journal.csv?rok=${year}`);
  expect(csv.text.split('\r\n').filter((line) => line !== '')).toHaveLength(card.documents + 1);
  const pdf = await ludmila.ask('GET', `/urad/api/records/journal.pdf?rok=${year}`);
  expect([pdf.status, pdf.text.slice(0, 5)]).toEqual([200, '%PDF-']);
  expect((await ludmila.ask('GET', '/urad/api/records/journal?rok=abc')).status).toBe(422);
});

test('the case that the eSSL numbered is compared with it over HTTP: both sides say the same, and who does not keep the records may not ask', async () => {
  expect((await radek.ask('GET', '/urad/api/records/comparison')).body.code).toBe('not-permitted');
  await iveta.send('PUT', '/urad/api/connectors/essl', { settings: (await essl()).settings, revision: (await essl()).card.revision });
  const year = new Date().getFullYear();
  const asked = await ludmila.send<{ readonly files: number }>('POST', '/urad/api/records/comparison', {
    from: `${year - 1}-01-01`,
    to: `${year + 1}-12-31`,
  });
  expect(asked.files).toBe(1);
  const came = await until(
    'the end of the comparison',
    async () => {
      const now = await ludmila.get<RecordsComparison>('/urad/api/records/comparison');
      return now.waiting === 0 && now.pending === 0 ? now : undefined;
    },
    60_000,
  );
  expect(came).toMatchObject({ files: 1, same: 1, differing: 0, unanswered: 0, differences: [] });
  expect(came.ourDocuments).toBe(came.theirDocuments);
  const nothing = { reason: 'nic takového není' };
  const gone = await ludmila.ask('POST', `/urad/api/records/comparison/differences/${crypto.randomUUID()}/seen`, nothing);
  expect(gone.body.code).toBe('difference-gone');
});
