// A running case goes over to another drawing: what it waits for stays what it was, and where that cannot be it says why.
import { describe, expect, it } from 'vitest';
import {
  boundary,
  catching,
  diagram,
  end,
  error,
  eventSubProcess,
  flow,
  gateway,
  message,
  path,
  service,
  start,
  subProcess,
  task,
  timer,
} from '../diagrams.ts';
import { LATER, twoVersions } from './two-versions.ts';

const withdrawal = (name = 'zpetvzeti'): string =>
  eventSubProcess(
    'zpet',
    start('zpet-start', message(name)),
    end('zpet-konec', '', 'spis:outcome="withdrawn"'),
    path('zpet-start', 'zpet-konec'),
  );
const one = (...more: readonly string[]): string =>
  diagram(start(), task('kontrola'), end('e', '', 'spis:outcome="done"'), path('s', 'kontrola', 'e'), ...more);

describe('a task', () => {
  it('stays under its execution id and is completed by the new drawing', async () => {
    const town = await twoVersions(one(), diagram(start(), task('kontrola'), service('posli'), end(), path('s', 'kontrola', 'posli', 'e')));
    const [before] = await town.waits();
    const verdict = await town.goOver();
    expect((await town.waits())[0]).toEqual(before);
    expect(verdict.changes).toEqual([{ kind: 'kept', from: 'kontrola', to: 'kontrola' }]);
    await town.complete('kontrola');
    expect(await town.waiting()).toEqual(['effect posli']);
  });

  it('goes over to a renamed one by the plan, and without a plan it cannot', async () => {
    const town = await twoVersions(one(), diagram(start(), task('posouzeni'), end(), path('s', 'posouzeni', 'e')));
    const [before] = await town.waits();
    expect(await town.migrate()).toEqual({
      verdict: 'impossible',
      reasons: [{ code: 'no-target', elementId: 'kontrola', name: 'Úkol kontrola' }],
    });
    await town.goOver({ kontrola: { to: 'posouzeni', how: 'keep' } });
    expect((await town.waits())[0]).toMatchObject({ executionId: before?.executionId, elementId: 'posouzeni', since: before?.since });
  });
});

describe('what differs too much', () => {
  const cases: readonly (readonly [string, string, string, Parameters<Awaited<ReturnType<typeof twoVersions>>['migrate']>[0], string])[] = [
    [
      'a task does not become an effect',
      one(),
      diagram(start(), service('kontrola'), end(), path('s', 'kontrola', 'e')),
      {},
      'kind-differs',
    ],
    [
      'an effect does not become another one',
      diagram(start(), service('posli'), end(), path('s', 'posli', 'e')),
      diagram(start(), '<bpmn:serviceTask id="posli" spis:effect="try.jinam"/>', end(), path('s', 'posli', 'e')),
      {},
      'effect-differs',
    ],
    [
      'a wait for a message does not become a wait for another one',
      diagram(start(), catching('ceka', message('platba')), end(), path('s', 'ceka', 'e')),
      diagram(start(), catching('ceka', message('doplneni')), end(), path('s', 'ceka', 'e')),
      {},
      'event-differs',
    ],
    [
      'a task does not slip into a sub-process that has not begun',
      one(),
      diagram(
        start(),
        subProcess('uvnitr', start('s2'), task('kontrola'), end('e2'), path('s2', 'kontrola', 'e2')),
        end(),
        path('s', 'uvnitr', 'e'),
      ),
      {},
      'scope-differs',
    ],
    ['a target must be in the drawing', one(), one(), { kontrola: { to: 'neni', how: 'keep' } }, 'target-unknown'],
  ];
  it.each(cases)('%s', async (_name, before, after, plan, code) => {
    const town = await twoVersions(before, after);
    const state = JSON.stringify(town.state());
    expect(await town.migrate(plan)).toMatchObject({ verdict: 'impossible', reasons: [{ code }] });
    expect(JSON.stringify(town.state())).toBe(state);
  });
});

describe('timers', () => {
  const reminder = (id: string, length: string): string =>
    [boundary(id, 'kontrola', timer('timeDuration', length), 'cancelActivity="false"'), end(`${id}-e`), path(id, `${id}-e`)].join('');

  it('keep their due time though the new drawing says another length', async () => {
    const town = await twoVersions(one(reminder('pripominka', 'P7D')), one(reminder('pripominka', 'P30D')));
    await town.goOver();
    expect((await town.waits()).find((wait) => wait.kind === 'timer')).toMatchObject({ dueAt: '2026-03-09T11:00:00.000Z' });
  });

  it('that are new begin with the migration, those that are gone run no more', async () => {
    const town = await twoVersions(one(reminder('stara', 'P7D')), one(reminder('nova', 'P7D')));
    const verdict = await town.goOver();
    expect(verdict.changes).toContainEqual({ kind: 'armed', to: 'nova' });
    expect(verdict.changes).toContainEqual({ kind: 'disarmed', from: 'stara' });
    expect(await town.waiting()).toEqual(['task kontrola', 'timer nova']);
    expect((await town.waits()).find((wait) => wait.kind === 'timer')).toMatchObject({ dueAt: '2026-03-12T11:00:00.000Z', since: LATER });
  });

  it('that have fired do not fire again', async () => {
    const town = await twoVersions(one(reminder('pripominka', 'PT0S')), one(reminder('pripominka', 'P1D')));
    await town.tell({ kind: 'wake' });
    expect(await town.waiting()).toEqual(['task kontrola']);
    await town.goOver();
    expect(await town.waiting()).toEqual(['task kontrola']);
  });

  it('go over under another name when the plan says so', async () => {
    const town = await twoVersions(one(reminder('stara', 'P7D')), one(reminder('nova', 'P30D')));
    await town.goOver({ stara: { to: 'nova', how: 'keep' } });
    expect((await town.waits()).find((wait) => wait.kind === 'timer')).toMatchObject({
      elementId: 'nova',
      dueAt: '2026-03-09T11:00:00.000Z',
    });
  });
});

describe('an event sub-process', () => {
  it('that the new drawing adds listens at once, one that it has no more does not', async () => {
    const town = await twoVersions(one(), one(withdrawal()));
    await town.goOver();
    expect(await town.waiting()).toEqual(['message zpet-start', 'task kontrola']);
    await town.tell({ kind: 'message', message: 'zpetvzeti', payload: null });
    expect(await town.ended()).toBe('withdrawn');
    const back = await twoVersions(one(withdrawal()), one());
    await back.goOver();
    expect(await back.waiting()).toEqual(['task kontrola']);
  });

  it('that runs already goes on in the new drawing', async () => {
    const running = (...inside: readonly string[]): string =>
      one(eventSubProcess('zpet', start('zpet-start', message('zpetvzeti')), ...inside));
    const town = await twoVersions(
      running(task('overit'), end('k'), path('zpet-start', 'overit', 'k')),
      running(task('overit'), task('potvrdit'), end('k'), path('zpet-start', 'overit', 'potvrdit', 'k')),
    );
    await town.tell({ kind: 'message', message: 'zpetvzeti', payload: null });
    await town.goOver();
    await town.complete('overit');
    expect(await town.waiting()).toEqual(['task potvrdit']);
  });

  it('keeps listening when the name of its start changes', async () => {
    const renamed = one(
      eventSubProcess('zpet', start('jiny-start', message('zpetvzeti')), end('zpet-konec'), path('jiny-start', 'zpet-konec')),
    );
    const town = await twoVersions(one(withdrawal()), renamed);
    const before = (await town.waits()).find((wait) => wait.kind === 'message');
    await town.goOver();
    expect((await town.waits()).find((wait) => wait.kind === 'message')).toMatchObject({
      executionId: before?.executionId,
      elementId: 'jiny-start',
    });
  });
});

describe('sub-processes and joins', () => {
  it('goes over with what runs inside', async () => {
    const inside = (...steps: readonly string[]): string =>
      diagram(
        start(),
        subProcess('uvnitr', start('s2'), ...steps.map((id) => task(id)), end('e2'), path('s2', ...steps, 'e2')),
        boundary('chyba', 'uvnitr', error('ne')),
        end('ne'),
        path('chyba', 'ne'),
        end(),
        path('s', 'uvnitr', 'e'),
      );
    const town = await twoVersions(inside('a'), inside('a', 'b'));
    await town.goOver();
    await town.complete('a');
    expect(await town.waiting()).toEqual(['task b']);
    await town.complete('b');
    expect(await town.ended()).toBe('ended');
  });

  it('a token at a parallel join waits there for the other one', async () => {
    const forked = (left: string, join: string): string =>
      diagram(
        start(),
        gateway('parallel', 'vidlice'),
        task(left),
        task('vpravo'),
        gateway('parallel', join),
        end(),
        path('s', 'vidlice'),
        flow('vidlice', left, undefined, 'f1'),
        flow('vidlice', 'vpravo', undefined, 'f2'),
        flow(left, join, undefined, `f3-${left}`),
        flow('vpravo', join, undefined, 'f4'),
        path(join, 'e'),
      );
    const town = await twoVersions(forked('vlevo', 'spojeni'), forked('nalevo', 'spoj'));
    await town.complete('vlevo');
    await town.goOver({ vlevo: { to: 'nalevo', how: 'keep' }, spojeni: { to: 'spoj', how: 'keep' } });
    await town.complete('vpravo');
    expect(await town.ended()).toBe('ended');
  });

  it('an event gateway keeps its arms, gets the new ones and lets the old ones go', async () => {
    const race = (...arms: readonly string[]): string =>
      diagram(
        start(),
        gateway('eventBased', 'co'),
        path('s', 'co'),
        ...arms.map((arm) => [catching(arm, message(arm)), end(`e-${arm}`), path('co', arm, `e-${arm}`)].join('')),
      );
    const town = await twoVersions(race('a', 'b'), race('b', 'c'));
    await town.goOver();
    expect(await town.waiting()).toEqual(['message b', 'message c']);
    await town.tell({ kind: 'message', message: 'c', payload: null });
    expect(await town.ended()).toBe('ended');
  });
});

it('an incident goes over and is tried again by the new drawing', async () => {
  const choice = (condition: string): string =>
    diagram(
      start(),
      gateway('exclusive', 'jak', 'default="jinak"'),
      task('a'),
      task('b'),
      end(),
      path('s', 'jak'),
      flow('jak', 'a', condition, 'kdyz'),
      flow('jak', 'b', undefined, 'jinak'),
      path('a', 'e'),
      path('b', 'e'),
    );
  const town = await twoVersions(choice('date and time("x") > 1'), choice('true'));
  expect(await town.waiting()).toEqual(['incident jak']);
  const [incident] = await town.waits();
  await town.goOver();
  await town.tell({ kind: 'retry', executionId: incident?.executionId ?? '' });
  expect(await town.waiting()).toEqual(['task a']);
});

it('an ended case stays where it was', async () => {
  const town = await twoVersions(one(), one());
  await town.complete('kontrola');
  expect(await town.migrate()).toMatchObject({ verdict: 'impossible', reasons: [{ code: 'already-ended' }] });
});

it('a migration there and back gives the same state to the byte', async () => {
  const there = await twoVersions(one(withdrawal()), one(withdrawal()));
  const before = JSON.stringify(there.state());
  const verdict = await there.goOver();
  expect(JSON.stringify(verdict.state)).toBe(before);
});
