// Ids carry the time they were made at, as RFC 9562 lays it out.
import { expect, test } from 'vitest';
import { newId } from '../../server/platform/ids.ts';

test('the example of RFC 9562, appendix A.6, comes out bit for bit', () => {
  // rand_a = 0xCC3, rand_b = 0b01 and 0x8C4DC0C0C07398F
  const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
  expect(newId(new Date('2022-02-22T19:22:22.000Z'), () => random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('a later id sorts after an earlier one, and a thousand of one moment differ', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  expect(newId(new Date(now.getTime() + 1)) > newId(now)).toBe(true);
  expect(new Set(Array.from({ length: 1000 }, () => newId(now))).size).toBe(1000);
});
