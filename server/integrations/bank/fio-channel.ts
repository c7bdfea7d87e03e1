// The Fio API: movements by days, the token in the address, one request in 30 seconds. `last` is not used: it moves the bank's own pointer
// before we have kept what it gave, so a crash would lose money; days are asked for again and items are known by their ids.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { HttpAnswer } from '../http-json.ts';
import { getter, requireOk } from './channel.ts';
import type { Channel } from './channel.ts';
import type { BankSettings } from './config.ts';
import { pragueDay } from './statement.ts';

/** The bank counts from its answer, we from our question: a second more. */
const APART_MS = 31_000;
const DAY_MS = 86_400_000;
/** Days asked for again, for what the bank posts late. */
const AGAIN = 3;
/** Older history than 90 days needs a confirmation in internet banking. */
const FIRST_DAYS = 60;

const cursorSchema = z.object({
  /** Last day that was read. */
  until: z.iso.date(),
  /** Days in one question; halved when there is too much for one answer. */
  span: z.number().int().positive(),
});

export function fioChannel(settings: BankSettings, fetchImpl: typeof fetch, now: () => Date): Channel {
  const get = getter(settings, {}, fetchImpl);
  const ask = (from: string, to: string): Promise<HttpAnswer> =>
    get(`/periods/${encodeURIComponent(settings.token)}/${from}/${to}/transactions.json`);
  const today = (): string => pragueDay(now());
  return {
    everyMs: Math.max(settings.pollMs, APART_MS),
    poll: async (kept) => {
      const cursor =
        kept === undefined ? { until: shift(today(), -FIRST_DAYS), span: FIRST_DAYS + AGAIN } : cursorSchema.parse(JSON.parse(kept));
      const from = shift(cursor.until, -AGAIN);
      const to = [shift(from, Math.max(cursor.span, AGAIN + 1)), today()].sort()[0] ?? today();
      const answer = await ask(from, to);
      if (answer.status === 413 && cursor.span > AGAIN + 1)
        return { files: [], cursor: JSON.stringify({ ...cursor, span: Math.ceil(cursor.span / 2) }) };
      const { bytes } = requireOk(understood(answer));
      const after = JSON.stringify({ until: to < cursor.until ? cursor.until : to, span: cursor.span });
      return { files: [{ name: `fio-${from}-${to}.json`, content: bytes, cursor: after }], cursor: after };
    },
    check: async () => {
      const answer = await ask(today(), today());
      // Too soon after the last question: the token is good, which is all that was asked.
      if (answer.status !== 409) requireOk(understood(answer));
      return 'Fio banka vydává pohyby na účtu.';
    },
  };
}

/** What the API means by its statuses. Throws OutsideFailure. */
function understood(answer: HttpAnswer): HttpAnswer {
  switch (answer.status) {
    case 409:
      throw new OutsideFailure('bank-too-soon', 'Fio banka dovoluje jeden dotaz za 30 sekund. Zkusíme to znovu.');
    case 413:
      throw new OutsideFailure('bank-too-much', 'Za zvolené dny má účet víc pohybů, než Fio banka vydá najednou.');
    case 422:
      throw new OutsideFailure(
        'bank-confirmation-needed',
        'Pohyby starší než 90 dnů vydá Fio banka až po potvrzení v internetovém bankovnictví.',
        { retryable: false },
      );
    case 404:
    case 500:
      throw new OutsideFailure('bank-login-refused', 'Fio banka token nezná nebo vypršel (platí nejvýše 180 dnů).', { retryable: false });
    default:
      return answer;
  }
}

const shift = (day: string, days: number): string => new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
