// What officers do to a running case: move tokens, skip, stop and go on, set a timer, put a variable right, answer an incident by hand.
import { describe, expect, it } from 'vitest';
import { compileDecisions, compileProcess, openRun } from '../../server/engine/index.ts';
import type { Stimulus, StepContext } from '../../server/engine/index.ts';
import {
  boundary,
  call,
  called,
  catching,
  contextAt,
  diagram,
  end,
  eventSubProcess,
  file,
  flow,
  forEach,
  collections,
  gateway,
  instances,
  message,
  newCase,
  NOON,
  path,
  script,
  service,
  standardLoop,
  start,
  subProcess,
  task,
  timer,
} from './diagrams.ts';
import type { TestCase } from './diagrams.ts';

const refusalOf = async (driven: TestCase, stimulus: Stimulus): Promise<unknown> =>
  driven.tell(stimulus).then(
    () => undefined,
    (error: unknown) => (error as { code?: string }).code,
  );
const twoTasks = diagram(
  start(),
  task('a'),
  boundary('t', 'a', timer('timeDuration', 'P1D')),
  task('b'),
  end(),
  path('s', 'a', 'b', 'e'),
  path('t', 'e'),
);

describe('a modification', () => {
  it('moves a token: what stood there is cancelled with its listeners, a new one is put before the target', async () => {
    const driven = await newCase(twoTasks);
    const { executionId } = driven.wait('a');
    const result = await driven.tell({
      kind: 'modify',
      operations: [
        { op: 'cancel', executionId },
        { op: 'start', elementId: 'b' },
      ],
    });
    expect(driven.waiting()).toEqual(['b']);
    expect(result.trace.map((entry) => `${entry.kind} ${entry.elementId}`)).toEqual(['cancelled a', 'entered b']);
  });

  it('skips a step with an output', async () => {
    const driven = await newCase(twoTasks);
    await driven.tell({
      kind: 'modify',
      operations: [{ op: 'complete', executionId: driven.wait('a').executionId, output: { ok: true } }],
    });
    expect(driven.waiting()).toEqual(['b']);
    expect(driven.result().variables).toEqual({ a: { ok: true } });
  });

  it('repeats a step that is done already', async () => {
    const driven = await newCase(twoTasks);
    await driven.complete('a');
    await driven.tell({ kind: 'modify', operations: [{ op: 'start', elementId: 'a' }] });
    expect(driven.waiting()).toEqual(['a', 'b', 't']);
  });

  it('opens a sub-process that is not open, without its start', async () => {
    const driven = await newCase(
      diagram(
        start(),
        task('a'),
        subProcess('p', start('ps'), task('x'), task('y'), end('pe'), path('ps', 'x', 'y', 'pe')),
        boundary('t', 'p', timer('timeDuration', 'P1D')),
        end(),
        path('s', 'a', 'p', 'e'),
        path('t', 'e'),
      ),
    );
    const { executionId } = driven.wait('a');
    await driven.tell({
      kind: 'modify',
      operations: [
        { op: 'cancel', executionId },
        { op: 'start', elementId: 'y' },
      ],
    });
    expect(driven.waiting()).toEqual(['t', 'y']);
    expect((await driven.complete('y')).ended).toBeDefined();
  });

  it('is all or nothing', async () => {
    const driven = await newCase(twoTasks);
    const { executionId } = driven.wait('a');
    const operations = [{ op: 'cancel', executionId } as const, { op: 'start', elementId: 'neni' } as const];
    expect(await refusalOf(driven, { kind: 'modify', operations })).toBe('no-such-element');
    expect(await refusalOf(driven, { kind: 'modify', operations: [{ op: 'cancel', executionId: 'b#99' }] })).toBe('no-such-wait');
    expect((await driven.complete('a')).waits.map(({ elementId }) => elementId)).toEqual(['b']);
  });

  it('ends one instance of several, and the last one ends the activity', async () => {
    const driven = await newCase(diagram(collections, start(), task('a', '', forEach()), task('b'), end(), path('s', 'a', 'b', 'e')), {
      polozky: ['x', 'y'],
    });
    for (const index of [1, 2]) {
      const wait = driven.result().waits.find((candidate) => candidate.instance?.index === index);
      await driven.tell({ kind: 'modify', operations: [{ op: 'cancel', executionId: wait?.executionId ?? '' }] });
    }
    expect(driven.waiting()).toEqual(['b']);
    expect(driven.result().variables['vysledky']).toEqual([]);
  });

  it('puts a token into a called process when its scope is named', async () => {
    const driven = await newCase(
      file(
        `<bpmn:process id="proces" isExecutable="true">${start()}${call('c', 'druhy')}${end()}${path('s', 'c', 'e')}</bpmn:process>`,
        called('druhy', start('ds'), task('x'), task('y'), end('de'), path('ds', 'x', 'y', 'de')),
      ),
    );
    const entered = driven.result().trace.find((entry) => entry.kind === 'entered' && entry.elementId === 'c');
    const scope = entered && 'executionId' in entered ? entered.executionId : '';
    await driven.tell({ kind: 'modify', operations: [{ op: 'start', elementId: 'y', scope }] });
    expect(driven.waiting()).toEqual(['x', 'y']);
    expect(driven.wait('y')).toMatchObject({ process: 'druhy' });
  });
});

describe('a suspended case', () => {
  const drawn = diagram(start(), catching('t', timer('timeDuration', 'P10D')), end(), path('s', 't', 'e'));

  it('stands still; its timers go on with the time they had left', async () => {
    const driven = await newCase(drawn);
    driven.at('2026-03-05T11:00:00.000Z');
    const stopped = await driven.tell({ kind: 'suspend' });
    expect(stopped.suspended).toBe(true);
    expect(driven.wait('t')).toMatchObject({ dueAt: null });
    driven.at('2026-05-05T11:00:00.000Z');
    for (const stimulus of [{ kind: 'wake' }, { kind: 'suspend' }, { kind: 'set-variables', variables: {} }] as const)
      expect(await refusalOf(driven, stimulus)).toBe('suspended');
    const going = await driven.tell({ kind: 'resume' });
    expect(going.suspended).toBeUndefined();
    expect(driven.wait('t')).toMatchObject({ dueAt: '2026-05-12T11:00:00.000Z' });
    expect(await refusalOf(driven, { kind: 'resume' })).toBe('not-suspended');
  });
});

describe('a timer', () => {
  it('can be set to another time, and to none', async () => {
    const driven = await newCase(diagram(start(), catching('t', timer('timeDuration', 'P10D')), end(), path('s', 't', 'e')));
    const { executionId } = driven.wait('t');
    await driven.tell({ kind: 'set-timer', executionId, dueAt: null });
    expect(driven.wait('t')).toMatchObject({ dueAt: null });
    expect((await driven.wake('2030-01-01T00:00:00.000Z')).ended).toBeUndefined();
    await driven.tell({ kind: 'set-timer', executionId, dueAt: '2030-01-02T00:00:00.000Z' });
    expect((await driven.wake('2030-01-02T00:00:00.000Z')).ended).toBeDefined();
  });
});

describe('an incident', () => {
  it('goes away when the variable is put right and the step tried again', async () => {
    const driven = await newCase(diagram(start(), script('a', 'chybi + 1', 'spis:result="v"'), end(), path('s', 'a', 'e')));
    await driven.tell({ kind: 'set-variables', variables: { chybi: 41 } });
    const result = await driven.retry('a');
    expect(result.variables).toMatchObject({ v: 42 });
    expect(result.ended).toBeDefined();
  });

  it('can be answered by hand: the step counts as done', async () => {
    const driven = await newCase(diagram(start(), service('a', 'spis:result="v"'), task('b'), end(), path('s', 'a', 'b', 'e')));
    await driven.answer('a', { refused: { code: 'ne', reason: 'Ne.' } });
    expect(driven.wait('a')).toMatchObject({ kind: 'incident', code: 'uncaught-error', error: { code: 'ne', elementId: 'a' } });
    await driven.tell({ kind: 'answer-incident', executionId: driven.wait('a').executionId, output: { cislo: 7 } });
    expect(driven.waiting()).toEqual(['b']);
    expect(driven.result().variables).toEqual({ v: { cislo: 7 } });
  });

  it.each([1001, -1, 1.5, 'tri', null])('is made of a number of instances that is none: %s', async (pocet) => {
    const driven = await newCase(diagram(start(), task('a', '', instances('pocet')), end(), path('s', 'a', 'e')), { pocet });
    expect(driven.wait('a')).toMatchObject({ kind: 'incident', code: 'cardinality' });
  });

  it('is made of a loop that does not end, and the loop goes on when the reason is gone', async () => {
    const driven = await newCase(
      diagram(
        start(),
        script('a', 'if stop then n else n + 1', 'spis:result="n"').replace(
          '</bpmn:scriptTask>',
          `${standardLoop('not(stop)')}</bpmn:scriptTask>`,
        ),
        end(),
        path('s', 'a', 'e'),
      ),
      { n: 0, stop: false },
    );
    const [wait] = driven.result().waits;
    expect(wait).toMatchObject({ kind: 'incident', code: 'step-limit', elementId: 'a' });
    await driven.tell({ kind: 'set-variables', variables: { stop: true } });
    expect((await driven.retry('a')).ended).toBeDefined();
  });

  it('is made when the time for one command is used up; the case can be used on', async () => {
    const xml = diagram(
      start(),
      gateway('exclusive', 'm'),
      script('a', 'n + 1', 'spis:result="n"'),
      gateway('exclusive', 'x', 'default="d"'),
      end(),
      path('s', 'm', 'a', 'x'),
      flow('x', 'e', 'n > 20'),
      flow('x', 'm', undefined, 'd'),
    );
    let clock = 0;
    const slow: StepContext = { ...contextAt(NOON), budget: { elapsed: () => (clock += 1), limit: 30 } };
    const run = await openRun(await compileProcess(xml), await compileDecisions({}), undefined, slow);
    run.apply({ kind: 'start', variables: { n: 0 } });
    let rounds = 0;
    for (let [wait] = run.waits(); wait?.kind === 'incident'; [wait] = run.waits()) {
      expect(wait.code).toBe('time-limit');
      run.apply({ kind: 'retry', executionId: wait.executionId });
      rounds += 1;
    }
    expect(rounds).toBeGreaterThan(1);
    expect(run.result()).toMatchObject({ variables: { n: 21 }, ended: { elementId: 'e' } });
  });
});

describe('a message', () => {
  const keyed = diagram(
    start(),
    gateway('parallel', 'p'),
    catching('a', message('m'), 'spis:key="cisla[1]" spis:result="va"'),
    catching('b', message('m'), 'spis:key="cisla[2]" spis:result="vb"'),
    end(),
    path('s', 'p', 'a', 'e'),
    path('p', 'b', 'e'),
  );

  it('goes to the wait whose key is its own', async () => {
    const driven = await newCase(keyed, { cisla: ['A', 7] });
    expect(driven.wait('b')).toMatchObject({ key: '7' });
    expect(await refusalOf(driven, { kind: 'message', message: 'm', payload: 1, key: 'C' })).toBe('no-such-wait');
    expect(await refusalOf(driven, { kind: 'message', message: 'm', payload: 1 })).toBe('no-such-wait');
    await driven.tell({ kind: 'message', message: 'm', payload: 'pro b', key: '7' });
    expect(driven.waiting()).toEqual(['a']);
    expect(driven.result().variables).toMatchObject({ vb: 'pro b' });
  });

  it('and signals leave the case in the order they were thrown, with their key', async () => {
    const result = (
      await newCase(
        diagram(
          start(),
          '<bpmn:intermediateThrowEvent id="z" spis:key="cislo"><bpmn:extensionElements><spis:input name="x" value="= 1 + 1"/></bpmn:extensionElements><bpmn:messageEventDefinition messageRef="message-m"/></bpmn:intermediateThrowEvent>',
          '<bpmn:sendTask id="t" messageRef="message-n"/>',
          end('e', '<bpmn:signalEventDefinition signalRef="signal-g"/>'),
          path('s', 'z', 't', 'e'),
        ),
        { cislo: 12 },
      )
    ).result();
    expect(result.thrown).toMatchObject([
      { kind: 'message', name: 'm', payload: { x: 2 }, key: '12', elementId: 'z' },
      { kind: 'message', name: 'n', payload: null, elementId: 't' },
      { kind: 'signal', name: 'g', elementId: 'e' },
    ]);
    expect(result.ended).toBeDefined();
  });
});

describe('a start', () => {
  const several = diagram(
    start('s'),
    start('m', message('podani'), 'spis:result="podani"'),
    task('a'),
    task('b'),
    end(),
    path('s', 'a', 'e'),
    path('m', 'b', 'e'),
    eventSubProcess('u', start('us', message('zpet')), end('ue'), path('us', 'ue')),
  );

  it('is chosen by the start event, with what came with it', async () => {
    const run = await openRun(await compileProcess(several), await compileDecisions({}), undefined, contextAt(NOON));
    run.apply({ kind: 'start', variables: { x: 1 }, startEvent: 'm', payload: { jmeno: 'Jana' } });
    expect(run.result().waits.map(({ elementId }) => elementId)).toEqual(['us', 'b']);
    expect(run.result().variables).toEqual({ x: 1, podani: { jmeno: 'Jana' } });
  });

  it('elsewhere is refused and nothing has begun', async () => {
    const run = await openRun(await compileProcess(several), await compileDecisions({}), undefined, contextAt(NOON));
    expect(() => run.apply({ kind: 'start', variables: {}, startEvent: 'us' })).toThrow('does not start at');
    run.apply({ kind: 'start', variables: {} });
    expect(run.waits().map(({ elementId }) => elementId)).toEqual(['us', 'a']);
  });
});
