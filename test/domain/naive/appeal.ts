// Appeals and what follows from them: § 41, 73, 83, 84, 91, 150 SŘ, § 16 of 106/1999, § 109 DŘ.
import { after, Impossible, type Day } from './calendar.ts';
import { delivery } from './delivery.ts';
import { dayOfEvent, inOrder, type Answer, type Event, type Events } from './events.ts';
import { daysAfter, isBefore, later, monthsAfter, rolled, sooner } from './period.ts';

export function appeal(events: Events, days: number): Answer {
  const issued = events.day('issued');
  const filed = events.day('filed');
  const { day, how } = delivery(events);
  inOrder(issued, day ?? undefined);
  inOrder(issued, filed);
  if (day === null) return { due: null, delivered: null, ...(filed && { on_time: true }) };
  const due = appealEnds(events, day, days);
  return { due: due.iso, delivered: day.iso, ...(how !== undefined && { how }), ...(filed && { on_time: !isBefore(due, filed) }) };
}

/** § 83/2: without instruction 15 days from the correction, at most 90 from the delivery. */
function appealEnds(events: Events, delivered: Day, days: number): Day {
  const instruction = events.one('delivered')?.['instruction'];
  if (instruction !== undefined && instruction !== 'missing') throw new Impossible('instructed how?');
  const corrected = events.day('corrected');
  if (instruction === undefined) return rolled(daysAfter(delivered, days));
  inOrder(delivered, corrected);
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
  const missed = events.needed('missed');
  const gone = events.day('obstacle_gone');
  const outer = monthsAfter(missed, 12);
  return { due: rolled(gone ? sooner(outer, daysAfter(gone, 15)) : outer).iso };
}

/** § 150/3: eight days; a protest in time makes the 30 days of § 71/3 run anew. */
export function protest(events: Events): Answer {
  const { day, how } = delivery(events);
  const filed = events.day('filed');
  if (day === null) return { due: null, delivered: null };
  inOrder(day, filed);
  const due = rolled(daysAfter(day, 8));
  const onTime = filed && !isBefore(due, filed);
  return {
    due: due.iso,
    delivered: day.iso,
    ...(how !== undefined && { how }),
    ...(onTime !== undefined && { on_time: onTime }),
    ...(filed && onTime && { decision_due: rolled(daysAfter(filed, 30)).iso }),
  };
}

/** § 73/1, 91/1, 91/3, 91/4. */
export function legalForce(events: Events): Answer {
  events.refsOf('delivered', ['waived', 'appealed', 'withdrawn', 'appeal_decision_delivered']);
  const parties = events.of('delivered').map((delivered) => party(events, delivered));
  if (parties.length === 0) throw new Impossible('nobody was notified');
  if (parties.some(({ pending }) => pending)) {
    const decisions = parties.map(({ decided }) => decided);
    const known = decisions.filter((day) => day !== undefined);
    return known.length < decisions.length ? { due: null, legal_force: null } : inForce(known.reduce(later));
  }
  return inForce(after(parties.map(({ last }) => last).reduce(later)));
}

const inForce = (day: Day): Answer => ({ due: day.iso, legal_force: day.iso });

type Party = {
  /** The last day on which this one could appeal, or the day of giving that up. */
  readonly last: Day;
  /** An appeal in time that was not withdrawn: only its decision brings legal force. */
  readonly pending: boolean;
  readonly decided: Day | undefined;
};

function party(events: Events, delivered: Event): Party {
  const { ref } = delivered;
  const day = dayOfEvent(delivered);
  const dayTied = (type: string): Day | undefined => {
    const event = events.tied(type, ref);
    return event && dayOfEvent(event);
  };
  const [waived, appealed, withdrawn] = [dayTied('waived'), dayTied('appealed'), dayTied('withdrawn')];
  const decided = dayTied('appeal_decision_delivered');
  inOrder(day, waived);
  inOrder(appealed, withdrawn);
  if (withdrawn !== undefined && appealed === undefined) throw new Impossible('withdrew no appeal');
  if (decided !== undefined && events.of('appealed').length === 0) throw new Impossible('decided no appeal');
  for (const filed of events.of('appealed')) inOrder(dayOfEvent(filed), decided);
  const end = rolled(daysAfter(day, 15));
  const last = waived ? sooner(waived, end) : end;
  if (appealed === undefined || isBefore(last, appealed)) return { last, pending: false, decided };
  return { last: withdrawn ?? last, pending: withdrawn === undefined, decided };
}
