// Reading ABO/GPC against the printed sample, the habits of banks, and statements that must not be believed.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readAccount, writeAccount } from '../../../server/integrations/bank/account-number.ts';
import { writeGpc } from '../../../server/integrations/bank/gpc-writer.ts';
import { readStatements } from '../../../server/integrations/bank/read-statement.ts';
import type { ReadOptions } from '../../../server/integrations/bank/read-statement.ts';
import { demoPayers, townAccount } from '../../../server/integrations/bank/simulator-state.ts';
import { StatementRefused } from '../../../server/integrations/bank/statement.ts';
import type { Statement } from '../../../server/integrations/bank/statement.ts';
import { cp1250, credit, debit, head, headOf, itemOf, put } from './samples.ts';

const read = (lines: readonly string[], options: ReadOptions = {}): Statement => {
  const [statement] = readStatements(cp1250(...lines), options);
  if (!statement) throw new Error('no statement');
  return statement;
};
const refusalOf = (bytes: Uint8Array, options: ReadOptions = {}): { line: number; reason: string } => {
  try {
    readStatements(bytes, options);
  } catch (error) {
    if (error instanceof StatementRefused) return { line: error.line, reason: error.reason };
    throw error;
  }
  throw new Error('was not refused');
};
/** Internal order of a plain account, by the banks' table: C10 C8 C9 C6 C1 C2 C3 C4 C5 C7 P1…P6. */
const internal = (plain: string): string => {
  const [prefix, number] = [plain.slice(0, 6), plain.slice(6)];
  return [10, 8, 9, 6, 1, 2, 3, 4, 5, 7].map((position) => number[position - 1]).join('') + prefix;
};

describe('the printed sample', () => {
  it('gives counter account, amount, symbols and date', () => {
    const statement = read([head, credit, debit]);
    expect(statement).toMatchObject({
      account: '12345',
      number: 2,
      to: '2014-02-01',
      opening: 100_000,
      closing: 80_000,
      currency: 'CZK',
      problems: [],
    });
    expect(statement.items[0]).toEqual({
      id: expect.stringMatching(/^12345:2001:[0-9a-f]{16}$/) as string,
      date: '2014-01-05',
      amount: 40_000,
      currency: 'CZK',
      isHeld: false,
      isReversal: false,
      vs: '11',
      ks: '12',
      ss: '13',
      counterAccount: '156789/1000',
      name: 'Tran 1',
      message: '',
    });
    expect(statement.items[1]?.amount).toBe(-60_000);
  });

  it('reads the same with bare line feeds, without the last line end, with trimmed spaces and with the end mark of old systems', () => {
    const expected = read([head, credit, debit]);
    const texts = [
      [head, credit, debit].join('\n'),
      [head, credit, debit].map((line) => line.trimEnd()).join('\r\n'),
      `${[head, credit, debit].join('\r\n')}\r\n\u001a`,
      `\uFEFF${[head, '', credit, debit].join('\n')}\n\n`,
    ];
    for (const text of texts) {
      const [found] = readStatements(Buffer.from(text, 'utf8'));
      expect(found).toEqual(expected);
    }
  });
});

describe('texts of an item', () => {
  it('joins 078 and 079 in Windows-1250 and keeps unknown records out', () => {
    const items = read([
      head,
      credit,
      `078${'Poplatek za psa Žeryk'.padEnd(70)}`,
      `079${'číslo 2'.padEnd(70)}`,
      `077${'něco jiného'.padEnd(70)}`,
      '999',
      debit,
    ]).items;
    expect(items.map((item) => item.message)).toEqual(['Poplatek za psa Žeryk číslo 2', '']);
  });

  it('takes two records 078 as Komerční banka prints them, and a word that goes on over the edge', () => {
    const long = `${'x'.repeat(66)} slovo pokračuje`;
    expect(read([head, credit, `078${long.slice(0, 70)}`, `078${long.slice(70)}`, debit]).items[0]?.message).toBe(long);
  });

  it('takes the text of 076 when there is no other', () => {
    const record = `076${'0'.repeat(26)}${'050114'}${'Protistrana s.r.o.'.padEnd(92)}`;
    const nameless = put(credit, 98, ' '.repeat(20));
    expect(read([head, nameless, record, debit]).items[0]).toMatchObject({ name: 'Protistrana s.r.o.', message: 'Protistrana s.r.o.' });
    expect(read([head, credit, record, `078${'Zpráva'.padEnd(70)}`, debit]).items[0]).toMatchObject({ name: 'Tran 1', message: 'Zpráva' });
  });

  it('takes message and long name of the extended form', () => {
    const extension = `${'Dlouhá zpráva'.padEnd(35)}${'pro příjemce'.padEnd(105)}${'pro plátce'.padEnd(35)}050114${' '.repeat(41)}${'0'.repeat(15)}CZK${'Jméno delší než dvacet znaků'.padEnd(35)}${' '.repeat(400)}`;
    expect(read([head, credit + extension, debit]).items[0]).toMatchObject({
      message: 'Dlouhá zpráva pro příjemce',
      name: 'Jméno delší než dvacet znaků',
      amount: 40_000,
    });
  });

  it('reads a file that somebody saved again as UTF-8', () => {
    const text = [head, put(credit, 98, 'Žluťoučký kůň       '), debit].join('\r\n');
    expect(readStatements(Buffer.from(text, 'utf8'))[0]?.items[0]?.name).toBe('Žluťoučký kůň');
  });
});

describe('reversals', () => {
  // Komerční banka and the general papers: 4 reverses a debit, 5 a credit. Česká spořitelna: 3 a debit, 4 a credit.
  it.each([
    ['0100', '4', 60_000, { debit: -60_000, credit: 0 }],
    ['0100', '5', -60_000, { debit: 0, credit: -60_000 }],
    ['0800', '3', 60_000, { debit: -60_000, credit: 0 }],
    ['0800', '4', -60_000, { debit: 0, credit: -60_000 }],
  ] as const)('bank %s, code %s moves the account by %i', (bank, code, amount, turnovers) => {
    const lines = [headOf({ opening: 100_000, closing: 100_000 + amount, ...turnovers }), itemOf(60_000, code)];
    expect(read(lines, { bank }).items[0]).toMatchObject({ amount, isReversal: true });
    // Nobody says which bank it is: the balances do.
    expect(read(lines).items[0]).toMatchObject({ amount, isReversal: true });
    expect(refusalOf(cp1250(...lines), { bank: bank === '0800' ? '0100' : '0800' }).line).toBeGreaterThan(0);
  });

  it('counts into the turnover of what it reverses', () => {
    const lines = [
      headOf({ opening: 0, closing: 50_000, debit: 10_000, credit: 60_000 }),
      itemOf(70_000, '2', '1'),
      itemOf(10_000, '5', '2'),
      itemOf(30_000, '1', '3'),
      itemOf(20_000, '4', '4'),
    ];
    expect(read(lines, { bank: '0100' }).items.map((item) => item.amount)).toEqual([70_000, -10_000, -30_000, 20_000]);
  });

  it('are known from the head of the IBAN in the filler, as is the bank of the account', () => {
    const lines = [put(headOf({ opening: 5, closing: 4, debit: 0, credit: -1 }), 115, 'CZ650800IB'), itemOf(1, '4')];
    const statement = read(lines);
    expect(statement.account).toBe('12345/0800');
    expect(statement.items[0]).toMatchObject({ amount: -1, isReversal: true });
  });
});

describe('balances', () => {
  it('may be negative, with a turnover where reversals prevail', () => {
    const lines = [
      headOf({ opening: -100_000, closing: -80_000, debit: -60_000, credit: -40_000 }),
      itemOf(40_000, '5'),
      itemOf(60_000, '4'),
    ];
    expect(read(lines)).toMatchObject({ opening: -100_000, closing: -80_000 });
  });

  it('hold to the haléř at the largest amounts that the format has', () => {
    const [most, count] = [999_999_999_999, 99];
    const items = Array.from({ length: count }, () => itemOf(most, '2'));
    const first = headOf({ opening: 0, closing: most * count, debit: 0, credit: most * count });
    expect(read([first, ...items]).items).toHaveLength(count);
    const off = put(first, 61, String(most * count + 1).padStart(14, '0'));
    expect(refusalOf(cp1250(off, ...items)).line).toBe(1);
  });

  it('of a day without movements are equal', () => {
    expect(read([headOf({ opening: 7, closing: 7, debit: 0, credit: 0 })]).items).toEqual([]);
  });
});

describe('refused', () => {
  it.each([
    ['an item missing', [head, credit], 1, 'obrat má dáti 600,00 nesouhlasí'],
    ['a changed amount', [head, put(credit, 49, '000000040001'), debit], 1, 'obrat dal 400,00 nesouhlasí'],
    ['a changed balance', [put(head, 61, '00000000080001'), credit, debit], 1, 'zůstatky nesouhlasí'],
    ['an item of another account', [head, put(credit, 4, '0000000000012346'), debit], 2, 'jinému účtu'],
    ['an item before any head', [credit], 1, 'chybí záznam 074'],
    ['a message before any item', [head, `078${' '.repeat(70)}`], 2, 'nepatří k žádnému záznamu 075'],
    ['an unknown kind of item', [head, put(credit, 61, '9'), debit], 2, 'druh položky'],
    ['letters for digits of a balance', [put(head, 46, 'x'), credit, debit], 1, 'starý zůstatek'],
    ['letters for digits of an amount', [head, credit, put(debit, 50, 'O')], 3, 'částka'],
    ['a letter in a symbol', [head, put(credit, 65, 'A'), debit], 2, 'variabilní symbol'],
    ['a wrong sign of a balance', [put(head, 60, '0'), credit, debit], 1, 'znaménko'],
    ['a wrong sign of a turnover', [put(head, 90, 'x'), credit, debit], 1, 'znaménko'],
    ['a day that the calendar has not', [head, put(credit, 92, '300214'), debit], 2, 'valuta'],
    ['a head without its day', [put(head, 109, '000000'), credit, debit], 1, 'datum výpisu'],
    ['a line that ends in the middle', [head, credit, debit.slice(0, 80)], 3, 'kratší'],
    ['a head that ends in the middle', [head.slice(0, 100)], 1, 'kratší'],
    ['a second statement that does not balance', [head, credit, debit, head, credit], 4, 'obrat má dáti'],
  ])('a statement with %s', (_what, lines, line, reason) => {
    const refused = refusalOf(cp1250(...lines), { format: 'gpc' });
    expect(refused.line).toBe(line);
    expect(refused.reason).toContain(reason);
  });

  it.each([
    ['', 'prázdný'],
    [' \r\n', 'prázdný'],
    ['hello', 'není výpis'],
    ['UHL1010114', 'není výpis'],
  ])('a file with %j', (text, reason) => {
    expect(refusalOf(Buffer.from(text)).reason).toContain(reason);
  });

  it("a statement of somebody else's account, and of the same number at another bank", () => {
    const ours = { account: '12345/0800' };
    expect(refusalOf(cp1250(put(head, 115, 'CZ650100'), credit, debit), ours).reason).toBe(
      'výpis patří účtu 12345/0100, ne účtu 12345/0800.',
    );
    expect(read([head, credit, debit], ours).account).toBe('12345/0800');
    expect(refusalOf(cp1250(head, credit, debit), { account: '12346/0800' })).toEqual({
      line: 1,
      reason: 'výpis patří účtu 12345, ne účtu 12346/0800.',
    });
  });
});

describe('several statements in one file', () => {
  it('are read each with its own items', () => {
    const next = headOf({ opening: 80_000, closing: 120_000, debit: 0, credit: 40_000 }, 3);
    const statements = readStatements(
      cp1250(head, credit, debit, put(next, 109, '020214'), put(itemOf(40_000, '2', '2003'), 92, '020214')),
    );
    expect(statements.map(({ number, items }) => [number, items.length])).toEqual([
      [2, 2],
      [3, 1],
    ]);
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('are noted when the second does not go on from the first', () => {
    const next = put(headOf({ opening: 90_000, closing: 90_000, debit: 0, credit: 0 }, 3), 109, '020214');
    expect(readStatements(cp1250(head, credit, debit, next))[1]?.problems).toEqual([
      { line: 4, reason: 'počáteční zůstatek 900,00 nenavazuje na konečný 800,00 výpisu před ním.' },
    ]);
  });

  it('give the same ids when they are the same statement, and different ones to equal payments', () => {
    const twice = readStatements(cp1250(head, credit, debit, head, credit, debit));
    expect(twice[0]?.items.map(({ id }) => id)).toEqual(twice[1]?.items.map(({ id }) => id));
    const equal = [headOf({ opening: 0, closing: 80_000, debit: 0, credit: 80_000 }), itemOf(40_000, '2', '0'), itemOf(40_000, '2', '0')];
    const ids = read(equal).items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it('overlapping in days carry an item under one id', () => {
    const days = (from: string, to: string, ...lines: readonly string[]): readonly string[] => {
      const sum = lines.length * 40_000;
      return [put(put(headOf({ opening: 0, closing: sum, debit: 0, credit: sum }), 40, from), 109, to), ...lines];
    };
    const item = (day: string, doc: string): string => put(put(itemOf(40_000, '2', doc), 92, '000000'), 123, day);
    const short = read(days('010226', '020226', item('020226', '11'), item('020226', '12')));
    const long = read(days('020226', '050226', item('030226', '9'), item('020226', '11'), item('020226', '12')));
    expect(long.items.slice(1).map(({ id }) => id)).toEqual(short.items.map(({ id }) => id));
  });
});

describe('account numbers', () => {
  it.each([
    ['0000192000145399', '19-2000145399'],
    ['0000000168540115', '168540115'],
    ['0000000000000000', ''],
    ['9394200015000019', '19-2000145399'],
    ['1234561234567890', '123456-1234567890'],
  ])('%s is %s', (digits, account) => {
    expect(readAccount(digits)).toBe(account);
  });

  it('in internal order are read through the whole statement', () => {
    const own = writeAccount('19-2000145399');
    const other = writeAccount('1265098001');
    const inside = (line: string): string => put(line, 4, internal(own));
    const lines = [inside(head), put(inside(credit), 20, internal(other)), inside(debit)];
    const statement = read(lines, { bank: '0800' });
    expect(statement.account).toBe('19-2000145399/0800');
    expect(statement.items[0]?.counterAccount).toBe('1265098001/1000');
    expect(read(lines, { account: '19-2000145399/0800' }).items).toEqual(statement.items);
  });

  it('that pass in neither order stay as they are written', () => {
    expect(read([head, credit, debit]).account).toBe('12345');
  });

  it('without a bank have no slash', () => {
    const own = put(put(credit, 20, '0'.repeat(16)), 72, '0000000308');
    expect(read([head, own, debit]).items[0]).toMatchObject({ counterAccount: '', ks: '308' });
  });
});

describe('foreign currency', () => {
  it('in the kind of data is held; crowns and other contents of the field are not', () => {
    const kinds = ['00978', '00203', '01102', 'XXXXX'];
    const held = kinds.map((kind) => read([head, put(credit, 118, kind), debit]).items[0]);
    expect(held.map((item) => item?.isHeld)).toEqual([true, false, false, false]);
    expect(held[0]).toMatchObject({ currency: 'EUR', amount: 40_000 });
  });
});

describe('writing a GPC statement', () => {
  it('gives lines of 128 characters that are read back', () => {
    const payer = demoPayers[0]?.account ?? '';
    const at = '2026-03-02T08:00:00Z';
    const transfers = [
      {
        from: payer,
        to: townAccount.account,
        payerName: 'Jana Novotná',
        amount: 15_000,
        vs: '1341000017',
        ks: '558',
        ss: '7',
        message: 'ž'.repeat(100),
        at,
        reference: 1,
      },
      { from: townAccount.account, to: payer, payerName: 'Město Lipová n. Orl.', amount: 5000, at, reference: 2 },
    ];
    const file = writeGpc({ owner: townAccount, number: 1017, date: '2026-03-02', oldBalance: 100, transfers });
    const lines = iconv.decode(file, 'win1250').split('\r\n');
    expect(lines.filter((line) => /^07[45]/.test(line)).map((line) => line.length)).toEqual([128, 128, 128]);
    const [statement] = readStatements(file, { account: townAccount.account });
    expect(statement).toMatchObject({ account: townAccount.account, number: 17, opening: 100, closing: 10_100 });
    expect(statement?.items.map(({ id: _id, ...item }) => item)).toEqual([
      {
        date: '2026-03-02',
        amount: 15_000,
        currency: 'CZK',
        isHeld: false,
        isReversal: false,
        vs: '1341000017',
        ks: '558',
        ss: '7',
        counterAccount: payer,
        name: 'Jana Novotná',
        message: 'ž'.repeat(100),
      },
      {
        date: '2026-03-02',
        amount: -5000,
        currency: 'CZK',
        isHeld: false,
        isReversal: false,
        vs: '',
        ks: '',
        ss: '',
        counterAccount: payer,
        name: 'Město Lipová n. Orl.',
        message: '',
      },
    ]);
  });
});
