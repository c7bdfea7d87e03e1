// Login through a data box: redirect to the portal of ISDS, back with a session id, confirmed once on the back channel.
// ISDS operating rules, chapter 11. It is no login into the box: nothing in it may be read or sent.
import { createHash, randomInt } from 'node:crypto';
import { callBackChannel } from './back-channel.ts';
import { isdsLoginConfigSchema } from './config.ts';
import type { IsdsLoginConfig } from './config.ts';
import { confirmationRequest, readConfirmation } from './confirmation.ts';
import { readIdentity } from './identity.ts';
import type { IsdsIdentity } from './identity.ts';
import { IsdsLoginRefused } from './refusal.ts';

type Loa = IsdsIdentity['loa'];

export interface IsdsLogin {
  readonly title: string;
  readonly hint: string;
  readonly highest: Loa;
  readonly origins: readonly string[];
  start(wanted: { readonly loa: Loa; readonly fresh: boolean }): Promise<{
    readonly id: string;
    readonly departure: { readonly binding: 'redirect'; readonly url: string };
    readonly secrets: Readonly<Record<string, string>>;
  }>;
  idOf(callback: { readonly url: URL }): string;
  /** Throws `IsdsLoginRefused`. */
  finish(
    callback: { readonly url: URL },
    expected: { readonly id: string; readonly loa: Loa; isFirstUse(id: string, until: Date): Promise<boolean> },
  ): Promise<{ readonly identity: IsdsIdentity; readonly session: Readonly<Record<string, string>> }>;
  logout(): Promise<string | undefined>;
}

const TOKEN_DIGITS = 20;
/** Milliseconds. A session of ISDS is confirmed within minutes; the login itself is kept for ten. */
const REMEMBERED_MS = 24 * 3_600_000;
const ORDER: readonly Loa[] = ['low', 'substantial', 'high'];

export function createIsdsLogin(config: IsdsLoginConfig, now: () => Date = () => new Date()): IsdsLogin {
  const settings = isdsLoginConfigSchema.parse(config);
  const at = (path: string, query: Readonly<Record<string, string>>): string =>
    `${settings.portalUrl.replace(/\/$/, '')}${path}?${new URLSearchParams(query).toString()}`;
  return {
    title: 'Datová schránka',
    hint: 'Přihlášení přes informační systém datových schránek, i za firmu.',
    highest: settings.level,
    origins: [new URL(settings.portalUrl).origin],
    start: async ({ fresh }) => {
      const id = Array.from({ length: TOKEN_DIGITS }, () => randomInt(10)).join('');
      const login = at('/as/login', { atsId: settings.atsId, appToken: id });
      // The service has no word for "ask again": a person known to ISDS is logged out first and sent on to the login.
      const url = fresh ? at('/as/processLogout', { uri: login }) : login;
      return { id, departure: { binding: 'redirect', url }, secrets: {} };
    },
    idOf: ({ url }) => url.searchParams.get('appToken') ?? '',
    finish: async ({ url }, { id, loa, isFirstUse }) => {
      const sessionId = url.searchParams.get('sessionId') ?? '';
      if (!/^[\x21-\x7e]{1,500}$/.test(sessionId)) throw new IsdsLoginRefused('session-missing', 'cancelled');
      const key = `isds:${createHash('sha256').update(sessionId).digest('hex')}`;
      if (!(await isFirstUse(key, new Date(now().getTime() + REMEMBERED_MS)))) throw new IsdsLoginRefused('replayed');
      const found = readConfirmation(await callBackChannel(settings, confirmationRequest(sessionId)));
      if (found.get(settings.attributes.appToken) !== id) throw new IsdsLoginRefused('token-mismatch');
      if (ORDER.indexOf(settings.level) < ORDER.indexOf(loa)) throw new IsdsLoginRefused('loa-too-low');
      return { identity: readIdentity(found, settings), session: {} };
    },
    logout: async () => (settings.afterLogoutUrl === undefined ? undefined : at('/as/processLogout', { uri: settings.afterLogoutUrl })),
  };
}
