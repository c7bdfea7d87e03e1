// The pattern of expected orders has teeth: it allows what BPMN allows and nothing else.
import { expect, test } from 'vitest';
import { allows, readPattern } from './trace-pattern.ts';

const fits = (pattern: string, ids: string): boolean => allows(readPattern(pattern), ids === '' ? [] : ids.split(' '));

test.each([
  ['s a e', 's a e', true],
  ['s a e', 's e a', false],
  ['s a e', 's a', false],
  ['s a e', 's a e e', false],
  ['s {a | b c} e', 's b a c e', true],
  ['s {a | b c} e', 's a b c e', true],
  ['s {a | b c} e', 's c b a e', false],
  ['s {a | b c} e', 's b c e', false],
  ['s {a | {b | c} d} e', 's c a b d e', true],
  ['s {a | {b | c} d} e', 's c d a b e', false],
  ['s {a t | b t} e', 's a b t t e', true],
  ['s {a t | b t} e', 's t a b t e', false],
  ['s t t t* e', 's t t t* e', true],
  ['s t t t* e', 's t t t e', false],
  ['s x? e', 's e', true],
  ['s x? e', 's x e', true],
  ['s x? e', 's x x e', false],
  ['', '', true],
  ['', 's', false],
])('%s, given %s: %s', (pattern, ids, expected) => {
  expect(fits(pattern, ids)).toBe(expected);
});
