// bpmn-engine around the cases of a process: it loads the definition, starts it and passes every signal on to our process core. No JavaScript
// of a diagram ever runs here: scripts and expressions are replaced, timers never set. The engine's own state is the same for every case of a
// process, so one engine serves them all and none of it is stored: making and recovering one for each step took 0.5 ms, a signal takes 0.02 ms.
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

type Execution = { signal(message: object): void };

/** One engine for each model: it holds the definition and passes signals on; a case is handed to it with each signal and left there never. */
const hosts = new WeakMap<ProcessModel, Promise<Execution>>();

const OPTIONS = {
  elements: { Process: CaseProcess },
  scripts: { register: () => undefined, getScript: () => refuseScript },
  expressions: { resolveExpression: (text: unknown) => text, isExpression: () => false, hasExpression: () => false },
  timers: { register: () => OPTIONS.timers, setTimeout: () => undefined, clearTimeout: () => undefined, executing: [] as never[] },
};

/** A way into the engine for one case. A signal is synchronous, so that cases of one model never meet in it. */
export async function openEngine(model: ProcessModel, session: Session): Promise<EngineRun> {
  const execution = await hostOf(model);
  return { signal: (stimulus) => execution.signal({ id: model.processId, stimulus, session }) };
}

function hostOf(model: ProcessModel): Promise<Execution> {
  const known = hosts.get(model);
  if (known) return known;
  const options = { name: 'cases', sourceContext: sourceOf(model), ...OPTIONS } as unknown as ConstructorParameters<typeof Engine>[0];
  const host: Promise<Execution> = new Engine(options).execute();
  hosts.set(model, host);
  return host;
}

/** The engine is given the definition and the process; the process's contents are our tables. */
function sourceOf(model: ProcessModel): ReturnType<typeof deserialize> {
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
  return deserialize(contents as never, resolve);
}

function refuseScript(): never {
  throw new Error('scripts of a diagram are never run');
}
