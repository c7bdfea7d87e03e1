// Where a letter on paper stands, in words.
import type { PaperLetterCard } from '../../../server/contract/paper-letters.ts';
import { day } from '../../czech.ts';
import { paperWords as words } from '../../texts-paper.cs.ts';

/** What is known, the newest last. */
export function standsIn(letter: PaperLetterCard): readonly string[] {
  const { state, createdAt, printedAt, postedOn, way, storedOn, fictionOn, returnedOn, cause, deliveredOn, how } = letter;
  if (state === 'waiting') return [words.waitsSince(day(createdAt))];
  const posted = postedOn === null ? [] : [words.postedOn(day(postedOn), words.ways[way ?? 'ordinary'])];
  if (state === 'printed') return [...posted, ...(printedAt === null ? [] : [words.printedOn(day(printedAt))])];
  const stored = storedOn === null ? [] : [words.storedOn(day(storedOn)), ...(fictionOn === null ? [] : [words.fictionOn(day(fictionOn))])];
  const returned = state === 'returned' && returnedOn !== null ? [words.returnedOn(day(returnedOn), words.causes[cause ?? 'other'])] : [];
  const delivered = deliveredOn === null ? [] : [words.deliveredOn(day(deliveredOn), words.how[how ?? 'delivered'])];
  return [...posted, ...stored, ...returned, ...delivered];
}
/** How a letter is named in labels. */
export const nameOf = ({ title, number, addressee }: PaperLetterCard): string =>
  [title, number ?? '', addressee].filter((part) => part !== '').join(', ');
