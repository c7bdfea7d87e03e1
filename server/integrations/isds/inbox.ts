// What comes from ISDS by polling: messages received by our boxes, and changes of state of messages we sent.
// Windows overlap, because ISDS reports changes minutes late; the cursor remembers what it has seen so that nothing is downloaded twice.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Inbox, InboxMessage } from '../connector.ts';
import type { IsdsClient } from './client.ts';
import type { SendDependencies } from './send.ts';
import type { ListedMessage } from './parsing.ts';

/** Payload of `data-box-message`. */
export interface DataBoxMessage {
  readonly account: string;
  readonly messageId: string;
  readonly senderBox: string;
  readonly senderName: string;
  /** Number of the box's type, 10-16 are public authorities. */
  readonly senderType: number;
  readonly recipientBox: string;
  readonly subject: string;
  readonly senderIdent?: string;
  readonly senderRef?: string;
  readonly recipientRef?: string;
  readonly recipientIdent?: string;
  /** Put into our box: the moment a submission is made (§ 18 odst. 1 zákona č. 300/2008 Sb.). */
  readonly deliveredAt?: string;
  readonly acceptedAt?: string;
  readonly hash: { readonly algorithm: string; readonly value: string };
  readonly files: readonly { readonly name: string; readonly mime: string; readonly kind: string }[];
}

/** Payload of `data-box-state`: a message we sent came to a state. */
export interface DataBoxState {
  readonly account: string;
  readonly messageId: string;
  readonly state: number;
  readonly at: string;
}

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

interface AccountPoll {
  readonly account: string;
  readonly client: IsdsClient;
  readonly deps: SendDependencies;
  readonly messages: InboxMessage[];
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
  const found = await poll.client.getMessageStateChanges(from, to);
  const fresh = new Map<string, string>();
  for (const change of found) {
    const id = `state:${change.messageId}:${change.state}`;
    if (id in track.seen || fresh.has(id)) continue;
    fresh.set(id, change.at);
    const payload: DataBoxState = { account: poll.account, ...change };
    poll.messages.push({ id, kind: 'data-box-state', payload });
  }
  return advance(poll, track, fresh);
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
    poll.messages.push(await download(poll, listed));
  } catch (error) {
    if (!(error instanceof OutsideFailure) || !isAboutThisMessage(error)) throw error;
    const tries = (failed[listed.messageId] ?? 0) + 1;
    failed[listed.messageId] = tries;
    if (tries < DOWNLOAD_TRIES) return false;
    const payload: DataBoxUnreadable = { account: poll.account, messageId: listed.messageId, reason: error.code };
    poll.messages.push({ id: `unreadable:${listed.messageId}`, kind: 'data-box-unreadable', payload });
  }
  delete failed[listed.messageId];
  return true;
}

/** One bad message must not stop the others; an unreachable ISDS stops the whole poll. */
function isAboutThisMessage(error: OutsideFailure): boolean {
  return ['isds-hash-mismatch', 'isds-message-not-found', 'isds-malformed', 'isds-refused'].includes(error.code);
}

async function download(poll: AccountPoll, listed: ListedMessage): Promise<InboxMessage> {
  const { files, state: _state, toHands: _toHands, ...message } = await poll.client.download(listed.messageId);
  const payload: DataBoxMessage = {
    account: poll.account,
    ...message,
    files: files.map(({ name, mime, kind }) => ({ name, mime, kind })),
  };
  return {
    id: `message:${listed.messageId}`,
    kind: 'data-box-message',
    payload,
    files: files.map(({ name, mime, content }) => ({ name, mime, content })),
  };
}

function advance(poll: AccountPoll, track: Track, fresh: ReadonlyMap<string, string>, limit?: string): Track {
  const until = [...fresh.values(), track.until].reduce((a, b) => (new Date(a) > new Date(b) ? a : b));
  const held = limit !== undefined && new Date(limit) < new Date(until) ? limit : until;
  const oldest = new Date(held).getTime() - poll.deps.settings.overlapMinutes * MINUTE;
  const seen = Object.entries({ ...track.seen, ...Object.fromEntries(fresh) }).filter(([, at]) => new Date(at).getTime() >= oldest);
  return { until: held, seen: Object.fromEntries(seen), failed: track.failed };
}
