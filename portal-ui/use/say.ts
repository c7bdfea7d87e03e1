// Text, dates and money in the reader's language, for templates: one call gives all of them.
import { inject } from 'vue';
import { ApiProblem } from '../api.ts';
import { daysLeft, formatDate, formatMoment, formatMoney, formatSize, formatTime } from '../format.ts';
import { translatorKey, type Translator } from '../i18n.ts';
import { useSession } from './session.ts';

export interface Say extends Pick<Translator, 't' | 'n'> {
  date(value: string): string;
  time(value: string): string;
  moment(value: string): string;
  money(amount: number): string;
  size(bytes: number): string;
  /** `zbývá 5 dní`, `dnes`, `o 2 dny po termínu` */
  left(until: string): string;
  /** What went wrong and what to do next. */
  problem(cause: unknown): string;
}

export function useSay(): Say {
  const texts = inject(translatorKey);
  if (texts === undefined) throw new Error('No texts were provided to the application.');
  const { t, n, has } = texts;
  const { lang, now } = useSession();
  return {
    t,
    n,
    date: (value) => formatDate(value, lang),
    time: (value) => formatTime(value, lang),
    moment: (value) => formatMoment(value, lang),
    money: (amount) => formatMoney(amount, lang),
    size: (bytes) => formatSize(bytes, lang),
    left(until) {
      const days = daysLeft(until, now());
      if (days === 0) return t('time.today');
      return days > 0 ? n('time.left', days) : n('time.late', -days);
    },
    problem(cause) {
      if (!(cause instanceof ApiProblem)) return t('problem.unknown');
      const exact = `problem.${cause.code}`;
      if (has(exact)) return t(exact);
      const byStatus = `problem.status-${cause.status}`;
      return has(byStatus) ? t(byStatus) : t(cause.status >= 500 ? 'problem.status-500' : 'problem.unknown');
    },
  };
}
