// One account's line to ISDS: its addresses, its login, and one request at a time (status 3008 otherwise).
import { OutsideFailure } from '../connector.ts';
import { callSoap } from '../soap.ts';
import type { SoapAnswer } from '../soap.ts';
import type { SoapPart } from '../soap-parts.ts';
import { addressOf, loginOf } from './addresses.ts';
import type { Service } from './addresses.ts';
import { createCertificateFetch } from './certificate-fetch.ts';
import type { IsdsAccount, IsdsSettings } from './config.ts';
import { statusOf } from './parsing.ts';
import { failureOf, isSuccess } from './statuses.ts';

/** 20 MB of attachments in base64, for a sealed message once more, the envelope, and air. */
const MAX_ANSWER_BYTES = 56_000_000;

export interface Request {
  readonly service: Service;
  readonly body: string;
  /** Binary parts of a large message. */
  readonly parts?: readonly SoapPart[];
  /** The answer is to hold its bytes inside the XML, as they were hashed. */
  readonly isWhole?: true;
  /** Default the settings' own. */
  readonly timeoutMs?: number;
}

/** After a refused login nothing is sent for so long: a few wrong passwords block the account for an hour. */
const LOGIN_PAUSE_MS = 3_600_000;

export interface Caller {
  /** The status is left to the caller. */
  ask(request: Request): Promise<SoapAnswer>;
  /** Throws what the status means when it is no success. */
  succeed(service: Service, body: string): Promise<SoapAnswer>;
  succeedWith(request: Request): Promise<SoapAnswer>;
  /** A person asks for it: a login refused before is tried once more. */
  tryLoginAgain(): void;
}

export function createCaller(settings: IsdsSettings, account: IsdsAccount, fetchImpl: typeof fetch): Caller {
  const send = lineOf(settings, account, fetchImpl);
  const login = loginOf(account);
  let last: Promise<unknown> = Promise.resolve();
  let refused: { readonly error: OutsideFailure; readonly at: number } | undefined;
  const ask = (request: Request): Promise<SoapAnswer> => {
    const queuedAt = performance.now();
    const next = last.then(() => {
      // A call that waited longer than this could start after its lease has ended, and a second worker would send the same.
      if (performance.now() - queuedAt > settings.timeoutMs)
        throw new OutsideFailure('isds-busy', 'Předchozí volání datové schránky trvají příliš dlouho.', { untouched: true });
      if (refused && performance.now() - refused.at < LOGIN_PAUSE_MS) throw refused.error;
      return callSoap(
        {
          ...login,
          url: addressOf(settings, account, request.service),
          body: request.body,
          timeoutMs: request.timeoutMs ?? settings.timeoutMs,
          maxBytes: Math.max(MAX_ANSWER_BYTES, request.service === 'vodz' ? settings.largestBytes * 3 : 0),
          service: 'isds',
          userAgent: settings.userAgent,
          ...(request.service === 'vodz' ? { version: '1.2' } : {}),
          ...(request.service === 'vodz' && settings.mtom && !request.isWhole ? { parts: request.parts ?? [] } : {}),
        },
        send,
      );
    });
    last = next.then(
      () => (refused = undefined),
      (error: unknown) => {
        const isRefusal = error instanceof OutsideFailure && error.code === 'isds-login-refused';
        if (isRefusal && error !== refused?.error) refused = { error, at: performance.now() };
      },
    );
    return next;
  };
  const succeedWith = async (request: Request): Promise<SoapAnswer> => {
    const answer = await ask(request);
    const status = statusOf(answer.content);
    if (!isSuccess(status)) throw failureOf(status);
    return answer;
  };
  return { ask, succeedWith, succeed: (service, body) => succeedWith({ service, body }), tryLoginAgain: () => void (refused = undefined) };
}

function lineOf(settings: IsdsSettings, account: IsdsAccount, fetchImpl: typeof fetch): typeof fetch {
  const { certificatePem, privateKeyPem } = account;
  const { serverCertificates } = settings;
  if (account.access === 'password' && serverCertificates.length === 0) return fetchImpl;
  return createCertificateFetch({
    serverCertificates,
    ...(account.access === 'password' ? {} : { certificatePem, privateKeyPem }),
  });
}
