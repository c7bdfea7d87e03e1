// One connection to the directory: encrypted, bound, limited in time and bytes, and gone afterwards. Referrals are never followed.
// The library opens a lost connection anew by itself, which after StartTLS would be a plain one: here a connection is opened once.
import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { Client, InvalidCredentialsError } from 'ldapts';
import type { Entry, SearchOptions } from 'ldapts';
import { bindRefusal } from './bind-codes.ts';
import type { DirectorySettings } from './config.ts';
import { DirectoryRefused, DirectoryUnavailable, unavailable } from './failures.ts';

/** Bytes from the other side in one connection. A person has about 2 kB. */
export const MAX_BYTES = 32 * 1024 * 1024;
/** Entries of one search; more are an error, never a shortened list. */
export const MAX_ENTRIES = 20_000;
/** First byte of every LDAP message (BER, RFC 4511, 5.1). */
const SEQUENCE = 0x30;
/** Active Directory gives at most so many at once. */
const PAGE = 1000;

export interface Connection {
  /** All pages. Throws `DirectoryUnavailable`. */
  search(base: string, options: SearchOptions): Promise<readonly Entry[]>;
}

export interface Credentials {
  readonly dn: string;
  readonly password: string;
}

/** Connects, binds, does the work, and closes whatever happens. Throws `DirectoryRefused` when the bind is refused, else `DirectoryUnavailable`. */
export async function withDirectory<Value>(
  settings: DirectorySettings,
  credentials: Credentials,
  work: (connection: Connection) => Promise<Value>,
): Promise<Value> {
  if (credentials.password === '' || credentials.dn === '') throw new DirectoryRefused('bad-credentials'); // RFC 4513, 5.1.2: it would "succeed" as nobody
  const line = openLine(settings);
  const late = lateness(settings.timeoutMs, () => line.cut());
  try {
    return await Promise.race([late.passed, talk(settings, line, credentials, work)]);
  } catch (cause) {
    throw cause instanceof DirectoryRefused || cause instanceof DirectoryUnavailable ? cause : unavailable(line.broken() ?? cause);
  } finally {
    late.stop();
    await line.close();
  }
}

async function talk<Value>(
  settings: DirectorySettings,
  line: Line,
  { dn, password }: Credentials,
  work: (connection: Connection) => Promise<Value>,
): Promise<Value> {
  const { client } = line;
  if (settings.startTls) await client.startTLS(tlsOptions(settings));
  await client.bind(dn, password).catch((cause: unknown) => {
    throw cause instanceof InvalidCredentialsError ? new DirectoryRefused(bindRefusal(cause.message), { cause }) : cause;
  });
  return work({ search: (base, options) => searchAll(line, settings, base, options) });
}

async function searchAll(line: Line, settings: DirectorySettings, base: string, options: SearchOptions): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  const limits = { timeLimit: Math.ceil(settings.timeoutMs / 1000), derefAliases: 'never' as const };
  if (options.scope === 'base') return (await line.client.search(base, { ...limits, ...options })).searchEntries;
  for await (const page of line.client.searchPaginated(base, { ...limits, ...options, paged: { pageSize: PAGE } })) {
    found.push(...page.searchEntries);
    if (found.length > MAX_ENTRIES) throw new DirectoryUnavailable('too-many-entries');
  }
  return found;
}

interface Line {
  readonly client: Client;
  /** Why we cut it ourselves. */
  broken(): Error | undefined;
  cut(): void;
  close(): Promise<void>;
}

function openLine(settings: DirectorySettings): Line {
  const sockets: Socket[] = [];
  let broken: Error | undefined;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const counted = <Opened extends Socket>(opened: Opened): Opened => {
    let bytes = 0;
    opened.on('data', (piece: Buffer) => {
      if (bytes === 0 && piece[0] !== SEQUENCE) broken = new DirectoryUnavailable('not-a-directory');
      bytes += piece.length;
      if (bytes > MAX_BYTES) broken = new DirectoryUnavailable('too-many-bytes');
      if (broken) cut();
    });
    sockets.push(opened);
    return opened;
  };
  const once = (open: () => Socket): Socket => {
    if (sockets.length > 0) throw new DirectoryUnavailable('connection-lost');
    return counted(open());
  };
  const { hostname, port } = hostOf(settings.url);
  const client = new Client({
    url: settings.url,
    timeout: settings.timeoutMs,
    connectTimeout: settings.timeoutMs,
    createConnection: (() => once(() => connectPlain({ host: hostname, port }))) as typeof connectPlain,
    createSecureConnection: ((options: ConnectionOptions) =>
      settings.startTls
        ? counted(connectSecure(options))
        : once(() => connectSecure({ host: hostname, port, ...tlsOptions(settings) }))) as typeof connectSecure,
  });
  return {
    client,
    broken: () => broken,
    cut,
    close: async () => {
      await client.unbind().catch(() => undefined);
      cut();
    },
  };
}

/** Certificates are always verified, against the configured authority where there is one. */
function tlsOptions({ url, caPem }: DirectorySettings): ConnectionOptions {
  const { hostname } = hostOf(url);
  return {
    host: hostname,
    ...(isIP(hostname) ? {} : { servername: hostname }),
    ...(caPem === undefined ? {} : { ca: caPem }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  };
}

function hostOf(address: string): { readonly hostname: string; readonly port: number } {
  const url = new URL(address);
  return { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (url.protocol === 'ldaps:' ? 636 : 389) };
}

function lateness(ms: number, onLate: () => void): { readonly passed: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DirectoryUnavailable('too-slow'));
      onLate();
    }, ms);
  });
  passed.catch(() => undefined);
  return { passed, stop: () => clearTimeout(timer) };
}
