// How a plain deadline came to its last day, in words: the same kind of steps that the rules of law give. Pure.
import type { DerivationStep } from '../../domain/deadlines/index.ts';
import { dayOf, rollForward } from '../../domain/calendar.ts';
import { lastDay } from '../../domain/deadline.ts';
import type { PlainDeadline } from '../types.ts';

type Lang = 'cs' | 'en';
const UNITS: Readonly<Record<Lang, Readonly<Record<PlainDeadline['unit'], readonly [string, string, string]>>>> = {
  cs: {
    days: ['den', 'dny', 'dnů'],
    'working-days': ['pracovní den', 'pracovní dny', 'pracovních dnů'],
    weeks: ['týden', 'týdny', 'týdnů'],
    months: ['měsíc', 'měsíce', 'měsíců'],
    minutes: ['minuta', 'minuty', 'minut'],
  },
  en: {
    days: ['day', 'days', 'days'],
    'working-days': ['working day', 'working days', 'working days'],
    weeks: ['week', 'weeks', 'weeks'],
    months: ['month', 'months', 'months'],
    minutes: ['minute', 'minutes', 'minutes'],
  },
};
/** Counting and rolling: whose paragraph it is. */
const COUNTING = { sr: '§ 40 odst. 1 zákona č. 500/2004 Sb.', dr: '§ 33 zákona č. 280/2009 Sb.', none: '' } as const;

/** @param from instant from which it is counted; its day is not counted. Minutes have no last day and nothing to explain. */
export function explainPlain(deadline: PlainDeadline, from: string, lang: Lang): readonly DerivationStep[] {
  if (deadline.unit === 'minutes') return [];
  const start = dayOf(from);
  const due = lastDay(start, deadline);
  const unrolled = lastDay(start, { ...deadline, regime: 'none' });
  const length = `${deadline.count} ${UNITS[lang][deadline.unit][deadline.count === 1 ? 0 : deadline.count < 5 ? 1 : 2]}`;
  const began =
    lang === 'cs' ? `${length} od ${written(start)}; tento den se nepočítá` : `${length} from ${written(start)}; that day is not counted`;
  const source = COUNTING[deadline.regime] || deadline.law;
  const isRolled = deadline.regime !== 'none' && rollForward(unrolled) !== unrolled && rollForward(unrolled) === due;
  const end = lang === 'cs' ? `lhůta končí ${written(due)}` : `the period ends on ${written(due)}`;
  const rolled =
    lang === 'cs'
      ? `${written(unrolled)} není pracovní den, konec se posouvá na ${written(due)}`
      : `${written(unrolled)} is not a working day, the end moves to ${written(due)}`;
  return [
    { date: start, text: began, source: deadline.law },
    { date: due, text: isRolled ? rolled : end, source },
  ];
}

function written(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}. ${month}. ${year}`;
}
