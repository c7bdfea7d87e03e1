// The facts of a town as a person types them, and what of them cannot be right.
import { expect, test } from 'vitest';
import { demoFacts } from '../../server/town/demo-town.ts';
import { verify } from '../../server/town/settings/verify.ts';
import { factKeys, factSections, tidyFacts, townFactsSchema } from '../../server/town/town-facts.ts';

const wrong = (change: object): readonly string[] => verify(townFactsSchema, { ...demoFacts, ...change }, '').map(({ path }) => path);

test('the demo town can be a town', () => {
  expect(wrong({})).toEqual([]);
});

test('every fact stands in exactly one section of the page', () => {
  expect(factSections.flatMap(({ keys }) => keys).toSorted()).toEqual(factKeys.toSorted());
});

test.each([
  ['account', 'CZ65 0800 0000 1920 0014 5399', '19-2000145399/0800'],
  ['account', ' 000019-2000145399 / 0800', '19-2000145399/0800'],
  ['ico', ' 123 456 79 ', '12345679'],
  ['ico', '19', '00000019'],
  ['dataBox', ' ABC1234 ', 'abc1234'],
  ['name', '  Lhota ', 'Lhota'],
])('%s typed as „%s“ is kept tidy', (key, typed, kept) => {
  expect(tidyFacts({ [key]: typed })).toEqual({ [key]: kept });
});

test.each([
  ['account', '19-2000145398/0800'],
  ['account', '2000145399'],
  ['account', 'CZ6608000000192000145399'],
  ['ico', '12345678'],
  ['ico', '1234567'],
  ['dataBox', 'abc123'],
  ['dataBox', 'ABC1234'],
  ['phone', '12345'],
  ['phone', '+420 465 12 a'],
  ['email', 'podatelna@'],
  ['web', 'javascript:alert(1)'],
  ['web', 'lhota.cz'],
  ['name', ''],
  ['address', undefined],
  ['records', 'papir'],
])('%s cannot be „%s“', (key, value) => {
  expect(wrong({ [key]: value })).toEqual([key]);
});
