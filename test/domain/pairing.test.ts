// Which case takes a data message: the weightiest rule decides, and only when it found one case.
import { expect, test } from 'vitest';
import { pairMessage, type Found } from '../../server/domain/pairing.ts';

const chosen = (...found: readonly Found[]) => {
  const { chosen: one } = pairMessage(found);
  return one && [one.caseId, one.rule, one.certainty];
};

test('our own mark beats everything else that was found', () => {
  expect(
    chosen({ rule: 'sender', caseId: 'b', awaitsSender: true }, { rule: 'subject', caseId: 'c' }, { rule: 'mark', caseId: 'a' }),
  ).toEqual(['a', 'mark', 'certain']);
});
test('two cases by the same rule are chosen between by a person', () => {
  const found: readonly Found[] = [
    { rule: 'subject', caseId: 'a' },
    { rule: 'subject', caseId: 'b' },
    { rule: 'sender', caseId: 'a' },
  ];
  expect(pairMessage(found)).toEqual({
    chosen: undefined,
    candidates: [
      { caseId: 'a', rule: 'subject', certainty: 'likely' },
      { caseId: 'b', rule: 'subject', certainty: 'likely' },
    ],
  });
});
test('one case found twice by one rule is one case', () => {
  expect(chosen({ rule: 'number', caseId: 'a' }, { rule: 'number', caseId: 'a' })).toEqual(['a', 'number', 'certain']);
});
test('a box alone decides when exactly one case waits for its person', () => {
  const waiting = { rule: 'sender', caseId: 'a', awaitsSender: true } as const;
  expect(chosen(waiting, { rule: 'sender', caseId: 'b', awaitsSender: false })).toEqual(['a', 'sender', 'likely']);
  expect(chosen(waiting, { rule: 'sender', caseId: 'b', awaitsSender: true })).toBe(undefined);
});
test('the only open case of a person is offered, not taken', () => {
  expect(pairMessage([{ rule: 'sender', caseId: 'a', awaitsSender: false }])).toEqual({
    chosen: undefined,
    candidates: [{ caseId: 'a', rule: 'sender', certainty: 'possible' }],
  });
});
test('nothing found is nobody’s', () => {
  expect(pairMessage([])).toEqual({ chosen: undefined, candidates: [] });
});
