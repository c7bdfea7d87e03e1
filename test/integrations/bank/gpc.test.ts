// The GPC parser against a printed sample, the writer, and statements that must not be believed.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { readAccount } from '../../../server/integrations/bank/gpc-account.ts';
import { writeGpc } from '../../../server/integrations/bank/gpc-writer.ts';
import { parseGpc } from '../../../server/integrations/bank/gpc.ts';
import { demoPayers, townAccount } from '../../../server/integrations/bank/simulator-state.ts';

const cp1250 = (...lines: readonly string[]): Buffer => iconv.encode(lines.map((line) => `${line}\r\n`).join(''), 'win1250');
const head =
  '0740000000000012345Test s.r.o.         01011400000000100000+00000000080000+00000000060000+00000000040000+002010214              ';
const credit =
  '0750000000000012345000000000015678900000000020010000000400002000000001100100000120000000013050114Tran 1              01102050114';
const debit =
  '0750000000000012345000000000015678900000000020020000000600001000000001100100000120000000013050114Tran 2              01102050114';

describe('reading a GPC statement', () => {
  it('reads the printed sample: counter account, amount, symbols, date', () => {
    const [statement] = parseGpc(cp1250(head, credit, debit));
    expect(statement).toMatchObject({ account: '12345', number: 2, date: '2014-02-01', oldBalance: 100_000, newBalance: 80_000 });
    expect(statement?.items[0]).toEqual({
      amount: 40_000,
      isReversal: false,
      documentNumber: '0000000002001',
      vs: '11',
      ks: '12',
      ss: '13',
      counterAccount: '156789/1000',
      name: 'Tran 1',
      message: '',
      date: '2014-01-05',
    });
    expect(statement?.items[1]?.amount).toBe(-60_000);
  });

  it('joins the message of records 078 and 079, in Windows-1250, and ignores unknown records', () => {
    const [statement] = parseGpc(
      cp1250(head, credit, `078${'Poplatek za psa Žeryk'.padEnd(70)}`, `079${'číslo 2'.padEnd(70)}`, '076whatever', debit),
    );
    expect(statement?.items.map((item) => item.message)).toEqual(['Poplatek za psa Žeryk číslo 2', '']);
  });

  it('takes the message of the extended form', () => {
    const [statement] = parseGpc(cp1250(head, credit + 'Dlouhá zpráva'.padEnd(140) + ' '.repeat(200), debit));
    expect(statement?.items[0]?.message).toBe('Dlouhá zpráva');
  });

  it.each([
    ['4-5', '5', -40_000],
    ['3-4', '4', -40_000],
  ] as const)('reads a reversed credit of banks that write %s', (reversals, code, amount) => {
    const reversal = credit.slice(0, 60) + code + credit.slice(61);
    const sums = head.replace('00000000080000+00000000060000+00000000040000+', '00000000060000+00000000000000000000000040000-');
    expect(parseGpc(cp1250(sums, reversal), { reversals })[0]?.items[0]).toMatchObject({ amount, isReversal: true });
  });

  it.each([
    ['an item missing', [head, credit]],
    ['a changed amount', [head, credit.replace('000000040000', '000000040001'), debit]],
    ['a changed balance', [head.replace('00000000080000+', '00000000080001+'), credit, debit]],
    ['an item of another account', [head, credit.replace('0000000000012345', '0000000000012346'), debit]],
    ['no head', [credit]],
    ['nothing at all', []],
    ['an unknown kind of item', [head, credit.slice(0, 60) + '9' + credit.slice(61), debit]],
    ['letters for digits', [head.replace('00000000100000', 'x0000000100000'), credit, debit]],
  ])('refuses a statement with %s', (_what, lines) => {
    expect(() => parseGpc(cp1250(...lines))).toThrow(OutsideFailure);
  });

  it('reads several statements of one file', () => {
    expect(parseGpc(cp1250(head, credit, debit, head, credit, debit))).toHaveLength(2);
  });
});

describe('account numbers', () => {
  it.each([
    ['0000192000145399', '19-2000145399'],
    ['0000000168540115', '168540115'],
    ['0000000000000000', ''],
    ['9394200015000019', '19-2000145399'],
  ])('%s is %s', (digits, account) => {
    expect(readAccount(digits)).toBe(account);
  });
});

describe('writing a GPC statement', () => {
  it('gives lines of 128 characters that the parser reads back', () => {
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
      },
      { from: townAccount.account, to: payer, payerName: 'Město Lipová n. Orl.', amount: 5000, at },
    ];
    const file = writeGpc({ owner: townAccount, number: 1017, date: '2026-03-02', oldBalance: 100, transfers });
    const lines = iconv.decode(file, 'win1250').split('\r\n');
    expect(lines.filter((line) => /^07[45]/.test(line)).map((line) => line.length)).toEqual([128, 128, 128]);
    expect(parseGpc(file)).toEqual([
      {
        account: '19-2000145399',
        number: 17,
        date: '2026-03-02',
        oldBalance: 100,
        newBalance: 10_100,
        items: [
          {
            amount: 15_000,
            isReversal: false,
            documentNumber: '0000000000001',
            vs: '1341000017',
            ks: '558',
            ss: '7',
            counterAccount: payer,
            name: 'Jana Novotná',
            message: `${'ž'.repeat(70)} ${'ž'.repeat(30)}`,
            date: '2026-03-02',
          },
          {
            amount: -5000,
            isReversal: false,
            documentNumber: '0000000000002',
            vs: '',
            ks: '',
            ss: '',
            counterAccount: payer,
            name: 'Město Lipová n. Orl.',
            message: '',
            date: '2026-03-02',
          },
        ],
      },
    ]);
  });
});
