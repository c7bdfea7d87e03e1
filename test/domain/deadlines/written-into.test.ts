// What follows a posting, a delivery into a box or a storing may stand as an event of its own or inside the first one: it means the same.
import { expect, test } from 'vitest';
import { calculate } from '../../../server/domain/deadlines/index.ts';

test.each([
  ['sr', { type: 'posted_notice', date: '2026-06-20' }, 'taken_down', '2026-06-25', { delivered: null }],
  ['sr', { type: 'stored', date: '2026-03-02' }, 'picked_up', '2026-03-05', { delivered: '2026-03-05', how: 'pickup' }],
  ['isds', { type: 'put_in_box', date: '2026-03-25' }, 'login', '2026-03-27', { delivered: '2026-03-27', how: 'login' }],
])('%s: %o with %s', (regime, first, field, date, expected) => {
  const apart = calculate({ id: 'x', regime, rule: 'delivery', events: [first, { type: field, date }], ask: ['delivered', 'how'] });
  const inside = calculate({ id: 'x', regime, rule: 'delivery', events: [{ ...first, [field]: date }], ask: ['delivered', 'how'] });

  expect(inside).toEqual(apart);
  expect(apart).toMatchObject(expected);
});
