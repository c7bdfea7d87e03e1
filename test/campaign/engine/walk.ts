// A case on a random path, straight or saved and recovered before every step; and what must be true of every step.
import type { DecisionModel } from '../../../server/engine/decision-model.ts';
import type { ProcessModel } from '../../../server/engine/process-model.ts';
import { openRun } from '../../../server/engine/run.ts';
import type { Run } from '../../../server/engine/run.ts';
import type { EngineState, StepResult, Stimulus } from '../../../server/engine/types.ts';

export interface Stop {
  readonly trace: StepResult['trace'];
  readonly waits: StepResult['waits'];
  readonly variables: StepResult['variables'];
  readonly state: string;
  readonly thrown: StepResult['thrown'];
  readonly ended: StepResult['ended'];
}

const BEGINNING = Date.parse('2026-03-02T11:00:00.000Z');
const STEPS = 600;

/** Follows the choices, then goes on by itself until the case ends. */
export async function walk(
  model: ProcessModel,
  decisions: DecisionModel,
  choices: readonly number[],
  isRecovered: boolean,
): Promise<readonly Stop[]> {
  const clock = { now: BEGINNING };
  const context = {
    get now() {
      return new Date(clock.now).toISOString();
    },
    deadline: (_name: string, from: string) => from,
  };
  const stops: Stop[] = [];
  let run: Run = await openRun(model, decisions, undefined, context);
  let seen = { trace: 0, thrown: 0 };
  let stimulus: Stimulus = { kind: 'start', variables: { n: 0 } };
  for (let step = 0; step < STEPS; step += 1) {
    run.apply(stimulus);
    const result = run.result();
    const { waits, variables, ended, state } = result;
    const saved = JSON.stringify(state);
    stops.push({ trace: result.trace.slice(seen.trace), thrown: result.thrown.slice(seen.thrown), waits, variables, ended, state: saved });
    seen = { trace: result.trace.length, thrown: result.thrown.length };
    if (ended) break;
    if (isRecovered) {
      run = await openRun(model, decisions, JSON.parse(saved) as EngineState, context);
      seen = { trace: 0, thrown: 0 };
    }
    clock.now += 1_800_000;
    const choice = choices[step];
    const next = choice === undefined ? onwards(result, step) : choose(result, choice);
    if (!next) break;
    stimulus = next;
    if (stimulus.kind === 'wake') clock.now = Math.max(clock.now, nextDue(result));
  }
  return stops;
}

/** Everything that can be told to a case now. */
function possible(result: StepResult, choice: number): readonly Stimulus[] {
  return result.waits.flatMap((wait): readonly Stimulus[] => {
    const { executionId } = wait;
    if (wait.kind === 'task') return [{ kind: 'complete-task', executionId, output: { choice } }];
    if (wait.kind === 'effect') {
      const refused = { code: 'X', reason: 'Ne.' };
      return [{ kind: 'answer-effect', executionId, answer: choice % 3 === 0 ? { refused } : { done: { choice } } }];
    }
    if (wait.kind === 'message') return [{ kind: 'message', message: wait.message, payload: { choice }, executionId }];
    if (wait.kind === 'signal') return [{ kind: 'signal', signal: wait.signal, payload: null }];
    return wait.kind === 'timer' ? [{ kind: 'wake' }] : [];
  });
}

function choose(result: StepResult, choice: number): Stimulus | undefined {
  const all = possible(result, choice);
  return all[choice % all.length];
}

/** The way out: work first, then time, then the messages and signals in turn, for some of them only start more beside. */
function onwards(result: StepResult, step: number): Stimulus | undefined {
  const all = possible(result, 1);
  const order: readonly (readonly Stimulus['kind'][])[] = [['complete-task'], ['answer-effect'], ['wake'], ['signal', 'message']];
  const ready = order.map((kinds) => all.filter(({ kind }) => kinds.includes(kind))).find((some) => some.length > 0) ?? [];
  // Not every step is such a choice, and those that are may all be even.
  return ready[Math.floor(step / 3) % ready.length];
}

function nextDue(result: StepResult): number {
  const dues = result.waits.flatMap((wait) => (wait.kind === 'timer' && wait.dueAt !== null ? [Date.parse(wait.dueAt)] : []));
  return dues.length === 0 ? 0 : Math.min(...dues);
}

/** What is wrong with a walk; a service that refused without a catch may have failed it, nothing else may. */
export function faultsOf(stops: readonly Stop[]): readonly string[] {
  const faults: string[] = [];
  const open = new Map<string, string>();
  for (const { trace, waits, ended, state } of stops) {
    for (const entry of trace) {
      if (entry.kind === 'entered') open.set(entry.executionId, entry.elementId);
      if (entry.kind !== 'completed' && entry.kind !== 'cancelled') continue;
      if (!open.delete(entry.executionId)) faults.push(`${entry.elementId} was ${entry.kind} without having been entered`);
    }
    const ids = waits.map(({ executionId }) => executionId);
    if (new Set(ids).size !== ids.length) faults.push(`a wait is told twice: ${ids.join(' ')}`);
    if ((waits.length === 0) !== (ended !== undefined))
      faults.push(ended ? 'ended, and waits are open' : 'nothing is waited for, and it has not ended');
    if (/[:[,]-\d/.test(state.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'))) faults.push(`a negative number in the state: ${state}`);
    if (waits.some(({ kind }) => kind === 'join'))
      faults.push(`a token is stuck at ${waits.find(({ kind }) => kind === 'join')?.elementId}`);
    const incident = waits.find((wait) => wait.kind === 'incident' && wait.code !== 'uncaught-error');
    if (incident) faults.push(`incident at ${incident.elementId}: ${JSON.stringify(incident)}`);
  }
  const last = stops.at(-1);
  if (last?.ended && open.size > 0) faults.push(`never left: ${[...open.values()].join(' ')}`);
  if (!last?.ended && !last?.waits.some(({ kind }) => kind === 'incident')) faults.push('it never ended');
  return [...new Set(faults)];
}
