import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, suggestAddresses } from '../../server/queries/addresses.ts';
import { importMunicipality } from '../../server/store/address-import.ts';
import { openDatabase } from '../../server/store/database.ts';
import { readAddressFiles, readCsv } from '../../tools/addresses/read-file.ts';
import { cloneDatabase } from '../setup/database.ts';

const database = await cloneDatabase();
const db = openDatabase(database.appUrl, 2);
const owner = new pg.Client({ connectionString: database.ownerUrl });
const folder = mkdtempSync(join(tmpdir(), 'addresses-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await owner.end();
  await db.close();
});

const HEADER =
  'Kód ADM;Kód obce;Název obce;Kód MOMC;Název MOMC;Kód obvodu Prahy;Název obvodu Prahy;Kód části obce;Název části obce;Kód ulice;Název ulice;Typ SO;Číslo domovní;Číslo orientační;Znak čísla orientačního;PSČ;Souřadnice Y;Souřadnice X;Platí Od';
const line = (code: number, rest: string): string => `${code};${rest};743188.18;1042624.31;2011-07-01T00:00:00`;
const PRAHA = [
  ...[...Array(30).keys()].map((n) =>
    line(100 + n, `554782;Praha;500054;Praha 1;19;Praha 1;490130;Malá Strana;466719;Letenská;č.p.;${500 + n};${n + 1};;11800`),
  ),
  line(200, '554782;Praha;500054;Praha 1;19;Praha 1;490067;Staré Město;999;Dlouhá;č.p.;12;3;a;11000'),
  line(201, '554782;Praha;500054;Praha 1;19;Praha 1;490067;Staré Město;1000;28. října;č.p.;5;;;11000'),
];
const LIPOVA = [
  line(300, '580511;Lipová nad Orlicí;;;;;84077;Lipová nad Orlicí;77;Dlouhá;č.p.;12;;;56164'),
  line(301, '580511;Lipová nad Orlicí;;;;;84078;Mezilesí;;;č.ev.;12;;;56164'),
];
const file = (lines: readonly string[]): Buffer => iconv.encode([HEADER, ...lines, ''].join('\r\n'), 'win1250');

beforeAll(async () => {
  await owner.connect();
  await owner.query(`insert into tenant (id, slug, name) values (1, 'lipova', 'Lipová')`);
  writeFileSync(
    join(folder, 'vse.zip'),
    zipSync({ 'CSV/20260131_OB_554782_ADR.csv': file(PRAHA), 'CSV/20260131_OB_580511_ADR.csv': file(LIPOVA) }),
  );
});

async function importAll(): Promise<readonly boolean[]> {
  const done: boolean[] = [];
  for await (const { rows, hash, problems } of readAddressFiles(folder)) {
    expect(problems).toEqual([]);
    const [first] = rows;
    if (!first) throw new Error('empty');
    const what = { code: first.municipalityCode, name: first.municipality, hash, rows, at: '2026-02-01T00:00:00Z' };
    done.push(await importMunicipality(owner, what));
  }
  return done;
}
const texts = async (query: string, near: number | null = null): Promise<readonly string[]> =>
  (await suggestAddresses({ db }, 1, query, near)).suggestions.map(({ text }) => text);

test('without a register the form is told to take free text', async () => {
  expect(await suggestAddresses({ db }, 1, 'Dlouhá', null)).toEqual({ suggestions: [], available: false });
});

test('the ZIP of the state is read municipality by municipality, and a file that has not changed only once', async () => {
  expect(await importAll()).toEqual([true, true]);
  expect(await importAll()).toEqual([false, false]);
  expect((await owner.query<{ n: number }>('select count(*)::int as n from address_point')).rows[0]?.n).toBe(34);
});

test('a changed file replaces its municipality and leaves the others', async () => {
  const changed = readCsv('x.csv', file(LIPOVA.slice(0, 1)));
  await importMunicipality(owner, {
    code: 580511,
    name: 'Lipová nad Orlicí',
    hash: changed.hash,
    rows: changed.rows,
    at: '2026-03-01T00:00:00Z',
  });
  expect(await texts('Mezilesí')).toEqual([]);
  const again = readCsv('x.csv', file(LIPOVA));
  await importMunicipality(owner, {
    code: 580511,
    name: 'Lipová nad Orlicí',
    hash: again.hash,
    rows: again.rows,
    at: '2026-03-02T00:00:00Z',
  });
  expect(await texts('Mezilesí')).toEqual(['Mezilesí, Lipová nad Orlicí']);
  expect((await owner.query<{ n: number }>('select count(*)::int as n from address_point')).rows[0]?.n).toBe(34);
});

test('a broken line is told with its number and the file is not taken in part', () => {
  const read = readCsv('x.csv', file([...LIPOVA, '1;2;3']));
  expect(read.problems).toEqual(['řádek 4: má 3 sloupců místo 19']);
  expect(readCsv('x.csv', file([...LIPOVA, ...PRAHA])).problems).toEqual(['soubor má více obcí']);
  expect(readCsv('x.csv', Buffer.from('něco jiného')).problems[0]).toMatch(/^řádek 1: chybí hlavička/);
});

test('streets are offered first, houses once a number is typed', async () => {
  expect(await texts('leten')).toEqual(['Letenská, Praha 1 – Malá Strana']);
  expect(await texts('letenská 525')).toEqual(['Letenská 525/26, 118 00 Praha 1 – Malá Strana']);
  expect((await texts('letenska 1'))[0]).toBe('Letenská 500/1, 118 00 Praha 1 – Malá Strana');
  expect(await texts('letenska 1')).toHaveLength(10);
  expect(await texts('letenska 500/1')).toEqual(expect.arrayContaining(['Letenská 500/1, 118 00 Praha 1 – Malá Strana']));
});

test('the town, numbers in names and short words are understood', async () => {
  expect(await texts('dlouha praha 12')).toEqual(['Dlouhá 12/3a, 110 00 Praha 1 – Staré Město']);
  expect(await texts('Dlouhá 12, Lipová')).toEqual(['Dlouhá 12, 561 64 Lipová nad Orlicí']);
  expect(await texts('28. října')).toEqual(['28. října, Praha 1 – Staré Město']);
  expect(await texts('28. října 5')).toEqual(['28. října 5, 110 00 Praha 1 – Staré Město']);
  expect(await texts('Mezilesí č. ev. 12')).toEqual(['Mezilesí č. ev. 12, 561 64 Lipová nad Orlicí']);
  expect(await texts('d')).toHaveLength(2);
});

test('the own town comes first', async () => {
  expect((await texts('dlouhá 12', 580511))[0]).toContain('Lipová');
  expect((await texts('dlouhá', 554782))[0]).toContain('Praha');
});

test('signs of the search language are only text', async () => {
  for (const query of [`'`, `a' | 'b`, 'a & !b', ':*', `dlouhá'; drop table address_point; --`, '%_%'])
    await expect(texts(query)).resolves.toBeDefined();
  expect(await texts('dlouhá 12')).toHaveLength(2);
});

test('an address is found by its code', async () => {
  await expect(addressOf({ db }, 1, 200)).resolves.toEqual({
    code: 200,
    text: 'Dlouhá 12/3a, 110 00 Praha 1 – Staré Město',
    street: 'Dlouhá',
    numbers: '12/3a',
    part: 'Staré Město',
    municipality: 'Praha',
    municipalityCode: 554782,
    postCode: '110 00',
  });
  await expect(addressOf({ db }, 1, 5)).rejects.toMatchObject({ code: 'address-not-found' });
});

test('the serving role reads the register and cannot write it', async () => {
  await expect(db.withTenant(1, (trx) => trx.raw('delete from address_point'))).rejects.toMatchObject({ code: '42501' });
});
