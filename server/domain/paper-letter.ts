// A letter on paper: where it stands by what officers wrote down, what may follow, and when it was delivered
// (§ 19 to 25 zákona č. 500/2004 Sb., § 44 to 49 zákona č. 280/2009 Sb.). Pure; the days of the law are reckoned by domain/deadlines.
import { calculate } from './deadlines/index.ts';
import { isPostingNumber, plainPostingNumber } from './posting-number.ts';
import { Problem } from './problem.ts';

/** Obyčejně, doporučeně, doporučeně do vlastních rukou s doručenkou. */
export const POST_WAYS = ['ordinary', 'registered', 'own-hands'] as const;
export type PostWay = (typeof POST_WAYS)[number];
/** Unknown at the address, moved away, the address is not enough, nobody took it from the post where fiction is excluded, something else. */
export const RETURN_CAUSES = ['unknown', 'moved', 'bad-address', 'not-collected', 'other'] as const;
export type ReturnCause = (typeof RETURN_CAUSES)[number];

export type PaperState = 'waiting' | 'printed' | 'posted' | 'stored' | 'delivered' | 'returned';
export type PaperKind = 'addressed' | 'printed' | 'posted' | 'stored' | 'delivered' | 'returned' | 'taken-back';

export interface PaperEvent {
  readonly seq: number;
  readonly kind: PaperKind;
  /** Legal date; null for what has none. */
  readonly day: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly cancels: number | null;
}

export interface PaperStanding {
  readonly state: PaperState;
  /** Posted at least once and not taken back. */
  readonly isPosted: boolean;
  readonly way: PostWay | null;
  readonly postedOn: string | null;
  readonly postingNumber: string | null;
  readonly storedOn: string | null;
  readonly deliveredOn: string | null;
  readonly how: PaperHow | null;
  readonly returnedOn: string | null;
  readonly cause: ReturnCause | null;
  /** Typed in for this letter; null = the address that we know of the person. */
  readonly address: readonly string[] | null;
  /** The last thing that counts and can be taken back. */
  readonly last: PaperEvent | null;
}

/** Into own hands at the door, from the post office, refused, fiction, by public notice, handed over by the office. */
export type PaperHow = 'delivered' | 'pickup' | 'refused' | 'fiction' | 'notice' | 'in-person';

/** The rows that count. */
export function countingEvents<Event extends Pick<PaperEvent, 'seq' | 'cancels'>>(events: readonly Event[]): readonly Event[] {
  const cancelled = new Set(events.flatMap(({ cancels }) => (cancels === null ? [] : [cancels])));
  return events.filter(({ seq, cancels }) => cancels === null && !cancelled.has(seq));
}

/** A letter that came back may be printed and posted again: what counts is its last posting and what came after it. */
export function standing(events: readonly PaperEvent[]): PaperStanding {
  const counting = countingEvents(events);
  const steps = counting.filter(({ kind }) => kind !== 'addressed');
  const last = steps.at(-1) ?? null;
  const posted = steps.findLast(({ kind }) => kind === 'posted');
  const since = posted === undefined ? [] : steps.slice(steps.indexOf(posted) + 1);
  const after = (kind: PaperKind): PaperEvent | undefined => since.findLast((one) => one.kind === kind);
  const delivered = steps.findLast(({ kind }) => kind === 'delivered');
  const returned = after('returned');
  return {
    state: last === null ? 'waiting' : (last.kind as PaperState),
    isPosted: posted !== undefined,
    way: (posted?.detail['way'] as PostWay | undefined) ?? null,
    postedOn: posted?.day ?? null,
    postingNumber: (posted?.detail['postingNumber'] as string | undefined) ?? null,
    storedOn: after('stored')?.day ?? null,
    deliveredOn: delivered?.day ?? null,
    how: (delivered?.detail['how'] as PaperHow | undefined) ?? null,
    returnedOn: returned?.day ?? null,
    cause: (returned?.detail['cause'] as ReturnCause | undefined) ?? null,
    address: (counting.findLast(({ kind }) => kind === 'addressed')?.detail['lines'] as readonly string[] | undefined) ?? null,
    last,
  };
}

/** Waiting letters, reprints, and letters that came back. Refuses `paper-letter-posted` and `paper-letter-delivered`. */
export function permitPrinting({ state }: PaperStanding): void {
  if (state === 'delivered') throw new Problem('conflict', 'paper-letter-delivered');
  if (state === 'posted' || state === 'stored') throw new Problem('conflict', 'paper-letter-posted');
}

export interface Posting {
  readonly on: string;
  readonly way: PostWay;
  /** As typed; '' without one. */
  readonly postingNumber: string;
}

/** Refuses `paper-letter-not-printed`, `paper-letter-posted`, `paper-letter-delivered`, `posted-in-future`, `posting-number-wrong`. */
export function permitPosting(letter: PaperStanding, { on, way, postingNumber }: Posting, today: string): Readonly<Record<string, string>> {
  permitPrinting(letter);
  if (letter.state !== 'printed') throw new Problem('conflict', 'paper-letter-not-printed');
  if (on > today) throw new Problem('invalid', 'posted-in-future');
  const plain = plainPostingNumber(postingNumber);
  if (plain !== '' && !isPostingNumber(plain)) throw new Problem('invalid', 'posting-number-wrong');
  return plain === '' ? { way } : { way, postingNumber: plain };
}

/** What the post brings back, or how the letter came to its addressee otherwise. */
export type PaperOutcome =
  | { readonly what: 'stored'; readonly on: string }
  /** `stored` only where it was not written down before. */
  | { readonly what: 'fiction'; readonly storedOn: string }
  | { readonly what: 'handed' | 'refused' | 'in-person'; readonly on: string }
  /** `on`: the day on which it was hung up on the notice board. */
  | { readonly what: 'notice'; readonly on: string }
  | { readonly what: 'returned'; readonly on: string; readonly cause: ReturnCause };

export interface Delivered {
  readonly day: string;
  readonly how: PaperHow;
  /** The day it was ready at the post office; null when it was not laid up. */
  readonly storedOn: string | null;
}

/** `law`: dr = the matter is one of taxes and fees (zákon č. 280/2009 Sb.). */
export interface Calendar {
  readonly today: string;
  readonly law: 'sr' | 'dr';
}

/** Refuses what cannot be: `paper-letter-not-posted`, `paper-letter-delivered`, `outcome-in-future`, `outcome-before-posting`, `paper-letter-returned`. */
export function permitOutcome(letter: PaperStanding, said: PaperOutcome, { today }: Calendar): void {
  if (letter.state === 'delivered') throw new Problem('conflict', 'paper-letter-delivered');
  if (!letter.isPosted || letter.postedOn === null) throw new Problem('conflict', 'paper-letter-not-posted');
  // What came back is out of the post's hands: it can only be handed over, or hung up on the notice board.
  const isOfficeAct = said.what === 'in-person' || said.what === 'notice';
  if (!isOfficeAct && letter.state !== 'posted' && letter.state !== 'stored') throw new Problem('conflict', 'paper-letter-returned');
  const on = said.what === 'fiction' ? said.storedOn : said.on;
  if (on > today) throw new Problem('invalid', 'outcome-in-future');
  if (on < letter.postedOn) throw new Problem('invalid', 'outcome-before-posting', { on: letter.postedOn });
  const needsReceipt = said.what === 'fiction' || said.what === 'refused' || said.what === 'stored';
  if (needsReceipt && letter.way !== 'own-hands') throw new Problem('conflict', 'receipt-needed');
}

/**
 * The day of delivery; null for what is none. Fiction: the tenth day after the letter was ready at the post office, or the next working day
 * (§ 24 odst. 1 SŘ, § 47 odst. 2 DŘ). Refused: that day (§ 24 odst. 4 SŘ). Public notice: the fifteenth day (§ 25 odst. 2 SŘ).
 * Refuses `fiction-not-yet` with the day on which it comes, and `picked-up-before-stored`.
 */
export function deliveryBy(letter: PaperStanding, said: PaperOutcome, calendar: Calendar): Delivered | null {
  switch (said.what) {
    case 'stored':
    case 'returned':
      return null;
    case 'refused':
      return { day: said.on, how: 'refused', storedOn: null };
    case 'in-person':
      return { day: said.on, how: 'in-person', storedOn: null };
    case 'notice':
      return deemed(calendar, [{ type: 'posted_notice', date: said.on }], { how: 'notice', storedOn: null });
    case 'fiction':
      return deemed(calendar, [{ type: 'stored', date: said.storedOn }], { how: 'fiction', storedOn: said.storedOn });
    case 'handed':
      return handed(letter, said.on, calendar);
    default:
      return said satisfies never;
  }
}

/** From the post office only as long as the law has not deemed it delivered before. */
function handed({ storedOn }: PaperStanding, on: string, calendar: Calendar): Delivered {
  if (storedOn === null) return { day: on, how: 'delivered', storedOn: null };
  if (on < storedOn) throw new Problem('invalid', 'picked-up-before-stored');
  const events = [
    { type: 'stored', date: storedOn },
    { type: 'picked_up', date: on },
  ];
  const answer = calculate({ regime: calendar.law, rule: 'delivery', events, ask: ['delivered', 'how'] }, { derivation: false });
  if ('error' in answer) throw new Problem('invalid', 'outcome-unclear');
  return { day: answer.delivered ?? on, how: answer.how === 'fiction' ? 'fiction' : 'pickup', storedOn };
}

type Event = { readonly type: string; readonly date: string };
function deemed({ law, today }: Calendar, events: readonly Event[], rest: Omit<Delivered, 'day'>): Delivered {
  const answer = calculate({ regime: law, rule: 'delivery', events, ask: ['delivered'] }, { derivation: false });
  if ('error' in answer || answer.delivered === undefined || answer.delivered === null) throw new Problem('invalid', 'outcome-unclear');
  if (answer.delivered > today) throw new Problem('conflict', 'fiction-not-yet', { on: answer.delivered });
  return { day: answer.delivered, ...rest };
}

/** Taxes and fees are delivered by their own code; a matter belongs to it when any of its periods is counted by it. */
export const deliveryLaw = (rules: readonly string[]): 'sr' | 'dr' => (rules.some((rule) => rule.startsWith('dr/')) ? 'dr' : 'sr');

/** The day on which fiction would come, for whoever looks at a letter that lies at the post office. */
export function fictionDay(storedOn: string, law: 'sr' | 'dr'): string | null {
  const answer = calculate(
    { regime: law, rule: 'delivery', events: [{ type: 'stored', date: storedOn }], ask: ['delivered'] },
    { derivation: false },
  );
  return 'error' in answer ? null : (answer.delivered ?? null);
}
