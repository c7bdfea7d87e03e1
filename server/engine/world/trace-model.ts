// A file and a request to an answer. Never throws: a defect of ours becomes the finding `internal-error`.
import { compileFile } from '../compile-file.ts';
import type { DecisionModel } from '../decision-model.ts';
import { ModelError } from '../model-error.ts';
import type { ProcessModel } from '../process-model.ts';
import { addDuration } from '../timer-text.ts';
import type { StepContext } from '../types.ts';
import { BEGINNING } from './request.ts';
import type { Finding, TraceAnswer, TraceRequest } from './request.ts';
import { runWorld } from './run-world.ts';
import { startsPlainly } from './standing-starts.ts';
import { verdictOn } from './verdict.ts';
import { createWorld } from './world.ts';

export interface Surroundings {
  /** DMN at hand; `isNeeded` false: the model names no decision, an empty one will do. Throws `ModelError`. */
  decisions(isNeeded: boolean): Promise<DecisionModel>;
  /** Asked between steps. */
  isTimeUp(): boolean;
  /** Of one step, see `StepContext`. */
  readonly budget?: NonNullable<StepContext['budget']>;
  /** Told as soon as the file is accepted. */
  found(findings: readonly Finding[]): void;
}

const NOTHING_TO_RUN: Finding = {
  rule: 'no-process',
  severity: 'error',
  element: '',
  message: 'V souboru není proces, který by šlo spustit.',
};

/** `usage`: the request names a process that is not in the file. */
export type Traced = { readonly answer: TraceAnswer; readonly usage?: undefined } | { readonly usage: string };

export async function traceModel(file: string | Uint8Array, request: TraceRequest, surroundings: Surroundings): Promise<Traced> {
  let known: Pick<TraceAnswer, 'accepted' | 'findings'> = { accepted: false, findings: [] };
  try {
    const compiled = await compileFile(file, { bare: request.bare });
    known = { accepted: compiled.accepted, findings: compiled.findings };
    if (request.check || !compiled.accepted) return { answer: known };
    const process = request.process.length > 0 ? request.process : defaultProcess(compiled.processes);
    const missing = process.find((id) => !compiled.processes.some(({ processId }) => processId === id));
    if (missing !== undefined) return { usage: `process ${missing} is not in the file` };
    if (process.length === 0) return { answer: { accepted: false, findings: [...compiled.findings, NOTHING_TO_RUN] } };
    const endless = durationsOf(request).find((duration) => !isInTime(duration));
    if (endless !== undefined) return { usage: `${endless} leads past the year 9999` };
    surroundings.found(compiled.findings);
    const world = createWorld({
      models: compiled.processes,
      ...compiled.collaboration,
      decisions: await surroundings.decisions(compiled.processes.some(decides)),
      request: { ...request, process },
      isTimeUp: surroundings.isTimeUp,
      ...(surroundings.budget ? { budget: surroundings.budget } : {}),
    });
    await runWorld(world);
    return { answer: { ...known, ...verdictOn(world) } };
  } catch (error) {
    if (error instanceof ModelError) return { answer: { accepted: false, findings: [...known.findings, ...error.findings] } };
    return { answer: broken(known, error instanceof Error ? error.message : String(error)) };
  }
}

function decides(model: ProcessModel): boolean {
  return [...model.library.values()].some(({ nodes }) => [...nodes.values()].some(({ decision }) => decision !== undefined));
}

function durationsOf({ advance, posts, answers, deadlines }: TraceRequest): readonly string[] {
  const delays = Object.values(answers).flatMap((planned) => [planned].flat().map(({ after }) => after));
  return [advance, ...posts.map(({ after }) => after), ...delays, ...Object.values(deadlines)].filter((one) => one !== undefined);
}

function isInTime(duration: string): boolean {
  try {
    return addDuration(BEGINNING, duration) >= BEGINNING;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function broken(known: Pick<TraceAnswer, 'accepted' | 'findings'>, message: string): TraceAnswer {
  const finding: Finding = { rule: 'internal-error', severity: 'error', element: '', message };
  const answer = { accepted: known.accepted, findings: [...known.findings, finding] };
  if (!known.accepted) return answer;
  const incident = { code: 'internal-error', element: '', reason: message };
  return { ...answer, status: 'incident', incident, trace: [], waits: [], variables: {} };
}

/** The only one; of several the executable one, then the one that can start by itself, then the first. */
function defaultProcess(models: readonly ProcessModel[]): readonly string[] {
  const executable = models.filter((model) => model.isExecutable);
  const among = executable.length > 0 ? executable : models;
  const chosen = among.find(startsPlainly) ?? among[0];
  return chosen ? [chosen.processId] : [];
}
