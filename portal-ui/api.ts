// The only door from the browser to the server: typed calls, the csrf header, the language, and every failure as one kind of value.
import type { LoginWays } from '../server/contract/login.ts';
import type { CitizenCaseList, DraftCard, Lang, PortalSession, ProblemBody, ServiceList, ServicePage } from '../server/contract/portal.ts';

/** `status` 0 with code `network` or `timeout` means that no answer came. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody | null;
  constructor(status: number, code: string, body: ProblemBody | null = null, options: ErrorOptions = {}) {
    super(`${status} ${code}`, options);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

export const TIMEOUT_MS = 20_000;
const JSON_TYPE = 'application/json';

/** Changed by `use/session.ts` whenever the session is read anew. */
const door = { csrf: '', lang: 'cs' as Lang };
export function openDoor(csrf: string, lang: Lang): void {
  door.csrf = csrf;
  door.lang = lang;
}

/** For requests that are not made by `call`: the csrf token and the language. */
export const doorHeaders = (): Record<string, string> => ({ 'x-csrf-token': door.csrf, 'accept-language': door.lang });

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
interface Options {
  readonly body?: unknown;
  readonly keepalive?: boolean;
}

/** One request with its answer; other files of calls build on it. Throws `ApiProblem`. */
export async function call<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  try {
    return await send<T>(method, path, options);
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 403 || !problem.code.startsWith('csrf')) throw problem;
    // Another tab logged in again meanwhile: the session has a new token, the citizen has done nothing wrong.
    door.csrf = (await send<PortalSession>('GET', '/api/session', {})).csrf;
    return send<T>(method, path, options);
  }
}

async function send<T>(method: Method, path: string, { body, keepalive = false }: Options): Promise<T> {
  const headers: Record<string, string> = { accept: JSON_TYPE, 'accept-language': door.lang };
  if (method !== 'GET') headers['x-csrf-token'] = door.csrf;
  if (body !== undefined) headers['content-type'] = JSON_TYPE;
  let response: Response;
  try {
    const init: RequestInit = { method, headers, credentials: 'same-origin', keepalive, signal: AbortSignal.timeout(TIMEOUT_MS) };
    response = await fetch(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  } catch (cause) {
    throw new ApiProblem(0, cause instanceof DOMException && cause.name === 'TimeoutError' ? 'timeout' : 'network', null, { cause });
  }
  const text = await response.text();
  if (!response.ok) throw problemFrom(response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A refusal without a readable body (a proxy's page) is named by its status. */
export function problemFrom(status: number, text: string): ApiProblem {
  try {
    const body = JSON.parse(text) as ProblemBody;
    if (typeof body.code === 'string') return new ApiProblem(status, body.code, body);
  } catch {
    // Not our body: the status alone decides what the citizen reads.
  }
  return new ApiProblem(status, `status-${status}`);
}

const id = encodeURIComponent;

/** What public pages and the frame need; own-api.ts has the rest. */
export const api = {
  session: () => call<PortalSession>('GET', '/api/session'),
  loginWays: () => call<LoginWays>('GET', '/api/login-ways'),
  services: (query: string) => call<ServiceList>('GET', `/api/services?q=${id(query)}`),
  service: (service: string) => call<ServicePage>('GET', `/api/services/${id(service)}`),
  drafts: () => call<{ readonly drafts: readonly DraftCard[] }>('GET', '/api/drafts'),
  cases: () => call<CitizenCaseList>('GET', '/api/cases'),
  /** On whose behalf the session goes on; null = for oneself. */
  actAs: (representation: string | null) => call<undefined>('POST', '/api/me/act', { body: { representation } }),
  /** Where to go next: the identity provider's own logout, or home. */
  logout: () => call<{ readonly location: string }>('POST', '/odhlaseni'),
} as const;

/** Random id of a command; works on plain http too, where `crypto.randomUUID` is missing. RFC 9562, version 4. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
