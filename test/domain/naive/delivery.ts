// When something was delivered: § 17/3-4 of 300/2008, § 23-25 SŘ, § 46-49 DŘ. The same day by day for all of them.
import { Impossible, type Day } from './calendar.ts';
import { dayOfEvent, inOrder, isInOrder, type Events } from './events.ts';
import { daysAfter, isBefore, later, rolled, sooner } from './period.ts';

export const deliveryEvents = [
  'sent',
  'delivered',
  'refused',
  'put_in_box',
  'login',
  'stored',
  'picked_up',
  'posted_notice',
  'online',
  'taken_down',
];

export type Delivery = { readonly day: Day | null; readonly how?: string };

const ways = ['delivered', 'refused', 'put_in_box', 'stored', 'posted_notice'];

export function delivery(events: Events): Delivery {
  const used = ways.filter((way) => events.of(way).length > 0);
  if (used.length > 1) throw new Impossible(`delivered in two ways: ${used.join(', ')}`);
  const way = used[0];
  onlyWith(events, way, 'put_in_box', ['login']);
  onlyWith(events, way, 'stored', ['picked_up']);
  onlyWith(events, way, 'posted_notice', ['online', 'taken_down']);
  const sent = events.one('sent');
  events.day('sent');
  if (way === undefined) {
    if (sent === undefined && events.of('issued').length + events.of('set').length === 0)
      throw new Impossible('nothing was delivered nor sent');
    return { day: null };
  }
  const day = events.needed(way);
  // Office, post and data box have clocks of their own: between them only the day counts.
  inOrder(events.day('issued'), events.day('sent'), day);
  if (way === 'delivered' || way === 'refused') return { day, how: way };
  if (way === 'put_in_box') return intoBox(events, day);
  if (way === 'stored') return collected(events, day);
  return onBoard(events, day);
}

function onlyWith(events: Events, way: string | undefined, owner: string, followers: readonly string[]): void {
  for (const type of followers) {
    if (events.of(type).length > 0 && way !== owner) throw new Impossible(`${type} without ${owner}`);
  }
}

/** § 17/3: by the first login; § 17/4: else on the tenth day, the next working one if that is not (NSS 4 Afs 264/2018-85). */
function intoBox(events: Events, put: Day): Delivery {
  const logins = events.of('login');
  const early = logins.filter((login) => !isInOrder(events.one('put_in_box'), login));
  if (early.length > 0 && !events.reads('login_before_put_in_box', 'ignored')) throw new Impossible('a login before the message was there');
  const after = logins.filter((login) => !early.includes(login)).map(dayOfEvent);
  const first = after.length === 0 ? undefined : after.reduce(sooner);
  if (events.one('put_in_box')?.['no_fiction'] === true) return first ? { day: first, how: 'login' } : { day: null };
  const tenth = daysAfter(put, 10);
  const fiction = rolled(tenth);
  if (first !== undefined && isBefore(tenth, first) && events.reads('login_in_tail', 'fiction')) return { day: fiction, how: 'fiction' };
  return first !== undefined && !isBefore(fiction, first) ? { day: first, how: 'login' } : { day: fiction, how: 'fiction' };
}

/** § 24/1 SŘ, § 47/2 DŘ. */
function collected(events: Events, stored: Day): Delivery {
  const pickup = events.day('picked_up');
  inOrder(events.one('stored'), events.one('picked_up'));
  const tenth = daysAfter(stored, 10);
  const fiction = rolled(tenth);
  if (pickup !== undefined && isBefore(tenth, pickup) && events.reads('login_in_tail', 'fiction')) return { day: fiction, how: 'fiction' };
  return pickup !== undefined && !isBefore(fiction, pickup) ? { day: pickup, how: 'pickup' } : { day: fiction, how: 'fiction' };
}

/** § 25/2 SŘ, § 49 DŘ: the fifteenth day after posting, if it hung that long and was online within that time. */
function onBoard(events: Events, posted: Day): Delivery {
  const online = events.day('online');
  const down = events.day('taken_down');
  inOrder(events.one('posted_notice'), events.one('taken_down'));
  const from = online !== undefined && events.reads('public_notice_online', 'counts_from_later') ? later(posted, online) : posted;
  const fifteenth = daysAfter(from, 15);
  const fiction = events.reads('public_notice_roll', 'no') ? fifteenth : rolled(fifteenth);
  if (online !== undefined && isBefore(fiction, online)) return { day: null };
  if (down !== undefined && isBefore(down, fifteenth) && !events.reads('public_notice_hangs', 'not_required')) return { day: null };
  return { day: fiction, how: 'fiction' };
}
