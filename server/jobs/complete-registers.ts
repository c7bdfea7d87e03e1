// The registers of running towns are made whole once after each start: what is numbered since is registered in the same step.
import { completeRegisters } from '../cases/complete-registers.ts';
import { forEachTown, type Workshop } from './workshop.ts';

export function completeRegistersOf(workshop: Workshop): () => Promise<number> {
  const whole = new Set<number>();
  return () =>
    forEachTown(workshop, async (tenantId) => {
      if (whole.has(tenantId)) return 0;
      const done = await completeRegisters(workshop.corridor, tenantId);
      if (done === 0) whole.add(tenantId);
      return done;
    });
}
