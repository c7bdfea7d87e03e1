// Which way a notice goes: what the person chose, as far as it works, else the next way that does. Pure.
import { isNeeded, type NoticeKind } from './kinds.ts';

export type Channel = 'email' | 'sms' | 'data-box';
/** In the order in which one stands in for another. */
export const CHANNELS: readonly Channel[] = ['email', 'sms', 'data-box'];

export interface Wish {
  readonly byEmail: boolean;
  readonly bySms: boolean;
  readonly byDataBox: boolean;
}
/** The house's own choice for who has chosen nothing. */
export const USUAL: Wish = { byEmail: true, bySms: false, byDataBox: false };

/** Addresses that work now; null = none. */
export interface Reach {
  readonly email: string | null;
  readonly phone: string | null;
  readonly dataBox: string | null;
}

/** Empty when nothing is wanted, or nobody knows a way: then the portal alone says it. */
export function channelsFor(kind: NoticeKind, wish: Wish | undefined, reach: Reach): readonly Channel[] {
  const wanted = wantedOf(wish ?? USUAL);
  if (wanted.length === 0 && !isNeeded(kind)) return [];
  const works = (channel: Channel): boolean => addressOf(channel, reach) !== null;
  const chosen = wanted.filter(works);
  return chosen.length > 0 ? chosen : standIns(kind).filter(works).slice(0, 1);
}

/** A data box is filled without its owner's wish only with what he must not miss. */
const standIns = (kind: NoticeKind): readonly Channel[] =>
  isNeeded(kind) ? CHANNELS : CHANNELS.filter((channel) => channel !== 'data-box');

export function addressOf(channel: Channel, reach: Reach): string | null {
  if (channel === 'email') return reach.email;
  return channel === 'sms' ? reach.phone : reach.dataBox;
}

const wantedOf = (wish: Wish): readonly Channel[] =>
  CHANNELS.filter((channel) => (channel === 'email' ? wish.byEmail : channel === 'sms' ? wish.bySms : wish.byDataBox));
