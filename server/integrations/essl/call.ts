// One call of the eSSL's interface.
import { callSoap } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import type { EsslSettings } from './config.ts';
import type { Frame } from './xml-frame.ts';

/** One operation of the interface; `body` makes the request element. */
export type EsslCall = (operation: string, body: (frame: Frame) => string) => Promise<Element>;

const MAX_ANSWER_BYTES = 40_000_000;

export function caller(settings: EsslSettings, fetchImpl: typeof fetch, now: () => Date): EsslCall {
  return async (operation, body) => {
    const { content } = await callSoap(
      {
        url: settings.baseUrl,
        user: settings.user,
        password: settings.password,
        body: body({ settings, at: now() }),
        timeoutMs: settings.timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
        service: 'essl',
        userAgent: 'Vyrizeno',
        action: operation,
      },
      fetchImpl,
    );
    return content;
  };
}
