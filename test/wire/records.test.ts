// A town whose records are kept by an eSSL: its settings come from the operator's file, every number from outside, and both sides have the same documents.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordsDesk, RecordsPage } from '../../server/contract/records.ts';
import { quietPort } from '../setup/port.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, officer, stranger, type Client } from './town-client.ts';
import { askForInformation, caseOf, completeTask, endOf, until } from './town-steps.ts';

const database = await cloneDatabase();
const folder = mkdtempSync(join(tmpdir(), 'records-'));
const DOOR = 'Heslo-spisovky-1';
let town: RunningTown;
let jana: Client;
let radek: Client;

beforeAll(async () => {
  const port = await quietPort();
  const settings = {
    records: 'essl',
    essl: {
      baseUrl: `http://localhost:${port}/zkusebni-svet/essl/ermsAPI`,
      user: 'portal',
      password: { file: 'tajne/essl' },
      pollMs: 500,
      incoming: { user: 'essl', password: { file: 'tajne/dvere' } },
    },
  };
  mkdirSync(join(folder, 'tajne'));
  writeFileSync(join(folder, 'tajne', 'essl'), 'demo-essl-heslo');
  writeFileSync(join(folder, 'tajne', 'dvere'), DOOR);
  writeFileSync(join(folder, 'mesto.json'), JSON.stringify(settings));
  town = await startTown(database, { PORT: String(port), TOWN_CONFIG: join(folder, 'mesto.json') });
  [jana, radek] = await Promise.all([citizen(town.url, 'jana-novotna'), officer(town.url, 'u-radek-simunek')]);
}, 240_000);
afterAll(async () => {
  await town.close();
  rmSync(folder, { recursive: true });
});

interface Ledger {
  readonly files: readonly { readonly mark: string; readonly state: string }[];
  readonly documents: readonly { readonly number: string }[];
}
const desk = (): Promise<RecordsDesk> => radek.get<RecordsDesk>('/urad/api/records/desk');
const register = (): Promise<RecordsPage> => radek.get<RecordsPage>('/urad/api/records');

test(
  'a case runs to its end; each of its documents has one number, and it is the one that the eSSL gave',
  { timeout: 120_000 },
  async () => {
    const { caseId } = await askForInformation(jana);
    await completeTask(radek, caseId, 'posouzeni', { postup: 'poskytnout', informace: 'Smlouvy zasíláme v příloze.' });
    await completeTask(radek, caseId, 'zverejneni', {
      adresaZverejneni: 'https://lipova.example/informace/1',
      zverejneno: new Date().toISOString().slice(0, 10),
    });
    expect(await endOf(jana, caseId)).toBe('vyrizeno');

    const page = await until('a closed file with all its numbers', async () => {
      const found = await register();
      return found.records.length > 1 && found.records.every(({ number, fileState }) => number !== null && fileState === 'closed')
        ? found
        : undefined;
    });
    expect(page.service).toBe('essl');
    const ours = page.records.map(({ number }) => number).toSorted();
    expect(new Set(ours).size).toBe(ours.length);
    const { documents } = await town.world<Ledger>('GET', '/essl/ledger');
    expect(documents.map(({ number }) => number).toSorted()).toEqual(ours);
    expect(page.records[0]?.outsideMark).toBeTruthy();
    const seen = (await caseOf(jana, caseId)).documents.flatMap(({ number }) => (number === null ? [] : [number]));
    expect(seen.length).toBeGreaterThan(0);
    expect(ours).toEqual(expect.arrayContaining(seen));
    await until('a file that is closed outside too', async () => ((await desk()).acts.length === 0 ? true : undefined));
    const { files } = await town.world<Ledger>('GET', '/essl/ledger');
    expect(files.map(({ mark, state }) => [mark, state])).toEqual([[page.records[0]?.outsideMark, 'uzavren']]);
    const csv = await radek.ask('GET', '/urad/api/records/register.csv');
    for (const number of ours) expect(csv.text).toContain(number);
  },
);

test('while the eSSL is down a case goes on, and its documents get their numbers when it is back', { timeout: 120_000 }, async () => {
  await town.world('PUT', '/essl/faults', [{ operation: '*', kind: 'unavailable' }]);
  const { caseId } = await askForInformation(jana);
  // The message that we have her request waits two minutes for the number, then it goes without it.
  await until('what waits for the number', async () => ((await desk()).acts.some((act) => act.caseId === caseId) ? true : undefined));
  await town.world('POST', '/clock', { days: 1 });
  await until('the clerk’s task', async () =>
    (await radek.get<{ readonly waits: readonly { readonly kind: string }[] }>(`/urad/api/cases/${caseId}`)).waits.some(
      ({ kind }) => kind === 'task',
    )
      ? true
      : undefined,
  );
  const waiting = (await register()).records.filter((row) => row.caseId === caseId);
  expect(waiting.map(({ number }) => number)).toEqual([null]);
  expect((await desk()).acts.length).toBeGreaterThan(0);

  await town.world('PUT', '/essl/faults', []);

  await until(
    'its number',
    async () => ((await register()).records.find((row) => row.caseId === caseId)?.number ? true : undefined),
    90_000,
  );
});

test('the door for the eSSL lets in whom it knows, and nobody else', async () => {
  const body = (order: number): string =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ermsAsyn xmlns="http://www.mvcr.cz/nsesss/2023/api" Poradi="${order}" Zdroj="ESSL" Cil="PORTAL" DatumVzniku="2026-02-03T09:20:00"><Udalosti/></ermsAsyn></s:Body></s:Envelope>`;
  const knock = (password: string, order = 1): Promise<Response> =>
    fetch(`${town.url}/api/hooks/essl`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', authorization: `Basic ${btoa(`essl:${password}`)}` },
      body: body(order),
    });
  expect((await knock('jine-heslo')).status).toBe(401);
  const [first, again] = [await knock(DOOR), await knock(DOOR)];
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(await first.text()).toContain('0000');
  expect(await again.text()).toContain('0000');
  expect(await (await knock(DOOR, 7)).text()).not.toContain('>0000<');
  expect((await stranger(town.url).ask('GET', '/urad/api/records')).status).toBe(401);
});
