// Clients of a running town over plain HTTP: a citizen logged in through the simulated NIA, an officer through the simulated OIDC, or nobody.
import { randomUUID } from 'node:crypto';
import type { ProblemBody } from '../../server/contract/portal.ts';
import { Browser } from '../http/auth/a-browser.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
/** An answer with its body read: JSON where it is JSON, else null. */
export interface Reply<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: T;
}
export interface Client {
  readonly url: string;
  readonly csrf: string;
  /** As the pages send it: own origin, the session's token, JSON. Whatever the status. */
  ask<T = ProblemBody>(method: Method, path: string, body?: unknown): Promise<Reply<T>>;
  /** Like `ask`, and the headers said here win; for requests that a page would never send. */
  askOtherwise<T = ProblemBody>(method: string, path: string, init: RequestInit): Promise<Reply<T>>;
  /** Refuses to go on when the town refuses. */
  get<T>(path: string): Promise<T>;
  send<T>(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<T>;
  upload<T = ProblemBody>(
    path: string,
    file: { readonly key: string; readonly name: string; readonly content: NonNullable<RequestInit['body']> },
  ): Promise<Reply<T>>;
}

export const commandId = (): string => randomUUID();

export const stranger = (url: string): Client => clientOf(url, new Browser(), '');

/** `key` of server/integrations/nia/demo-citizens.ts. */
export async function citizen(url: string, key: string): Promise<Client> {
  const browser = new Browser();
  const choice = await browser.go(`${url}/prihlaseni/nia?cil=${encodeURIComponent('/api/session')}`);
  // Twice: choosing the person, and carrying NIA's answer back by the form that a browser sends by itself.
  const arrived = await browser.press(await browser.press(choice, key));
  return clientOf(url, browser, csrfOf(arrived.text, key));
}

/** The same person through another way: mojeID or Bank iD, in a browser that may know him already. */
export async function citizenBy(url: string, way: 'mojeid' | 'bankid', key: string): Promise<Client> {
  const browser = new Browser();
  const arrived = await browser.press(await browser.go(`${url}/prihlaseni/${way}?cil=${encodeURIComponent('/api/session')}`), key);
  return clientOf(url, browser, csrfOf(arrived.text, key));
}

/** Comes through NIA and adds the other identity to himself. */
export async function citizenJoining(url: string, way: 'mojeid' | 'bankid', key: string): Promise<Client> {
  const browser = new Browser();
  const choice = await browser.go(`${url}/prihlaseni/nia?cil=${encodeURIComponent('/api/session')}`);
  const csrf = csrfOf((await browser.press(await browser.press(choice, key))).text, key);
  const page = await browser.go(`${url}/prihlaseni/${way}/pripojit?cil=${encodeURIComponent('/api/session')}`, {
    method: 'POST',
    body: new URLSearchParams({ csrf }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
  });
  const joined = await browser.press(page, key);
  if (joined.url.searchParams.get('pripojeni') !== 'hotovo') throw new Error(`${key} was not joined: ${joined.url.search}`);
  return clientOf(url, browser, csrfOf(joined.text, key));
}

/** `subject` of server/integrations/officer-login/demo-officers.ts. */
export async function officer(url: string, subject: string): Promise<Client> {
  const browser = new Browser();
  const arrived = await browser.press(await browser.go(`${url}/urad/prihlaseni?cil=${encodeURIComponent('/urad/api/session')}`), subject);
  return clientOf(url, browser, csrfOf(arrived.text, subject));
}

function csrfOf(text: string, who: string): string {
  const { csrf } = JSON.parse(text) as { readonly csrf: string };
  if (csrf === '') throw new Error(`${who} is not logged in`);
  return csrf;
}

function clientOf(url: string, browser: Browser, csrf: string): Client {
  const askOtherwise: Client['askOtherwise'] = async (method, path, init) => {
    const { status, headers, text } = await browser.send(new URL(path, url), { ...init, method });
    const isJson = /json/.test(headers.get('content-type') ?? '');
    return { status, headers, text, body: (isJson ? JSON.parse(text) : null) as never };
  };
  const own = { origin: url, 'x-csrf-token': csrf };
  const ask: Client['ask'] = (method, path, body) =>
    askOtherwise(
      method,
      path,
      body === undefined
        ? { headers: method === 'GET' ? {} : own }
        : { headers: { ...own, 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
  const insist = async <T>(method: Method, path: string, body?: unknown): Promise<T> => {
    const reply = await ask<T>(method, path, body);
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body;
  };
  return {
    url,
    csrf,
    ask,
    askOtherwise,
    get: (path) => insist('GET', path),
    send: insist,
    upload: (path, { key, name, content }) =>
      askOtherwise('POST', `${path}?key=${encodeURIComponent(key)}&name=${encodeURIComponent(name)}`, {
        headers: { ...own, 'content-type': 'application/octet-stream' },
        body: content,
        // Streams are sent while the answer may already be coming.
        ...(content instanceof ReadableStream ? { duplex: 'half' } : {}),
      } as RequestInit),
  };
}
