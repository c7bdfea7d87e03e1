// The simulated IMAP server against clients that lie, and our connector against a server that fails: each ends soon, with a word about what happened.
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { FaultRule } from '../../../server/integrations/fault-plan.ts';
import { createImapConnector } from '../../../server/integrations/imap/index.ts';
import { createMailboxes } from '../../../server/integrations/simulated-mailboxes.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { letter } from './letters.ts';
import { startSimulated, type SimulatedMailServer } from './simulated.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const store = createMemoryStore();
let server: SimulatedMailServer;
beforeEach(async () => {
  server = await startSimulated(store);
});
afterEach(() => server.stop());

/** Sends bytes in the open and gives what came until the server closed or said the expected. */
function talk(bytes: string, until: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket: Socket = connect(server.plain.port, '127.0.0.1');
    const patience = setTimeout(() => reject(new Error(`only this was said: ${said}`)), 20_000);
    const end = (): void => {
      clearTimeout(patience);
      socket.destroy();
      resolve(said);
    };
    socket.on('data', (piece: Buffer) => {
      said += piece.toString('latin1');
      if (until.test(said)) end();
    });
    socket.on('error', () => undefined);
    socket.on('close', end);
    socket.write(bytes, 'latin1');
  });
}

describe('a client', () => {
  test.each([
    ['with an endless line', `a ${'x'.repeat(100_000)}`, /\* BYE Too much/],
    ['with a huge literal', 'a LOGIN {4000000000}\r\n', /\* BYE Too much/],
    ['with endless literals', `a LOGIN ${'{1+}\r\nx'.repeat(30)}`, /\* BYE Too much/],
    ['with brackets without end', `a LIST ${'('.repeat(5_000)}\r\n`, /a BAD too deep/],
    ['with an open string', 'a LOGIN "x\r\n', /a BAD an open string/],
    ['with a command that nobody knows', 'a MAKEME king\r\n', /a BAD Command is not known/],
    ['with a password in the open', 'a LOGIN podatelna@lipova.example demo-only-heslo-podatelny\r\n', /a NO \[PRIVACYREQUIRED\]/],
    ['that has not logged in', 'a SELECT INBOX\r\n', /a NO Log in first/],
    ['with no command at all', '\r\n', /\* BAD a word is missing/],
  ])('%s is refused', async (_name, bytes, expected) => {
    expect(await talk(bytes, expected)).toMatch(expected);
  });

  test('what is said in the open together with STARTTLS does not count under TLS', async () => {
    const said = await talk('a STARTTLS\r\nb CAPABILITY\r\n', /a OK Begin TLS\r\n/);
    expect(said).not.toContain('b OK');
  });
});

/** Long enough for a busy machine; where silence is what is waited for, short. */
const LONG_MS = 20_000;
const SHORT_MS = 1_500;
const poll = (cursor?: string, timeoutMs = LONG_MS) =>
  createImapConnector({
    host: 'localhost',
    port: server.plain.port,
    secure: false,
    caPem: server.caPem,
    user: server.user,
    password: server.password,
    domain: 'lipova.example',
    doneFolder: 'Prevzato',
    timeoutMs,
  }).inbox?.poll(cursor);
const outcome = async (timeoutMs = LONG_MS): Promise<string> => {
  try {
    return `${(await poll(undefined, timeoutMs))?.messages.length ?? 0} messages`;
  } catch (error) {
    return error instanceof OutsideFailure ? error.code : String(error);
  }
};

describe('a server that', () => {
  test.each<[string, Omit<FaultRule, 'times'>, string]>([
    ['is down', { operation: 'connect', kind: 'unavailable' }, 'imap-unreachable'],
    ['refuses the login', { operation: 'login', kind: 'fail-before' }, 'imap-login-refused'],
    ['loses its answer', { operation: 'fetch', kind: 'lose-answer' }, 'imap-unreachable'],
    ['answers rubbish', { operation: 'fetch', kind: 'malformed' }, 'imap-oversized'],
    ['is silent', { operation: 'select', kind: 'slow', ms: 4_000 }, 'imap-timeout'],
    ['speaks byte by byte', { operation: 'fetch', kind: 'drip', ms: 300 }, 'imap-timeout'],
    ['says everything twice', { operation: 'fetch', kind: 'answer-twice' }, '1 messages'],
  ])('%s costs one poll and nothing else', async (_name, fault, expected) => {
    await server.mailboxes.rebuild('INBOX');
    if (server.mailboxes.folder('INBOX')?.messages.length === 0) await server.deliver(letter({ subject: 'Jediná' }));
    await server.faults.set([{ ...fault, times: 1 }]);
    expect(await outcome(expected === 'imap-timeout' ? SHORT_MS : LONG_MS)).toBe(expected);
    await server.faults.set([]);
    expect(await outcome()).toBe('1 messages');
  });

  test('lost its answer to the move has moved once', async () => {
    const first = await poll();
    expect(first?.messages).toHaveLength(1);
    await server.faults.set([{ operation: 'move', kind: 'lose-answer', times: 1 }]);
    await expect(poll(first?.cursor)).rejects.toThrow(OutsideFailure);
    expect((await poll(first?.cursor))?.messages).toEqual([]);
    expect([await server.look(), await server.look('Prevzato')].map((one) => one.length)).toEqual([0, 1]);
  });

  test('was killed has the same mailboxes from its journal', () => {
    const again = createMailboxes(store, server.clock);
    expect(again.folders()).toEqual(server.mailboxes.folders());
    expect(again.keys()).toEqual(server.mailboxes.keys());
  });
});
