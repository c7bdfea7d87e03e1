// The packed form of a journal entry's trace: whatever was put in comes out, and the hash over it is the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../server/store/json.ts';
import { canonical } from '../../server/store/journal.ts';
import { packTrace, unpackTrace } from '../../server/store/packed-trace.ts';

const AT = '2026-03-02T08:00:00.000Z';

test('a usual step is a short line', () => {
  const trace = [
    { k: 'completed', e: 'podani', x: 'podani#1', at: AT },
    { k: 'flow', e: 'podani-kontrola' },
    { k: 'entered', e: 'kontrola', x: 'kontrola#2', at: '2026-03-02T09:00:00.000Z' },
    { k: 'decision', e: 'sazba', rules: [1, 2] },
  ];
  const packed = packTrace({ trace, draftId: 'x' }, AT);
  expect(packed).toEqual({
    draftId: 'x',
    trace: '- podani #1\n> podani-kontrola\n+ kontrola #2 2026-03-02T09:00:00.000Z\n{"k":"decision","e":"sazba","rules":[1,2]}',
  });
  expect(unpackTrace(packed, AT)).toEqual({ draftId: 'x', trace });
});

test('entries that were stored before stay as they are', () => {
  const detail = { trace: [{ k: 'flow', e: 'a' }] };
  expect(unpackTrace(detail, AT)).toEqual(detail);
  expect([null, {}, { trace: null }, []].map((one) => packTrace(one as Json, AT))).toEqual([null, {}, { trace: null }, []]);
});

test('any trace comes out as it went in', () => {
  const word = fc.oneof(fc.constantFrom('a', '#1', 'a#1', 'á b', '', '{', '+', 'x\ny', AT), fc.string());
  const step = fc.record(
    {
      k: fc.oneof(fc.constantFrom('entered', 'completed', 'cancelled', 'flow', 'incident', '+', 'toString', '__proto__'), word),
      e: word,
      x: word,
      at: word,
      code: word,
    },
    { requiredKeys: ['k'] },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), (trace) => {
      const detail = { trace, more: 1 } as unknown as Json;
      const stored = JSON.parse(JSON.stringify(packTrace(detail, AT))) as Json;
      expect(canonical(unpackTrace(stored, AT))).toBe(canonical(JSON.parse(JSON.stringify(detail)) as Json));
    }),
  );
});
