// Takes a trace that could be and makes it contradict itself, or speak of what nobody knows.
import type { Event } from '../../domain/naive/events.ts';
import type { Dice } from './dice.ts';

type Spoiling = (dice: Dice, events: readonly Event[], at: number) => Event[];

const replaced = (events: readonly Event[], at: number, event: Event): Event[] => events.map((old, place) => (place === at ? event : old));
const changed =
  (change: (dice: Dice, event: Event) => Event): Spoiling =>
  (dice, events, at) => {
    const event = events[at];
    return event === undefined ? [...events] : replaced(events, at, change(dice, event));
  };

const spoilings: readonly [Spoiling, ...Spoiling[]] = [
  // Lost, doubled, unknown.
  (_, events, at) => events.filter((_event, place) => place !== at),
  (_, events, at) => [...events, ...events.slice(at, at + 1)],
  changed((_, event) => ({ ...event, type: 'went_fishing' })),
  // On another day, on a day that is not, on no day.
  changed((dice, event) => (event.date === undefined ? event : { ...event, date: moved(dice, String(event.date)) })),
  changed((dice, event) => ({ ...event, date: dice.one(['2026-02-29', '2026-06-31', '2026-1-1', 'zítra', '', '2026-05-05T10:00:00']) })),
  changed(({ one }, { date: _, ...event }) => ({ ...event, ...(one([true, false]) && { date: null }) }) as Event),
  // With another tie, number, unit or reason.
  changed((_, event) => (event.ref === undefined ? event : { ...event, ref: 'nobody' })),
  changed((dice, event) => ('n' in event ? { ...event, n: dice.one([0, -3, 1.5, '7', null]) } : event)),
  changed((dice, event) => ('days' in event ? { ...event, days: dice.one([0, -3, 1.5, '7', null]) } : event)),
  changed((_, event) => ('unit' in event ? { ...event, unit: 'fortnights' } : event)),
  changed((_, event) => ('reason' in event ? { ...event, reason: 'because' } : event)),
];

export function spoiled(dice: Dice, events: readonly Event[]): Event[] {
  return dice.one(spoilings)(dice, events, dice.below(events.length));
}

function moved(dice: Dice, date: string): string {
  const time = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(time) ? date : new Date(time + dice.between(-60, 60) * 86_400_000).toISOString().slice(0, 10);
}
