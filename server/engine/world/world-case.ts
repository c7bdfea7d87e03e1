// One case in the world: its run, what it waits for, and the rows of its trace. Straight, or put away as JSON after every step.
import type { DecisionModel } from '../decision-model.ts';
import type { ProcessModel } from '../process-model.ts';
import { openRun } from '../run.ts';
import type { Run } from '../run.ts';
import type { EngineState, StepContext, StepResult, Stimulus, Wait } from '../types.ts';

export interface WorldCase {
  /** Counts from 1 in the order of starting. */
  readonly number: number;
  readonly model: ProcessModel;
  /** Throws what the engine throws; the world then gives up. */
  tell(stimulus: Stimulus): Promise<StepNews>;
  waits(): readonly Wait[];
  result(): StepResult;
}

/** What is new since the step before. */
export interface StepNews {
  readonly trace: StepResult['trace'];
  readonly thrown: StepResult['thrown'];
}

export interface CaseSetting {
  readonly number: number;
  readonly model: ProcessModel;
  readonly decisions: DecisionModel;
  /** Its `now` moves with the world's time. */
  readonly context: StepContext;
  readonly saveEveryStep: boolean;
}

export async function openCase({ number, model, decisions, context, saveEveryStep }: CaseSetting): Promise<WorldCase> {
  let run: Run = await openRun(model, decisions, undefined, context);
  let result: StepResult = run.result();
  let seen = { trace: 0, thrown: 0 };
  const putAwayAndTakeOut = async (): Promise<void> => {
    const state = JSON.parse(JSON.stringify(result.state)) as EngineState;
    run = await openRun(model, decisions, state, context);
    seen = { trace: 0, thrown: 0 };
  };
  return {
    number,
    model,
    tell: async (stimulus) => {
      run.apply(stimulus);
      result = run.result();
      const news = { trace: result.trace.slice(seen.trace), thrown: result.thrown.slice(seen.thrown) };
      seen = { trace: result.trace.length, thrown: result.thrown.length };
      if (saveEveryStep && !result.ended) await putAwayAndTakeOut();
      return news;
    },
    waits: () => result.waits,
    result: () => result,
  };
}

/** An uncaught error has ended it (BPMN 2.0.2, 13.5.1): nobody works on it any more. */
export function hasFailed(one: WorldCase): boolean {
  return one.waits().some((wait) => wait.kind === 'incident' && wait.code === 'uncaught-error');
}
