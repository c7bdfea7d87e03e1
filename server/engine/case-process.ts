// Our process core in bpmn-engine's clothes: the behaviour given for bpmn:Process. What a Definition asks of a process is here
// (bpmn-elements 17.3, src/definition/DefinitionExecution.js); what happens inside the process is ours (apply.ts). One instance serves all
// cases of a model and never ends: whether a case has ended stands in its own state.
import { Broker } from 'smqp';
import { apply } from './apply.ts';
import type { LiveCase } from './live-case.ts';
import type { Stimulus } from './types.ts';

/** Travels with a signal: hands a live case to the process, and a defect or refusal back. */
export interface Session {
  readonly live: LiveCase;
  thrown?: Error;
}

interface ProcessDefinition {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly parent?: object;
  readonly behaviour?: { readonly isExecutable?: boolean };
}
interface ProcessContext {
  readonly environment: object;
}
interface Signal {
  readonly content: { readonly message?: { readonly stimulus?: Stimulus; readonly session?: Session } };
  readonly properties: { readonly type?: string };
}
interface ProcessState {
  readonly executionId: string;
  readonly status?: string;
}

/** A class, because bpmn-engine calls it with `new` and keeps its identity. */
export class CaseProcess {
  readonly id: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly parent: object;
  readonly behaviour: object;
  readonly isExecutable: boolean;
  readonly environment: ProcessContext['environment'];
  readonly context: ProcessContext;
  readonly broker;
  readonly extensions = undefined;
  readonly lanes = undefined;
  readonly stopped = false;
  executionId: string | undefined;
  status: string | undefined;
  isRunning = false;

  constructor(definition: ProcessDefinition, context: ProcessContext) {
    this.id = definition.id;
    this.type = definition.type;
    this.name = definition.name;
    this.parent = { ...definition.parent };
    this.behaviour = definition.behaviour ?? {};
    this.isExecutable = definition.behaviour?.isExecutable === true;
    this.environment = context.environment;
    this.context = context;
    this.broker = new Broker(this);
    for (const exchange of ['event', 'api', 'message'])
      this.broker.assertExchange(exchange, 'topic', { autoDelete: false, durable: false });
  }

  get counters(): { completed: number; discarded: number } {
    return { completed: 0, discarded: 0 };
  }

  get execution(): undefined {
    return undefined;
  }

  get activityStatus(): string {
    return this.isRunning ? 'wait' : 'idle';
  }

  init(): void {
    this.executionId = this.id;
    this.publish('init');
  }

  run(): void {
    this.status = 'executing';
    this.listen();
    this.publish('enter');
    this.publish('start');
  }

  resume(): void {
    if (this.status !== undefined) this.listen();
  }

  recover(state: ProcessState): this {
    this.executionId = state.executionId;
    this.status = state.status;
    return this;
  }

  getState(): object {
    return { id: this.id, type: this.type, executionId: this.executionId, status: this.status };
  }

  stop(): void {
    this.isRunning = false;
    this.broker.cancel('case-process');
    this.publish('stop');
  }

  getApi(message?: { readonly content?: object }): object {
    return { id: this.id, type: this.type, name: this.name, executionId: this.executionId, owner: this, content: message?.content ?? {} };
  }

  getPostponed(): readonly object[] {
    return [];
  }

  getActivities(): readonly object[] {
    return [];
  }

  getActivityById(): null {
    return null;
  }

  getStartActivities(): readonly object[] {
    return [];
  }

  getSequenceFlows(): readonly object[] {
    return [];
  }

  sendMessage(): void {
    // Messages reach a case as stimuli, by the signal below.
  }

  private listen(): void {
    this.isRunning = true;
    this.broker.subscribeTmp('api', '#', (_key: string, message: unknown) => this.onSignal(message as Signal), {
      noAck: true,
      consumerTag: 'case-process',
    });
  }

  private onSignal(message: Signal): void {
    const { stimulus, session } = (message.properties.type === 'signal' && message.content.message) || {};
    if (!stimulus || !session) return;
    try {
      apply(session.live, stimulus);
    } catch (error) {
      // A throw through the engine's brokers would leave them half done; run.ts throws it on.
      session.thrown = error instanceof Error ? error : new Error('the process core failed', { cause: error });
    }
  }

  private publish(state: string): void {
    const content = { id: this.id, type: this.type, name: this.name, executionId: this.executionId, parent: { ...this.parent }, state };
    this.broker.publish('event', `process.${state}`, content, { type: state });
  }
}
