// A case through the whole engine: start, wait, answer, end; and what is refused without changing anything.
import { describe, expect, it } from 'vitest';
import { compileDecisions, compileProcess, openRun, step, StimulusRefused } from '../../server/engine/index.ts';
import { contextAt, diagram, end, flow, gateway, message, newCase, NOON, path, service, start, task } from './diagrams.ts';

const SIMPLE = diagram(
  start('s'),
  task('kontrola', 'spis:result="kontrolni"'),
  gateway('exclusive', 'g', 'default="jinak"'),
  service('posli'),
  end('vyrizeno', '', 'spis:outcome="done"'),
  end('zamitnuto', '', 'spis:outcome="refused"'),
  path('s', 'kontrola', 'g'),
  flow('g', 'posli', '= kontrolni.ok', 'kdyz'),
  flow('g', 'zamitnuto', undefined, 'jinak'),
  path('posli', 'vyrizeno'),
);

describe('a case in the engine', () => {
  it('goes from start over a task, a gateway and an effect to its end', async () => {
    const driven = await newCase(SIMPLE, { podani: { castka: 1 } });
    expect(driven.result().waits).toEqual([
      { kind: 'task', executionId: 'kontrola#2', elementId: 'kontrola', name: 'Úkol kontrola', since: NOON, role: 'clerk', input: {} },
    ]);
    await driven.complete('kontrola', { ok: true });
    expect(driven.wait('posli')).toMatchObject({ kind: 'effect', effect: 'try.posli' });
    const result = await driven.answer('posli', { done: 'x' });
    expect(result.waits).toEqual([]);
    expect(result.ended).toEqual({ elementId: 'vyrizeno', outcome: 'done' });
    expect(result.variables).toEqual({ podani: { castka: 1 }, kontrolni: { ok: true } });
  });

  it('takes the default flow when no condition holds', async () => {
    const driven = await newCase(SIMPLE);
    const result = await driven.complete('kontrola', { ok: false });
    expect(result.ended).toEqual({ elementId: 'zamitnuto', outcome: 'refused' });
  });

  it('leaves a trace of elements and flows in order', async () => {
    const driven = await newCase(SIMPLE);
    const result = await driven.complete('kontrola', { ok: true });
    expect(result.trace.map((entry) => `${entry.kind} ${entry.elementId}`)).toEqual([
      'completed kontrola',
      expect.stringMatching(/^flow f\d+-kontrola-g/),
      'entered g',
      'completed g',
      'flow kdyz',
      'entered posli',
    ]);
  });

  it('refuses what does not fit, and then nothing has changed', async () => {
    const model = await compileProcess(SIMPLE);
    const decisions = await compileDecisions({});
    await expect(step(model, decisions, undefined, { kind: 'wake' }, contextAt(NOON))).rejects.toMatchObject({ code: 'not-started' });
    const run = await openRun(model, decisions, undefined, contextAt(NOON));
    run.apply({ kind: 'start', variables: {} });
    const before = run.result();
    expect(() => run.apply({ kind: 'start', variables: { x: 1 } })).toThrow(StimulusRefused);
    expect(() => run.apply({ kind: 'complete-task', executionId: 'kontrola#9', output: {} })).toThrow(StimulusRefused);
    expect(() => run.apply({ kind: 'message', message: 'platba', payload: null })).toThrow(StimulusRefused);
    expect(run.result()).toEqual(before);
    run.apply({ kind: 'complete-task', executionId: 'kontrola#2', output: { ok: false } });
    expect(() => run.apply({ kind: 'wake' })).toThrow(/ended/);
    await expect(step(model, decisions, run.result().state, { kind: 'wake' }, contextAt(NOON))).rejects.toMatchObject({
      code: 'already-ended',
    });
  });

  it('takes several stimuli in one run, and its state gives the same case', async () => {
    const model = await compileProcess(SIMPLE);
    const decisions = await compileDecisions({});
    const started = await step(model, decisions, undefined, { kind: 'start', variables: {} }, contextAt(NOON));
    const run = await openRun(model, decisions, started.state, contextAt(NOON));
    run.apply({ kind: 'complete-task', executionId: 'kontrola#2', output: { ok: true } });
    const [effect] = run.result().waits;
    run.apply({ kind: 'answer-effect', executionId: effect?.executionId ?? '', answer: { done: null } });
    expect(run.result().ended?.outcome).toBe('done');
  });

  it('starts by a message when the process is drawn so', async () => {
    const model = await compileProcess(
      diagram(start('s', message('podani'), 'spis:result="zprava"'), task('a'), end(), path('s', 'a', 'e')),
    );
    const result = await step(
      model,
      await compileDecisions({}),
      undefined,
      { kind: 'message', message: 'podani', payload: { a: 1 } },
      contextAt(NOON),
    );
    expect(result.variables).toEqual({ zprava: { a: 1 } });
    expect(result.waits.map((wait) => wait.elementId)).toEqual(['a']);
  });

  it('keeps a waiting case in less than 1.5 kB', async () => {
    const driven = await newCase(SIMPLE);
    expect(JSON.stringify(driven.result().state).length).toBeLessThan(1_500);
  });
});
