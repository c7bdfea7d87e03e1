// Reading the JSON of the Fio API: exact decimals, null columns, empty lists, refusals.
import { describe, expect, it } from 'vitest';
import { hundredthsOf } from '../../../server/integrations/bank/decimal-text.ts';
import { readStatements } from '../../../server/integrations/bank/read-statement.ts';
import { StatementRefused } from '../../../server/integrations/bank/statement.ts';
import type { Statement } from '../../../server/integrations/bank/statement.ts';
import { fio, movement } from './samples.ts';

const read = (bytes: Uint8Array): Statement => {
  const [statement] = readStatements(bytes);
  if (!statement) throw new Error('no statement');
  return statement;
};
const refusalOf = (bytes: Uint8Array): string => {
  try {
    readStatements(bytes);
  } catch (error) {
    if (error instanceof StatementRefused) return `${error.line}: ${error.reason}`;
    throw error;
  }
  return 'was not refused';
};

describe('a movement', () => {
  it('gives everything that its columns say', () => {
    const columns = {
      2: '"1998087029"',
      10: '"Jan Novák"',
      3: '"3030"',
      12: '"Air Bank a.s."',
      5: '"918006226"',
      4: '"0308"',
      7: '"pes"',
      16: '"Za  psa"',
      8: '"Bezhotovostní příjem"',
      25: '"komentář"',
      17: '24938334622',
    };
    const statement = read(fio([movement(columns)], '184778.70', '186258.70'));
    expect(statement).toMatchObject({
      account: '2900000000/2010',
      number: null,
      from: '2026-02-01',
      to: '2026-02-03',
      opening: 18_477_870,
      closing: 18_625_870,
      problems: [],
    });
    expect(statement.items).toEqual([
      {
        id: '2900000000/2010:21349236442',
        date: '2026-02-03',
        amount: 148_000,
        currency: 'CZK',
        isHeld: false,
        isReversal: false,
        vs: '918006226',
        ks: '308',
        ss: '',
        counterAccount: '1998087029/3030',
        name: 'Jan Novák',
        message: 'Za psa',
      },
    ]);
  });

  it('may have every column but day, amount and currency null or missing, and symbols as numbers', () => {
    const bare = '{"column22":null,"column0":{"value":1770073200000},"column1":{"value":-0.10}}';
    const { items } = read(fio([bare, movement({ 22: '7', 5: '42', 1: '0.10', 2: '"670100-2207800257"', 3: '"6210"' })], '0', '0.00'));
    expect(items).toMatchObject([
      { date: '2026-02-03', amount: -10, vs: '', counterAccount: '', name: '', message: '' },
      { amount: 10, vs: '42', counterAccount: '670100-2207800257/6210' },
    ]);
    expect(items[0]?.id).toMatch(/^2900000000\/2010:[0-9a-f]{16}$/);
  });

  it('in another currency is held, as is every one of an account in another currency', () => {
    const { items } = read(fio([movement({ 14: '"EUR"', 1: '6.00' }), movement({ 22: '2', 1: '1' })], '0', '1'));
    expect(items.map(({ isHeld, currency }) => [isHeld, currency])).toEqual([
      [true, 'EUR'],
      [false, 'CZK'],
    ]);
    const euro = fio([movement({ 14: '"EUR"', 1: '6.00' })], '0', '6')
      .toString()
      .replace('"CZK"', '"EUR"');
    expect(read(Buffer.from(euro)).items[0]).toMatchObject({ isHeld: true, amount: 600 });
  });

  it('without a day is of the last day of the statement', () => {
    expect(read(fio([movement({ 0: null })], '0', '1480')).items[0]?.date).toBe('2026-02-03');
  });

  it('that corrects another is a reversal', () => {
    expect(read(fio([movement({ 8: '"Opravný pohyb"', 1: '-5' })], '5', '0')).items[0]).toMatchObject({ isReversal: true, amount: -500 });
  });
});

describe('amounts', () => {
  it('are added as decimals', () => {
    const cents = Array.from({ length: 10 }, (_, index) => movement({ 22: String(index), 1: index % 2 ? '0.1' : '0.2' }));
    expect(read(fio(cents, '0.1', '1.6')).closing).toBe(160);
  });

  it.each([
    ['1480.00', 148_000],
    ['1480', 148_000],
    ['-0.1', -10],
    ['1.8477870E5', 18_477_870],
    ['1E7', 1_000_000_000],
    ['5e-1', 50],
    ['0.000', 0],
    ['-0.00', 0],
    ['90071992547409.91', 9_007_199_254_740_991],
    ['90071992547409.92', undefined],
    ['0.001', undefined],
    ['1e-3', undefined],
    ['1e-30', undefined],
    ['1e99', undefined],
    ['0e99', 0],
    ['', undefined],
    ['1,00', undefined],
    [' 1', undefined],
    ['0x10', undefined],
    ['NaN', undefined],
    ['0.30000000000000004', undefined],
  ])('%j is %j hundredths', (text, amount) => {
    expect(hundredthsOf(text)).toBe(amount);
  });

  it.each([
    ['0.30000000000000004', 30],
    ['184778.69999999998', 18_477_870],
    ['-0.30000000000000004', -30],
    ['0.305', undefined],
    ['0.3000001', undefined],
    ['0.12345678901234567', undefined],
  ])('%j of a bank that counts in floating point is %j', (text, amount) => {
    expect(hundredthsOf(text, { isDouble: true })).toBe(amount);
  });
});

describe('a statement', () => {
  it.each(['[]', 'null'])('with the list of movements %s is a day when nothing moved', (list) => {
    const text = fio([], '5.00', '5.00').toString().replace('"transaction":[]', `"transaction":${list}`);
    expect(read(Buffer.from(text)).items).toEqual([]);
  });

  it('asked for by its number has it', () => {
    expect(read(Buffer.from(fio([], '5.00', '5.00').toString().replace('"idList":null', '"idList":12'))).number).toBe(12);
  });

  it.each([
    [
      'does not balance',
      fio([movement({})], '0', '1480.01'),
      '1: zůstatky nesouhlasí s položkami: počáteční 0,00 a položky 1 480,00 nedávají konečný 1 480,01.',
    ],
    ['has parts of a haléř', fio([movement({}), movement({ 1: '0.005' })], '0', '1480'), '3: objem „0.005“ není v celých haléřích.'],
    ['has a movement without amount', fio([movement({ 1: null })], '0', '0'), '2: objem „“ není v celých haléřích.'],
    [
      'has a day that the calendar has not',
      fio([movement({ 0: '"2026-02-30+0100"' })], '0', '1480'),
      '2: datum „2026-02-30+0100“ neodpovídá formátu.',
    ],
    ['has no opening balance', fio([], 'null', '0'), '1: chybí zůstatek openingBalance.'],
    ['is something else', Buffer.from('{"a":1}'), '1: JSON není výpis Fio (chybí accountStatement.info).'],
    [
      'has a list that is none',
      Buffer.from(fio([], '0', '0').toString().replace('[]', '5')),
      '1: seznam pohybů (transaction) není seznam.',
    ],
    ['ends in the middle', fio([movement({})], '0', '1480').subarray(0, 400), '2: soubor není platný JSON.'],
    ['says a thing twice', fio([], '0', '0', '"openingBalance":0,'), '1: údaj „openingBalance“ je uveden dvakrát.'],
    ['is not UTF-8', Buffer.concat([fio([], '0', '0'), Buffer.from([10, 0xff])]), '3: soubor není v kódování UTF-8.'],
    ['is nested without end', Buffer.from(`{"a":${'['.repeat(100_000)}`), '1: JSON je příliš hluboce vnořený.'],
  ])('that %s is refused', (_what, bytes, reason) => {
    expect(refusalOf(bytes)).toBe(reason);
  });
});
