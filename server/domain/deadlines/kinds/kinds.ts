// Every way of counting by its name in the rules. A list.
import type { Context, Outcome } from '../counting/context.ts';
import type { RuleKind } from '../rules/rule.ts';
import { decision } from './decision.ts';
import { appeal, delivery, protest, setPeriod } from './from-delivery.ts';
import { appealForward, complaint, plain, provide, twoLimits } from './plain.ts';
import { assemblyNotice, calendarDay, dogFee } from './without-period.ts';
import { legalForce } from './legal-force.ts';
import { still } from './still.ts';

export const kinds: Readonly<Record<RuleKind, (context: Context) => Outcome>> = {
  decision,
  'set-period': setPeriod,
  delivery,
  appeal,
  'two-limits': twoLimits,
  'appeal-forward': appealForward,
  'legal-force': legalForce,
  protest,
  plain,
  provide,
  complaint,
  still,
  'assembly-notice': assemblyNotice,
  'dog-fee': dogFee,
  'calendar-day': calendarDay,
};
