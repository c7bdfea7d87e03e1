// What the simulated NIA remembers, rebuilt from its journal: open requests, its own single sign-on, and who logged in.
import { createHash } from 'node:crypto';
import { afterKeyEvent, noChange } from './simulator-keys.ts';
import type { KeyEvent, KeyState } from './simulator-keys.ts';
import type { ReceivedRequest } from './simulator-request.ts';

const KEPT_REQUESTS = 500;

export type LoginRequest = Extract<ReceivedRequest, { kind: 'login' }> & { readonly relayState: string };
export interface Session {
  readonly citizen: string;
  readonly sessionIndex: string;
}
export interface State {
  /** Replaced whole by each step. */
  keys: KeyState;
  readonly requests: Map<string, LoginRequest>;
  /** By the hash of the cookie. */
  readonly sessions: Map<string, Session>;
  readonly logins: { readonly at: string; readonly entityId: string; readonly request: string; readonly citizen: string }[];
}
export type Event =
  | { readonly request: LoginRequest }
  | { readonly login: State['logins'][number]; readonly cookie?: string; readonly session?: Session }
  | { readonly loggedOut: string }
  | { readonly keys: KeyEvent };

export function emptyState(): State {
  return { keys: noChange, requests: new Map(), sessions: new Map(), logins: [] };
}

export function apply(state: State, event: Event): void {
  if ('request' in event) {
    state.requests.set(event.request.id, event.request);
    const [oldest] = state.requests.keys();
    if (state.requests.size > KEPT_REQUESTS && oldest !== undefined) state.requests.delete(oldest);
    return;
  }
  if ('keys' in event) {
    state.keys = afterKeyEvent(state.keys, event.keys);
    return;
  }
  if ('loggedOut' in event) {
    for (const [cookie, session] of state.sessions) if (session.sessionIndex === event.loggedOut) state.sessions.delete(cookie);
    return;
  }
  state.logins.push(event.login);
  if (event.cookie && event.session) state.sessions.set(event.cookie, event.session);
}

/** Stable per person and service provider, different for every provider: as NIA's pseudonyms are. */
export function pseudonymOf(citizenKey: string, entityId: string): string {
  const hex = createHash('sha256').update(`${entityId}|${citizenKey}`).digest('hex');
  return `CZ/CZ/${[hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`;
}

export function hash(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}
