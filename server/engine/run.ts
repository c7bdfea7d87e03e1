// One case, recovered once and driven by one or more stimuli. The caller stores what `result` gives.
import { openEngine } from './engine-shell.ts';
import type { Session } from './case-process.ts';
import type { DecisionModel } from './decision-model.ts';
import type { ProcessModel } from './process-model.ts';
import { loadCase, saveState } from './saved-state.ts';
import { StimulusRefused } from './types.ts';
import type { EngineState, StepContext, StepResult, Stimulus, Wait } from './types.ts';
import { endOf, waitsOf } from './waits.ts';

export interface Run {
  /** Synchronous. Throws `StimulusRefused`, then nothing has changed and the run can go on; after any other error throw the run away. */
  apply(stimulus: Stimulus): void;
  /** What is waited for now; cheaper than the whole result. */
  waits(): readonly Wait[];
  /** State, waits and variables now; the trace since the run was opened. */
  result(): StepResult;
}

/** `state` undefined: a case that has not started. The one `await` of the engine is in here. */
export async function openRun(
  model: ProcessModel,
  decisions: DecisionModel,
  state: EngineState | undefined,
  context: StepContext,
): Promise<Run> {
  const session: Session = { live: loadCase(model, decisions, state, context) };
  const { live } = session;
  const engine = live.ended ? undefined : await openEngine(model, session);
  return {
    apply: (stimulus) => {
      if (!engine || live.ended) throw new StimulusRefused('already-ended', 'the case has ended');
      engine.signal(stimulus);
      const thrown = takeThrown(session);
      if (thrown) throw thrown;
    },
    waits: () => waitsOf(live),
    result: () => ({
      state: saveState(live),
      waits: waitsOf(live),
      trace: [...live.trace],
      variables: { ...live.root.vars },
      thrown: [...live.thrown],
      ...(live.suspendedAt === undefined ? {} : { suspended: true as const }),
      ...endOf(live),
    }),
  };
}

function takeThrown(session: Session): Error | undefined {
  const { thrown } = session;
  delete session.thrown;
  return thrown;
}

/** A run of one stimulus. */
export async function step(
  model: ProcessModel,
  decisions: DecisionModel,
  state: EngineState | undefined,
  stimulus: Stimulus,
  context: StepContext,
): Promise<StepResult> {
  const run = await openRun(model, decisions, state, context);
  run.apply(stimulus);
  return run.result();
}
