// One HTTP call with a JSON answer, for connectors to REST services. Knows no service.
import { OutsideFailure } from './connector.ts';

export interface HttpCall {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Prefix of failure codes, e.g. `gopay`. */
  readonly service: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly bytes: Buffer;
}

/** Any status is an answer. Throws `OutsideFailure` `<service>-timeout` or `-unreachable`. Redirects are never followed. */
export async function callHttp(call: HttpCall, fetchImpl: typeof fetch): Promise<HttpAnswer> {
  try {
    const response = await fetchImpl(call.url, {
      method: call.method ?? 'GET',
      redirect: 'error',
      signal: AbortSignal.timeout(call.timeoutMs),
      headers: { ...call.headers },
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    if (timedOut) throw new OutsideFailure(`${call.service}-timeout`, `Služba neodpověděla do ${call.timeoutMs / 1000} s.`, { cause });
    const untouched = neverReached.has((cause as { cause?: { code?: string } }).cause?.code ?? '');
    throw new OutsideFailure(`${call.service}-unreachable`, 'Služba je nedostupná nebo přerušila spojení.', { cause, untouched });
  }
}

/** The connection was never made, so nothing was asked for. */
const neverReached: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Throws `OutsideFailure` `<service>-malformed`. */
export function parseJson(answer: HttpAnswer, service: string): unknown {
  try {
    return JSON.parse(answer.bytes.toString('utf8')) as unknown;
  } catch (cause) {
    throw new OutsideFailure(`${service}-malformed`, 'Odpověď služby nelze přečíst.', { cause });
  }
}
