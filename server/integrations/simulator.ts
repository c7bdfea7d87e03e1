// What a simulated outside system is. It keeps state, speaks the real protocol over real HTTP or SMTP, and can be told to misbehave.
// Never imported by a connector: the town must not be able to tell it from the real thing.
import type { Middleware } from 'koa';
import type { FaultPlan, SimulatorClock } from './fault-plan.ts';
import type { Json, SimulatorStore } from './simulator-store.ts';

export type { Json } from './simulator-store.ts';
export type { SimulatorClock } from './fault-plan.ts';

export interface SimulatorOptions {
  /** Where the simulator is mounted, as browsers and the town see it, without a trailing slash. */
  readonly baseUrl: string;
  readonly store: SimulatorStore;
  readonly clock: SimulatorClock;
  readonly faults: FaultPlan;
}

export interface SimulatorAccount {
  /** What it is for, in Czech. */
  readonly label: string;
  readonly value: string;
}

export interface Simulator {
  /** Folder name; the world mounts the simulator under `/zkusebni-svet/<name>`. */
  readonly name: string;
  /** Czech, shown on the world's page. */
  readonly title: string;
  /** One Czech sentence: what a person can do here. */
  readonly description?: string;
  /** Sees paths relative to its mount: `/DS/dz`, `/`. */
  readonly middleware: Middleware;
  /** Everything received and done, for comparing with the town's own records. */
  ledger(): Json;
  /** Acts of people that tests do over HTTP: POST `/zkusebni-svet/ovladani/<name>/<action>`. Throws on unusable input. */
  readonly control?: Readonly<Record<string, (input: unknown) => Promise<Json>>>;
  /** Operations a fault can be set on, beside `*`. */
  readonly operations?: readonly string[];
  /** Addresses and accounts printed at start. */
  readonly accounts?: readonly SimulatorAccount[];
  /** Port on which it listens itself, beside the world's HTTP, once it does: SMTP. */
  readonly listening?: Promise<number>;
  /** PEM of the authority behind its certificates, which the town is to trust. */
  readonly authorityPem?: string;
  close(): Promise<void>;
}
