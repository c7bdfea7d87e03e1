// The demo's clock follows a file; the others do not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { createDemoClock, createFixedClock, systemClock } from '../../server/platform/clock.ts';

const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'vyrizeno-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rounded to seconds: the two are read one after the other. Plus zero, because a millisecond the other way would round to minus zero. */
const ahead = (clock: { readonly now: () => Date }): number =>
  Math.round((clock.now().getTime() - systemClock.now().getTime()) / 1000) * 1000 + 0;

test('without a file the demo runs on the time of the system', () => {
  expect(ahead(createDemoClock(join(folder, 'missing.json')))).toBe(0);
});

test('a move is seen at once by the clock that moved and soon by another process', async () => {
  const file = join(folder, 'deep', 'clock.json');
  const mover = createDemoClock(file);
  const follower = createDemoClock(file);
  expect(ahead(follower)).toBe(0);

  mover.moveTo(30 * day);

  expect(ahead(mover)).toBe(30 * day);
  await pause(250);
  expect(ahead(follower)).toBe(30 * day);
});

test('two moves that leave a file of the same size are told apart', async () => {
  const clock = createDemoClock(join(folder, 'twice.json'));
  clock.moveTo(3 * day);
  expect(ahead(clock)).toBe(3 * day);
  clock.moveTo(5 * day);
  expect(ahead(clock)).toBe(5 * day);
});

test('a file that cannot be read moves nothing', () => {
  const file = join(folder, 'broken.json');
  writeFileSync(file, '{ "offsetMs": ');
  expect(ahead(createDemoClock(file))).toBe(0);
});

test('a fixed clock stands still, and nobody can move it through the date it gave out', () => {
  const clock = createFixedClock(new Date('2026-02-28T10:00:00Z'));
  clock.now().setFullYear(1999);
  expect(clock.now().toISOString()).toBe('2026-02-28T10:00:00.000Z');
  clock.set(new Date('2026-03-01T00:00:00Z'));
  expect(clock.now().toISOString()).toBe('2026-03-01T00:00:00.000Z');
});
