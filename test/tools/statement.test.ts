// The command `npm run -s statement` as others use it: a file in, a line of JSON per statement out, and what it ends with.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { askedOf } from '../../tools/statement/arguments.ts';
import { camt, cp1250, credit, debit, fio, head, movement, put, sampleEntry } from '../integrations/bank/samples.ts';

const program = join(import.meta.dirname, '../../tools/statement.ts');
const folder = mkdtempSync(join(tmpdir(), 'statement-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (bytes: Uint8Array): string => {
  const file = join(folder, 'vypis');
  writeFileSync(file, bytes);
  return file;
};
const run = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 60_000 });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { status, stderr, answers: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

test('the printed sample gives one line with account, number, balances in haléře and items', () => {
  const { status, stderr, answers } = run(fileOf(cp1250(head, credit, debit)), '--bank', '0100');
  expect([status, stderr]).toEqual([0, '']);
  expect(answers).toMatchObject([
    {
      account: '12345/0100',
      number: 2,
      opening: 100_000,
      closing: 80_000,
      problems: [],
      items: [
        {
          date: '2014-01-05',
          amount_halere: 40_000,
          vs: '11',
          ks: '12',
          ss: '13',
          counterparty: '156789/1000',
          message: '',
          reversal: false,
          held: false,
        },
        { amount_halere: -60_000 },
      ],
    },
  ]);
});

test('the format is known by the content, and there is one line for each statement of the file', () => {
  const next = put(put(put(head, 46, '00000000080000+00000000080000+00000000000000000000000000000000'), 106, '003'), 109, '020214');
  expect(run(fileOf(cp1250(head, credit, debit, next))).answers.map(({ number }) => number)).toEqual([2, 3]);
  expect(run(fileOf(camt(sampleEntry))).answers).toMatchObject([{ format: 'camt', items: [{ vs: '2026000123', amount_halere: 15_000 }] }]);
  expect(run(fileOf(fio([movement({ 14: '"EUR"' })], '0', '0'))).answers).toMatchObject([{ format: 'fio', items: [{ held: true }] }]);
});

test('a file that does not balance ends with 1, says line and reason, and gives no item of its good statements either', () => {
  const file = fileOf(cp1250(head, credit, debit, head, credit));
  const { status, stderr, answers } = run(file);
  expect(status).toBe(1);
  expect(stderr).toBe(`${file}, řádek 4: obrat má dáti 600,00 nesouhlasí se součtem položek 0,00.\n`);
  expect(answers).toEqual([
    {
      account: null,
      number: null,
      opening: null,
      closing: null,
      items: [],
      problems: [{ line: 4, reason: 'obrat má dáti 600,00 nesouhlasí se součtem položek 0,00.' }],
    },
  ]);
});

test('a statement of another account is refused, by number and by IBAN', () => {
  const file = fileOf(camt(sampleEntry));
  expect(run(file, '--account', '19-2000145399/0800').status).toBe(0);
  expect(run(file, '--account', 'CZ65 0800 0000 1920 0014 5399').status).toBe(0);
  const { status, stderr } = run(file, '--account', 'CZ2806000000000168540115');
  expect(status).toBe(1);
  expect(stderr).toContain('výpis patří účtu 19-2000145399/0800, ne účtu 168540115/0600.');
});

test('a format that is said and is not the one ends with 1', () => {
  expect(run(fileOf(camt(sampleEntry)), '--format', 'fio').status).toBe(1);
});

test.each([
  [[]],
  [['a', 'b']],
  [['a', '--format', 'mt940']],
  [['a', '--bank', '80']],
  [['a', '--account', 'x']],
  [['a', '--account', 'DE89370400440532013000']],
  [['a', '--colour']],
])('wrong usage %j says how it is used', (args) => {
  const asked = askedOf(args);
  expect(asked).toMatchObject({ kind: 'wrong', reason: expect.stringContaining('usage: npm run -s statement') as string });
});

test('wrong usage and a file that cannot be opened end with 2 and print nothing to the output', () => {
  for (const args of [[], [join(folder, 'nic')], [folder]]) {
    const { status, stderr, answers } = run(...args);
    expect([status, answers]).toEqual([2, []]);
    expect(stderr).not.toBe('');
  }
});
