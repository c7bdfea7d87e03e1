// The period for a decision: 30 days, extended by reasons of § 71 odst. 3, standing still by § 64 and § 71 odst. 4, with the floor of § 65 SŘ.
import { Problem } from '../../problem.ts';
import { note, notBegun, type Context, type Outcome } from '../counting/context.ts';
import { onTime, refuseActBefore, stateOf } from '../counting/acts.ts';
import { interruptions } from '../counting/interruptions.ts';
import { noteRun } from '../counting/last-day.ts';
import { runWithStops } from '../counting/stops.ts';
import { isBefore } from '../reading/read-date.ts';
import { allOf, firstOf, type ReadEvent } from '../reading/read-trace.ts';
import { reasonsOf71a, reasonsOf71b, type EventType, type ExtensionReason } from '../reading/vocabulary.ts';

/** @throws Problem `missing-event`, `two-starts`, `elsewhere-after-received`, and what interruptions and acts refuse */
export function decision(context: Context): Outcome {
  const start = startOf(context);
  if (start === undefined) {
    // What cannot be is refused although nothing is counted yet.
    extensionOf(context);
    interruptions(context, { day: -Infinity });
    return notBegun();
  }
  refuseActBefore(context, start);
  const { length, paragraph } = context.versionFor(start.day);
  noteRun(context, { n: length, unit: 'days' }, { event: start.type, day: start.day }, paragraph);
  const extension = extensionOf(context);
  const late = context.switches.extension === 'after_roll';
  const stops = interruptions(context, start);
  const run = runWithStops(
    context,
    { start: start.day, length: late ? length : length + extension, afterRoll: late ? extension : 0 },
    stops,
  );
  const inTime = onTime(context, start.day, run.due);
  const inactionFrom = run.due === null ? null : run.due + 1;
  if (inactionFrom !== null && inTime !== true) note(context, inactionFrom, '§ 80 odst. 3 SŘ', (p) => p.inaction(inactionFrom));
  const still = run.due === null;
  return {
    due: run.due,
    state: still ? 'stopped' : stateOf(context, 'running'),
    start: start.day,
    length: length + extension,
    stops: run.stops,
    used: still ? run.used : null,
    left: still ? run.left : null,
    onTime: inTime,
    inactionFrom,
  };
}

/** Undefined when only an office that is not competent has received it (§ 44 odst. 1 SŘ). */
function startOf({ rule, trace, steps }: Context): ReadEvent | undefined {
  const starts = rule.starts.flatMap((type) => firstOf(trace, type as EventType) ?? []);
  const [start, another] = starts;
  if (another !== undefined) throw new Problem('invalid', 'two-starts');
  const elsewhere = firstOf(trace, 'received_elsewhere');
  if (elsewhere !== undefined) {
    if (start !== undefined && isBefore(start, elsewhere)) throw new Problem('invalid', 'elsewhere-after-received');
    steps.push({ day: elsewhere.day, source: '§ 12, § 44 odst. 1 SŘ', say: (p) => p.elsewhere(elsewhere.day) });
  }
  if (start === undefined && elsewhere === undefined) throw new Problem('invalid', 'missing-event', { event: rule.starts.join(' / ') });
  return start;
}

const isOf = <T extends string>(values: readonly T[], value: string | undefined): value is T => values.some((known) => known === value);

/** Days added in all: reasons of letter a) up to their limit, reasons of letter b) as long as needed. */
function extensionOf(context: Context): number {
  let ofA = 0;
  let ofB = 0;
  for (const { reason, days = 0 } of allOf(context.trace, 'extended')) {
    if (reason === undefined) throw new Problem('invalid', 'missing-field', { event: 'extended', field: 'reason' });
    if (isOf(reasonsOf71a, reason)) ofA += days;
    else if (isOf(reasonsOf71b, reason)) ofB += days;
    else throw new Problem('invalid', 'unknown-reason', { event: 'extended', field: 'reason', value: reason });
    noteExtension(context, days, reason);
  }
  return capped(context, ofA) + ofB;
}

function noteExtension(context: Context, days: number, reason: ExtensionReason): void {
  const letter = isOf(reasonsOf71a, reason) ? 'a' : 'b';
  note(context, null, `§ 71 odst. 3 písm. ${letter}) SŘ`, (p) => p.lengthened(days, reason));
}

function capped(context: Context, asked: number): number {
  const most = context.rule.extension ?? Infinity;
  if (asked <= most) return asked;
  if (context.switches.extension_over_limit === 'error') throw new Problem('invalid', 'extension-over-limit', { days: asked, most });
  note(context, null, '§ 71 odst. 3 písm. a) SŘ', (p) => p.capped(most, asked));
  return most;
}
