// The expression language: a table of examples, the bounds, and hostile text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFeel, evaluateCondition, evaluateFeel, FeelError, namesIn, toJson, unaryTest } from '../../forms/feel.ts';
import cases from './feel.cases.json' with { type: 'json' };

type Case = Readonly<{ name: string; feel: string; context?: Readonly<Record<string, unknown>>; value?: unknown; error?: string }>;
const today = '2026-11-21';

function errorOf(run: () => unknown): string {
  try {
    return `value ${JSON.stringify(run())}`;
  } catch (error) {
    if (error instanceof FeelError) return error.code;
    throw error;
  }
}

describe('an expression', () => {
  for (const { name, feel, context = {}, value, error } of cases as readonly Case[]) {
    it(name, () => {
      if (error !== undefined) expect(errorOf(() => evaluateFeel(feel, context, { today }))).toBe(error);
      else expect(evaluateFeel(feel, context, { today })).toEqual(value);
    });
  }

  it('does not read the date of the machine when none is given', () => {
    expect(errorOf(() => evaluateFeel('today()', {}))).toBe('forbidden');
  });

  it('longer than 4 000 characters is refused', () => {
    expect(errorOf(() => evaluateFeel(`"${'a'.repeat(4_000)}"`, {}))).toBe('too-long');
  });

  it('leaves the data it was given untouched', () => {
    const context = Object.freeze({ a: Object.freeze({ b: 1 }) });
    expect(evaluateFeel('context put(a, "b", 2)', context)).toEqual({ b: 2 });
    expect(context.a.b).toBe(1);
  });

  it('used as a condition must be yes, no or null', () => {
    expect(evaluateCondition('a > 1', { a: null })).toBe(false);
    expect(errorOf(() => evaluateCondition('1', {}))).toBe('not-boolean');
  });

  it('in a decision table cell is tested against the value', () => {
    expect(unaryTest('< 3', 2, {})).toBe(true);
    expect(unaryTest('"a", "b"', 'b', {})).toBe(true);
    expect(unaryTest('-', null, {})).toBe(true);
    expect(unaryTest('> x', 2, { x: 3 })).toBe(false);
    expect(unaryTest('matches(?, "^a")', 'abc', {})).toBe(true);
    expect(errorOf(() => unaryTest('> y', 2, {}))).toBe('missing-variable');
  });

  it('is checked without being evaluated', () => {
    expect(checkFeel('a.b > 1')).toBeUndefined();
    expect(checkFeel('1 +')).toContain('není správně zapsán');
    expect(checkFeel('')).toContain('prázdný');
    expect(checkFeel('< 3', 'unary-tests')).toBeUndefined();
  });

  it('tells which variables it reads from outside', () => {
    expect(namesIn('=a.b + (for x in l return x * y)[item > z] + {k: 1, m: k}.m + count(q)')).toEqual(['a', 'l', 'y', 'z', 'q']);
    expect(namesIn('sort(l, function(p) p < w)')).toEqual(['l', 'w']);
    expect(namesIn('today() > date(d)')).toEqual(['d']);
  });
});

describe('an expression that is kept ready', () => {
  it('misses its variable anew each time it is not there', () => {
    const outcomes = [{ a: 1 }, {}, { a: 2 }].map((context) => errorOf(() => evaluateFeel('a + 1', context)));
    expect(outcomes).toEqual(['value 2', 'missing-variable', 'value 3']);
  });

  it('takes the day and the steps of each evaluation, not of the first', () => {
    const days = ['2026-01-01', '2027-05-05'].map((today) => evaluateFeel('today()', {}, { today }));
    expect(days).toEqual(['2026-01-01', '2027-05-05']);
    for (let count = 0; count < 20; count += 1) expect(evaluateFeel('count(for i in 1..9000 return i)', {})).toBe(9000);
  });

  it('may end in a comment', () => {
    expect(evaluateFeel('1 + 1 // two', {})).toBe(2);
  });
});

describe('the bounds', () => {
  it('stop a pattern that would make a backtracking engine run for ever', () => {
    const started = performance.now();
    expect(evaluateFeel('matches(text, "(a+)+$")', { text: `${'a'.repeat(5_000)}!` })).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('stop a list that doubles under one name after another', () => {
    const entries = Array.from({ length: 40 }, (_, index) => `v${index}: ${index === 0 ? '[1, 1]' : `[v${index - 1}, v${index - 1}]`}`);
    const started = performance.now();
    expect(errorOf(() => evaluateFeel(`{${entries.join(', ')}, r: v39 = v39}.r`, {}))).toBe('too-many-steps');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('stop the comparison of thousands of rows with each other', () => {
    const rows = Array.from({ length: 9_000 }, (_, index) => ({ a: index }));
    const started = performance.now();
    expect(errorOf(() => evaluateFeel('distinct values(rows)', { rows }))).toBe('too-many-steps');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('refuse data that contain themselves', () => {
    const data: Record<string, unknown> = {};
    data['self'] = data;
    expect(errorOf(() => evaluateFeel('self', data))).toBe('too-many-steps');
    expect(errorOf(() => toJson(data))).toBe('too-many-steps');
  });

  it('let nothing but data in and out', () => {
    expect(errorOf(() => evaluateFeel('a', { a: () => 1 }))).toBe('not-data');
    expect(errorOf(() => toJson(new Map()))).toBe('not-data');
  });
});

describe('hostile text', () => {
  const words = fc.constantFrom(
    ...[
      'constructor',
      '__proto__',
      'prototype',
      'toString',
      'valueOf',
      'this',
      'globalThis',
      'process',
      'a',
      'l',
      'sort',
      'matches',
      '$args',
      'fn',
    ],
    ...[
      '.',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      '"',
      '`',
      '=',
      '+',
      '..',
      'for x in ',
      ' return ',
      'function(x) ',
      'some y in ',
      ' satisfies ',
      'if ',
      ' then ',
      ' else ',
      '1',
      '"a"',
      ' ',
    ],
  );
  const context = { a: { b: 'text', c: [1, { d: null }] }, l: [1, 2, 3] };

  it('ends in plain data or in our error, and changes nothing around', () => {
    const before = [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Function.prototype)].join();
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 14 }), (parts) => {
        const outcome = errorOf(() => {
          const value = evaluateFeel(parts.join(''), context, { today });
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
          return value;
        });
        expect(outcome).not.toContain('native code');
      }),
      { numRuns: 3_000 },
    );
    expect([Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Function.prototype)].join()).toBe(before);
  });

  it('reaches no built-in property by a chain of names', () => {
    const names = fc.constantFrom(
      'constructor',
      '__proto__',
      'prototype',
      '__defineGetter__',
      'call',
      'apply',
      'toString',
      'valueOf',
      'hasOwnProperty',
      'caller',
      'arguments',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('a', 'l', 'a.b', 'l[1]', 'sort', 'date("2026-01-01")'),
        fc.array(names, { minLength: 1, maxLength: 5 }),
        (root, chain) => {
          const outcome = errorOf(() => evaluateFeel([root, ...chain].join('.'), context));
          expect(['forbidden', 'missing-variable', 'failed', 'not-data', 'syntax', 'value null', 'value [null,null,null]']).toContain(
            outcome,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('in the data cannot pose as a prototype', () => {
    const data = { a: JSON.parse('{"__proto__": {"polluted": true}}') as unknown };
    expect(errorOf(() => evaluateFeel('a', data))).toBe('forbidden');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
