// A person's private calendar address: turned on, turned off. Belongs to no case.
import { feedOf, openFeed, revokeFeed, type FeedOwner, type FeedRow } from '../store/calendar-feeds.ts';
import type { Corridor } from './corridor.ts';

export type { FeedOwner } from '../store/calendar-feeds.ts';

export const feedState = (corridor: Corridor, tenantId: number, owner: FeedOwner): Promise<FeedRow | undefined> =>
  corridor.db.withTenant(tenantId, (trx) => feedOf(trx, tenantId, owner));

/** Gives the secret of the new address; an older one is dead from now on. */
export const startFeed = (corridor: Corridor, tenantId: number, owner: FeedOwner): Promise<string> =>
  corridor.db.withTenant(tenantId, (trx) => openFeed(trx, tenantId, owner, corridor.clock.now()));

export const stopFeed = (corridor: Corridor, tenantId: number, owner: FeedOwner): Promise<void> =>
  corridor.db.withTenant(tenantId, (trx) => revokeFeed(trx, tenantId, owner, corridor.clock.now()));
