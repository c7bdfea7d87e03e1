// Duties from the town's old program: both encodings, mistakes by line, twice is once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importDuties } from '../../server/cases/import-duties.ts';
import { dayIn, readCsv, textOf } from '../../server/cases/duties/csv.ts';
import { cloneDatabase } from '../setup/database.ts';
import { DOG, installDogs, prescribeAll } from './duties-town.ts';
import { openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  await installDogs(town);
});
afterAll(() => town.close());

const HEADING = 'cislo;jmeno;narozen;adresa;email;domacnost;povinnost;predmet;od;do;osvobozeni;druhStavby;poradi';
const table = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode([HEADING, ...lines].join('\r\n'));
const bring = (content: Uint8Array) => importDuties(town.corridor, town.tenantId, { actor: town.eva, situation: DOG, content });
const good = '17;Žofie Řehořová;3. 2. 1950;"Dlouhá 1, 562 99 Lhota";zofie@posta.example;D1;PSI-1;Rek;1.5.2019;;zadne;rodinny-dum;prvni';

test('payers and duties are taken over, with households and ends', async () => {
  const done = await bring(
    table(
      good,
      '17;Žofie Řehořová;3. 2. 1950;"Dlouhá 1, 562 99 Lhota";zofie@posta.example;D1;PSI-2;Bára;2020-01-01;2025-06-30;zadne;rodinny-dum;dalsi',
    ),
  );

  expect(done).toEqual({ payers: 1, duties: 2, known: 0, errors: [] });
  expect(
    await town.sql(
      'select subject, valid_from, valid_to, basis ->> $2 as born, household_id is not null as home from fee_duty where tenant_id = $1 order by subject',
      [town.tenantId, 'datumNarozeni'],
    ),
  ).toEqual([
    { subject: 'Bára', valid_from: '2020-01-01', valid_to: '2025-06-30', born: '1950-02-03', home: true },
    { subject: 'Rek', valid_from: '2019-05-01', valid_to: null, born: '1950-02-03', home: true },
  ]);
});

test('last year comes with it: the first run has something to be compared with', async () => {
  const at = await openTestTown(database, 2);
  try {
    await installDogs(at);
    const lines = [
      `${HEADING};loni;loni_symbol;zaplaceno`,
      '17;Žofie;3. 2. 1980;Dlouhá 1;;;PSI-1;Rek;1.5.2019;;zadne;rodinny-dum;prvni;300;7000001;300',
      '18;Jan;3. 2. 1980;Dlouhá 2;;;PSI-2;Alík;1.5.2019;;zadne;rodinny-dum;prvni;250,50;7000002;',
      '19;Petr;3. 2. 1980;Dlouhá 3;;;PSI-3;Brok;1.5.2019;;zadne;rodinny-dum;prvni;300;;300',
    ];
    const asked = { actor: at.eva, situation: DOG, content: new TextEncoder().encode(lines.join('\n')) };

    const done = await importDuties(at.corridor, at.tenantId, asked);
    await importDuties(at.corridor, at.tenantId, asked);

    expect(done).toMatchObject({ duties: 2, errors: [{ line: 4 }] });
    expect(
      await at.sql(
        'select p.variable_symbol, b.total::int as total, b.open::int as open, p.due_date from prescription p join prescription_balance b using (tenant_id, id) where tenant_id = 2 order by 1',
      ),
    ).toEqual([
      { variable_symbol: '7000001', total: 30_000, open: 0, due_date: '2025-03-31' },
      { variable_symbol: '7000002', total: 25_050, open: 25_050, due_date: '2025-03-31' },
    ]);
    await prescribeAll(at);
    expect(await at.sql('select previous::int as previous, difference from fee_run_item where tenant_id = 2 order by previous')).toEqual([
      { previous: 25_050, difference: 'up' },
      { previous: 30_000, difference: 'same' },
    ]);
  } finally {
    await at.close();
  }
});

test('the same file again changes nothing', async () => {
  expect(await bring(table(good))).toEqual({ payers: 1, duties: 0, known: 1, errors: [] });
  expect(await town.sql('select count(*)::int as n from payer where tenant_id = $1', [town.tenantId])).toEqual([{ n: 1 }]);
});

test('every mistake is named by its line and only that line is left out', async () => {
  const done = await bring(
    table(
      '20;Jan Novák;;;;;PSI-20;Alík;1.1.2024;;zadne;rodinny-dum;prvni',
      '21;Jan Novák;1.1.1980;;;;PSI-21;Alík;31.2.2024;;zadne;rodinny-dum;prvni',
      '22;;1.1.1980;;;;PSI-22;Alík;1.1.2024;;zadne;rodinny-dum;prvni',
      '',
      '23;"Jan ""Jeník""\nNovák";1.1.1980;;;;PSI-23;Alík;1.1.2024;;zadne;zamek;prvni',
      '24;Jan Novák;1.1.1980;;spatne;;PSI-24;Alík;1.1.2024;;zadne;rodinny-dum;prvni',
      '25;Jan Novák;1.1.1980;;;;PSI-25;Alík;1.1.2024;1.1.2023;zadne;rodinny-dum;prvni',
      '26;Jan Novák;1.1.1980;;;;PSI-26;Alík;1.1.2024;;zadne;rodinny-dum;prvni',
      '27;Jan Novák;1.1.1980;;;;PSI-26;Alík;1.1.2024;;zadne;rodinny-dum;prvni',
    ),
  );
  expect(done.duties).toBe(1);
  expect(done.errors.map(({ line, message }) => `${line} ${message}`)).toEqual([
    expect.stringMatching(/^2 Z údajů nejde určit sazba: /),
    '3 Datum napište jako 3. 2. 2026 nebo 2026-02-03.',
    '4 Chybí údaj „jmeno“.',
    expect.stringMatching(/^6 Z údajů nejde určit sazba: /),
    '8 E-mail nemá správný tvar.',
    '9 Povinnost končí dřív, než začala.',
    '11 Číslo povinnosti je už na řádku 10.',
  ]);
});

test('a file of an old Windows program is read with its Czech letters', () => {
  const old = new Uint8Array([0x8e, 0x6c, 0x75, 0x9d, 0x6f, 0x75, 0xe8, 0x6b, 0xfd]);
  expect(textOf(old)).toBe('Žluťoučký');
  expect(textOf(new TextEncoder().encode('Žluťoučký'))).toBe('Žluťoučký');
});

test('a file without its columns, without lines, or for a situation without duties is refused', async () => {
  await expect(bring(new TextEncoder().encode('jmeno;od\nx;y'))).rejects.toMatchObject({
    code: 'columns-missing',
    details: { columns: ['cislo', 'povinnost', 'predmet'] },
  });
  await expect(bring(table())).rejects.toMatchObject({ code: 'file-empty' });
  await expect(
    importDuties(town.corridor, town.tenantId, { actor: town.eva, situation: 'nic', content: table(good) }),
  ).rejects.toMatchObject({ code: 'situation-not-found' });
});

test.each([
  ['1.2.2026', '2026-02-01'],
  ['01. 02. 2026', '2026-02-01'],
  ['2026-02-28', '2026-02-28'],
  ['2026-02-29', undefined],
  ['únor', undefined],
])('the day %s is %s', (text, day) => {
  expect(dayIn(text)).toBe(day);
});

test('quotes, separators and empty lines are read as spreadsheets write them', () => {
  expect(readCsv('\uFEFFa,b\n"x, ""y""",2\n\n3\n')).toEqual({
    columns: ['a', 'b'],
    rows: [
      { line: 2, cells: { a: 'x, "y"', b: '2' } },
      { line: 4, cells: { a: '3', b: '' } },
    ],
  });
});
