// Which unclear readings matter for which rule, so that a random trace sometimes takes the other one.
import type { Dice } from './dice.ts';

const deliveryReadings = [
  ['public_notice_roll', 'no'],
  ['public_notice_hangs', 'not_required'],
  ['public_notice_online', 'counts_from_later'],
  ['login_in_tail', 'fiction'],
  ['login_before_put_in_box', 'ignored'],
] as const;

const decisionReadings = [
  ['resumption_day', 'counted'],
  ['floor_after_request', 'no'],
  ['floor_after_register_data', 'yes'],
  ['silent_party', 'day_after'],
  ['silent_party', 'until_resumed'],
  ['extension_over_limit', 'error'],
] as const;

const readings: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'sr/decision': decisionReadings,
  'sr/appeal_decision': decisionReadings,
  'isds/delivery': deliveryReadings,
  'sr/delivery': deliveryReadings,
  'dr/delivery': deliveryReadings,
  'sr/appeal': deliveryReadings,
  'dr/appeal': deliveryReadings,
  'info/provide': [
    ['extension', 'after_roll'],
    ['extension_over_limit', 'error'],
    ['late_prolongation', 'ignored'],
  ],
  'sr/set_period': [...deliveryReadings, ['late_prolongation', 'ignored']],
  'dr/set_period': [...deliveryReadings, ['late_prolongation', 'ignored']],
  'info/complaint': [['complaint_counts_from', 'day_after']],
  'dr/stopped_period': [['section_34_fifth_day', 'counted']],
  'sr/legal_force': [['sole_waiver', 'same_day']],
  'assembly/ban': [['ban_roll', 'no']],
  'assembly/notice': [
    ['assembly_days', 'clear_days'],
    ['assembly_back_roll', 'yes'],
  ],
  'life/suggestion': [['non_procedural_roll', 'no']],
  'dog/fee': [
    ['dog_end_month', 'not_charged'],
    ['dog_age', 'day_after'],
    ['amount_rounding', 'nearest'],
    ['amount_rounding', 'down'],
  ],
};

export function switchesOf(dice: Dice, rule: string): Readonly<Record<string, string>> {
  const known = readings[rule];
  if (known === undefined) return {};
  const reading = known[dice.below(known.length)];
  return reading === undefined ? {} : { [reading[0]]: reading[1] };
}
