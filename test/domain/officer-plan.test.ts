// What a list from the directory changes about officers, and when it is not believed.
import { describe, expect, test } from 'vitest';
import { doubtAbout, planOfficers, type KnownPerson, type LeaverRule, type ListedPerson } from '../../server/domain/officer-plan.ts';

const listed = (subject: string, groups: readonly string[] = ['evidence']): ListedPerson => ({ subject, name: subject, email: '', groups });
const known = (subject: string, changes: Partial<KnownPerson> = {}): KnownPerson => ({
  ...listed(subject),
  id: subject,
  active: true,
  source: 'directory',
  leftAt: null,
  ...changes,
});
const office = (count: number): readonly KnownPerson[] => Array.from({ length: count }, (_, index) => known(`u${index}`));
const subjects = (people: readonly { readonly subject: string }[]): readonly string[] => people.map(({ subject }) => subject);

describe('a list from the directory', () => {
  test('brings arrivals, takes leavers, and leaves everybody else as he is', () => {
    const plan = planOfficers([known('a'), known('b')], [listed('b'), listed('c')]);

    expect(subjects(plan.arrivals)).toEqual(['c']);
    expect(subjects(plan.leavers)).toEqual(['a']);
    expect(plan.changes).toEqual([]);
  });

  test('changes groups, whatever their order', () => {
    const plan = planOfficers(
      [known('a', { groups: ['x', 'y'] }), known('b', { groups: ['x'] })],
      [listed('a', ['y', 'x']), listed('b', ['x', 'y'])],
    );

    expect(plan.changes.map(({ known: { subject }, isRegrouped }) => [subject, isRegrouped])).toEqual([['b', true]]);
  });

  test('brings back whom the directory deactivated, and not whom an administrator did', () => {
    const plan = planOfficers(
      [known('a', { active: false, leftAt: new Date(0) }), known('b', { active: false })],
      [listed('a'), listed('b')],
    );

    expect(subjects(plan.returners)).toEqual(['a']);
  });

  test('says nothing about officers who come by another way', () => {
    expect(planOfficers([known('a', { source: 'login' })], []).leavers).toEqual([]);
  });
});

describe('leavers are', () => {
  const rule = { maxShare: 0.25, allowed: null };
  const without = (people: readonly KnownPerson[], gone: number): readonly ListedPerson[] =>
    people.slice(gone).map(({ subject }) => listed(subject));
  const doubt = (count: number, gone: number, given: LeaverRule = rule): string | undefined =>
    doubtAbout(planOfficers(office(count), without(office(count), gone)), office(count), given);

  test.each([
    [3, 1, undefined],
    [3, 2, undefined],
    [8, 2, undefined],
    [8, 3, 'too-many-leavers'],
    [40, 10, undefined],
    [40, 11, 'too-many-leavers'],
    [40, 40, 'nobody-left'],
    [1, 1, 'nobody-left'],
  ])('of %i officers %i leave: %s', (count, gone, expected) => {
    expect(doubt(count, gone)).toBe(expected);
  });

  test('believed when an administrator allowed exactly so many', () => {
    expect(doubt(40, 11, { ...rule, allowed: 11 })).toBeUndefined();
    expect(doubt(40, 12, { ...rule, allowed: 11 })).toBe('too-many-leavers');
  });
});
