// What comes from ISDS by polling: messages received by our boxes, and changes of state of messages we sent.
// Windows overlap, because ISDS reports changes minutes late; the cursor remembers what it has seen so that nothing is downloaded twice.
import { z } from 'zod';
import type { Inbox, InboxMessage } from '../connector.ts';
import { isAboutThisMessage } from './account-poll.ts';
import type { AccountPoll } from './account-poll.ts';
import { receivedMessage } from './received-message.ts';
import type { SendDependencies } from './send.ts';
import { sentState } from './sent-state.ts';
import type { ListedMessage, StateChange } from './parsing.ts';

/** Payload of `data-box-unreadable`: listed, but could not be downloaded whole three times. For a person. */
export interface DataBoxUnreadable {
  readonly account: string;
  readonly messageId: string;
  readonly reason: string;
}

const trackSchema = z.object({
  /** Newest time handled. */
  until: z.iso.datetime({ offset: true }),
  /** Seen within the overlap: id and its time. */
  seen: z.record(z.string(), z.string()),
  /** Times a download failed. */
  failed: z.record(z.string(), z.number()),
});
type Track = z.output<typeof trackSchema>;
const cursorSchema = z.record(z.string(), trackSchema);

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const DOWNLOAD_TRIES = 3;
const VIRUS = 3;

export function createInbox(deps: SendDependencies): Inbox {
  return {
    everyMs: deps.settings.pollMs,
    poll: async (cursor) => {
      const tracks = cursor === undefined ? {} : cursorSchema.parse(JSON.parse(cursor));
      const messages: InboxMessage[] = [];
      const next: Record<string, Track> = {};
      for (const [account, client] of deps.clients) {
        const poll = { account, client, deps, messages };
        next[`states:${account}`] = await pollStates(poll, tracks[`states:${account}`] ?? newTrack(deps));
        if (!deps.settings.accounts[account]?.receives) continue;
        next[`received:${account}`] = await pollReceived(poll, tracks[`received:${account}`] ?? newTrack(deps));
      }
      return { messages, cursor: JSON.stringify(next) };
    },
  };
}

function newTrack(deps: SendDependencies): Track {
  return { until: new Date(deps.clock.now().getTime() - 15 * DAY).toISOString(), seen: {}, failed: {} };
}

function windowOf(poll: AccountPoll, track: Track): { from: Date; to: Date } {
  const from = new Date(new Date(track.until).getTime() - poll.deps.settings.overlapMinutes * MINUTE);
  return { from, to: new Date(poll.deps.clock.now().getTime() + DAY) };
}

async function pollStates(poll: AccountPoll, track: Track): Promise<Track> {
  const { from, to } = windowOf(poll, track);
  const fresh = new Map<string, string>();
  const changes = [...(await poll.client.getMessageStateChanges(from, to)), ...(await refusedForVirus(poll, track))];
  for (const change of changes) {
    const id = `state:${change.messageId}:${change.state}`;
    if (id in track.seen || fresh.has(id)) continue;
    fresh.set(id, change.at);
    poll.messages.push(await sentState(poll, change, id));
  }
  return advance(poll, track, fresh);
}

/** GetMessageStateChanges says nothing of a message that never came to a box: it stands only in the list of what was sent. */
async function refusedForVirus(poll: AccountPoll, track: Track): Promise<readonly StateChange[]> {
  const { from, to } = windowOf(poll, track);
  const changes: StateChange[] = [];
  for await (const { messageId } of poll.client.listSent(from, to, [VIRUS])) {
    if (`state:${messageId}:${VIRUS}` in track.seen) continue;
    const { events } = await poll.client.getDeliveryInfo(messageId);
    changes.push({ messageId, state: VIRUS, at: events[0]?.at ?? poll.deps.clock.now().toISOString() });
  }
  return changes;
}

async function pollReceived(poll: AccountPoll, track: Track): Promise<Track> {
  const { from, to } = windowOf(poll, track);
  const waiting: ListedMessage[] = [];
  for await (const message of poll.client.listReceived(from, to)) {
    if (!(message.messageId in track.seen) && !waiting.some((other) => other.messageId === message.messageId)) waiting.push(message);
  }
  waiting.sort((a, b) => Date.parse(a.deliveredAt ?? '') - Date.parse(b.deliveredAt ?? ''));
  const failed = { ...track.failed };
  const handled = new Map<string, string>();
  let blocked: string | undefined;
  for (const listed of waiting.slice(0, poll.deps.settings.messagesPerPoll)) {
    const at = listed.deliveredAt ?? track.until;
    if (await receive(poll, listed, failed)) handled.set(listed.messageId, at);
    else blocked ??= at;
  }
  // A message that has to be tried again holds the window open from its own time on.
  return { ...advance(poll, track, handled, blocked), failed };
}

/** False when the message is to be tried again in the next poll. */
async function receive(poll: AccountPoll, listed: ListedMessage, failed: Record<string, number>): Promise<boolean> {
  try {
    poll.messages.push(await receivedMessage(poll, listed));
  } catch (error) {
    if (!isAboutThisMessage(error)) throw error;
    const tries = (failed[listed.messageId] ?? 0) + 1;
    failed[listed.messageId] = tries;
    if (tries < DOWNLOAD_TRIES) return false;
    const payload: DataBoxUnreadable = { account: poll.account, messageId: listed.messageId, reason: error.code };
    poll.messages.push({ id: `unreadable:${listed.messageId}`, kind: 'data-box-unreadable', payload });
  }
  delete failed[listed.messageId];
  return true;
}

function advance(poll: AccountPoll, track: Track, fresh: ReadonlyMap<string, string>, limit?: string): Track {
  const until = [...fresh.values(), track.until].reduce((a, b) => (new Date(a) > new Date(b) ? a : b));
  const held = limit !== undefined && new Date(limit) < new Date(until) ? limit : until;
  const oldest = new Date(held).getTime() - poll.deps.settings.overlapMinutes * MINUTE;
  const seen = Object.entries({ ...track.seen, ...Object.fromEntries(fresh) }).filter(([, at]) => new Date(at).getTime() >= oldest);
  return { until: held, seen: Object.fromEntries(seen), failed: track.failed };
}
