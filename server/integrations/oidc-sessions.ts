// A simulated provider of OpenID Connect ends all its sessions of one person and tells the town of each, as the real ones do: Back-Channel Logout 1.0.
import type Provider from 'oidc-provider';
import type { AdapterPayload } from 'oidc-provider';
import type { KeptThing } from './oidc-memory.ts';

export interface ToldTown {
  readonly subject: string;
  readonly sid: string;
  /** Whether the town said that it was done. */
  readonly isTaken: boolean;
}

/** `things` hold the sessions (kind `Session`); `forget` removes one. The library's own method speaks to the town; its types leave it out. */
export async function endSessionsOf(
  provider: Provider,
  given: { readonly clientId: string; readonly things: ReadonlyMap<string, KeptThing>; forget(id: string): Promise<void> },
  subject: string,
): Promise<readonly ToldTown[]> {
  const client = (await provider.Client.find(given.clientId)) as unknown as
    { readonly backchannelLogoutUri?: string; backchannelLogout(sub: string, sid: string): Promise<void> } | undefined;
  const told: ToldTown[] = [];
  for (const [key, { payload }] of [...given.things]) {
    if (!key.startsWith('Session:') || payload?.accountId !== subject) continue;
    await given.forget(key.slice('Session:'.length));
    const sid = sidOf(payload, given.clientId);
    if (sid === undefined || client?.backchannelLogoutUri === undefined) continue;
    const isTaken = await client.backchannelLogout(subject, sid).then(
      () => true,
      () => false,
    );
    told.push({ subject, sid, isTaken });
  }
  return told;
}

/** Instead of the library's own way out, which refuses addresses of this machine: the simulated provider and the town both stand here. */
export function fetchHere(address: string | URL | Request, { method, headers, body, redirect }: RequestInit = {}): Promise<Response> {
  const asked = { method: method ?? 'GET', headers: new Headers(headers), redirect: redirect ?? 'manual', body: body ?? null };
  return fetch(address, { ...asked, signal: AbortSignal.timeout(PATIENCE_MS) });
}
const PATIENCE_MS = 20_000;

function sidOf(payload: AdapterPayload, clientId: string): string | undefined {
  const sid = (payload.authorizations?.[clientId] as { readonly sid?: unknown } | undefined)?.sid;
  return typeof sid === 'string' ? sid : undefined;
}
