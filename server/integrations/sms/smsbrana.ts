// SMSbrána, "SMS Connect": form parameters, salted MD5 login, XML answers read by element names. `user_id` is our key: a repeated one is answered -1 and nothing is sent twice.
import { createHash, randomBytes } from 'node:crypto';
import { OutsideFailure } from '../connector.ts';
import type { Answer, CheckResult } from '../connector.ts';
import { callHttp } from '../http-json.ts';
import { parseUntrustedXml, XmlRefused } from '../untrusted-xml.ts';
import type { Document } from '../untrusted-xml.ts';
import type { SmsClient, SmsSent } from './client.ts';
import type { SmsbranaSettings } from './config.ts';
import { shapeOf } from './text.ts';

const DUPLICATE = '-1';
/** What the number in `err` means to us (SMS Connect, list of errors). */
const REFUSALS: Readonly<Record<string, { readonly code: string; readonly reason: string }>> = {
  '10': { code: 'number-refused', reason: 'Brána SMS nezná takové telefonní číslo.' },
  '11': { code: 'sms-refused', reason: 'Brána SMS odmítla prázdnou zprávu.' },
  '12': { code: 'sms-refused', reason: 'Brána SMS odmítla příliš dlouhou zprávu.' },
};
const FAILURES: Readonly<Record<string, { readonly code: string; readonly text: string; readonly retryable: boolean }>> = {
  '2': { code: 'sms-login-refused', text: 'Brána SMS nezná přihlašovací jméno.', retryable: false },
  '3': { code: 'sms-login-refused', text: 'Brána SMS odmítla heslo.', retryable: false },
  '4': { code: 'sms-clock-wrong', text: 'Brána SMS odmítla čas požadavku: hodiny serveru jdou špatně.', retryable: true },
  '5': { code: 'sms-address-refused', text: 'Brána SMS nepovoluje adresu našeho serveru.', retryable: false },
  '7': { code: 'sms-salt-reused', text: 'Brána SMS odmítla opakovanou sůl.', retryable: true },
  '9': { code: 'sms-no-credit', text: 'Na účtu brány SMS není kredit.', retryable: true },
};

export function createSmsbrana(settings: SmsbranaSettings, fetchImpl: typeof fetch, now: () => Date): SmsClient {
  const call = (parameters: Readonly<Record<string, string>>): Promise<Document> => ask(settings, parameters, fetchImpl, now());
  return {
    send: async (key, { to, text }): Promise<Answer<SmsSent>> => {
      const answer = await call({
        action: 'send_sms',
        number: to,
        message: text,
        user_id: key,
        delivery_report: '0',
        ...(shapeOf(text).isUcs2 ? { data_code: 'ucs2' } : {}),
        ...(settings.senderId === undefined ? {} : { sender_id: settings.senderId }),
      });
      const error = textOf(answer, 'err');
      // Sent at a try whose answer was lost: the gateway knows the key and keeps quiet.
      if (error === DUPLICATE) return { done: { providerId: textOf(answer, 'sms_id') || `user_id:${key}` } };
      const refusal = REFUSALS[error];
      if (refusal) return { refused: refusal };
      sound(error);
      return { done: { providerId: textOf(answer, 'sms_id') } };
    },
    check: async (): Promise<CheckResult> => {
      const answer = await call({ action: 'credit_info' });
      sound(textOf(answer, 'err'));
      return Number(textOf(answer, 'credit')) > 0
        ? { ok: true, text: 'SMSbrána odpovídá.' }
        : { ok: false, text: 'Na účtu SMSbrány není kredit.' };
    },
  };
}

/** Throws `OutsideFailure` unless the gateway said 0. */
function sound(error: string): void {
  if (error === '0') return;
  const known = FAILURES[error];
  if (known) throw new OutsideFailure(known.code, known.text, { retryable: known.retryable });
  throw new OutsideFailure('sms-unavailable', `Brána SMS ohlásila chybu ${error || 'bez čísla'}.`);
}

async function ask(
  settings: SmsbranaSettings,
  parameters: Readonly<Record<string, string>>,
  fetchImpl: typeof fetch,
  now: Date,
): Promise<Document> {
  const answer = await callHttp(
    {
      url: `${settings.baseUrl}/smsconnect/http.php`,
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ ...signature(settings, now), ...parameters }).toString(),
      timeoutMs: settings.timeoutMs,
      service: 'sms',
    },
    fetchImpl,
  );
  if (answer.status !== 200) throw new OutsideFailure('sms-unavailable', `Brána SMS odpověděla HTTP ${answer.status}.`);
  try {
    return parseUntrustedXml(answer.bytes.toString('utf8'));
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause;
    throw new OutsideFailure('sms-malformed', 'Odpověď brány SMS nelze přečíst.', { cause });
  }
}

/** `auth` = md5(password + time + salt); the salt is used once. Time is the gateway's own, Europe/Prague. */
function signature(settings: SmsbranaSettings, now: Date): Readonly<Record<string, string>> {
  const time = now.toLocaleString('sv-SE', { timeZone: 'Europe/Prague' }).replaceAll(/[-:]/g, '').replace(' ', 'T');
  const salt = randomBytes(16).toString('hex');
  const digest = createHash('md5')
    .update(settings.password + time + salt)
    .digest('hex');
  return { login: settings.login, time, sul: salt, [settings.hashField]: digest };
}

function textOf(document: Document, name: string): string {
  return document.getElementsByTagName(name)[0]?.textContent?.trim() ?? '';
}
