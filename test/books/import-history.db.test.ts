// History from the town's economic system: each record once, wrong lines named, the books balanced, and the citizen sees where it came from.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeHistory } from '../../server/cases/account/take-history.ts';
import { readHistory } from '../../server/domain/money/history-file.ts';
import { openTestTown, type Officer, type TestTown } from '../cases/town.ts';
import { accountsOf, type Accounts } from '../queries/account/an-account.ts';
import { cloneDatabase } from '../setup/database.ts';

const database = await cloneDatabase();
let town: TestTown;
let accounts: Accounts;
let head: Officer;
beforeAll(async () => {
  town = await openTestTown(database);
  accounts = accountsOf(town);
  head = town.head;
  await accounts.own(town.citizen);
  await town.sql(`update payer set registry_id = 'R1' where id = $1`, [town.citizen.id]);
});
afterAll(() => town.close());

const HEAD = 'typ;id;platce;jmeno;druh;nazev;castka;predepsano;splatnost;vs;zaklad;prijato;predpisy;preplatek';
const csv = (...lines: readonly string[]): string => [HEAD, ...lines].join('\r\n');
const take = (text: string): ReturnType<typeof takeHistory> =>
  takeHistory(town.corridor, 1, head, { system: 'GINIS', fileName: 'historie.csv', content: new TextEncoder().encode(text) });
const GOOD = csv(
  'predpis;P1;R1;Jana Nováková;odpad;Odpad 2020;700,00;10. 1. 2020;30. 4. 2020;1340000001;OZV 3/2019;;;',
  'predpis;P2;R1;Jana Nováková;odpad;"Odpad; 2021";750;2021-01-10;2021-04-30;1340000002;OZV 3/2020;;;',
  'platba;U1;R1;Jana Nováková;;;800,50;;;1340000001;;20. 4. 2020;P1=700;100,50',
  'platba;U2;R1;Jana Nováková;;;300;;;1340000002;;2021-04-20;P2=300;',
);

test('prescriptions and payments of past years appear on the account with their origin, cleared as they were', async () => {
  expect(await take(GOOD)).toEqual({ taken: 4, repeated: 0, errors: [] });

  const page = await accounts.page(town.citizen);
  expect(page.years).toEqual([2021, 2020]);
  expect(
    page.debts.map(({ title, state, source, prescribedOn }) => [title, state, source?.system, source?.externalId, prescribedOn]),
  ).toEqual([
    ['Odpad; 2021', 'overdue', 'GINIS', 'P2', '2021-01-10'],
    ['Odpad 2020', 'paid', 'GINIS', 'P1', '2020-01-10'],
  ]);
  expect(page.payments.map(({ way, rest, receivedOn, source }) => [way, rest, receivedOn, source?.externalId])).toEqual([
    ['import', 0, '2021-04-20', 'U2'],
    ['import', 10_050, '2020-04-20', 'U1'],
  ]);
  expect(page.totals).toMatchObject({ owed: 45_000, overpaid: 10_050 });
  const [balance] = await town.sql<{ sum: string }>('select coalesce(sum(amount), 0) as sum from ledger_entry');
  expect(Number(balance?.sum)).toBe(0);
  expect(await accounts.account('opening')).toBe(110_050);
});

test('the same file again takes nothing; a changed record is refused by its line', async () => {
  expect(await take(GOOD)).toEqual({ taken: 0, repeated: 4, errors: [] });
  const changed = await take(GOOD.replace('750;2021-01-10', '751;2021-01-10'));
  expect(changed).toEqual({ taken: 0, repeated: 3, errors: [{ line: 3, code: 'changed-since', field: 'id' }] });
  expect((await accounts.page(town.citizen)).totals.owed).toBe(45_000);
});

test('wrong lines are named and the good ones are taken', async () => {
  const result = await take(
    csv(
      'predpis;Q1;R2;Petr Malý;odpad;Odpad 2022;700;2022-01-10;2022-04-30;1340000009;OZV;;;',
      'predpis;Q2;R2;Petr Malý;zmrzlina;X;700;2022-01-10;2022-04-30;1340000010;OZV;;;',
      'predpis;Q3;R2;Petr Malý;odpad;X;7x0;2022-01-10;2022-04-30;1340000011;OZV;;;',
      'predpis;Q4;R2;Petr Malý;odpad;X;700;2022-02-30;2022-04-30;1340000012;OZV;;;',
      'predpis;Q5;R2;Petr Malý;odpad;X;700;2022-01-10;2022-04-30;1340000001;OZV;;;',
      'predpis;Q1;R2;Petr Malý;odpad;X;700;2022-01-10;2022-04-30;1340000013;OZV;;;',
      'platba;V1;R2;Petr Malý;;;700;;;;;2022-04-20;Q1=600;',
      'platba;V2;R2;Petr Malý;;;900;;;;;2022-04-20;Q1=900;',
      'platba;V3;R2;Petr Malý;;;100;;;;;2022-04-20;NIC=100;',
      'platba;V4;R2;Petr Malý;;;700;;;;;2022-04-20;Q1=700;',
      'dar;V5;R2;Petr Malý;;;700;;;;;2022-04-20;;',
    ),
  );
  expect(result.taken).toBe(2);
  expect(result.errors.map(({ line, code, field }) => `${line} ${code} ${field}`)).toEqual([
    '3 unknown druh',
    '4 amount-wrong castka',
    '5 date-wrong predepsano',
    '6 symbol-taken vs',
    '7 id-twice id',
    '8 sum-differs castka',
    '9 more-than-owed predpisy',
    '10 prescription-unknown predpisy',
    '12 unknown typ',
  ]);
});

test('JSON says the same as CSV, and what is neither is refused as a whole', async () => {
  const record = {
    typ: 'predpis',
    id: 'J1',
    platce: 'R3',
    jmeno: 'Eva',
    druh: 'pes',
    nazev: 'Pes',
    castka: 150,
    predepsano: '2023-01-02',
    splatnost: '2023-03-31',
    vs: 1341000999,
    zaklad: 'OZV',
  };
  expect(await take(JSON.stringify({ zaznamy: [record] }))).toEqual({ taken: 1, repeated: 0, errors: [] });
  for (const text of ['', 'ahoj', '{', '{"a":1}', '\u0000\u0001'])
    await expect(take(text)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('who does not keep the books brings nothing in', async () => {
  const given = { system: 'GINIS', fileName: 'x', content: new TextEncoder().encode(GOOD) };
  await expect(takeHistory(town.corridor, 1, town.eva, given)).rejects.toMatchObject({ kind: 'forbidden' });
});

describe('any bytes', () => {
  test('end in records and errors, never in a fall', () => {
    let seed = 42;
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let run = 0; run < 300; run += 1) {
      const bytes = [...GOOD].map((sign) => (next() % 40 === 0 ? String.fromCharCode(next() % 300) : sign)).join('');
      const { debts, payments, errors } = readHistory(bytes, '2026-03-02');
      expect(debts.length + payments.length + errors.length).toBeGreaterThan(0);
    }
  });
});
