// How statements come from a bank, whatever its channel: pieces of content behind a cursor that the channel understands, and one careful GET.
import { OutsideFailure } from '../connector.ts';
import { callHttp } from '../http-json.ts';
import type { HttpAnswer } from '../http-json.ts';
import type { BankSettings } from './config.ts';

export interface ChannelFile {
  /** For people. */
  readonly name: string;
  readonly content: Uint8Array;
  /** Cursor once this file is done with. */
  readonly cursor: string;
  /** Number that the statement must have; undefined when the channel does not number. */
  readonly number?: number;
}
export interface ChannelPoll {
  readonly files: readonly ChannelFile[];
  readonly cursor: string;
}
export interface Channel {
  readonly everyMs: number;
  poll(cursor: string | undefined): Promise<ChannelPoll>;
  /** Reachability; changes nothing. Throws OutsideFailure. */
  check(): Promise<string>;
}
export type Get = (path: string) => Promise<HttpAnswer>;

/** Throws OutsideFailure `bank-timeout` or `bank-unreachable`; every status is an answer. The address is never repeated: Fio has its token there. */
export function getter({ baseUrl, timeoutMs }: BankSettings, headers: Readonly<Record<string, string>>, fetchImpl: typeof fetch): Get {
  return (path) => callHttp({ url: `${baseUrl}${path}`, headers, timeoutMs, service: 'bank' }, fetchImpl);
}

export function requireOk(answer: HttpAnswer): HttpAnswer {
  if (answer.status === 401 || answer.status === 403)
    throw new OutsideFailure('bank-login-refused', 'Banka odmítla přihlášení.', { retryable: false });
  if (answer.status !== 200) throw new OutsideFailure('bank-unavailable', `Banka odpověděla HTTP ${answer.status}.`);
  return answer;
}
