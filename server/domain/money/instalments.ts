// Splátkový kalendář: rozložení úhrady daně na splátky (§ 156 zákona č. 280/2009 Sb.). Its parts and what happens when one is missed. Pure.
import { daysBetween, type LegalDate } from '../calendar.ts';
import { Problem } from '../problem.ts';
import { nextDay } from './days.ts';

export interface PlannedPart {
  readonly dueOn: LegalDate;
  readonly amount: number;
}

/** Refuses `instalments-empty`, `instalments-sum` {owed, planned}, `instalments-order`, `instalments-past`. */
export function checkParts(parts: readonly PlannedPart[], owed: number, today: LegalDate): void {
  if (parts.length === 0 || owed <= 0) throw new Problem('invalid', 'instalments-empty');
  const planned = parts.reduce((sum, { amount }) => sum + amount, 0);
  if (planned !== owed) throw new Problem('invalid', 'instalments-sum', { owed, planned });
  const [first] = parts;
  if (first !== undefined && first.dueOn < today) throw new Problem('invalid', 'instalments-past');
  if (parts.some(({ dueOn }, at) => at > 0 && dueOn <= (parts[at - 1]?.dueOn ?? ''))) throw new Problem('invalid', 'instalments-order');
}

export interface PlanFacts {
  readonly parts: readonly PlannedPart[];
  /** What has lowered the debts of the plan since it was granted: the day and haléře. */
  readonly paid: readonly { readonly on: LegalDate; readonly amount: number }[];
  readonly endedOn: LegalDate | null;
  readonly today: LegalDate;
}
export interface PlanStanding {
  readonly state: 'kept' | 'broken' | 'paid' | 'ended';
  readonly paid: number;
  readonly brokenOn: LegalDate | null;
  readonly parts: readonly { readonly state: 'paid' | 'waiting' | 'missed' }[];
}

/**
 * A part is paid when everything up to it has come by its due day. When one is missed the permission loses effect on the day after,
 * and the whole rest is due (§ 157 odst. 4 zákona č. 280/2009 Sb.); money that comes later does not bring it back.
 */
export function planStanding({ parts, paid, endedOn, today }: PlanFacts): PlanStanding {
  const total = parts.reduce((sum, { amount }) => sum + amount, 0);
  const paidBy = (day: LegalDate): number => paid.filter(({ on }) => on <= day).reduce((sum, { amount }) => sum + amount, 0);
  const now = paidBy(today);
  let upTo = 0;
  const states = parts.map(({ dueOn, amount }) => {
    upTo += amount;
    const wanted = upTo;
    const isOver = daysBetween(dueOn, today) > 0;
    if (paidBy(isOver ? dueOn : today) >= wanted) return { state: 'paid' as const };
    return { state: isOver ? ('missed' as const) : ('waiting' as const) };
  });
  const missed = parts.find((_part, at) => states[at]?.state === 'missed');
  const brokenOn = missed === undefined ? null : nextDay(missed.dueOn);
  const base = { paid: Math.min(now, total), brokenOn, parts: states };
  if (endedOn !== null) return { state: 'ended', ...base };
  if (now >= total) return { state: 'paid', ...base };
  return { state: brokenOn === null ? 'kept' : 'broken', ...base };
}
