// A fine from the police on the account: prescribed once, paid under the symbol of its slip, told back once, cancelled when the police cancels it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connector } from '../../server/integrations/connector.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { reportFines } from '../../server/jobs/police-fines.ts';
import { keepMessages } from '../../server/store/inbox.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { accountsOf, type Accounts } from '../queries/account/an-account.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
let town: TestTown;
let accounts: Accounts;
beforeAll(async () => {
  town = await openTestTown(database);
  accounts = accountsOf(town);
  await accounts.own(town.citizen);
  await town.sql(`update payer set registry_id = 'R1' where id = $1`, [town.citizen.id]);
});
afterAll(() => town.close());

const police: Connector = {
  name: 'city-police',
  effects: { 'city-police.note-payment': {} as never },
  check: () => Promise.resolve({ ok: true, text: '' }),
};
const workshop = (): ReturnType<typeof aWorkshop> => ({ ...aWorkshop(town, []), connectors: [police] });
const fine = (id: string, more: object = {}): object => ({
  id,
  zmena: 1,
  stav: 'ulozena',
  platce: { cislo: 'R1', jmeno: 'Jana Nováková', narozen: null, adresa: '' },
  castka: 50_000,
  vs: '2100000001',
  ulozeno: '2026-03-01',
  splatnost: '2026-03-16',
  pravniZaklad: '§ 125c zákona č. 361/2000 Sb.',
  skutek: 'Neoprávněné stání',
  ...more,
});
async function hear(messageId: string, payload: object): Promise<void> {
  const message = { id: messageId, kind: 'police-fine', payload: payload as never, files: [] };
  await accounts.inside((trx, t, now) => keepMessages(trx, t, 'city-police', [message], now));
  await processInbox(workshop());
}
const told = async (): Promise<readonly unknown[]> =>
  (await town.sql<{ input: unknown }>(`select input from outbox where effect = 'city-police.note-payment' order by created_at, key`)).map(
    ({ input }) => input,
  );
const results = async (): Promise<readonly string[]> =>
  (
    await town.sql<{ r: string }>(
      `select result || ' ' || coalesce(reason, '') as r from inbox where source = 'city-police' order by received_at, message_id`,
    )
  ).map(({ r }) => r.trim());

test('a fine stands on the account of the citizen with its origin and law', async () => {
  await hear('F1:ulozena', fine('F1'));
  await hear('F1:ulozena again', fine('F1'));

  const { owed } = await accounts.page(town.citizen);
  expect(owed).toHaveLength(1);
  expect(owed[0]).toMatchObject({ kind: 'pokuta', amount: 50_000, variableSymbol: '2100000001', dueDate: '2026-03-16' });
  expect(owed[0]?.source).toEqual({ system: 'městská policie', externalId: 'F1' });
  expect(await results()).toEqual(['prescribed', 'noted fine-known']);
});

test('its payment is told back once for each state, by two workers at once too', async () => {
  await accounts.pay(20_000, '2100000001');
  await Promise.all([reportFines(workshop()), reportFines(workshop())]);
  town.later(1_000);
  await accounts.pay(30_000, '2100000001', { receivedOn: '2026-03-04' });
  await reportFines(workshop());
  await reportFines(workshop());

  expect(await told()).toEqual([
    { fineId: 'F1', state: 'open', paid: 20_000, on: '2026-03-02' },
    { fineId: 'F1', state: 'paid', paid: 50_000, on: '2026-03-04' },
  ]);
});

test('a symbol that is taken is a question for a person, a fine without one gets ours', async () => {
  await hear('F2:ulozena', fine('F2'));
  await hear('F3:ulozena', fine('F3', { vs: '', platce: { cislo: '', jmeno: 'Cizí Člověk', narozen: null, adresa: '' } }));
  expect((await results()).slice(-2)).toEqual(['unsorted symbol-taken', 'prescribed']);
  expect((await accounts.page(town.citizen)).owed).toEqual([]);
});

test('a cancelled fine is owed no more, what was paid is free money, and the police hears of it', async () => {
  await hear('F1:zrusena', fine('F1', { stav: 'zrusena', zmena: 9 }));
  town.later(1_000);
  await reportFines(workshop());
  const page = await accounts.page(town.citizen);
  expect(page.totals).toMatchObject({ owed: 0, overpaid: 50_000 });
  expect((await told()).at(-1)).toMatchObject({ fineId: 'F1', state: 'cancelled', paid: 0 });
});

test('a town without the police’s register tells nobody', async () => {
  expect(await reportFines(aWorkshop(town, []))).toBe(0);
});
