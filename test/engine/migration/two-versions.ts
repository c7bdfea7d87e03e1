// A case that begins under one drawing and goes on under another.
import { compileDecisions, compileProcess, openRun } from '../../../server/engine/index.ts';
import type { EngineState, ProcessModel, Stimulus, Variables, Wait } from '../../../server/engine/index.ts';
import { migrateState } from '../../../server/engine/migration/migrate-state.ts';
import type { MigrationPlan, MigrationVerdict } from '../../../server/engine/migration/plan.ts';
import { contextAt, NOON } from '../diagrams.ts';

export const LATER = '2026-03-05T11:00:00.000Z';

export interface TwoVersions {
  readonly from: ProcessModel;
  readonly to: ProcessModel;
  state(): EngineState;
  tell(stimulus: Stimulus): Promise<void>;
  /** Tells the one wait at this element. */
  complete(elementId: string, output?: Variables): Promise<void>;
  waits(): Promise<readonly Wait[]>;
  /** `kind element`, sorted. */
  waiting(): Promise<readonly string[]>;
  migrate(plan?: MigrationPlan): Promise<MigrationVerdict>;
  /** Migrates and goes on under the new version; throws when it is impossible. */
  goOver(plan?: MigrationPlan): Promise<Extract<MigrationVerdict, { verdict: 'ok' }>>;
  ended(): Promise<string | undefined>;
}

export async function twoVersions(before: string, after: string, variables: Variables = {}): Promise<TwoVersions> {
  const from = await compileProcess(before);
  const to = await compileProcess(after);
  const decisions = await compileDecisions({});
  let model = from;
  let now = NOON;
  let state: EngineState | undefined;
  const open = () => openRun(model, decisions, state, contextAt(now));
  const tell = async (stimulus: Stimulus): Promise<void> => {
    const run = await open();
    run.apply(stimulus);
    state = JSON.parse(JSON.stringify(run.result().state)) as EngineState;
  };
  const waits = async (): Promise<readonly Wait[]> => (await open()).waits();
  const at = async (elementId: string): Promise<Wait> => {
    const all = await waits();
    const found = all.find((wait) => wait.elementId === elementId);
    if (!found) throw new Error(`${elementId} does not wait, but ${all.map((wait) => wait.elementId).join(', ')}`);
    return found;
  };
  const migrate = async (plan: MigrationPlan = {}): Promise<MigrationVerdict> => {
    await Promise.resolve();
    return migrateState({ from, to, decisions }, state as EngineState, plan, contextAt(LATER));
  };
  await tell({ kind: 'start', variables });
  return {
    from,
    to,
    state: () => state as EngineState,
    tell,
    complete: async (elementId, output = {}) => {
      const wait = await at(elementId);
      if (wait.kind === 'effect') return tell({ kind: 'answer-effect', executionId: wait.executionId, answer: { done: output } });
      return tell({ kind: 'complete-task', executionId: wait.executionId, output });
    },
    waits,
    waiting: async () => (await waits()).map((wait) => `${wait.kind} ${wait.elementId}`).sort(),
    migrate,
    goOver: async (plan = {}) => {
      const verdict = await migrate(plan);
      if (verdict.verdict === 'impossible') throw new Error(JSON.stringify(verdict.reasons));
      model = to;
      now = LATER;
      state = JSON.parse(JSON.stringify(verdict.state)) as EngineState;
      if (verdict.moves.length > 0) await tell({ kind: 'modify', operations: verdict.moves });
      return verdict;
    },
    ended: async () => {
      const { ended } = (await open()).result();
      return ended?.outcome;
    },
  };
}
