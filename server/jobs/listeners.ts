// Who is told the answers of work that belongs to no case. One explicit list; a name once used stays, because rows of the outbox carry it.
import type { Listeners } from './listener.ts';

export const listeners: Listeners = {};
