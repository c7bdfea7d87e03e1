// Gateways by BPMN 2.0.2, 13.4: which tokens go on and which wait.
import { describe, expect, it } from 'vitest';
import { catching, diagram, end, flow, gateway, newCase, path, script, start, task, timer } from './diagrams.ts';

describe('an exclusive gateway', () => {
  const drawn = (standard: string): string =>
    diagram(
      start('s'),
      gateway('exclusive', 'g', standard),
      task('a'),
      task('b'),
      task('c'),
      path('s', 'g'),
      flow('g', 'a', 'x > 10'),
      flow('g', 'b', '= x > 5'),
      flow('g', 'c', undefined, 'zbytek'),
      path('a', 'e'),
      path('b', 'e'),
      path('c', 'e'),
      end(),
    );

  it.each([
    [20, 'a'],
    [7, 'b'],
    [1, 'c'],
  ])('takes only the first flow that holds (x = %i)', async (x, expected) => {
    const driven = await newCase(drawn('default="zbytek"'), { x });
    expect(driven.waiting()).toEqual([expected]);
  });

  it('turns the token into an incident when nothing holds, and a retry uses the variables as they are then', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        gateway('exclusive', 'g'),
        task('oprava', 'spis:result="x"'),
        task('a'),
        path('s', 'p', 'g'),
        path('p', 'oprava', 'e'),
        flow('g', 'a', 'x.ok = true'),
        path('a', 'e'),
        end(),
      ),
      { x: { ok: false } },
    );
    expect(driven.wait('g')).toMatchObject({ kind: 'incident', code: 'no-flow-taken' });
    await driven.retry('g');
    expect(driven.wait('g')).toMatchObject({ kind: 'incident', code: 'no-flow-taken' });
    await driven.complete('oprava', { ok: true });
    await driven.retry('g');
    expect(driven.waiting()).toEqual(['a']);
  });

  it('makes a missing variable an incident and leaves other tokens alone', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        gateway('exclusive', 'g', 'default="jinak"'),
        task('a'),
        task('b'),
        path('s', 'p', 'g'),
        path('p', 'b', 'e'),
        flow('g', 'a', 'neexistuje > 1'),
        flow('g', 'e', undefined, 'jinak'),
        path('a', 'e'),
        end(),
      ),
    );
    expect(driven.waiting()).toEqual(['b', 'g']);
    expect(driven.wait('g')).toMatchObject({ kind: 'incident', code: 'expression-failed' });
  });
});

describe('a parallel gateway', () => {
  const drawn = diagram(
    start('s'),
    gateway('parallel', 'p'),
    task('a'),
    task('b'),
    gateway('parallel', 'j'),
    task('c'),
    end(),
    path('s', 'p'),
    flow('p', 'a', 'false'),
    flow('p', 'b'),
    path('a', 'j', 'c', 'e'),
    path('b', 'j'),
  );

  it('sends a token along every flow, whatever their conditions say', async () => {
    const driven = await newCase(drawn);
    expect(driven.waiting()).toEqual(['a', 'b']);
  });

  it('waits for all its branches and goes on once', async () => {
    const driven = await newCase(drawn);
    await driven.complete('b');
    expect(driven.waiting()).toEqual(['a']);
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['c']);
    const result = await driven.complete('c');
    expect(result.ended).toBeDefined();
  });

  it('waits for ever for a branch that cannot come, and says so; an officer may let it through', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('exclusive', 'g'),
        script('a', '1'),
        script('b', '2'),
        gateway('parallel', 'j'),
        end(),
        path('s', 'g'),
        flow('g', 'a', 'true'),
        flow('g', 'b', 'false'),
        path('a', 'j', 'e'),
        path('b', 'j'),
      ),
    );
    expect(driven.wait('j')).toMatchObject({ kind: 'join', arrived: 1 });
    const { executionId } = driven.wait('j');
    const result = await driven.tell({ kind: 'modify', operations: [{ op: 'complete', executionId }] });
    expect(result.ended).toBeDefined();
  });

  it('keeps a second token on one branch for the next round', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        gateway('exclusive', 'm'),
        task('a'),
        task('b'),
        gateway('parallel', 'j'),
        task('c'),
        end(),
        path('s', 'p'),
        path('p', 'm', 'a', 'j'),
        path('p', 'm'),
        path('p', 'b', 'j'),
        path('j', 'c', 'e'),
      ),
    );
    expect(driven.waiting()).toEqual(['a', 'a', 'b']);
    await driven.complete('a');
    await driven.complete('a');
    await driven.complete('b');
    expect(driven.waiting()).toEqual(['c', 'j']);
    expect(driven.wait('j')).toMatchObject({ kind: 'join', arrived: 1 });
  });
});

describe('an inclusive gateway', () => {
  const drawn = diagram(
    start('s'),
    gateway('inclusive', 'g', 'default="zbytek"'),
    task('a'),
    task('b'),
    task('c'),
    gateway('inclusive', 'j'),
    task('d'),
    end(),
    path('s', 'g'),
    flow('g', 'a', 'x > 1'),
    flow('g', 'b', 'x > 2'),
    flow('g', 'c', undefined, 'zbytek'),
    path('a', 'j'),
    path('b', 'j'),
    path('c', 'j'),
    path('j', 'd', 'e'),
  );

  it('takes every flow that holds, and the default one only when none does', async () => {
    expect((await newCase(drawn, { x: 3 })).waiting()).toEqual(['a', 'b']);
    expect((await newCase(drawn, { x: 2 })).waiting()).toEqual(['a']);
    expect((await newCase(drawn, { x: 0 })).waiting()).toEqual(['c']);
  });

  it('joins the branches that were taken, and only those', async () => {
    const driven = await newCase(drawn, { x: 3 });
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['b']);
    await driven.complete('b');
    expect(driven.waiting()).toEqual(['d']);
    const single = await newCase(drawn, { x: 2 });
    await single.complete('a');
    expect(single.waiting()).toEqual(['d']);
  });

  it('does not wait for a branch that went elsewhere', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        task('a'),
        gateway('exclusive', 'x', 'default="pryc"'),
        task('b'),
        gateway('inclusive', 'j'),
        task('d'),
        end(),
        end('e2'),
        path('s', 'p', 'a', 'x'),
        flow('x', 'j', 'jde = true'),
        flow('x', 'e2', undefined, 'pryc'),
        path('p', 'b', 'j', 'd', 'e'),
      ),
      { jde: false },
    );
    await driven.complete('b');
    expect(driven.waiting()).toEqual(['a']);
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['d']);
  });
});

describe('a task with several outgoing flows', () => {
  it('takes the unconditional ones always and its default only when no condition holds', async () => {
    const drawn = diagram(
      start('s'),
      task('t', 'default="zbytek"'),
      task('a'),
      task('b'),
      task('c'),
      path('s', 't', 'a', 'e'),
      flow('t', 'b', 't.ano'),
      flow('t', 'c', undefined, 'zbytek'),
      path('b', 'e'),
      path('c', 'e'),
      end(),
    );
    const yes = await newCase(drawn);
    await yes.complete('t', { ano: true });
    expect(yes.waiting()).toEqual(['a', 'b']);
    const no = await newCase(drawn);
    await no.complete('t', { ano: false });
    expect(no.waiting()).toEqual(['a', 'c']);
  });

  it('stays as an incident behind a task whose flow fails; the task is not done twice', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('t'),
        task('a'),
        path('s', 't'),
        flow('t', 'a', 't.chybi'),
        flow('t', 'e', 't.chybi'),
        path('a', 'e'),
        end(),
      ),
    );
    await driven.complete('t', { jine: 1 });
    expect(driven.wait('t')).toMatchObject({ kind: 'incident', code: 'expression-failed' });
    await driven.retry('t');
    expect(driven.wait('t')).toMatchObject({ kind: 'incident' });
    expect(driven.visited()).toEqual(['s', 't']);
  });
});

describe('a diagram that runs in a circle', () => {
  it('is stopped by the step limit and other branches live on', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        task('a'),
        gateway('exclusive', 'm'),
        script('n', '1'),
        end(),
        path('s', 'p', 'a', 'e'),
        path('p', 'm', 'n', 'm'),
      ),
    );
    expect(driven.waiting()).toHaveLength(2);
    expect(
      driven
        .result()
        .waits.map((wait) => (wait.kind === 'incident' ? wait.code : wait.kind))
        .sort(),
    ).toEqual(['step-limit', 'task']);
  });

  it('is stopped too when its tokens multiply', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('exclusive', 'm'),
        gateway('parallel', 'p'),
        end(),
        path('s', 'm', 'p', 'm'),
        path('p', 'm'),
        path('p', 'e'),
      ),
    );
    expect(driven.result().waits.every((wait) => wait.kind === 'incident')).toBe(true);
    expect(driven.waiting().length).toBeLessThan(10);
    expect(JSON.stringify(driven.result().state).length).toBeLessThan(5_000);
  });

  it('is stopped when timers without time wind each other up', async () => {
    const driven = await newCase(
      diagram(start('s'), gateway('exclusive', 'm'), catching('t', timer('timeDuration', 'PT0S')), path('s', 'm', 't', 'm')),
    );
    await driven.wake('2026-03-03T00:00:00.000Z');
    const [incident, ...others] = driven.result().waits;
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ kind: 'incident', code: 'step-limit' });
    await driven.retry(incident?.elementId ?? '');
    expect(driven.wait('t')).toMatchObject({ kind: 'timer' });
  });
});
