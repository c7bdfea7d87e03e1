// bpmn-engine around a case: loads the definition, starts, recovers, signals and ends it. No JavaScript of a diagram ever runs here:
// scripts and expressions are replaced, timers never set. The engine's own state is the same for every case of a process, so it is
// made once and not stored.
import * as elements from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { deserialize, TypeResolver } from 'moddle-context-serializer';
import { CaseProcess } from './case-process.ts';
import type { Session } from './case-process.ts';
import type { ProcessModel } from './process-model.ts';
import type { Stimulus } from './types.ts';

export interface EngineRun {
  signal(stimulus: Stimulus): void;
}

interface Shell {
  readonly source: ReturnType<typeof deserialize>;
  envelope?: string;
}

const shells = new WeakMap<ProcessModel, Shell>();

const OPTIONS = {
  elements: { Process: CaseProcess },
  scripts: { register: () => undefined, getScript: () => refuseScript },
  expressions: { resolveExpression: (text: unknown) => text, isExpression: () => false, hasExpression: () => false },
  timers: { register: () => OPTIONS.timers, setTimeout: () => undefined, clearTimeout: () => undefined, executing: [] as never[] },
};

/** A started case that waits for its `start` stimulus. */
export async function startEngine(model: ProcessModel, session: Session): Promise<EngineRun> {
  const shell = shellOf(model);
  const engine = newEngine(shell, session);
  const execution = await engine.execute();
  return runOf(model, execution);
}

/** A case as it stood; the engine's envelope is rebuilt. */
export async function recoverEngine(model: ProcessModel, session: Session): Promise<EngineRun> {
  const shell = shellOf(model);
  shell.envelope ??= await makeEnvelope(shell, session);
  const engine = newEngine(shell, session).recover(JSON.parse(shell.envelope));
  const execution = await engine.resume();
  return runOf(model, execution);
}

function runOf(model: ProcessModel, execution: { signal(message: object): void }): EngineRun {
  return { signal: (stimulus) => execution.signal({ id: model.processId, stimulus }) };
}

function newEngine(shell: Shell, session: Session): Engine {
  return new Engine({ name: 'case', sourceContext: shell.source, session, ...OPTIONS } as unknown as ConstructorParameters<
    typeof Engine
  >[0]);
}

async function makeEnvelope(shell: Shell, session: Session): Promise<string> {
  const execution = await newEngine(shell, session).execute();
  const state = execution.getState();
  return JSON.stringify({
    ...state,
    definitions: state.definitions.map(({ source: _source, ...definition }: { source?: unknown }) => definition),
  });
}

/** The engine is given the definition and the process; the process's contents are our tables. */
function shellOf(model: ProcessModel): Shell {
  const known = shells.get(model);
  if (known) return known;
  const resolve = TypeResolver({ ...elements, Process: CaseProcess } as never, undefined as never);
  const definition = { id: `${model.processId}-definition`, type: 'bpmn:Definitions', behaviour: {} };
  const process = {
    id: model.processId,
    type: 'bpmn:Process',
    name: model.name,
    parent: { id: definition.id, type: definition.type },
    behaviour: { isExecutable: true },
  };
  const contents = {
    definition,
    processes: [process],
    activities: [],
    sequenceFlows: [],
    messageFlows: [],
    associations: [],
    dataObjects: [],
    dataStores: [],
    dataStoreReferences: [],
    participants: [],
  };
  const shell: Shell = { source: deserialize(contents as never, resolve) };
  shells.set(model, shell);
  return shell;
}

function refuseScript(): never {
  throw new Error('scripts of a diagram are never run');
}
