// The doors of money get what nobody should send: amounts, symbols and days that are none. Each is refused in plain words, nothing is booked, nothing breaks.
import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensurePayer, prescribe, receive } from '../../server/books/index.ts';
import { openDatabase } from '../../server/store/database.ts';
import { brokenBooks } from '../../tools/ledger-check/check.ts';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, commandId, officer, stranger, type Client } from './town-client.ts';

const database = await cloneDatabase();
let town: RunningTown;
let accountant: Client;
let cashier: Client;
let jana: Client;
let owed = { prescription: '', payment: '', symbol: '' };

beforeAll(async () => {
  town = await startTown(database);
  accountant = await officer(town.url, 'u-zdenek-hajek');
  cashier = await officer(town.url, 'u-jitka-pokorna');
  jana = await citizen(town.url, 'jana-novotna');
  owed = await someMoney();
}, 240_000);
afterAll(() => town.close());

/** 150 Kč owed, and 90 Kč that came and belong to nothing. */
async function someMoney(): Promise<typeof owed> {
  const db = openDatabase(database.appUrl, 1);
  const now = new Date().toISOString();
  const today = now.slice(0, 10);
  const [tenant] = await db.tenants();
  const { id } = tenant ?? { id: 0 };
  const money = await db.withTenant(id, async (trx) => {
    const payerId = await ensurePayer(trx, id, { name: 'Jana', registryId: '1' }, now);
    const fee = {
      payerId,
      kind: 'pes',
      title: 'Pes',
      amount: 15_000,
      dueDate: today,
      regime: 'dr' as const,
      legalBasis: 'x',
      decision: null,
    };
    const [made] = await prescribe(trx, id, [fee], { by: 'rule:test', now });
    const came = { amount: 9_000, variableSymbol: '', counterAccount: '1265098001/5500', payerName: '', message: '', receivedOn: today };
    const { paymentId } = await receive(trx, id, { source: 'gopay', sourceId: 'x', account: 'gateway:gopay', ...came }, { now });
    return { prescription: made?.id ?? '', payment: paymentId, symbol: made?.variableSymbol ?? '' };
  });
  await db.close();
  return money;
}

/** As they stand in the body: what JSON cannot say is sent as it is. */
const AMOUNTS = [
  'NaN',
  'Infinity',
  '1e21',
  '-1',
  '-0.5',
  '0.5',
  '100.01',
  '"100"',
  '"1e3"',
  'null',
  'true',
  '[]',
  '{}',
  '9007199254740993',
  '1e-7',
  '""',
];
const TEXTS = ['1', 'null', '{}', '[]', '"\\u0000"', '"\\ud800"', `"${'9'.repeat(10_000)}"`, '"0x1F"', '"-1"', '"1 OR 1=1"', '"٣٤٥"'];
const DAYS = [
  '"2026-02-30"',
  '"2026-13-01"',
  '"0000-00-00"',
  '"10000-01-01"',
  '"1.1.2026"',
  '20260101',
  'null',
  '"2026-01-01T00:00:00Z"',
  '"NaN"',
];

interface Door {
  readonly who: () => Client;
  readonly path: () => string;
  /** The rest of a good body, as JSON without its braces. */
  readonly rest: () => string;
  readonly field: string;
  readonly hostile: readonly string[];
}
const id = (): string => `"commandId": "${commandId()}"`;
const why = '"reason": "zkouška dveří"';
const doors: Readonly<Record<string, Door>> = {
  'a correction': {
    who: () => accountant,
    path: () => `/urad/api/prescriptions/${owed.prescription}/adjust`,
    rest: () => `${id()}, ${why}`,
    field: 'amount',
    hostile: AMOUNTS,
  },
  'a write-off': {
    who: () => accountant,
    path: () => `/urad/api/prescriptions/${owed.prescription}/write-off`,
    rest: () => `${id()}, ${why}`,
    field: 'amount',
    hostile: [...AMOUNTS, '0'],
  },
  'a return': {
    who: () => accountant,
    path: () => `/urad/api/payments/${owed.payment}/give-back`,
    rest: () => `${id()}, ${why}`,
    field: 'amount',
    hostile: [...AMOUNTS, '0'],
  },
  'an account to return to': {
    who: () => accountant,
    path: () => `/urad/api/payments/${owed.payment}/give-back`,
    rest: () => `${id()}, ${why}, "amount": 100`,
    field: 'account',
    hostile: TEXTS,
  },
  'an allocation': {
    who: () => accountant,
    path: () => `/urad/api/payments/${owed.payment}/allocate`,
    rest: () => `${id()}, ${why}`,
    field: 'shares',
    hostile: [...AMOUNTS.map((amount) => `[{"prescriptionId": "${owed.prescription}", "amount": ${amount}}]`), '[]', '[{}]', 'null'],
  },
  'cash taken': {
    who: () => cashier,
    path: () => '/urad/api/cash/take',
    rest: () => `${id()}, "way": "cash", "given": null, "name": "x"`,
    field: 'shares',
    hostile: AMOUNTS.map((amount) => `[{"prescriptionId": "${owed.prescription}", "amount": ${amount}}]`),
  },
  'cash given': {
    who: () => cashier,
    path: () => '/urad/api/cash/take',
    rest: () => `${id()}, "way": "cash", "name": "x", "shares": [{"prescriptionId": "${owed.prescription}", "amount": 100}]`,
    field: 'given',
    hostile: AMOUNTS.filter((amount) => amount !== 'null'),
  },
  'cash paid out': {
    who: () => cashier,
    path: () => '/urad/api/cash/payout',
    rest: () => `${id()}, ${why}, "paymentId": "${owed.payment}"`,
    field: 'amount',
    hostile: [...AMOUNTS, '0'],
  },
  'cash counted at the opening': {
    who: () => cashier,
    path: () => '/urad/api/cash/open',
    rest: () => `${id()}, ${why}, "desk": "hlavni"`,
    field: 'counted',
    hostile: AMOUNTS,
  },
  'a plan of instalments': {
    who: () => accountant,
    path: () => `/urad/api/payers/${commandId()}/instalments`,
    rest: () => `${id()}, ${why}, "prescriptionIds": ["${owed.prescription}"]`,
    field: 'parts',
    hostile: [
      ...DAYS.map((day) => `[{"dueOn": ${day}, "amount": 100}]`),
      ...AMOUNTS.map((amount) => `[{"dueOn": "2026-12-01", "amount": ${amount}}]`),
    ],
  },
  'several debts at once': {
    who: () => jana,
    path: () => '/api/account/groups',
    rest: id,
    field: 'prescriptionIds',
    hostile: ['null', '[1]', '["x"]', '{}', '"all"'],
  },
  'a card payment': {
    who: () => jana,
    path: () => '/api/card-payments',
    rest: id,
    field: 'prescriptionIds',
    hostile: ['null', '[1]', '["x"]', '{}'],
  },
};
const publicDoors: Readonly<Record<string, Door>> = {
  'a debt looked for by amount': {
    who: () => stranger(town.url),
    path: () => '/api/public-payments',
    rest: () => `"variableSymbol": "${owed.symbol}"`,
    field: 'amount',
    hostile: AMOUNTS.slice(0, 9),
  },
  'a debt looked for by symbol': {
    who: () => stranger(town.url),
    path: () => '/api/public-payments',
    rest: () => '"amount": 15000',
    field: 'variableSymbol',
    hostile: TEXTS.slice(0, 9),
  },
};

async function knock({ who, path, rest, field }: Door, hostile: string): Promise<number> {
  const client = who();
  const init = {
    headers: { origin: town.url, 'x-csrf-token': client.csrf, 'content-type': 'application/json' },
    body: `{${rest()}, "${field}": ${hostile}}`,
  };
  return (await client.askOtherwise('POST', path(), init)).status;
}
const booked = async (): Promise<number> => {
  const client = new PostgresClient({ connectionString: everyTownUrl(database) });
  await client.connect();
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from ledger_transaction');
  await client.end();
  return rows[0]?.count ?? -1;
};

test.each(Object.entries({ ...doors, ...publicDoors }))('%s that is none is refused', async (_name, door) => {
  const before = await booked();
  const answers: string[] = [];
  for (const hostile of door.hostile) {
    const status = await knock(door, hostile);
    if (![400, 413, 422].includes(status)) answers.push(`${hostile.slice(0, 80)}: ${status}`);
  }
  expect(answers).toEqual([]);
  expect(await booked()).toBe(before);
});

test('after all that the books are in order, and no request broke', async () => {
  expect(await brokenBooks(everyTownUrl(database))).toEqual([]);
  expect(town.output()).not.toMatch(/request failed/);
});
