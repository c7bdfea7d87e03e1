// The life of a yearly run: which step may follow which. Pure; the steps taken are kept in fee_run_move.
import { Problem } from '../problem.ts';

const next = {
  planning: ['planned', 'discarded'],
  planned: ['asked', 'discarded'],
  asked: ['prescribing', 'planned', 'discarded'],
  prescribing: ['prescribing-paused', 'prescribed'],
  'prescribing-paused': ['prescribing', 'undo-asked'],
  prescribed: ['sending', 'undo-asked'],
  'undo-asked': ['undoing', 'prescribed', 'prescribing-paused'],
  undoing: ['undoing-paused', 'undone'],
  'undoing-paused': ['undoing'],
  undone: [],
  sending: ['sending-paused', 'sent'],
  'sending-paused': ['sending'],
  sent: [],
  discarded: [],
} as const satisfies Record<string, readonly string[]>;

export type RunState = keyof typeof next;
export const runStates = Object.keys(next) as readonly RunState[];

/** States in which a job works through the items by itself. */
export const WORKING = ['planning', 'prescribing', 'undoing', 'sending'] as const satisfies readonly RunState[];
/** A run in one of these is over. */
export const SINKS = ['undone', 'sent', 'discarded'] as const satisfies readonly RunState[];

export const mayFollow = (from: RunState, to: RunState): boolean => (next[from] as readonly RunState[]).includes(to);

/** Refuses `run-not-so-far` with both states. */
export function permitRunMove(from: RunState, to: RunState): void {
  if (!mayFollow(from, to)) throw new Problem('conflict', 'run-not-so-far', { from, to });
}
