// An accountant closes a month; before that the town's invariants are looked at and every cash shift of the month must be closed.
import { permitBooks } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { openShiftsUntil } from '../../store/cash.ts';
import { closeMonth, type Sign } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';

/** Refuses `month-shift-open` and what `closeMonth` refuses. */
export function closeBooks(desk: Desk, asked: Asked<{ readonly month: string }>, sign: Sign): Promise<null> {
  permitBooks(asked.actor);
  const { month } = asked.data;
  return once(desk, 'close-month', asked, async (trx, { now, by }) => {
    if (await openShiftsUntil(trx, desk.tenantId, month)) throw new Problem('conflict', 'month-shift-open');
    await closeMonth(trx, desk.tenantId, { month, now, by, sign });
    return null;
  });
}
