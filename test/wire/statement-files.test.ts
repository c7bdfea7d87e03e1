// A bank statement brought by an officer over HTTP, as the page sends it: a file as the body. Imported once, refused and kept when it is none.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemBody } from '../../server/contract/portal.ts';
import type { StatementDesk, TakenStatement } from '../../server/contract/statements.ts';
import { writeGpc } from '../../server/integrations/bank/gpc-writer.ts';
import { townAccount } from '../../server/integrations/bank/simulator.ts';
import { brokenBooks } from '../../tools/ledger-check/check.ts';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { expectRefusal } from './refusal.ts';
import { citizen, officer, stranger, type Client, type Reply } from './town-client.ts';

const DOOR = '/urad/api/statements/files';
const database = await cloneDatabase();
let town: RunningTown;
let accountant: Client;
beforeAll(async () => {
  town = await startTown(database);
  accountant = await officer(town.url, 'u-zdenek-hajek');
}, 240_000);
afterAll(() => town.close());

const statement = writeGpc({
  owner: townAccount,
  number: 900,
  date: '2026-01-15',
  oldBalance: 100_000_000,
  transfers: [
    {
      from: '1265098001/5500',
      to: townAccount.account,
      payerName: 'Jana',
      amount: 33_00,
      vs: '404',
      at: '2026-01-15T08:00:00Z',
      reference: 900,
    },
  ],
});
const bring = (client: Client, name: string, content: Uint8Array): ReturnType<typeof client.upload<TakenStatement>> =>
  client.upload<TakenStatement>(DOOR, { key: '', name, content: new Uint8Array(content) });
const fileAtDesk = async (id: string): Promise<StatementDesk['files'][number] | undefined> =>
  (await accountant.get<StatementDesk>('/urad/api/statements')).files.find((file) => file.id === id);

test('a statement is imported, and the same file brought again is the same', async () => {
  const first = await bring(accountant, 'leden 2026.gpc', statement);
  const second = await bring(accountant, 'znovu.gpc', statement);

  expect([first.status, first.body]).toEqual([200, { id: first.body.id, result: 'imported', reason: '', repeated: false }]);
  expect([second.status, second.body]).toEqual([200, { ...first.body, repeated: true }]);
  expect(await fileAtDesk(first.body.id)).toMatchObject({
    file: 'leden 2026.gpc',
    result: 'imported',
    statements: [{ account: townAccount.account, number: 900, items: 1, held: 0 }],
  });
});

test('a file that is no statement is refused with its reason and kept', async () => {
  const taken = await bring(accountant, 'pozvánka.txt', Buffer.from('Zveme vás na ples.'));

  expect([taken.status, taken.body]).toMatchObject([200, { result: 'refused', repeated: false }]);
  expect(taken.body.reason).toMatch(/není výpis/);
  expect(await fileAtDesk(taken.body.id)).toMatchObject({ file: 'pozvánka.txt', result: 'refused', statements: [] });
});

test('a statement cut in the middle is refused whole', async () => {
  const taken = await bring(accountant, 'přerušený.gpc', statement.subarray(0, statement.length - 60));

  expect([taken.status, taken.body.result]).toEqual([200, 'refused']);
  expect((await fileAtDesk(taken.body.id))?.statements).toEqual([]);
});

test('nobody but officers of money brings one, nothing comes without the session’s token', async () => {
  const send = (client: Client, headers: Readonly<Record<string, string>>): Promise<Reply<ProblemBody>> =>
    client.askOtherwise('POST', DOOR, {
      headers: { origin: town.url, 'content-type': 'application/octet-stream', ...headers },
      body: new Uint8Array(statement),
    });

  expectRefusal(await send(accountant, {}), 403, 'csrf-token', 'officer');
  expectRefusal(
    await send(accountant, { origin: 'https://jinde.example', 'x-csrf-token': accountant.csrf }),
    403,
    'foreign-origin',
    'officer',
  );
  expect((await send(stranger(town.url), {})).status).toBe(401);
  expect((await bring(await citizen(town.url, 'jana-novotna'), 'x.gpc', statement)).status).toBe(401);
});

test('after all that the books are in order', async () => {
  expect(await brokenBooks(everyTownUrl(database))).toEqual([]);
  expect(town.output()).not.toMatch(/request failed/);
});
