// Where a letter on paper stands, what may follow, and posting numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deliveryBy,
  deliveryLaw,
  fictionDay,
  permitOutcome,
  permitPosting,
  permitPrinting,
  standing,
  type PaperEvent,
  type PaperKind,
} from '../../server/domain/paper-letter.ts';
import { isPostingNumber, plainPostingNumber } from '../../server/domain/posting-number.ts';

type Said = readonly [kind: PaperKind, day?: string | null, more?: Partial<PaperEvent>];
const events = (...said: readonly Said[]): readonly PaperEvent[] =>
  said.map(([kind, day = null, more = {}], at) => ({ seq: at + 1, kind, day, detail: {}, cancels: null, ...more }));
const own = { detail: { way: 'own-hands' } };
const posted: readonly Said[] = [['printed'], ['posted', '2026-03-02', own]];

describe('where it stands', () => {
  test.each<readonly [string, readonly Said[]]>([
    ['waiting', []],
    ['waiting', [['addressed']]],
    ['printed', [['printed'], ['printed'], ['addressed']]],
    ['posted', posted],
    ['stored', [...posted, ['stored', '2026-03-04']]],
    ['delivered', [...posted, ['stored', '2026-03-04'], ['delivered', '2026-03-16', { detail: { how: 'fiction' } }]]],
    ['returned', [...posted, ['returned', '2026-03-20']]],
    ['printed', [...posted, ['returned', '2026-03-20'], ['printed']]],
    ['posted', [...posted, ['returned', '2026-03-20'], ['taken-back', null, { cancels: 3 }]]],
  ])('%s after its notes', (state, said) => {
    expect(standing(events(...said)).state).toBe(state);
  });

  test('what belongs to an earlier posting counts no more when it is posted again', () => {
    const again = standing(
      events(...posted, ['stored', '2026-03-04'], ['returned', '2026-03-20'], ['printed'], ['posted', '2026-03-23', own]),
    );
    expect(again).toMatchObject({ state: 'posted', postedOn: '2026-03-23', storedOn: null, returnedOn: null });
  });

  test('any notes with any of them taken back give a state that the notes which are left would give', () => {
    const kinds: readonly PaperKind[] = ['addressed', 'printed', 'posted', 'stored', 'delivered', 'returned'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...kinds), fc.boolean()), { maxLength: 12 }), (notes) => {
        const all = events(...notes.map(([kind]) => [kind, '2026-03-02'] as const));
        const backs = notes.flatMap(([, isBack], at) => (isBack ? [at + 1] : []));
        const after = backs.map(
          (cancels, at) => ({ seq: all.length + at + 1, kind: 'taken-back', day: null, detail: {}, cancels }) as const,
        );
        const left = all.filter(({ seq }) => !backs.includes(seq));
        expect(standing([...all, ...after])).toEqual(standing(left));
      }),
    );
  });
});

describe('what may follow', () => {
  const today = { today: '2026-03-20', law: 'sr' } as const;
  test('a letter on its way is not printed, one that came back is', () => {
    expect(() => permitPrinting(standing(events(...posted)))).toThrow('paper-letter-posted');
    expect(() => permitPrinting(standing(events(...posted, ['delivered', '2026-03-03'])))).toThrow('paper-letter-delivered');
    permitPrinting(standing(events(...posted, ['returned', '2026-03-20'])));
  });

  test('what came back is printed again before it is posted again', () => {
    const back = standing(events(...posted, ['returned', '2026-03-20']));
    expect(() => permitPosting(back, { on: '2026-03-20', way: 'registered', postingNumber: '' }, '2026-03-20')).toThrow(
      'paper-letter-not-printed',
    );
  });

  test('an ordinary letter has no receipt, so nobody can say that it was laid up', () => {
    const plain = standing(events(['printed'], ['posted', '2026-03-02', { detail: { way: 'ordinary' } }]));
    expect(() => permitOutcome(plain, { what: 'stored', on: '2026-03-03' }, today)).toThrow('receipt-needed');
    expect(() => permitOutcome(plain, { what: 'fiction', storedOn: '2026-03-03' }, today)).toThrow('receipt-needed');
    permitOutcome(plain, { what: 'handed', on: '2026-03-03' }, today);
  });

  test('before a public notice has hung for fifteen days nothing is delivered by it', () => {
    const back = standing(events(...posted, ['returned', '2026-03-05']));
    expect(() => deliveryBy(back, { what: 'notice', on: '2026-03-06' }, today)).toThrow('fiction-not-yet');
    expect(deliveryBy(back, { what: 'notice', on: '2026-03-05' }, today)).toEqual({ day: '2026-03-20', how: 'notice', storedOn: null });
  });
});

test('the tenth day on Good Friday moves over Easter to Tuesday, by both codes', () => {
  // 24 March 2026 + 10 = 3 April, Good Friday.
  expect([fictionDay('2026-03-24', 'sr'), fictionDay('2026-03-24', 'dr')]).toEqual(['2026-04-07', '2026-04-07']);
});

test('a matter with a period of the tax code is delivered by it', () => {
  expect([deliveryLaw([]), deliveryLaw(['sr/appeal']), deliveryLaw(['sr/decision', 'dr/appeal'])]).toEqual(['sr', 'sr', 'dr']);
});

describe('posting numbers', () => {
  test.each(['RR123456785CZ', 'rr 1234 5678 5 cz', 'DR0123456789E'])('%s is one', (text) => {
    expect(isPostingNumber(plainPostingNumber(text))).toBe(true);
  });
  test.each(['RR123456786CZ', 'RR12345678CZ', '123456785', 'RR123456785C', 'ČR123456785CZ', ''])('%s is none', (text) => {
    expect(isPostingNumber(plainPostingNumber(text))).toBe(false);
  });
  test('one wrong digit is found, where the check digit is neither 0 nor 5 (S10 gives those two a second meaning)', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), digit, (at, wrong) => {
        const right = '47312482';
        if (right[at] === String(wrong)) return;
        const changed = `${right.slice(0, at)}${wrong}${right.slice(at + 1)}`;
        expect(isPostingNumber(`RA${changed}9FI`)).toBe(false);
      }),
    );
  });
});
