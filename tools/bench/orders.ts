// What the measuring process tells a server process, and what it hears from it. Types only.

export interface Desk {
  readonly officer: string;
  /** Execution ids of the tasks of a case in their order; the same model gives the same ones in every case. */
  readonly executions: readonly string[];
  readonly cases: readonly string[];
}
export type Order =
  | { readonly kind: 'open'; readonly ownerUrl: string; readonly connections: number }
  /** Completes tasks until all are done or the time is up. `perSecond` = paced; without it as fast as `officers` at once can. */
  | {
      readonly kind: 'complete';
      readonly desk: Desk;
      readonly officers: number;
      readonly milliseconds: number;
      readonly perSecond?: number;
    }
  /** Fires due timers until none is left. */
  | { readonly kind: 'fire' }
  | { readonly kind: 'close' };

export interface Worked {
  /** Milliseconds from the asking (or from the moment it was planned, when paced) to the answer, one for each completed user task. */
  readonly samples: readonly number[];
  /** Service tasks answered here. */
  readonly answered: number;
  /** Tries that came before the task was open. */
  readonly early: number;
  /** Milliseconds of CPU and of the wall clock. */
  readonly cpuMs: number;
  readonly wallMs: number;
}
