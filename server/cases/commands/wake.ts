// The clock's door: overdue timers fire. The corridor fires them before every command, so there is nothing else to do here.
import type { Command } from '../corridor.ts';

export const wake: Command<{ readonly at: string }> = {
  name: 'wake',
  accept: () => ({ stimulus: { kind: 'wake' }, changes: [], detail: {}, result: null }),
};
