// Random traces for every rule: most of them can be, some contradict themselves.
import type { Case, Event } from '../../domain/naive/events.ts';
import { dice as diceOf, type Dice } from './dice.ts';
import { calendar, type Calendar } from './moments.ts';
import { spoiled } from './spoiled.ts';
import { switchesOf } from './switches.ts';

export type Trace = { readonly asked: Case; readonly switches: Readonly<Record<string, string>> };

type Draw = { readonly dice: Dice; readonly at: Calendar['at']; readonly year: number };
type Drawing = (draw: Draw) => Event[];

const units = ['days', 'days', 'days', 'weeks', 'months', 'years'] as const;
const shortReasons = ['oral_hearing', 'site_inspection', 'summons', 'bringing_in', 'public_notice_unreachable', 'complex_case'] as const;
const longReasons = ['letter_rogatory', 'expert_report', 'delivery_abroad'] as const;
const arising = ['deficiency', 'fee', 'preliminary_question', 'guardian', 'other_statute'] as const;

/** How often each rule is drawn. */
const weights: readonly (readonly [string, number, Drawing])[] = [
  ['sr/decision', 30, (draw) => [...begun(draw), ...proceedings(draw)]],
  ['sr/appeal_decision', 6, (draw) => [{ type: 'file_handed_over', date: draw.at(0) }, ...proceedings(draw)]],
  ['sr/legal_force', 10, legalForce],
  ['sr/set_period', 6, setPeriod],
  ['dr/set_period', 6, setPeriod],
  ['isds/delivery', 3, boxed],
  ['sr/delivery', 4, delivered],
  ['dr/delivery', 3, delivered],
  ['sr/appeal', 5, srAppeal],
  ['info/appeal', 2, appeal],
  ['dr/appeal', 3, appeal],
  ['sr/appeal_unnotified', 2, unnotified],
  [
    'sr/appeal_forward',
    1,
    ({ dice, at }) => [{ type: 'appeal_received', date: at(0), ...maybe(dice, 'late'), ...maybe(dice, 'inadmissible') }],
  ],
  [
    'sr/relief',
    2,
    ({ dice, at }) => some(dice, 0.95, { type: 'missed', date: at(0) }, { type: 'obstacle_gone', date: at(dice.between(0, 380)) }),
  ],
  ['sr/protest', 2, (draw) => [...delivered(draw), ...act(draw, 'filed', 8, 24)]],
  ['sr/confirm_unsigned', 1, single('email_received')],
  ['info/provide', 4, provide],
  ['info/link', 1, single('received')],
  ['info/call', 1, single('received')],
  ['info/shelve', 1, single('received')],
  ['info/complete', 1, delivered],
  ['info/pay', 4, payment],
  ['info/appeal_forward', 1, single('appeal_received')],
  ['info/appeal_decision', 1, single('file_handed_over')],
  ['info/remonstrance_decision', 2, single('appeal_received')],
  ['info/complaint', 1, (draw) => (draw.dice.chance(0.5) ? delivered(draw) : [{ type: 'period_ended', date: draw.at(0) }])],
  ['info/complaint_forward', 1, single('complaint_received')],
  ['info/complaint_decision', 1, single('file_handed_over')],
  ['info/publish', 1, single('provided')],
  ['fee/call', 2, (draw) => [...delivered(draw), ...act(draw, 'done', 10, 30)]],
  ['dr/stopped_period', 5, stoppedPeriod],
  ['assembly/ban', 1, single('notice')],
  ['assembly/notice', 1, single('assembly')],
  ['dog/fee', 3, dog],
  ['life/suggestion', 1, single('received')],
  ['life/complaint_175', 1, single('received')],
  ['life/petition', 1, single('received')],
  ['life/council_proposal', 1, single('received')],
  ['life/assembly_proposal', 1, single('received')],
  ['life/emergency_felling', 1, single('felled')],
  ['life/owner_call', 1, delivered],
  ['life/join', 1, delivered],
  ['calendar/day', 2, single('day')],
];

const drawn = weights.flatMap(([rule, weight, drawing]) => Array.from({ length: weight }, () => [rule, drawing] as const));

/** The n-th trace of a seed. */
export function traceOf(seed: number, n: number): Trace {
  const dice = diceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
  const [path, drawing] = drawn[dice.below(drawn.length)] ?? ['calendar/day', single('day')];
  const [regime = '', rule = ''] = path.split('/');
  const { at, year } = calendar(dice);
  const events = shuffled(dice, drawing({ dice, at, year }));
  return {
    asked: { id: `${seed}/${n}`, regime, rule, events: dice.chance(0.1) ? spoiled(dice, events) : events },
    switches: dice.chance(0.3) ? switchesOf(dice, path) : {},
  };
}

function single(type: string): Drawing {
  return ({ at }) => [{ type, date: at(0) }];
}

function begun({ dice, at }: Draw): Event[] {
  if (dice.chance(0.15)) return [{ type: 'opened', date: at(0) }];
  const elsewhere: Event[] = dice.chance(0.15) ? [{ type: 'received_elsewhere', date: at(-dice.below(20)) }] : [];
  return dice.chance(0.98) ? [...elsewhere, { type: 'received', date: at(0) }] : elsewhere;
}

function proceedings(draw: Draw): Event[] {
  const { dice, at } = draw;
  const events: Event[] = [];
  for (let count = dice.one([0, 0, 1, 1, 2]); count > 0; count -= 1)
    events.push(
      dice.chance(0.6)
        ? { type: 'extended', reason: dice.one(shortReasons), days: dice.between(1, 30) }
        : { type: 'extended', reason: dice.one(longReasons), days: dice.between(1, 90) },
    );
  let day = 0;
  for (let count = dice.one([0, 1, 1, 1, 2, 2, 3, 4]); count > 0; count -= 1) {
    day += dice.one([0, 1, 2, dice.between(0, 35), dice.between(0, 35), dice.between(25, 50)]);
    const length = dice.one([0, 1, dice.between(0, 30), dice.between(0, 90)]);
    events.push(...interruption(draw, String.fromCharCode(97 + events.length), day, length));
    if (dice.chance(0.7)) day += length;
  }
  if (dice.chance(0.2)) events.push({ type: 'issued', date: at(dice.between(0, 150)) });
  return events;
}

function interruption({ dice, at }: Draw, ref: string, start: number, length: number): Event[] {
  const reason = dice.chance(0.7) ? dice.one(arising) : dice.one(['request', 'register_data']);
  const canArise = reason !== 'request' && reason !== 'register_data';
  const resolved = canArise && dice.chance(0.3) ? start + dice.below(length + 3) : start;
  const stop: Event = { type: 'stop', ref, reason, date: at(resolved), ...(resolved > start && { arose: at(start) }) };
  if (dice.chance(0.12)) return [stop];
  if (dice.chance(0.6)) return [stop, { type: 'resume', ref, date: at(Math.max(resolved, start + length)) }];
  const called = resolved + dice.below(15);
  return [
    stop,
    ...(dice.chance(0.95) ? [{ type: 'call_delivered', ref, date: at(called) }] : []),
    dice.chance(0.8)
      ? { type: 'call_period', ref, n: dice.between(1, 25), unit: 'days' }
      : { type: 'call_period', ref, n: dice.between(1, 3), unit: dice.one(units) },
    ...(dice.chance(0.6) ? [{ type: 'answered', ref, date: at(called + dice.below(40)) }] : []),
  ];
}

function boxed({ dice, at }: Draw): Event[] {
  const events: Event[] = [{ type: 'put_in_box', date: at(0), ...maybe(dice, 'no_fiction', 0.1) }];
  for (let count = dice.one([0, 0, 1, 1, 2]); count > 0; count -= 1) events.push({ type: 'login', date: at(dice.between(0, 18)) });
  if (dice.chance(0.1)) events.push({ type: 'sent', date: at(-dice.below(4)) });
  return events;
}

/** Delivered somehow, in most cases. */
function delivered(draw: Draw): Event[] {
  const { dice, at } = draw;
  const sent: Event[] = dice.chance(0.1) ? [{ type: 'sent', date: at(-dice.below(4)) }] : [];
  const way = dice.below(12);
  if (way < 5) return boxed(draw);
  if (way < 7) return [...sent, { type: 'delivered', date: at(0) }];
  if (way === 7) return [...sent, { type: 'refused', date: at(0) }];
  if (way < 10)
    return [...sent, { type: 'stored', date: at(0) }, ...(dice.chance(0.5) ? [{ type: 'picked_up', date: at(dice.between(0, 18)) }] : [])];
  if (way === 10 && dice.chance(0.3)) return [{ type: 'sent', date: at(0) }];
  return [
    ...sent,
    { type: 'posted_notice', date: at(0) },
    ...(dice.chance(0.3) ? [{ type: 'online', date: at(dice.one([0, dice.between(0, 20)])) }] : []),
    ...(dice.chance(0.3) ? [{ type: 'taken_down', date: at(dice.between(8, 30)) }] : []),
  ];
}

function act({ dice, at }: Draw, type: string, least: number, most: number): Event[] {
  return dice.chance(0.5) ? [{ type, date: at(dice.between(least, most)) }] : [];
}

function setPeriod(draw: Draw): Event[] {
  const { dice, at } = draw;
  const unit = dice.one(units);
  const n = unit === 'days' ? dice.between(1, 60) : unit === 'years' ? dice.between(1, 3) : dice.between(1, 8);
  const events: Event[] = [...delivered(draw), { type: 'set', n, unit }];
  for (let count = dice.one([0, 0, 0, 1, 1, 2]); count > 0; count -= 1) {
    // Never two on one day: which of them came first nobody could say.
    const day = count === 1 ? dice.between(12, 27) : dice.between(30, 50);
    const more = dice.chance(0.7) ? unit : dice.one(units);
    events.push({
      type: 'prolonged',
      date: at(day),
      n: more === 'days' ? dice.between(1, 40) : dice.between(1, 3),
      unit: more,
    });
  }
  return [...events, ...act(draw, 'done', 0, 120)];
}

function appeal(draw: Draw): Event[] {
  const { dice, at } = draw;
  const issued: Event[] = dice.chance(0.3) ? [{ type: 'issued', date: at(-dice.below(6)) }] : [];
  return [...delivered(draw), ...issued, ...act(draw, 'filed', -6, 60)];
}

function srAppeal(draw: Draw): Event[] {
  const { dice, at } = draw;
  if (dice.chance(0.7)) return appeal(draw);
  const corrected: Event[] = dice.chance(0.6) ? [{ type: 'corrected', date: at(dice.between(0, 110)) }] : [];
  return [{ type: 'delivered', date: at(0), instruction: 'missing' }, ...corrected, ...act(draw, 'filed', 0, 120)];
}

function unnotified(draw: Draw): Event[] {
  const { dice, at } = draw;
  const events = some(dice, 0.9, { type: 'learned', date: at(0) }, { type: 'last_notified', date: at(-dice.between(-10, 400)) });
  return [...events, ...act(draw, 'filed', 10, 60)];
}

function legalForce({ dice, at }: Draw): Event[] {
  const parties = dice.one([1, 1, 2, 2, 3, 4]);
  const events: Event[] = [];
  const appealed: string[] = [];
  for (let party = 0; party < parties; party += 1) {
    const ref = `p${party}`;
    const day = dice.between(0, 12);
    events.push({ type: 'delivered', ref, date: at(day) });
    const then = dice.below(10);
    if (then < 2) events.push({ type: 'waived', ref, date: at(day + dice.below(18)) });
    if (then >= 2 && then < 7) {
      const filed = day + dice.between(0, 20);
      events.push({ type: 'appealed', ref, date: at(filed) });
      if (dice.chance(0.4)) events.push({ type: 'withdrawn', ref, date: at(filed + dice.below(40)) });
      else appealed.push(ref);
    }
  }
  if (appealed.length > 0 && dice.chance(0.7))
    for (let party = 0; party < parties; party += 1)
      if (dice.chance(0.95)) events.push({ type: 'appeal_decision_delivered', ref: `p${party}`, date: at(dice.between(60, 120)) });
  return events;
}

function provide({ dice, at }: Draw): Event[] {
  const completed = dice.chance(0.3) ? dice.between(0, 40) : undefined;
  const start = completed ?? 0;
  return [
    { type: 'received', date: at(0) },
    ...(completed === undefined ? [] : [{ type: 'completed', date: at(completed) }]),
    ...(dice.chance(0.5) ? [{ type: 'extended', date: at(start + dice.between(0, 20)), days: dice.between(1, 12) }] : []),
    ...(dice.chance(0.4) ? [{ type: 'provided', date: at(start + dice.between(0, 40)) }] : []),
  ];
}

function payment(draw: Draw): Event[] {
  const { dice, at } = draw;
  const events = delivered(draw);
  let day = 25;
  for (let count = dice.one([0, 1, 1, 2]); count > 0; count -= 1) {
    const ref = `s${count}`;
    day += dice.one([dice.below(30), dice.between(30, 45)]);
    events.push({ type: 'complaint_filed', ref, date: at(day) });
    const length = dice.below(50);
    if (dice.chance(0.85)) events.push({ type: 'complaint_decided', ref, date: at(day + length) });
    if (dice.chance(0.8)) day += length;
  }
  return [...events, ...act(draw, 'paid', 20, 150)];
}

function stoppedPeriod({ dice, at }: Draw): Event[] {
  const events: Event[] = [{ type: 'filed', date: at(0), n: dice.one([15, 30, 30, 60, dice.between(1, 120)]) }];
  let day = 0;
  for (let count = dice.one([0, 1, 1, 2, 3]); count > 0; count -= 1) {
    const ref = `v${count}`;
    day += dice.between(0, 35);
    events.push({ type: 'call_issued', ref, date: at(day) });
    const length = dice.below(20);
    if (dice.chance(0.88)) events.push({ type: 'cooperated', ref, date: at(day + length) });
    if (dice.chance(0.7)) day += length;
  }
  return events;
}

function dog({ dice, at, year }: Draw): Event[] {
  return [
    {
      type: 'held_from',
      date: at(0),
      annual: dice.one([0, 1, 50, 100, 200, 300, 500, 1000, 1500, dice.between(1, 3000)]),
      year: year + dice.one([0, 0, 0, 1, -1]),
    },
    ...(dice.chance(0.4) ? [{ type: 'held_to', date: at(dice.between(0, 500)) }] : []),
    ...(dice.chance(0.4) ? [{ type: 'born', date: at(dice.between(-300, 0)) }] : []),
  ];
}

/** Each event with this chance, but never none. */
function some(dice: Dice, share: number, first: Event, second: Event): Event[] {
  const kept = [first, second].filter(() => dice.chance(share));
  return kept.length === 0 ? [first] : kept;
}

const maybe = (dice: Dice, field: string, share = 0.3): Record<string, boolean> => (dice.chance(share) ? { [field]: true } : {});

function shuffled(dice: Dice, events: readonly Event[]): Event[] {
  if (dice.chance(0.5)) return [...events];
  const rest = [...events];
  const mixed: Event[] = [];
  while (rest.length > 0) mixed.push(...rest.splice(dice.below(rest.length), 1));
  return mixed;
}
