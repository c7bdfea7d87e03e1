// Cases hear that a due day of theirs has passed without the money: `po-splatnosti`, once for a due day.
import { tellOverdue } from '../books/index.ts';
import { dayOf } from '../domain/calendar.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** A debt may come back after its day (a storno of the bank), so the same day is looked at again. */
const AGAIN_MS = 600_000;
interface Look {
  readonly day: string;
  readonly at: number;
}
/** When each town was looked at last; forgetting it costs one look. */
const looks = new WeakMap<Workshop, Map<number, Look>>();

/** Looks through the debts of cases when a new legal day has begun, and every ten minutes. */
export function tellCasesOverdue(workshop: Workshop): Promise<number> {
  const { db, clock, poke } = workshop.corridor;
  const last = looks.get(workshop) ?? new Map<number, Look>();
  looks.set(workshop, last);
  return forEachTown(workshop, async (tenantId) => {
    const now = clock.now();
    const look = { day: dayOf(now.toISOString()), at: now.getTime() };
    const before = last.get(tenantId);
    if (before?.day === look.day && look.at - before.at < AGAIN_MS) return 0;
    const told = await db.withTenant(tenantId, (trx) => tellOverdue(trx, tenantId, { now: now.toISOString() }));
    // More than one batch is told at the next turn.
    if (told > 0) poke();
    else last.set(tenantId, look);
    return told;
  });
}
