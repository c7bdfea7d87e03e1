// Who orders something about a yearly run, and what a second person is asked.
import type { Actor } from '../../domain/permission.ts';

export interface Asked {
  readonly commandId: string;
  readonly actor: Extract<Actor, { kind: 'officer' }>;
}
/** May it start, may it be taken back. */
export type Question = 'start' | 'undo';
