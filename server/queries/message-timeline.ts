// What data messages add to a case's timeline: the citizen's own message came, a letter of ours was delivered. Read from the journal.
import type { TimelineEntry } from '../contract/portal.ts';
import type { ChainedEntry } from '../store/journal.ts';
import type { Lang } from './reader.ts';

interface Detail {
  readonly message?: string;
  readonly fromApplicant?: boolean;
  readonly how?: string | null;
  readonly deliveredAt?: string | null;
}
const DELIVERED = 'dopis-dorucen';
const WORDS = {
  cs: {
    came: ['Vaše zpráva přišla do spisu', 'Vaši datovou zprávu jsme přijali a zařadili do spisu.'],
    fiction: [
      'Písemnost doručena fikcí',
      'Do schránky se 10 dnů nikdo nepřihlásil, písemnost je proto doručena ze zákona (§ 17 odst. 4 zákona č. 300/2008 Sb.).',
    ],
    login: ['Písemnost doručena', 'Do datové schránky se přihlásil ten, kdo ji smí číst.'],
  },
  en: {
    came: ['Your message is in the file', 'We have received your data message and put it into the file.'],
    fiction: [
      'Letter delivered by law',
      'Nobody logged in to the data box for 10 days, so the letter counts as delivered (§ 17(4) of Act 300/2008).',
    ],
    login: ['Letter delivered', 'Somebody entitled to read it has logged in to the data box.'],
  },
} as const;

export function messageEntries(journal: readonly ChainedEntry[], lang: Lang): readonly TimelineEntry[] {
  return journal.flatMap((entry): TimelineEntry[] => {
    const detail = entry.detail as Detail;
    if (entry.kind === 'file-message')
      return detail.fromApplicant === true ? [done(`zprava-${entry.seq}`, WORDS[lang].came, 'citizen', entry.at)] : [];
    if (detail.message !== DELIVERED || (detail.how !== 'fiction' && detail.how !== 'login')) return [];
    return [done(`doruceni-${entry.seq}`, WORDS[lang][detail.how], 'outside', detail.deliveredAt ?? entry.at)];
  });
}

const done = (elementId: string, [title, text]: readonly [string, string], who: TimelineEntry['who'], at: string): TimelineEntry => ({
  kind: 'done',
  elementId,
  title,
  text,
  who,
  at,
  until: null,
});

/** The past in the order in which it happened; entries of one moment keep their order. */
export const inTime = (entries: readonly TimelineEntry[]): readonly TimelineEntry[] =>
  [...entries].sort((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
