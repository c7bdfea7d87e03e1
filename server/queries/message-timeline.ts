// What data messages add to a case's timeline: the citizen's own message came, a letter of ours was delivered. Read from the journal.
import type { TimelineEntry } from '../contract/portal.ts';
import { dayOf } from '../domain/calendar.ts';
import type { ChainedEntry } from '../store/journal.ts';
import type { Lang } from './reader.ts';

interface Detail {
  readonly message?: string;
  readonly fromApplicant?: boolean;
  readonly how?: string | null;
  readonly deliveredAt?: string | null;
  /** `post`: a letter on paper; `what` became of it and when. */
  readonly carrier?: string;
  readonly letter?: string;
  /** Seq of the note about the letter that this command wrote or took back. */
  readonly note?: number;
  readonly what?: string;
  readonly on?: string | null;
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
    paper: {
      posted: ['Písemnost odeslána poštou', 'Písemnost jsme předali poště.'],
      stored: ['Písemnost čeká na poště', 'Pošta vás nezastihla. Vyzvedněte si ji do 10 dnů, potom platí za doručenou.'],
      returned: ['Písemnost se vrátila', 'Pošta ji nemohla doručit. Zkontrolujte prosím svou adresu a ozvěte se nám.'],
      delivered: ['Písemnost doručena', 'Písemnost jste převzali od pošty.'],
      pickup: ['Písemnost doručena', 'Písemnost jste si vyzvedli na poště.'],
      refused: ['Písemnost doručena', 'Písemnost nebyla převzata. Odmítnutím se považuje za doručenou.'],
      fiction: ['Písemnost doručena fikcí', 'Písemnost si na poště 10 dnů nikdo nevyzvedl, je proto doručena ze zákona.'],
      notice: ['Písemnost doručena veřejnou vyhláškou', 'Písemnost visela 15 dnů na úřední desce, je proto doručena ze zákona.'],
      'in-person': ['Písemnost předána', 'Písemnost jste převzali osobně.'],
    },
  },
  en: {
    came: ['Your message is in the file', 'We have received your data message and put it into the file.'],
    fiction: [
      'Letter delivered by law',
      'Nobody logged in to the data box for 10 days, so the letter counts as delivered (§ 17(4) of Act 300/2008).',
    ],
    login: ['Letter delivered', 'Somebody entitled to read it has logged in to the data box.'],
    paper: {
      posted: ['Letter posted', 'We have handed the letter over to the post.'],
      stored: [
        'Letter waits at the post office',
        'The post did not find you. Collect it within 10 days; after that it counts as delivered.',
      ],
      returned: ['Letter came back', 'The post could not deliver it. Please check your address and contact us.'],
      delivered: ['Letter delivered', 'You have taken the letter from the post.'],
      pickup: ['Letter delivered', 'You have collected the letter at the post office.'],
      refused: ['Letter delivered', 'The letter was not accepted. By the refusal it counts as delivered.'],
      fiction: ['Letter delivered by law', 'Nobody collected the letter at the post office for 10 days, so it counts as delivered.'],
      notice: ['Letter delivered by public notice', 'The letter was on the notice board for 15 days, so it counts as delivered.'],
      'in-person': ['Letter handed over', 'You have taken the letter in person.'],
    },
  },
} as const;

export function messageEntries(journal: readonly ChainedEntry[], lang: Lang): readonly TimelineEntry[] {
  const mistakes = takenBack(journal);
  return journal.flatMap((entry): TimelineEntry[] => {
    const detail = entry.detail as Detail;
    if (entry.kind === 'file-message')
      return detail.fromApplicant === true ? [done(`zprava-${entry.seq}`, WORDS[lang].came, 'citizen', entry.at)] : [];
    const paper = paperEntry(entry, lang);
    if (paper) return mistakes.has(nameOfNote(detail)) ? [] : [paper];
    if (detail.message !== DELIVERED || (detail.how !== 'fiction' && detail.how !== 'login')) return [];
    return [done(`doruceni-${entry.seq}`, WORDS[lang][detail.how], 'outside', detail.deliveredAt ?? entry.at)];
  });
}

const nameOfNote = ({ letter = '', note = 0 }: Detail): string => `${letter} ${note}`;
/** Notes about letters on paper that were mistakes: the office's journal keeps them, the citizen is not told. */
const takenBack = (journal: readonly ChainedEntry[]): ReadonlySet<string> =>
  new Set(journal.filter(({ kind }) => kind === 'take-back-paper-note').map(({ detail }) => nameOfNote(detail as Detail)));

/** What happened to a letter on paper. */
function paperEntry(entry: ChainedEntry, lang: Lang): TimelineEntry | undefined {
  const detail = entry.detail as Detail;
  const words: Readonly<Record<string, readonly [string, string]>> = WORDS[lang].paper;
  const isPosted = entry.kind === 'post-letter';
  if (!isPosted && (entry.kind !== 'note-paper-outcome' || detail.carrier !== 'post')) return undefined;
  const said = words[isPosted ? 'posted' : (detail.what ?? detail.how ?? '')];
  const day = detail.deliveredAt ?? detail.on ?? dayOf(entry.at);
  const at = day === dayOf(entry.at) ? entry.at : `${day}T10:00:00.000Z`;
  return said && done(`zasilka-${entry.seq}`, said, isPosted ? 'office' : 'outside', at);
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
