// The mailbox itself, over IMAP4rev1 with TLS: what is new since the cursor, and what the cursor proves to be kept is moved away or flagged.
// A cursor that comes back was committed together with the messages, so it is their acknowledgement.
import { ImapFlow } from 'imapflow';
import { OutsideFailure, type CheckResult, type InboxMessage } from '../connector.ts';
import type { ImapSettings } from './config.ts';
import { oversizedMessage, readMessage } from './inbox-message.ts';

/** At once; the rest comes with the next poll. */
const BATCH = 20;
const BATCH_BYTES = 60_000_000;
/** A server that gives less is not waited for: each single byte would keep the line alive for ever. */
const SLOWEST_BYTES_PER_MS = 20;
/** Silences that connecting, logging in, opening and listing may have together. */
const STEPS = 4;

interface Place {
  readonly validity: string;
  readonly uid: number;
}

export async function pollMailbox(
  settings: ImapSettings,
  cursor: string | undefined,
): Promise<{ readonly messages: readonly InboxMessage[]; readonly cursor: string }> {
  return inMailbox(settings, async (client, validity, allow) => {
    const kept = placeOf(cursor);
    // A folder that was rebuilt numbers its messages anew: all of them are listed again, and their ids (made of what they say) make doubles harmless.
    const since = kept?.validity === validity ? kept.uid : 0;
    if (since > 0) await acknowledge(client, settings, since);
    const found = await listAfter(client, since);
    const messages: InboxMessage[] = [];
    let bytes = 0;
    let last = since;
    for (const { uid, size } of found.slice(0, BATCH)) {
      if (messages.length > 0 && bytes + size > BATCH_BYTES) break;
      allow(settings.timeoutMs + size / SLOWEST_BYTES_PER_MS);
      const message = await fetch(client, settings, uid, size);
      if (message) messages.push(message);
      bytes += size;
      last = uid;
    }
    return { messages, cursor: `${validity}:${last}` };
  });
}

/** Opens the folder and changes nothing. */
export async function lookIn(settings: ImapSettings): Promise<CheckResult> {
  try {
    return await inMailbox(settings, async (client) => {
      const { doneFolder } = settings;
      if (doneFolder !== undefined && !(await client.list()).some(({ path }) => path === doneFolder))
        return { ok: false, text: `Ve schránce chybí složka „${doneFolder}“ pro převzaté zprávy.` };
      return { ok: true, text: 'Schránka e-podatelny odpovídá.' };
    });
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}

function placeOf(cursor: string | undefined): Place | undefined {
  const found = /^(\d+):(\d+)$/.exec(cursor ?? '');
  return found ? { validity: found[1] ?? '', uid: Number(found[2]) } : undefined;
}

async function listAfter(client: ImapFlow, since: number): Promise<readonly { readonly uid: number; readonly size: number }[]> {
  // By UID: a server may say the same twice.
  const found = new Map<number, { readonly uid: number; readonly size: number }>();
  if (client.mailbox === false || client.mailbox.exists === 0) return [];
  // `n:*` always names the last message, even when its UID is smaller (RFC 3501, 6.4.8).
  for await (const { uid, size } of client.fetch(`${since + 1}:*`, { uid: true, size: true }, { uid: true }))
    if (uid > since) found.set(uid, { uid, size: size ?? 0 });
  return [...found.values()].sort((a, b) => a.uid - b.uid);
}

/** Undefined when somebody has moved the message away meanwhile. */
async function fetch(client: ImapFlow, settings: ImapSettings, uid: number, size: number): Promise<InboxMessage | undefined> {
  if (size > settings.maxBytes) {
    const head = await client.fetchOne(String(uid), { headers: true, uid: true, internalDate: true }, { uid: true });
    return head === false || !head.headers
      ? undefined
      : oversizedMessage(head.headers, { size, receivedAt: receivedAt(head.internalDate) });
  }
  const whole = await client.fetchOne(
    String(uid),
    { source: { maxLength: settings.maxBytes }, uid: true, internalDate: true },
    { uid: true },
  );
  if (whole === false || !whole.source) return undefined;
  return readMessage(whole.source, { settings, receivedAt: receivedAt(whole.internalDate) });
}

/** All up to the UID are kept by us. */
async function acknowledge(client: ImapFlow, { doneFolder }: ImapSettings, until: number): Promise<void> {
  const range = `1:${until}`;
  if (doneFolder === undefined) {
    const unseen = await client.search({ uid: range, seen: false }, { uid: true });
    if (Array.isArray(unseen) && unseen.length > 0) await client.messageFlagsAdd(unseen.join(','), ['\\Seen'], { uid: true });
    return;
  }
  const there = await client.search({ uid: range }, { uid: true });
  if (Array.isArray(there) && there.length > 0) await client.messageMove(there.join(','), doneFolder, { uid: true });
}

type Work<T> = (client: ImapFlow, validity: string, allow: (ms: number) => void) => Promise<T>;

/** One connection, closed at the end. `allow` gives the next step its time. Throws OutsideFailure when it does not come about or breaks. */
async function inMailbox<T>(settings: ImapSettings, work: Work<T>): Promise<T> {
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    ...(settings.secure ? {} : { doSTARTTLS: true }),
    auth: { user: settings.user, pass: settings.password },
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(settings.caPem === undefined ? {} : { ca: settings.caPem }),
      ...(settings.servername === undefined ? {} : { servername: settings.servername }),
    },
    logger: false,
    disableAutoIdle: true,
    maxLiteralSize: settings.maxBytes + 1_000_000,
    maxResponseSize: settings.maxBytes + 10_000_000,
    maxLineLength: 10_000_000,
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
  });
  // A connection that breaks between two commands rejects the next one; the event alone must not end the process.
  let why: unknown;
  client.on('error', (error: unknown) => void (why ??= error));
  let patience: NodeJS.Timeout | undefined;
  const allow = (ms: number): void => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      why = Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' });
      client.close();
    }, ms);
  };
  allow(settings.timeoutMs * STEPS);
  try {
    await client.connect();
    const opened = await client.mailboxOpen(settings.folder);
    const result = await work(client, String(opened.uidValidity), allow);
    await client.logout();
    return result;
  } catch (cause) {
    client.close();
    // The next command only says that there is no connection; the event says why.
    throw failureOf((cause as { code?: unknown }).code === 'NoConnection' ? (why ?? cause) : cause, settings);
  } finally {
    clearTimeout(patience);
  }
}

function failureOf(cause: unknown, { folder, secure }: ImapSettings): OutsideFailure {
  if (cause instanceof OutsideFailure) return cause;
  const { code, authenticationFailed, mailboxMissing, responseStatus } = cause as Readonly<Record<string, unknown>>;
  const fail = (name: string, text: string, retryable = true): OutsideFailure => new OutsideFailure(name, text, { cause, retryable });
  if (authenticationFailed === true) return fail('imap-login-refused', 'Poštovní server odmítl přihlášení do schránky e-podatelny.', false);
  if (mailboxMissing === true || (responseStatus === 'NO' && code === undefined))
    return fail('imap-folder-missing', `Ve schránce e-podatelny není složka „${folder}“, nebo ji nelze otevřít.`, false);
  if (typeof code === 'string' && /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code))
    return fail('imap-certificate', 'Certifikát poštovního serveru neplatí nebo mu nevěříme.', false);
  if (typeof code === 'string' && /STARTTLS|TLS|SSL|EPROTO/i.test(code))
    return fail('imap-not-encrypted', `Poštovní server nenabídl šifrované spojení (${secure ? 'TLS' : 'STARTTLS'}).`, false);
  if (typeof code === 'string' && /TIMEOUT|ETIMEDOUT/i.test(code)) return fail('imap-timeout', 'Poštovní server neodpověděl včas.');
  if (typeof code === 'string' && /TooLarge|TooManyTokens/.test(code))
    return fail('imap-oversized', 'Poštovní server poslal víc dat, než kolik jich ohlásil.');
  return fail('imap-unreachable', 'Schránka e-podatelny je nedostupná nebo se spojení přerušilo.');
}

const receivedAt = (date: Date | string | undefined): string | null => {
  const at = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};
