// What happened in the eSSL without us: batches of events, read in their uninterrupted order. The cursor is the last number read; a batch read twice gives the same ids.
import { OutsideFailure } from '../connector.ts';
import type { Inbox, InboxMessage } from '../connector.ts';
import type { Element } from '../untrusted-xml.ts';
import type { EsslSettings } from './config.ts';
import type { EsslCall } from './call.ts';
import * as request from './messages.ts';
import { batchNumbers, eventsOf, failedResults, type Identifier } from './parsing.ts';

/** Payload of `records-event`. */
export interface RecordsEvent {
  /** `VypraveniDoruceno`, `SpisUzavreni` … (gUdalost of ermsAsynU.xsd) */
  readonly name: string;
  readonly batch: number;
  /** Our own code among the identifiers. */
  readonly own: string;
  /** Our own ids among its identifiers come first. */
  readonly identifiers: readonly Identifier[];
  /** Day or local time of a delivery. */
  readonly deliveredAt: string | null;
  readonly words: string;
}

const MOST_BATCHES = 50;

export function createInbox(settings: EsslSettings, call: EsslCall): Inbox {
  return {
    everyMs: settings.pollMs,
    poll: async (cursor) => {
      const last = cursor === undefined ? 0 : Number(cursor);
      const waiting = batchNumbers(await call('DavkySeznam', request.listBatches)).filter((number) => number > last);
      const messages: InboxMessage[] = [];
      let read = last;
      for (const number of waiting.slice(0, MOST_BATCHES)) {
        // The series has no gaps: a missing number is a batch that is not ready yet, and what follows must wait for it.
        if (last > 0 && number !== read + 1) break;
        messages.push(...(await batch(settings, call, number)));
        read = number;
      }
      return { messages, cursor: String(read) };
    },
  };
}

async function batch(settings: EsslSettings, call: EsslCall, number: number): Promise<readonly InboxMessage[]> {
  const answer = await call('DavkaZadost', (frame) => request.fetchBatch(frame, number));
  if (Number(answer.getAttribute('Poradi')) !== number)
    throw new OutsideFailure('essl-malformed', 'Spisová služba vydala jinou dávku, než o jakou jsme žádali.');
  return messagesOf(settings, answer, number);
}

/** Of a polled and of a pushed batch alike: the same event has the same id, so that it is heard once. */
export function messagesOf(settings: EsslSettings, batch: Element, number: number): readonly InboxMessage[] {
  const events = eventsOf(batch).map(({ name, id, identifiers, deliveredAt, words }) => {
    const own = identifiers.filter(({ source }) => source === settings.source);
    const payload: RecordsEvent = {
      name,
      batch: number,
      own: settings.source,
      identifiers: [...own, ...identifiers.filter((one) => !own.includes(one))],
      deliveredAt,
      words,
    };
    return { id: `${settings.target}:${number}:${id}`, kind: 'records-event', payload };
  });
  const failed = failedResults(batch).map(({ event, batch: sent, status }) => {
    const words = `Událost ${event} dávky ${sent}: ${status.text} (${status.code})`;
    const payload: RecordsEvent = { name: 'Zprava', batch: number, own: settings.source, identifiers: [], deliveredAt: null, words };
    return { id: `${settings.target}:${number}:z${sent}-${event}`, kind: 'records-event', payload };
  });
  return [...events, ...failed];
}
