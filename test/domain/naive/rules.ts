// The law's clock a second time, deliberately naive: every rule of docs/deadlines.md by walking from one day to the next.
import { after, Impossible, type Day } from './calendar.ts';
import { appeal, legalForce, protest, relief, unnotified } from './appeal.ts';
import { checkStops, cooperation, decision, decisionEvents, payment } from './decision.ts';
import { delivery, deliveryEvents } from './delivery.ts';
import { dayOfEvent, Events, inOrder, wholeNumber, type Answer, type Case, type Event, type Switches } from './events.ts';
import { assemblyNotice, calendarDay, dogFee } from './other.ts';
import { daysAfter, isBefore, lastDay, later, rolled, unitOf, workingDaysAfter, type Code, type Length } from './period.ts';

type Rule = { readonly knows: readonly string[]; readonly answer: (events: Events) => Answer };

const rule = (knows: readonly string[], answer: Rule['answer']): Rule => ({ knows, answer });

/** So many days from one event. */
const days = (event: string, n: number): Rule => rule([event], (events) => ({ due: rolled(daysAfter(events.needed(event), n)).iso }));

/** The same, unless a reading says that such a period does not roll. */
const daysRolledUnless = (event: string, n: number, reading: string): Rule =>
  rule([event], (events) => {
    const last = daysAfter(events.needed(event), n);
    return { due: (events.reads(reading, 'no') ? last : rolled(last)).iso };
  });

/** So many days from the delivery; `acts` may be done in time. */
function daysFromDelivery(n: number, acts: readonly string[] = []): Rule {
  return rule([...deliveryEvents, ...acts], (events) => fromDelivery(events, acts, (day) => rolled(daysAfter(day, n))));
}

function fromDelivery(events: Events, acts: readonly string[], end: (delivered: Day) => Day): Answer {
  const { day, how } = delivery(events);
  const act = acts.map((type) => events.day(type)).find((done) => done !== undefined);
  if (day === null) return { due: null, delivered: null, ...(act && { on_time: true }) };
  const due = end(day);
  return { due: due.iso, delivered: day.iso, ...(how !== undefined && { how }), ...(act && { on_time: !isBefore(due, act) }) };
}

const deliveryAlone = rule(deliveryEvents, (events) => {
  const { day, how } = delivery(events);
  return { due: day?.iso ?? null, delivered: day?.iso ?? null, ...(how !== undefined && { how }) };
});

const setPeriod = (code: Code): Rule =>
  rule([...deliveryEvents, 'set', 'prolonged', 'done'], (events) => {
    const set = events.one('set');
    if (set === undefined) throw new Impossible('no period was set');
    const lengths = [lengthOf(set)];
    const prolonged = byDay(events.of('prolonged')).map((event) => ({ day: dayOfEvent(event), length: lengthOf(event) }));
    return fromDelivery(events, ['done'], (delivered) => {
      for (const { day, length } of prolonged) {
        inOrder(delivered, day);
        if (!isLate(events, day, rolled(lastDay(delivered, lengths, code)))) lengths.push(length);
      }
      return rolled(lastDay(delivered, lengths, code));
    });
  });

const lengthOf = (event: Event): Length => ({ n: wholeNumber(event['n']), unit: unitOf(event['unit']) });

/** Each told before the period as extended so far has ended; ten days together. */
function extendedEnd(events: Events, start: Day): Day {
  const rollsFirst = events.reads('extension', 'after_roll');
  let end = daysAfter(start, 15);
  let added = 0;
  for (const extension of byDay(events.of('extended'))) {
    inOrder(events.one('received'), extension);
    const asked = wholeNumber(extension['days']);
    if (isLate(events, dayOfEvent(extension), rolled(end))) continue;
    if (asked > 10 - added && events.reads('extension_over_limit', 'error')) throw new Impossible('at most ten days');
    const more = Math.min(asked, 10 - added);
    added += more;
    if (more > 0) end = daysAfter(rollsFirst ? rolled(end) : end, more);
  }
  return rolled(end);
}

/** A period that has ended cannot be prolonged; another reading lets it pass without effect. */
function isLate(events: Events, day: Day, end: Day): boolean {
  if (!isBefore(end, day)) return false;
  if (!events.reads('late_prolongation', 'ignored')) throw new Impossible('prolonged after its end');
  return true;
}

const byDay = (events: readonly Event[]): readonly Event[] =>
  [...events].sort((one, other) => (isBefore(dayOfEvent(one), dayOfEvent(other)) ? -1 : 1));

/** § 14/5 d), 14/7 of 106/1999. */
const provide = rule(['received', 'completed', 'extended', 'provided'], (events) => {
  const received = events.needed('received');
  const provided = events.day('provided');
  // Completed more than once, it starts anew each time.
  for (const event of events.of('completed')) inOrder(events.one('received'), event);
  inOrder(events.one('received'), events.one('provided'));
  const start = events.of('completed').map(dayOfEvent).reduce(later, received);
  const due = extendedEnd(events, start);
  return { due: due.iso, ...(provided && { on_time: !isBefore(due, provided) }) };
});

const complaint = rule([...deliveryEvents, 'period_ended'], (events) => {
  const ended = events.day('period_ended');
  if (ended === undefined) return fromDelivery(events, [], (day) => rolled(daysAfter(day, 30)));
  if (events.all.length > 1) throw new Impossible('delivered and lapsed');
  return { due: rolled(daysAfter(events.reads('complaint_counts_from', 'day_after') ? after(ended) : ended, 30)).iso };
});

const appealForward = rule(['appeal_received'], (events) => {
  const received = events.one('appeal_received');
  const isShort = received?.['late'] === true || received?.['inadmissible'] === true;
  return { due: rolled(daysAfter(events.needed('appeal_received'), isShort ? 10 : 30)).iso };
});

const started = rule(['received', 'opened', 'received_elsewhere', ...decisionEvents], (events) => {
  const received = events.one('received');
  const opened = events.one('opened');
  if (received && opened) throw new Impossible('begun twice');
  for (const elsewhere of events.of('received_elsewhere')) inOrder(elsewhere, received);
  const begun = received ?? opened;
  if (begun !== undefined) return decision(events, begun);
  if (events.of('received_elsewhere').length === 0) throw new Impossible('never begun');
  checkStops(events);
  events.day('issued');
  return { due: null };
});

export const rules: Readonly<Record<string, Rule>> = {
  'sr/decision': started,
  'sr/appeal_decision': rule(['file_handed_over', ...decisionEvents], (events) => {
    const handedOver = events.one('file_handed_over');
    if (handedOver === undefined) throw new Impossible('the file was not handed over');
    return decision(events, handedOver);
  }),
  'sr/set_period': setPeriod('sr'),
  'dr/set_period': setPeriod('dr'),
  'isds/delivery': deliveryAlone,
  'sr/delivery': deliveryAlone,
  'dr/delivery': deliveryAlone,
  'sr/appeal': rule([...deliveryEvents, 'issued', 'filed', 'corrected'], (events) => appeal(events, 15)),
  'info/appeal': rule([...deliveryEvents, 'issued', 'filed'], (events) => appeal(events, 15)),
  'dr/appeal': rule([...deliveryEvents, 'issued', 'filed'], (events) => appeal(events, 30)),
  'sr/appeal_unnotified': rule(['learned', 'last_notified', 'filed'], unnotified),
  'sr/appeal_forward': appealForward,
  'sr/legal_force': rule(['delivered', 'waived', 'appealed', 'withdrawn', 'appeal_decision_delivered'], legalForce),
  'sr/relief': rule(['missed', 'obstacle_gone'], relief),
  'sr/protest': rule([...deliveryEvents, 'filed'], protest),
  'sr/confirm_unsigned': days('email_received', 5),
  'info/provide': provide,
  'info/link': days('received', 7),
  'info/call': days('received', 7),
  'info/shelve': days('received', 7),
  'info/complete': daysFromDelivery(30),
  'info/pay': rule([...deliveryEvents, 'complaint_filed', 'complaint_decided', 'paid'], (events) => {
    const { day, how } = delivery(events);
    return { ...payment(events, day), delivered: day?.iso ?? null, ...(how !== undefined && { how }) };
  }),
  'info/appeal_forward': days('appeal_received', 15),
  'info/appeal_decision': days('file_handed_over', 15),
  'info/remonstrance_decision': rule(['appeal_received'], (events) => ({
    due: workingDaysAfter(events.needed('appeal_received'), 15).iso,
  })),
  'info/complaint': complaint,
  'info/complaint_forward': days('complaint_received', 7),
  'info/complaint_decision': days('file_handed_over', 15),
  'info/publish': days('provided', 15),
  'fee/call': daysFromDelivery(15, ['done']),
  'dr/stopped_period': rule(['filed', 'call_issued', 'cooperated'], cooperation),
  'assembly/ban': daysRolledUnless('notice', 3, 'ban_roll'),
  'assembly/notice': rule(['assembly'], assemblyNotice),
  'dog/fee': rule(['held_from', 'held_to', 'born'], dogFee),
  'life/suggestion': daysRolledUnless('received', 30, 'non_procedural_roll'),
  'life/complaint_175': days('received', 60),
  'life/petition': days('received', 30),
  'life/council_proposal': days('received', 60),
  'life/assembly_proposal': days('received', 90),
  'life/emergency_felling': days('felled', 15),
  'life/owner_call': daysFromDelivery(15),
  'life/join': daysFromDelivery(8),
  'calendar/day': rule(['day'], calendarDay),
};

/** Every unclear rule and how it can be read, the default first. */
const readings: Readonly<Record<string, readonly string[]>> = {
  resumption_day: ['not_counted', 'counted'],
  floor_after_request: ['yes', 'no'],
  floor_after_register_data: ['no', 'yes'],
  silent_party: ['call_last_day', 'day_after', 'until_resumed'],
  public_notice_roll: ['yes', 'no'],
  public_notice_hangs: ['fifteen_days', 'not_required'],
  public_notice_online: ['within_period', 'counts_from_later'],
  login_in_tail: ['login', 'fiction'],
  login_before_put_in_box: ['error', 'ignored'],
  extension: ['before_roll', 'after_roll'],
  extension_over_limit: ['capped', 'error'],
  late_prolongation: ['error', 'ignored'],
  complaint_counts_from: ['last_day', 'day_after'],
  section_34_fifth_day: ['not_counted', 'counted'],
  sole_waiver: ['next_day', 'same_day'],
  ban_roll: ['yes', 'no'],
  assembly_days: ['days_back', 'clear_days'],
  assembly_back_roll: ['no', 'yes'],
  non_procedural_roll: ['yes', 'no'],
  dog_end_month: ['charged', 'not_charged'],
  dog_age: ['day_reached', 'day_after'],
  amount_rounding: ['up', 'nearest', 'down'],
};

/** The answer to a case; throws `Impossible` where no answer can be right. */
export function naive({ regime, rule: name, events }: Case, switches: Switches = {}): Answer {
  const found = rules[`${regime}/${name}`];
  if (found === undefined) throw new Impossible(`no such rule: ${regime}/${name}`);
  for (const [reading, value] of Object.entries(switches))
    if (!readings[reading]?.includes(value)) throw new Impossible(`no such reading: ${reading}=${value}`);
  return found.answer(new Events(events, found.knows, switches));
}
