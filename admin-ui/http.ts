// The one place that speaks HTTP with the office interface: CSRF header, problem bodies, a lost login noticed once.
import { ref } from 'vue';
import type { ProblemBody } from '../server/contract/portal.ts';

/** What every failed call throws. `problem.code` is `offline` when no answer came at all. */
export class ApiProblem extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody, options: { cause?: unknown } = {}) {
    super(problem.code, options);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
  get code(): string {
    return this.problem.code;
  }
}

/** True from the first 401 on; the shell offers a login in a new window so that nothing on the page is lost. */
export const loginLost = ref(false);
/** True while the last call found no server. */
export const offline = ref(false);

let csrf = '';
export function rememberCsrf(token: string): void {
  csrf = token;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Throws ApiProblem. A 204 gives undefined. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  return send<T>(method, path, json, body === undefined ? undefined : JSON.stringify(body));
}

/** Sends a file as the raw body. Throws ApiProblem. */
export function upload<T>(path: string, file: File): Promise<T> {
  return send<T>('POST', path, { 'content-type': file.type || 'application/octet-stream' }, file);
}

async function send<T>(
  method: Method,
  path: string,
  headers: Record<string, string>,
  body: NonNullable<RequestInit['body']> | undefined,
): Promise<T> {
  const unsafe = method !== 'GET';
  const answer = await reach(`/urad/api${path}`, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...headers, ...(unsafe ? { 'x-csrf-token': csrf } : {}) },
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) throw new ApiProblem(await problemOf(answer));
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(path, init);
    offline.value = false;
    if (answer.status === 401) loginLost.value = true;
    return answer;
  } catch (cause) {
    offline.value = true;
    throw new ApiProblem({ type: 'about:blank', title: 'offline', status: 0, code: 'offline' }, { cause });
  }
}

async function problemOf(answer: Response): Promise<ProblemBody> {
  const fallback: ProblemBody = { type: 'about:blank', title: answer.statusText, status: answer.status, code: `http-${answer.status}` };
  if (!(answer.headers.get('content-type') ?? '').includes('json')) return fallback;
  const body: unknown = await answer.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? (body as ProblemBody) : fallback;
}

/** Ends the login here. Where to go next: the identity provider, to be logged out there too, or the first page. */
export async function leave(): Promise<string> {
  const headers = { 'x-csrf-token': csrf };
  const answer = await reach('/urad/odhlaseni', { method: 'POST', credentials: 'same-origin', redirect: 'manual', headers });
  const said: unknown = answer.ok ? await answer.json().catch(() => null) : null;
  const location = typeof said === 'object' && said !== null && 'location' in said ? said.location : null;
  return typeof location === 'string' ? location : '/urad/';
}

/** A fresh id for a command; sending the same id twice gives the same answer. */
export function newCommandId(): string {
  return crypto.randomUUID();
}
