// English words of the explanation: days, plurals, events, reasons.
import { civilOf, weekday, type Day } from '../days/day-number.ts';
import type { EventType, ExtensionReason, StopReason } from '../reading/vocabulary.ts';
import type { LengthUnit } from './phrases.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export function day(at: Day): string {
  const { year, month, day: ofMonth } = civilOf(at);
  return `${ofMonth} ${months[month - 1] ?? ''} ${year}`;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const weekdayName = (at: Day): string => weekdays[weekday(at) - 1] ?? '';
/** Saturday, Sunday, a public holiday by its Czech name, or a day off of the town. */
export const whyOff = (at: Day, holiday: string | undefined): string =>
  holiday !== undefined ? `a public holiday (${holiday})` : weekday(at) >= 6 ? `a ${weekdayName(at)}` : "the town's own day off";

const nouns: Readonly<Record<LengthUnit, string>> = {
  days: 'day',
  weeks: 'week',
  months: 'month',
  years: 'year',
  'working-days': 'working day',
};

export const counted = (n: number, unit: LengthUnit = 'days'): string => `${n} ${nouns[unit]}${n === 1 ? '' : 's'}`;

export const stopReason: Readonly<Record<StopReason, string>> = {
  deficiency: 'a call to remedy the filing',
  fee: 'an unpaid administrative fee',
  preliminary_question: 'proceedings on a preliminary question',
  guardian: 'appointing a guardian',
  other_statute: 'a reason given by another statute',
  request: "the party's request",
  register_data: 'waiting for data from registers',
};

export const extensionReason: Readonly<Record<ExtensionReason, string>> = {
  oral_hearing: 'an oral hearing',
  site_inspection: 'a site inspection',
  summons: 'a summons',
  bringing_in: 'bringing a person in',
  public_notice_unreachable: 'public notice to persons who demonstrably cannot be reached',
  complex_case: 'an especially complex case',
  letter_rogatory: 'a request to another office',
  expert_report: 'an expert report',
  delivery_abroad: 'delivery abroad',
};

export const eventName: Readonly<Record<EventType | 'delivery', string>> = {
  delivery: 'delivery',
  sent: 'sent',
  delivered: 'delivery',
  refused: 'acceptance refused',
  put_in_box: 'put into the data box',
  login: 'login to the data box',
  stored: 'ready for pick-up',
  picked_up: 'picked up',
  posted_notice: 'posted on the notice board',
  online: 'published online',
  taken_down: 'taken down',
  received: 'filing received',
  opened: 'proceedings opened',
  received_elsewhere: 'received by an office not competent',
  file_handed_over: 'file handed over',
  completed: 'request completed',
  learned: 'learned of the decision',
  last_notified: 'last party notified',
  appeal_received: 'appeal received',
  missed: 'the day of the missed act',
  obstacle_gone: 'obstacle gone',
  email_received: 'unsigned e-mail received',
  period_ended: 'period lapsed',
  complaint_received: 'complaint received',
  notice: 'assembly announced',
  assembly: 'day of the assembly',
  felled: 'day of felling',
  day: 'day',
  set: 'period set',
  prolonged: 'prolonged',
  extended: 'extended',
  stop: 'interruption',
  resume: 'end of the interruption',
  call_delivered: 'call delivered',
  call_period: 'period of the call',
  answered: 'call answered',
  complaint_filed: 'complaint about the costs',
  complaint_decided: 'complaint decided',
  call_issued: 'call issued',
  cooperated: 'cooperation given',
  issued: 'decision issued',
  filed: 'filed',
  done: 'done',
  paid: 'paid',
  provided: 'information provided',
  corrected: 'correcting resolution notified',
  waived: 'appeal waived',
  appealed: 'appeal',
  withdrawn: 'appeal withdrawn',
  appeal_decision_delivered: 'appellate decision notified',
  held_from: 'dog acquired',
  held_to: 'dog no longer held',
  born: 'dog born',
};
