// Appeals and what follows from them: § 41, 73, 83, 84, 91, 150 SŘ, § 16 of 106/1999, § 109 DŘ.
import { after, Impossible, type Day } from './calendar.ts';
import { delivery } from './delivery.ts';
import { dayOfEvent, inOrder, type Answer, type Event, type Events } from './events.ts';
import { daysAfter, isBefore, later, monthsAfter, rolled, sooner } from './period.ts';

export function appeal(events: Events, days: number): Answer {
  const filed = events.day('filed');
  const { day, how } = delivery(events);
  inOrder(events.one('issued'), day ?? undefined);
  inOrder(events.one('issued'), events.one('filed'));
  if (day === null && events.one('corrected')) throw new Impossible('corrected what nobody has');
  if (day === null) return { due: null, delivered: null, ...(filed && { on_time: true }) };
  const due = appealEnds(events, day, days);
  return { due: due.iso, delivered: day.iso, ...(how !== undefined && { how }), ...(filed && { on_time: !isBefore(due, filed) }) };
}

/** § 83/2: without instruction 15 days from the correction, at most 90 from the delivery. */
function appealEnds(events: Events, delivered: Day, days: number): Day {
  const instruction = events.one('delivered')?.['instruction'];
  if (instruction !== undefined && instruction !== 'missing') throw new Impossible('instructed how?');
  const corrected = events.day('corrected');
  if (instruction === undefined && corrected) throw new Impossible('corrected an instruction that was given');
  if (instruction === undefined) return rolled(daysAfter(delivered, days));
  inOrder(events.one('delivered'), events.one('corrected'));
  const outer = daysAfter(delivered, 90);
  return rolled(corrected === undefined ? outer : sooner(outer, daysAfter(corrected, days)));
}

/** § 84/1. */
export function unnotified(events: Events): Answer {
  const learned = events.day('learned');
  const notified = events.day('last_notified');
  const filed = events.day('filed');
  const ends = [...(learned ? [daysAfter(learned, 30)] : []), ...(notified ? [monthsAfter(notified, 12)] : [])];
  if (ends.length === 0) throw new Impossible('nobody learned and nobody was notified');
  const due = rolled(ends.reduce(sooner));
  return { due: due.iso, ...(filed && { on_time: !isBefore(due, filed) }) };
}

/** § 41/2. */
export function relief(events: Events): Answer {
  const missed = events.day('missed');
  const gone = events.day('obstacle_gone');
  const ends = [...(missed ? [monthsAfter(missed, 12)] : []), ...(gone ? [daysAfter(gone, 15)] : [])];
  if (ends.length === 0) throw new Impossible('nothing was missed');
  return { due: rolled(ends.reduce(sooner)).iso };
}

/** § 150/3: eight days; a protest in time makes the 30 days of § 71/3 run anew. */
export function protest(events: Events): Answer {
  const { day, how } = delivery(events);
  const filed = events.day('filed');
  const due = day && rolled(daysAfter(day, 8));
  const onTime = filed && (due === null || !isBefore(due, filed));
  return {
    due: due?.iso ?? null,
    delivered: day?.iso ?? null,
    ...(how !== undefined && { how }),
    ...(onTime !== undefined && { on_time: onTime }),
    ...(filed && onTime && { decision_due: rolled(daysAfter(filed, 30)).iso }),
  };
}

/** § 73/1, 91/1, 91/3, 91/4. */
export function legalForce(events: Events): Answer {
  const parties = partiesOf(events);
  if (parties.some(({ isPending }) => isPending)) {
    const decided = parties.map((party) => party.decided);
    const known = decided.filter((day) => day !== undefined);
    return known.length < decided.length ? notInForce : inForce(known.reduce(later));
  }
  const last = parties.map((party) => party.last);
  const known = last.filter((day) => day !== undefined);
  // Without notice to everybody there is no legal force (§ 73/1).
  if (known.length < last.length) return notInForce;
  const isSoleWaiver = parties.length === 1 && parties[0]?.hasWaived === true;
  const end = known.reduce(later);
  return inForce(isSoleWaiver && events.reads('sole_waiver', 'same_day') ? end : after(end));
}

const inForce = (day: Day): Answer => ({ due: day.iso, legal_force: day.iso });
const notInForce: Answer = { due: null, legal_force: null };

type Party = {
  /** The last day on which this one could appeal, or the day of giving that up; undefined without notice. */
  readonly last: Day | undefined;
  /** An appeal in time that was not withdrawn: only its decision brings legal force. */
  readonly isPending: boolean;
  readonly decided: Day | undefined;
  readonly hasWaived: boolean;
};

const partyEvents = ['delivered', 'waived', 'appealed', 'withdrawn', 'appeal_decision_delivered'];

function partiesOf(events: Events): readonly Party[] {
  const refs = new Set(events.all.map(({ ref }) => ref));
  if (refs.size === 0) throw new Impossible('nobody was notified');
  return [...refs].map((ref) => partyOf(events, new Map(partyEvents.map((type) => [type, events.tied(type, ref)]))));
}

function partyOf(events: Events, own: ReadonlyMap<string, Event | undefined>): Party {
  const [notified, waived, appealed, withdrawn, decided] = partyEvents.map((type) => own.get(type));
  if (waived && !notified) throw new Impossible('waived before anything was notified');
  if (withdrawn && !appealed) throw new Impossible('withdrew no appeal');
  inOrder(notified, waived);
  inOrder(appealed, withdrawn);
  if (decided && events.of('appealed').length === 0) throw new Impossible('decided no appeal');
  const appeals = [...events.of('appealed')].sort((one, other) => (dayOfEvent(one).iso < dayOfEvent(other).iso ? -1 : 1));
  inOrder(appeals[0], decided);
  for (const decision of events.of('appeal_decision_delivered')) inOrder(withdrawn, decision);
  const decidedOn = decided && dayOfEvent(decided);
  const day = notified && dayOfEvent(notified);
  const end = day && rolled(daysAfter(day, 15));
  const last = end && waived ? sooner(dayOfEvent(waived), end) : end;
  const isInTime = appealed !== undefined && (last === undefined || !isBefore(last, dayOfEvent(appealed)));
  if (!isInTime)
    return { last, isPending: false, decided: decidedOn, hasWaived: waived !== undefined && last?.iso === dayOfEvent(waived).iso };
  inOrder(appealed, decided);
  return {
    last: day && withdrawn ? later(day, dayOfEvent(withdrawn)) : last,
    isPending: withdrawn === undefined,
    decided: decidedOn,
    hasWaived: false,
  };
}
