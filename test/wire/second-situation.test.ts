// The second life situation from end to end over HTTP. It has a folder under processes/ and no line of code: nothing of the town names it.
import { setTimeout as pause } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CardPayment, ServiceList } from '../../server/contract/portal.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, commandId, officer, stranger, type Client } from './town-client.ts';
import { askForInformation, caseOf, completeTask, endOf, feeOf, officeCaseOf, until } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let tomas: Client;
let radek: Client;

beforeAll(async () => {
  town = await startTown(database);
  jana = await citizen(town.url, 'jana-novotna');
  tomas = await citizen(town.url, 'tomas-cizek');
  radek = await officer(town.url, 'u-radek-simunek');
}, 120_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed|job loop failed|could not be processed/);
});

const today = async (): Promise<string> => (await radek.get<{ readonly now: string }>('/urad/api/session')).now.slice(0, 10);
const COSTS = { postup: 'naklady', naklady: 450, vypocet: 'Tři hodiny práce po 150 Kč.' };
const PROVIDE = { postup: 'poskytnout', informace: 'Smlouvy o zimní údržbě zasíláme v příloze.' };
const publish = async (caseId: string): Promise<void> =>
  completeTask(radek, caseId, 'zverejneni', { adresaZverejneni: 'https://lipova.example/informace/1', zverejneno: await today() });
const letters = async (who: Client, caseId: string): Promise<readonly string[]> =>
  (await caseOf(who, caseId)).documents.filter(({ kind }) => kind === 'letter').map(({ title }) => title);

test('no code of the town names the situation', () => {
  const root = join(import.meta.dirname, '..', '..');
  const files = ['server', 'forms', 'portal-ui', 'admin-ui', 'ui-kit'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue)$/.test(name))
      .map((name) => join(root, part, name)),
  );

  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => /zadost-o-informace/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('is offered in the catalogue and found by what people call it', async () => {
  const { services } = await stranger(town.url).get<ServiceList>('/api/services?q=106/1999');
  expect(services.map(({ id }) => id)).toEqual(['zadost-o-informace']);
});

test('the information is provided and published', async () => {
  const { caseId, mark } = await askForInformation(jana);
  await completeTask(radek, caseId, 'posouzeni', PROVIDE);
  await until('the answer in her hands', async () => ((await letters(jana, caseId)).length > 0 ? true : undefined));
  await publish(caseId);

  expect(await endOf(jana, caseId)).toBe('vyrizeno');
  const found = await caseOf(jana, caseId);
  expect([found.mark, found.documentNumber]).toEqual([mark, expect.stringMatching(/^MULO\/\d+\/\d{4}$/)]);
  const answer = found.documents.find(({ kind }) => kind === 'letter');
  expect((await jana.ask('GET', answer?.href ?? '')).text).toMatch(/^%PDF/);
  const { journalIntact, waits } = await officeCaseOf(radek, caseId);
  expect([journalIntact, waits]).toEqual([true, []]);
});

test('costs are asked for, paid by card, and then the information is provided', async () => {
  const { caseId } = await askForInformation(jana);
  await completeTask(radek, caseId, 'posouzeni', COSTS);
  const fee = await feeOf(jana, caseId);
  expect([fee.amount, fee.variableSymbol]).toEqual([45_000, expect.stringMatching(/^81\d{8}$/)]);
  const { id } = await jana.send<CardPayment>('POST', `/api/cases/${caseId}/prescriptions/${fee.id}/card`, { commandId: commandId() });
  await until('the gateway’s page', async () => (await jana.get<CardPayment>(`/api/card-payments/${id}`)).gatewayUrl ?? undefined);
  const [order] = await town.world<readonly { readonly id: string; readonly variableSymbol: string }[]>('GET', '/gopay/ledger');
  expect(order?.variableSymbol).toBe(fee.variableSymbol);
  await town.world('POST', '/gopay/act', { id: order?.id, outcome: 'pay' });

  await completeTask(radek, caseId, 'dokonceni', PROVIDE);
  await publish(caseId);

  expect(await endOf(jana, caseId)).toBe('vyrizeno');
  expect((await caseOf(jana, caseId)).payments).toMatchObject([{ state: 'paid', paid: 45_000 }]);
});

/** He has no data box: the clerk writes the day from the return receipt, and only then do the sixty days run. */
async function noteDelivery(caseId: string): Promise<void> {
  const deliveredOn = await today();
  const note = async (): Promise<number> =>
    (await radek.ask('POST', `/urad/api/cases/${caseId}/delivery`, { commandId: commandId(), deliveredOn })).status;
  await until('a letter that waits for its delivery', async () => ((await note()) === 200 ? true : undefined));
}

test('costs that nobody pays for sixty days: the request is shelved, the prescription cancelled, and the applicant written to', async () => {
  const { caseId } = await askForInformation(tomas);
  await completeTask(radek, caseId, 'posouzeni', COSTS);
  await feeOf(tomas, caseId);
  await noteDelivery(caseId);
  await town.world('POST', '/clock', { days: 59 });
  await pause(2_000); // the clock's door looks twice a second
  expect((await caseOf(tomas, caseId)).state.ended).toBe(false);

  await town.world('POST', '/clock', { days: 6 });

  expect(await endOf(tomas, caseId)).toBe('odlozeno');
  expect((await caseOf(tomas, caseId)).payments).toMatchObject([{ state: 'cancelled', paid: 0 }]);
  expect((await letters(tomas, caseId)).length).toBe(2);
  const mails = await town.world<readonly { readonly to: readonly string[]; readonly attachments: readonly string[] }[]>(
    'GET',
    '/mail/ledger',
  );
  expect(mails.filter(({ to, attachments }) => to.includes('tomas.cizek@posta.example') && attachments.length > 0)).toHaveLength(2);
});
