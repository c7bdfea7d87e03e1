// The life of a yearly run, as a table.
import { expect, test } from 'vitest';
import { mayFollow, permitRunMove, runStates, SINKS, WORKING, type RunState } from '../../../server/domain/money/run-life.ts';

const followers = (state: RunState): readonly RunState[] => runStates.filter((to) => mayFollow(state, to));

test('a run that is over never moves again, and nothing else is an end', () => {
  expect(runStates.filter((state) => followers(state).length === 0)).toEqual(
    [...SINKS].sort((a, b) => runStates.indexOf(a) - runStates.indexOf(b)),
  );
});

test('every state is reached from the first one, and an end from every state', () => {
  const reach = (from: readonly RunState[]): readonly RunState[] => {
    const wider = [...new Set([...from, ...from.flatMap(followers)])];
    return wider.length === from.length ? wider : reach(wider);
  };
  expect([...reach(['planning'])].sort()).toEqual([...runStates].sort());
  for (const state of runStates)
    expect(
      SINKS.some((end) => reach([state]).includes(end)),
      state,
    ).toBe(true);
});

test('nothing is prescribed and nothing taken back before a second person was asked', () => {
  expect(runStates.filter((from) => mayFollow(from, 'prescribing'))).toEqual(['asked', 'prescribing-paused']);
  expect(runStates.filter((from) => mayFollow(from, 'undoing'))).toEqual(['undo-asked', 'undoing-paused']);
});

test('once letters go out there is no way back', () => {
  const later = ['sending', 'sending-paused', 'sent'] as const;
  for (const from of later) expect(followers(from).some((to) => to === 'undo-asked' || to === 'undoing')).toBe(false);
});

test('what works by itself can be stopped or comes to its end', () => {
  for (const state of WORKING) expect(followers(state).length).toBe(2);
});

test('a step that is not in the table is refused with both states', () => {
  expect(() => permitRunMove('planned', 'prescribing')).toThrow(
    expect.objectContaining({ code: 'run-not-so-far', details: { from: 'planned', to: 'prescribing' } }),
  );
  expect(() => permitRunMove('planned', 'asked')).not.toThrow();
});
