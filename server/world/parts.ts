// What the page and the control door know of the world.
import type { FaultPlan } from '../integrations/fault-plan.ts';
import type { Simulator } from '../integrations/simulator.ts';

export interface WorldPart {
  readonly simulator: Simulator;
  readonly faults: FaultPlan;
  readonly baseUrl: string;
}

export interface WorldClock {
  now(): Date;
  /** Milliseconds ahead of the system. */
  offsetMs(): number;
  /** Throws RangeError for a negative number: what has happened stays in the past. */
  forward(milliseconds: number): void;
}

export interface WorldContext {
  readonly baseUrl: string;
  readonly townUrl: string;
  readonly clock: WorldClock;
  readonly parts: readonly WorldPart[];
}
