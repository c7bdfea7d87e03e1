// The interruptions of administrative proceedings: when each began and ended, and the floor it leaves. § 64, § 65 and § 71 odst. 4 SŘ.
import { Problem } from '../../problem.ts';
import type { Day } from '../days/day-number.ts';
import { isBefore, type ReadDate } from '../reading/read-date.ts';
import { allOf, type ReadEvent } from '../reading/read-trace.ts';
import { reasonsOf64, type EventType, type StopReason } from '../reading/vocabulary.ts';
import { note, type Context } from './context.ts';
import { addLengths } from './last-day.ts';
import type { Stop } from './stops.ts';

const paragraphOf: Readonly<Record<StopReason, string>> = {
  deficiency: '§ 64 odst. 1 písm. a), § 65 odst. 1 SŘ',
  fee: '§ 64 odst. 1 písm. b), § 65 odst. 1 SŘ',
  preliminary_question: '§ 64 odst. 1 písm. c), § 65 odst. 1 SŘ',
  guardian: '§ 64 odst. 1 písm. d), § 65 odst. 1 SŘ',
  other_statute: '§ 64 odst. 1 písm. e), § 65 odst. 1 SŘ',
  request: '§ 64 odst. 2 a 3, § 65 odst. 1 SŘ',
  register_data: '§ 71 odst. 4 SŘ',
};

const belongToStop = ['resume', 'call_delivered', 'call_period', 'answered'] as const satisfies readonly EventType[];
type Answers = Partial<Record<(typeof belongToStop)[number], ReadEvent>>;

/**
 * All interruptions by the day they begin.
 * @throws Problem `unknown-ref`, `arose-not-allowed`, `arose-after-stop`, `stop-before-begun`, `ended-before-begun`, `two-endings`
 */
export function interruptions(context: Context, start: ReadDate): readonly Stop[] {
  const stops = allOf(context.trace, 'stop');
  if (stops.length === 0 && context.trace.every(({ type }) => !belongToStop.some((known) => known === type))) return [];
  const answers = new Map<string, Answers>(stops.map(({ ref }) => [ref, {}]));
  for (const type of belongToStop) {
    for (const event of allOf(context.trace, type)) {
      const of = answers.get(event.ref);
      if (of === undefined) throw new Problem('invalid', 'unknown-ref', { event: type, ref: event.ref });
      of[type] = event;
    }
  }
  const read = stops.map((stop) => interruption(context, stop, answers.get(stop.ref) ?? {}));
  if (read.some(({ from }) => from < start.day) || stops.some((stop) => isBefore(stop, start)))
    throw new Problem('invalid', 'stop-before-begun');
  return read.sort((a, b) => a.from - b.from || (a.to ?? Infinity) - (b.to ?? Infinity));
}

function interruption(context: Context, stop: ReadEvent, answers: Answers): Stop {
  const reason = stop.stopReason ?? 'other_statute';
  const from = beginning(stop, reason);
  const end = ending(context, answers);
  if (end !== null && isBefore(end, stop)) throw new Problem('invalid', 'ended-before-begun', { event: end.event, ref: stop.ref });
  return {
    from,
    to: end === null ? null : end.day,
    resolved: stop.day,
    reason,
    number: stop.number,
    floor: hasFloor(context, reason) ? (context.rule.floor ?? 0) : 0,
    paragraph: paragraphOf[reason],
    ...(end !== null && { explainEnd: end.explain }),
  };
}

/** § 65 odst. 1 SŘ: the day the reason arose, for the reasons of § 64 odst. 1 only. */
function beginning(stop: ReadEvent, reason: StopReason): Day {
  if (stop.arose === undefined) return stop.day;
  if (!reasonsOf64.some((known) => known === reason)) throw new Problem('invalid', 'arose-not-allowed', { reason });
  if (stop.arose > stop.day) throw new Problem('invalid', 'arose-after-stop', { ref: stop.ref });
  return stop.arose;
}

function hasFloor({ switches }: Context, reason: StopReason): boolean {
  if (reason === 'request') return switches.floor_after_request === 'yes';
  return reason !== 'register_data' || switches.floor_after_register_data === 'yes';
}

interface Ending extends ReadDate {
  readonly event: EventType;
  readonly explain: () => void;
}

/** The resumption told by the trace; otherwise the answer to the call; otherwise the last day of a silent party's period. Null: it lasts. */
function ending(context: Context, answers: Answers): Ending | null {
  const byCall = endingByCall(context, answers);
  if (answers.resume === undefined) return byCall;
  const { day, ref } = answers.resume;
  if (byCall !== null && day > byCall.day) throw new Problem('invalid', 'two-endings', { ref });
  return { ...momentOf(answers.resume), event: 'resume', explain: () => undefined };
}

const momentOf = ({ day, at }: ReadEvent): ReadDate => (at === undefined ? { day } : { day, at });

function endingByCall(context: Context, { call_delivered: delivered, call_period: period, answered }: Answers): Ending | null {
  const source = '§ 65 odst. 2 SŘ';
  const { calendar, switches } = context;
  const byAnswer = (answer: ReadEvent): Ending => ({
    ...momentOf(answer),
    event: 'answered',
    explain: () => note(context, answer.day, source, (p) => p.endedByAnswer(answer.day)),
  });
  const length = period?.n === undefined || period.unit === undefined ? undefined : { n: period.n, unit: period.unit };
  if (delivered === undefined || length === undefined || switches.silent_party === 'until_resumed')
    return answered === undefined ? null : byAnswer(answered);
  const last = calendar.roll(addLengths('sr', delivered.day, [length]));
  if (answered !== undefined && answered.day <= last) return byAnswer(answered);
  const day = switches.silent_party === 'day_after' ? last + 1 : last;
  return {
    day,
    event: 'call_period',
    explain: () => {
      note(context, last, '§ 39 odst. 1, § 40 odst. 1 SŘ', (p) => p.callEnds(last));
      if (answered === undefined) note(context, day, source, (p) => p.endedBySilence(day));
      else note(context, answered.day, source, (p) => p.answeredLate(answered.day, day));
    },
  };
}
