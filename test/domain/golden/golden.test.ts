// The golden set against the house: the dates a lawyer expects, the paragraphs that must be named, and cases that must be refused.
import { describe, expect, test } from 'vitest';
import { calculate, isError } from '../../../server/domain/deadlines/index.ts';
import type { DeadlineAnswer } from '../../../server/domain/deadlines/index.ts';
import { asked, readGolden, type GoldenCase } from './read-golden.ts';

describe.each(readGolden())('$name', ({ cases }) => {
  test.each(cases)('$id $why', (golden) => {
    const answer = calculated(golden);

    if (golden.error) expect(isError(answer) && answer.error.code).toMatch(/^[a-z]+(-[a-z]+)+$/);
    else {
      expect(onlyExpected(answer, golden)).toEqual(golden.expect);
      for (const paragraph of golden.cites ?? []) expect(sources(answer)).toContain(paragraph);
    }
  });

  test.each(cases.filter(({ error, events }) => !error && events.length > 1))('$id whatever the order of its events', (golden) => {
    expect(calculated({ ...golden, events: [...golden.events].reverse() })).toEqual(calculated(golden));
  });
});

function calculated(golden: GoldenCase): DeadlineAnswer {
  return calculate(asked(golden) as never, { switches: golden.switch ?? {} });
}

/** The fields that the case speaks of. `running` and `ended` are not the law's words: only `stopped` is. */
function onlyExpected(answer: DeadlineAnswer, { expect: expected = {} }: GoldenCase): object {
  const told: Readonly<Record<string, unknown>> = { ...answer };
  return Object.fromEntries(Object.keys(expected).map((field) => [field, told[field] ?? null]));
}

/** `§ 71 odst. 3` as the golden set writes it, `§ 71/3`. */
function sources(answer: DeadlineAnswer): string {
  const steps = isError(answer) ? [] : answer.derivation;
  return steps.map(({ source }) => source.replaceAll(' odst. ', '/')).join(' | ');
}
