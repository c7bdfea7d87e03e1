// One step of a case without a database: recovered from its saved state, one task completed, saved again. Beside it the same with bpmn-engine as it comes.
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import { compileDecisions, compileProcess, openRun, type EngineState, type StepContext } from '../../server/engine/index.ts';
import type { Figure } from './figures.ts';
import { conclusion, process as diagram, submission } from './situation.ts';

export async function measureEngine(_ownerUrl: string, milliseconds: number): Promise<readonly Figure[]> {
  return [
    { name: 'bpmn-engine.step_ms', value: await stockStep(milliseconds), unit: 'ms' },
    { name: 'engine.step_ms', value: await ownStep(milliseconds), unit: 'ms', reference: 'bpmn-engine.step_ms' },
  ];
}

async function ownStep(milliseconds: number): Promise<number> {
  const model = await compileProcess(diagram);
  const decisions = await compileDecisions({});
  const context: StepContext = { now: '2026-03-02T08:00:00.000Z', deadline: () => '2026-04-01T22:00:00.000Z' };
  const begun = await openRun(model, decisions, undefined, context);
  begun.apply({ kind: 'start', variables: { podani: submission } });
  const { state, waits } = begun.result();
  const executionId = waits.find((wait) => wait.kind === 'task')?.executionId ?? '';
  const saved = JSON.stringify(state);
  return meanOf(milliseconds, async () => {
    const run = await openRun(model, decisions, JSON.parse(saved) as EngineState, context);
    run.apply({ kind: 'wake' });
    run.apply({ kind: 'complete-task', executionId, output: conclusion });
    JSON.stringify(run.result().state);
  });
}

async function stockStep(milliseconds: number): Promise<number> {
  const source = diagram.replace(/ spis:[a-z]+="[^"]*"/g, '');
  const engine = new Engine({ name: 'stock', source, variables: submission });
  const begun = await engine.execute();
  const saved = JSON.stringify(begun.getState());
  await begun.stop();
  return meanOf(milliseconds, async () => {
    const listener = new EventEmitter();
    const recovered = new Engine({ name: 'stock' }).recover(JSON.parse(saved));
    const done = new Promise<void>((resolve) =>
      listener.once('activity.wait', (api: { signal(message: object): void }) => {
        api.signal(conclusion);
        resolve();
      }),
    );
    const execution = await recovered.resume({ listener });
    await done;
    JSON.stringify(execution.getState());
    await execution.stop();
  });
}

/** Milliseconds of one turn, after a tenth of the time to warm up. */
async function meanOf(milliseconds: number, work: () => Promise<void>): Promise<number> {
  for (const end = performance.now() + milliseconds / 10; performance.now() < end;) await work();
  const started = performance.now();
  let turns = 0;
  for (; performance.now() - started < milliseconds; turns += 1) await work();
  return (performance.now() - started) / turns;
}
