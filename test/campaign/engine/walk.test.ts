// The invariants of a walk have teeth: each kind of fault is seen.
import { expect, test } from 'vitest';
import { faultsOf } from './walk.ts';
import type { Stop } from './walk.ts';

const at = '2026-03-02T11:00:00.000Z';
const stop = (over: Partial<Stop>): Stop => ({
  trace: [],
  waits: [],
  variables: {},
  state: '{}',
  thrown: [],
  ended: { elementId: 'e', outcome: 'ended' },
  ...over,
});
const wait = { kind: 'task', executionId: 't#1', elementId: 't', name: '', since: at, role: '', input: {} } as const;
const entered = { kind: 'entered', elementId: 't', executionId: 't#1', at } as const;

test.each<[string, readonly Stop[], string]>([
  ['a completion without an entry', [stop({ trace: [{ ...entered, kind: 'completed' }] })], 'without having been entered'],
  ['an entry that is never left', [stop({ trace: [entered] })], 'never left'],
  ['a wait told twice', [stop({ waits: [wait, wait], ended: undefined })], 'told twice'],
  ['an end with open waits', [stop({ waits: [wait] })], 'waits are open'],
  ['a rest without a wait', [stop({ ended: undefined })], 'has not ended'],
  ['a negative count', [stop({ state: '{"c":-1}' })], 'negative'],
  [
    'a stuck token',
    [stop({ waits: [{ kind: 'join', executionId: 'j#1', elementId: 'j', name: '', since: at, arrived: 1 }], ended: undefined })],
    'stuck at j',
  ],
  [
    'an incident',
    [
      stop({
        waits: [{ kind: 'incident', executionId: 'x#1', elementId: 'x', name: '', since: at, code: 'expression-failed', reason: '' }],
        ended: undefined,
      }),
    ],
    'incident at x',
  ],
])('%s is a fault', (_what, stops, words) => {
  expect(faultsOf(stops).join('; ')).toContain(words);
});

test('a sound walk has none', () => {
  expect(
    faultsOf([
      stop({ trace: [entered], waits: [wait], ended: undefined }),
      stop({ trace: [{ ...entered, kind: 'completed' }], state: '{"text":"a-1","since":"2026-01-01"}' }),
    ]),
  ).toEqual([]);
});
