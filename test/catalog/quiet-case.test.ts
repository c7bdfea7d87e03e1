// A case that lives for years: what the citizen reads while nothing happens, what is merely offered, and who may do it for him.
import { describe, expect, test } from 'vitest';
import { citizenState, compileSituation, helpingGroup, usualWay } from '../../server/catalog/index.ts';
import type { StandingToken } from '../../server/catalog/index.ts';
import { mayWorkOn, type Actor } from '../../server/domain/permission.ts';
import { changed, filesOf } from './package.ts';

const token = (kind: StandingToken['kind'], elementId: string): StandingToken => ({
  kind,
  elementId,
  since: '2026-03-01T08:00:00.000Z',
  dueAt: null,
});
const quiet = [token('task', 'ohlasit-zmenu'), token('message', 'rocni-predpis'), token('message', 'doplatek-po-splatnosti')];
const dog = () => compileSituation(filesOf('prihlaseni-psa'));

describe('the state of a dog on record', () => {
  test('is quiet: nobody is on the move, though a task is open', async () => {
    const state = citizenState((await dog()).model, quiet, null, 'cs');
    expect(state).toMatchObject({ title: 'Pes je v evidenci', who: 'nobody', ended: false, until: null });
    expect(citizenState((await dog()).model, quiet, null, 'en').title).toBe('The dog is on record');
  });

  test.each([
    ['znamka', 'office'],
    ['posoudit-zmenu', 'office'],
    ['odvolani', 'citizen'],
  ])('gives way to whatever really waits: %s is the turn of %s', async (elementId, who) => {
    const state = citizenState((await dog()).model, [...quiet, token('task', elementId)], null, 'cs');
    expect(state).toMatchObject({ elementId, who });
  });

  test('gives way to a fee that is to be paid', async () => {
    const state = citizenState((await dog()).model, [...quiet, token('message', 'platba-rocni')], null, 'cs');
    expect(state).toMatchObject({ title: 'K zaplacení na další rok', who: 'citizen' });
  });

  test('without a quiet text says that the office is at work, and never shows the offer as a state', async () => {
    const { model } = await compileSituation(changed('prihlaseni-psa', 'process.bpmn', /who="nobody">Teď/, 'who="nobody">Nic, teď'));
    expect(citizenState(model, [token('task', 'ohlasit-zmenu')], null, 'cs')).toMatchObject({ elementId: null, who: 'office' });
  });
});

test('the usual way goes into a sub-process, out of it and on into the next one, and leaves offers out', async () => {
  const way = usualWay((await dog()).model, 'kontrola', 'cs').map(({ elementId }) => elementId);
  expect(way.slice(0, 3)).toEqual(['dorucit-predpis', 'platba', 'znamka']);
  expect(way).not.toContain('ohlasit-zmenu');
});

test('the usual way goes through a called process and ends with the case', async () => {
  const way = usualWay((await dog()).model, 'poslat-upominku', 'cs').map(({ elementId }) => elementId);
  expect(way).toEqual(['platba-po-upomince', 'odhlaseno']);
  expect(usualWay((await dog()).model, 'dorucit-odhlaseni', 'cs').map(({ elementId }) => elementId)).toEqual(['odhlaseno']);
});

describe('who helps with a task', () => {
  test.each([
    ['ohlasit-zmenu', 'evidence'],
    ['vysledek-odvolani', 'evidence'],
    ['odvolani', 'evidence'],
    ['kontrola', null],
  ])('%s: %s', async (elementId, group) => {
    expect(helpingGroup(await dog(), elementId)).toBe(group);
  });

  const clerk = (...groups: readonly string[]): Actor => ({ kind: 'officer', id: 'o', groups });
  const citizen = (id: string): Actor => ({ kind: 'citizen', id });
  const applicants = { role: 'applicant', groupName: null, assigneeId: null };

  test.each([
    ['the applicant does his own task', citizen('a'), { ...applicants, helpers: null }, true],
    ['the applicant does his own task that others may do too', citizen('a'), { ...applicants, helpers: 'evidence' }, true],
    ['a neighbour never does', citizen('b'), { ...applicants, helpers: 'evidence' }, false],
    ['a clerk does not do it unasked', clerk('evidence'), { ...applicants, helpers: null }, false],
    ['a clerk of the group stands in', clerk('evidence'), { ...applicants, helpers: 'evidence' }, true],
    ['a clerk of another group does not', clerk('doprava'), { ...applicants, helpers: 'evidence' }, false],
    ['a head stands in', clerk('vedouci'), { ...applicants, helpers: 'evidence' }, true],
    [
      'an offer of the office is done by its group',
      clerk('evidence'),
      { role: 'evidence', groupName: null, assigneeId: null, helpers: 'evidence' },
      true,
    ],
    [
      'an offer of the office is nothing for others',
      clerk('doprava'),
      { role: 'evidence', groupName: null, assigneeId: null, helpers: 'evidence' },
      false,
    ],
    [
      'a citizen never does what is offered to the office',
      citizen('a'),
      { role: 'evidence', groupName: null, assigneeId: null, helpers: 'evidence' },
      false,
    ],
  ])('%s', (_name, actor, task, may) => {
    expect(mayWorkOn(actor, task, 'a')).toBe(may);
  });
});
