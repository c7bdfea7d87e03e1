// Was the act in the trace on time, and how the period stands after it.
import { Problem } from '../../problem.ts';
import type { Day } from '../days/day-number.ts';
import { isBefore } from '../reading/read-date.ts';
import type { ReadEvent } from '../reading/read-trace.ts';
import type { DeadlineState } from '../types.ts';
import { note, type Context } from './context.ts';

/** The earliest act of this rule in the trace. */
export const actOf = ({ rule, trace }: Context): ReadEvent | undefined => trace.find(({ type }) => rule.acts?.includes(type));

/**
 * True also for an act before the period began or while it stood still: it was not over. Null when there is no act.
 * @param due null when the period has no last day yet
 */
export function onTime(context: Context, start: Day | null, due: Day | null): boolean | null {
  const act = actOf(context);
  if (act === undefined) return null;
  const { type, day } = act;
  const inTime = due === null || day <= due;
  const source = context.rule.law === 'dr' ? '§ 35 DŘ' : '§ 40 odst. 1 písm. d) SŘ';
  note(context, day, source, (p) => {
    if (due !== null && !inTime) return p.late(type, day, due);
    return start === null || day < start ? p.beforeDelivery(type, day) : p.onTime(type, day);
  });
  return inTime;
}

/** @throws Problem `act-before-begun` when the act came before the event that starts the period */
export function refuseActBefore(context: Context, start: ReadEvent): void {
  const act = actOf(context);
  if (act !== undefined && isBefore(act, start)) throw new Problem('invalid', 'act-before-begun', { event: act.type, start: start.type });
}

export const stateOf = (context: Context, otherwise: DeadlineState): DeadlineState => (actOf(context) === undefined ? otherwise : 'ended');
