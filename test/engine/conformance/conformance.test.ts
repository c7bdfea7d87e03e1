// Every example of the suite, run straight and again with every case saved, dropped and recovered between any two steps.
import { describe, expect, test } from 'vitest';
import { ask, differences } from './example.ts';
import { examples } from './examples.ts';

const elements = [...new Set(examples.map(({ element }) => element))];

describe.each(elements)('%s', (element) => {
  const own = examples.filter((example) => example.element === element);
  test.each(own)('$says', async (example) => {
    const straight = await ask(example);
    expect(differences(example.expects, straight)).toEqual([]);
    expect(await ask(example, { saveEveryStep: true })).toEqual(straight);
  });
});

test('the suite is as wide as the specification', () => {
  expect(examples.length).toBeGreaterThan(250);
  expect(new Set(examples.map(({ element, says }) => `${element}: ${says}`)).size).toBe(examples.length);
});
