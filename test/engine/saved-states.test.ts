// The corpus of saved states: every version that was ever released must resume, with the same waits, and go on to the end.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileDecisions, compileFile, openRun } from '../../server/engine/index.ts';
import type { EngineState, ProcessModel, Stimulus, Variables, Wait } from '../../server/engine/index.ts';
import { contextAt } from './diagrams.ts';

interface Saved {
  readonly what: string;
  readonly bpmn: string;
  readonly state: EngineState;
  readonly waits: readonly Wait[];
  readonly variables: Variables;
}

const folder = fileURLToPath(new URL('./saved-states/', import.meta.url));
const corpus = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => [name, JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as Saved] as const);
const LATER = '2027-03-02T12:00:00.000Z';

async function modelOf({ bpmn }: Saved): Promise<ProcessModel> {
  const compiled = await compileFile(bpmn);
  const [model] = compiled.processes;
  if (!model) throw new Error(compiled.findings.map(({ rule, element }) => `${rule} ${element}`).join(', '));
  return model;
}

/** A join that could never be complete was an incident in version 1; the text of it is still there. */
const shape = (waits: readonly Wait[]): readonly string[] => waits.map((wait) => `${wait.kind} ${wait.elementId} ${wait.since}`).sort();

describe.each(corpus)('%s', (_name, saved) => {
  it('resumes with the waits it was saved with', async () => {
    const run = await openRun(await modelOf(saved), await compileDecisions({}), saved.state, contextAt(LATER));
    const result = run.result();
    expect(shape(result.waits)).toEqual(shape(saved.waits));
    expect(result.waits.map(({ executionId }) => executionId).sort()).toEqual(saved.waits.map(({ executionId }) => executionId).sort());
    expect(result.variables).toEqual(saved.variables);
  });

  it('saved again it says the same', async () => {
    const model = await modelOf(saved);
    const decisions = await compileDecisions({});
    const once = (await openRun(model, decisions, saved.state, contextAt(LATER))).result();
    const twice = (await openRun(model, decisions, once.state, contextAt(LATER))).result();
    expect(once.state.version).toBe(2);
    expect(twice).toEqual(once);
  });

  it('goes on: every wait takes what it waits for', async () => {
    const model = await modelOf(saved);
    const decisions = await compileDecisions({});
    for (const wait of saved.waits) {
      const run = await openRun(model, decisions, saved.state, contextAt(LATER));
      if (run.result().suspended) run.apply({ kind: 'resume' });
      if (wait.kind === 'timer') run.apply({ kind: 'set-timer', executionId: wait.executionId, dueAt: LATER });
      const before = run.result();
      run.apply(answerTo(wait));
      expect(run.result().trace.length + run.result().thrown.length, wait.elementId).toBeGreaterThan(before.trace.length);
    }
  });
});

function answerTo(wait: Wait): Stimulus {
  const { executionId } = wait;
  switch (wait.kind) {
    case 'task':
      return { kind: 'complete-task', executionId, output: {} };
    case 'effect':
      return { kind: 'answer-effect', executionId, answer: { done: 1 } };
    case 'timer':
      return { kind: 'wake' };
    case 'message':
      return { kind: 'message', message: wait.message, payload: 1, executionId };
    case 'signal':
      return { kind: 'signal', signal: wait.signal, payload: 1 };
    case 'condition':
      return { kind: 'set-variables', variables: { hotovo: true } };
    case 'join':
      return { kind: 'modify', operations: [{ op: 'complete', executionId }] };
    case 'incident':
      return wait.code === 'expression-failed' && 'attachedTo' in wait
        ? { kind: 'retry', executionId }
        : { kind: 'modify', operations: [{ op: 'complete', executionId }] };
  }
}
