// People who do not give up: whatever the town answers or does not answer, they try the same thing again, as a browser with a patient person would.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser } from '../http/auth/a-browser.ts';

const PATIENCE_MS = 120_000;
const BETWEEN_MS = 150;

/** Thrown when the town says no for good: a defect of the campaign or of the town. */
export class Refused extends Error {}

export interface Person {
  get<T>(path: string): Promise<T>;
  /** The body is sent as it is again and again, with the same command id, until it is answered. */
  send<T>(method: 'POST' | 'PUT', path: string, body: object | string): Promise<T>;
}

/** Tries until it goes well; a `Refused` ends it at once. */
export async function insist<T>(work: () => Promise<T>, what: string): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (Date.now() > end) throw new Error(`patience ran out: ${what}`, { cause: error });
      await pause(BETWEEN_MS);
    }
  }
}

/** Looks until it sees something. */
export const awaited = <T>(look: () => Promise<T | undefined>, what: string): Promise<T> =>
  insist(async () => {
    const found = await look();
    if (found === undefined) throw new Error(`not there yet: ${what}`);
    return found;
  }, what);

export const commandId = (): string => randomUUID();

export const citizen = (url: string, key: string): Promise<Person> =>
  insist(async () => {
    const browser = new Browser();
    const choice = await browser.go(`${url}/prihlaseni/nia?cil=${encodeURIComponent('/api/session')}`);
    const arrived = await browser.press(await browser.press(choice, key));
    return personOf(url, browser, csrfOf(arrived.text));
  }, `login of ${key}`);

export const officer = (url: string, subject: string): Promise<Person> =>
  insist(async () => {
    const browser = new Browser();
    const arrived = await browser.press(await browser.go(`${url}/urad/prihlaseni?cil=${encodeURIComponent('/urad/api/session')}`), subject);
    return personOf(url, browser, csrfOf(arrived.text));
  }, `login of ${subject}`);

function csrfOf(text: string): string {
  const { csrf } = JSON.parse(text) as { readonly csrf: string };
  if (csrf === '') throw new Error('nobody is logged in');
  return csrf;
}

function personOf(url: string, browser: Browser, csrf: string): Person {
  const ask = <T>(path: string, init: RequestInit): Promise<T> =>
    insist(async () => {
      const answer = await browser.send(new URL(path, url), { ...init, signal: AbortSignal.timeout(15_000) });
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
        throw new Refused(`${init.method} ${path}: ${answer.status} ${answer.text}`);
      if (answer.status >= 400) throw new Error(`${init.method} ${path}: ${answer.status} ${answer.text}`);
      return JSON.parse(answer.text) as T;
    }, path);
  return {
    get: (path) => ask(path, { method: 'GET' }),
    send: (method, path, body) => {
      const type = typeof body === 'string' ? 'text/plain' : 'application/json';
      return ask(path, {
        method,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': type, origin: url, 'x-csrf-token': csrf },
      });
    },
  };
}
