// GoSMS REST API v1: OAuth client credentials, one message per call. It knows no key of ours, so a lost answer cannot be asked about.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Answer, CheckResult } from '../connector.ts';
import { callHttp, parseJson } from '../http-json.ts';
import type { HttpAnswer } from '../http-json.ts';
import type { GosmsSettings } from './config.ts';
import type { SmsClient, SmsSent } from './client.ts';

const tokenSchema = z.object({ access_token: z.string().min(1) });
const sentSchema = z.object({ recipients: z.object({ invalid: z.array(z.string()).default([]) }), link: z.string() });
const accountSchema = z.object({ currentCredit: z.number() });

export function createGosms(settings: GosmsSettings, fetchImpl: typeof fetch): SmsClient {
  let token: string | undefined;
  const call = async (path: string, body?: string): Promise<HttpAnswer> => {
    token ??= await newToken(settings, fetchImpl);
    const answer = await ask(settings, { path, token, ...(body === undefined ? {} : { body }) }, fetchImpl);
    if (answer.status !== 401) return answer;
    token = await newToken(settings, fetchImpl); // it has expired; once more with a new one
    return ask(settings, { path, token, ...(body === undefined ? {} : { body }) }, fetchImpl);
  };
  return {
    send: async (_key, { to, text }) =>
      answerOf(await call('/api/v1/messages', JSON.stringify({ message: text, recipients: [to], channel: settings.channel })), to),
    check: async (): Promise<CheckResult> => {
      const answer = await call('/api/v1/');
      if (answer.status !== 200) return { ok: false, text: `GoSMS odpověděla HTTP ${answer.status}.` };
      const parsed = accountSchema.safeParse(parseJson(answer, 'sms'));
      return parsed.success && parsed.data.currentCredit <= 0
        ? { ok: false, text: 'Na účtu GoSMS není kredit.' }
        : { ok: true, text: 'GoSMS odpovídá.' };
    },
  };
}

function answerOf(answer: HttpAnswer, to: string): Answer<SmsSent> {
  if (answer.status === 400) return { refused: { code: 'sms-refused', reason: 'Brána SMS zprávu odmítla (HTTP 400).' } };
  if (answer.status === 401 || answer.status === 403)
    throw new OutsideFailure('sms-login-refused', 'Brána SMS odmítla přihlášení nebo kanál.', { retryable: false });
  if (answer.status !== 201 && answer.status !== 200)
    throw new OutsideFailure('sms-unavailable', `Brána SMS odpověděla HTTP ${answer.status}.`, { retryable: answer.status >= 500 });
  const parsed = sentSchema.safeParse(parseJson(answer, 'sms'));
  if (!parsed.success) throw new OutsideFailure('sms-malformed', 'Odpověď brány SMS má neznámý tvar.', { cause: parsed.error });
  if (parsed.data.recipients.invalid.includes(to))
    return { refused: { code: 'number-refused', reason: 'Brána SMS nezná takové telefonní číslo.' } };
  return { done: { providerId: parsed.data.link.split('/').at(-1) ?? parsed.data.link } };
}

async function newToken(settings: GosmsSettings, fetchImpl: typeof fetch): Promise<string> {
  const form = new URLSearchParams({
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    grant_type: 'client_credentials',
  });
  const answer = await callHttp(
    {
      url: `${settings.baseUrl}/oauth/v2/token`,
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: settings.timeoutMs,
      service: 'sms',
    },
    fetchImpl,
  );
  if (answer.status === 400 || answer.status === 401)
    throw new OutsideFailure('sms-login-refused', 'Brána SMS odmítla přihlášení.', { retryable: false });
  if (answer.status !== 200) throw new OutsideFailure('sms-unavailable', `Brána SMS odpověděla HTTP ${answer.status}.`);
  const parsed = tokenSchema.safeParse(parseJson(answer, 'sms'));
  if (!parsed.success) throw new OutsideFailure('sms-malformed', 'Odpověď brány SMS má neznámý tvar.', { cause: parsed.error });
  return parsed.data.access_token;
}

function ask(
  settings: GosmsSettings,
  given: { readonly path: string; readonly token: string; readonly body?: string },
  fetchImpl: typeof fetch,
): Promise<HttpAnswer> {
  return callHttp(
    {
      url: `${settings.baseUrl}${given.path}`,
      method: given.body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${given.token}`, 'Content-Type': 'application/json' },
      ...(given.body === undefined ? {} : { body: given.body }),
      timeoutMs: settings.timeoutMs,
      service: 'sms',
    },
    fetchImpl,
  );
}
