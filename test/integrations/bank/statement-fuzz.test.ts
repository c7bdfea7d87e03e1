// Any bytes end as statements or as a refusal with line and reason, in time that grows with their length; a changed haléř is never believed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_STATEMENT, readStatements } from '../../../server/integrations/bank/read-statement.ts';
import { StatementRefused } from '../../../server/integrations/bank/statement.ts';
import type { StatementFormat } from '../../../server/integrations/bank/statement.ts';
import { camt, cp1250, credit, debit, entry, fio, head, headOf, itemOf, movement, put, sampleEntry } from './samples.ts';

const formats: readonly (StatementFormat | undefined)[] = [undefined, 'gpc', 'camt', 'fio'];
const samples: readonly Buffer[] = [
  cp1250(head, credit, `078${'Žeryk'.padEnd(70)}`, debit),
  cp1250(put(head, 115, 'CZ650800IB'), credit + 'x'.repeat(400), debit),
  camt(sampleEntry),
  camt(entry({ amount: '150.00', details: '<TxDtls><Amt Ccy="CZK">100.00</Amt></TxDtls><TxDtls><Amt Ccy="CZK">50.00</Amt></TxDtls>' })),
  fio([movement({ 5: '"42"', 16: '"Za psa"' })], '0', '1480.00'),
];

/** Gives the sum of what the statements say, or undefined for a refusal; anything else thrown is the failure we look for. */
function outcome(bytes: Uint8Array, format: StatementFormat | undefined): readonly number[] | undefined {
  try {
    const statements = readStatements(bytes, format ? { format } : {});
    // What PostgreSQL does not store would stop the inbox.
    expect(JSON.stringify(statements)).not.toMatch(/\\u0000|\\ud[89a-f]/);
    for (const { opening, closing, items, currency } of statements) {
      const moved = items.filter((item) => item.currency === currency).reduce((sum, item) => sum + BigInt(item.amount), 0n);
      const held = items.filter((item) => item.currency !== currency).reduce((sum, item) => sum + BigInt(item.amount), 0n);
      expect([BigInt(opening) + moved, BigInt(opening) + moved + held]).toContain(BigInt(closing));
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    }
    return statements.map(({ closing }) => closing);
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    expect(error.line).toBeGreaterThan(0);
    expect(error.reason).toMatch(/\.$/);
    expect(JSON.stringify(error.reason)).not.toMatch(/\\u00|\\ud[89a-f]/);
    return undefined;
  }
}

const anyFormat = fc.constantFrom(...formats);

describe('any bytes', () => {
  it('are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), anyFormat, (bytes, format) => {
        outcome(bytes, format);
      }),
      { numRuns: 500 },
    );
  });

  it('made of the words of the formats are read or refused', () => {
    const word = fc.constantFrom(
      ...[
        '074',
        '075',
        '078',
        '\r\n',
        '0'.repeat(16),
        '+',
        '-',
        head,
        credit,
        '<Stmt>',
        '</Stmt>',
        '<Ntry>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '&amp;',
        '&#0;',
      ],
      ...[
        '<BkToCstmrStmt>',
        '</BkToCstmrStmt>',
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ':',
        '\\u12',
        '"accountStatement"',
        '"info"',
        '1e5',
        'null',
        '\u0000',
        '<?xml ',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), anyFormat, (words, format) => {
        outcome(Buffer.from(words.join('')), format);
      }),
      { numRuns: 500 },
    );
  });

  it.each(samples.map((sample, index) => [index, sample] as const))(
    'of sample %i with a piece changed, lost or doubled',
    (_index, sample) => {
      expect(outcome(sample, undefined)).toHaveLength(1);
      const change = fc.record({
        at: fc.nat(sample.length - 1),
        length: fc.nat(60),
        put: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constant(undefined)),
      });
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), anyFormat, (changes, format) => {
          let bytes = sample;
          for (const { at, length, put: piece } of changes) {
            const gone = bytes.subarray(at, at + length);
            bytes = Buffer.concat([bytes.subarray(0, at), piece ?? Buffer.concat([gone, gone]), bytes.subarray(at + length)]);
          }
          outcome(bytes, format);
        }),
        { numRuns: 400 },
      );
    },
  );

  it('of a GPC statement with one digit of money changed are refused', () => {
    const money = [...columns(46, 59), ...columns(61, 74), ...columns(76, 89), ...columns(91, 104)].map(
      (position) => [0, position] as const,
    );
    const places = [...money, ...columns(49, 60).flatMap((position) => [[1, position] as const, [2, position] as const])];
    for (const [line, position] of places)
      for (const digit of '0123456789') {
        const lines = [head, credit, debit].map((text, index) => (index === line ? put(text, position, digit) : text));
        const isSame = lines.join() === [head, credit, debit].join();
        expect(outcome(cp1250(...lines), undefined)).toEqual(isSame ? [80_000] : undefined);
      }
  });
});

const columns = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

// Sizes at which work that grows with the square would take hours, so that no clock has to be read.
describe('time', () => {
  const many = (count: number, piece: string): string => piece.repeat(count);

  const list = (count: number, make: (index: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const readable: Readonly<Record<string, () => Uint8Array>> = {
    'items of GPC': () => cp1250(headOf({ opening: 0, closing: 20_000, debit: 0, credit: 20_000 }), ...list(20_000, () => itemOf(1, '2'))),
    'messages of one item': () => cp1250(head, credit, ...list(100_000, () => `078${'x'.repeat(70)}`), debit),
    'entries of CAMT': () => camt(many(5000, sampleEntry), '0.00', '750000.00'),
    'parts of a batch': () =>
      camt(entry({ amount: '10000.00', details: many(10_000, '<TxDtls><Amt Ccy="CZK">1.00</Amt></TxDtls>') }), '0.00', '10000.00'),
    'movements of Fio': () =>
      fio(
        list(10_000, (index) => movement({ 22: String(index) })),
        '0',
        '14800000',
      ),
  };
  const hostile: Readonly<Record<string, () => string>> = {
    attributes: () => `<a ${list(200_000, (index) => `a${index}=""`).join(' ')}/>`,
    'open brackets': () => many(2_000_000, '<'),
    comments: () => `<a>${many(500_000, '<!---->')}`,
    'unclosed comments': () => `<a>${many(500_000, '<!--')}`,
    entities: () => `<a>${many(500_000, '&amp;')}</a>`,
    'blanks in a tag': () => `<a${many(1_000_000, ' ')}b${many(1_000_000, ' ')}`,
    'escapes of JSON': () => `{"a":"${many(1_000_000, '\\\\')}`,
    digits: () => `{"a":${many(2_000_000, '1')}`,
    'lists in a row': () => `{"a":[${many(500_000, '[],')}`,
    'lines of nothing': () => many(2_000_000, '\n'),
  };

  it.each(Object.keys(readable))('does not grow with the square of the number of %s', (what) => {
    expect(outcome(readable[what]?.() ?? new Uint8Array(), undefined)).toHaveLength(1);
  });

  it.each(Object.keys(hostile))('does not grow with the square of the number of %s', (what) => {
    expect(outcome(Buffer.from(hostile[what]?.() ?? ''), undefined)).toBeUndefined();
  });

  it('is not spent on a file that is too large', () => {
    expect(outcome(Buffer.alloc(LARGEST_STATEMENT + 1, '0'), undefined)).toBeUndefined();
  });
});
