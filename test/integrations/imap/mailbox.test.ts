// The e-podatelna's mailbox on a real Dovecot and on our simulated server: taken once, acknowledged only when kept, never deleted; encryption demanded; what is wrong said in a sentence.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OutsideFailure, type Connector } from '../../../server/integrations/connector.ts';
import { createImapConnector, type ImapConfig } from '../../../server/integrations/imap/index.ts';
import { hasDovecot, startDovecot, type MailServer } from './dovecot.ts';
import { letter } from './letters.ts';
import { startSimulated } from './simulated.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let server: MailServer;
const connector = (more: Partial<ImapConfig> = {}): Connector =>
  createImapConnector({
    host: 'localhost',
    port: server.secure.port,
    caPem: server.caPem,
    user: server.user,
    password: server.password,
    domain: 'lipova.example',
    timeoutMs: 30_000,
    ...more,
  });
const poll = (cursor?: string, more: Partial<ImapConfig> = {}) => {
  const { inbox } = connector(more);
  if (!inbox) throw new Error('no inbox');
  return inbox.poll(cursor);
};
const subjects = (polled: Awaited<ReturnType<typeof poll>>): readonly string[] =>
  polled.messages.map(({ payload }) => (payload as { subject: string }).subject);
const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof OutsideFailure ? error.code : String(error)),
  );

const servers = [...(hasDovecot ? [['Dovecot', startDovecot] as const] : []), ['our simulator', startSimulated] as const];

describe.each(servers)('the mailbox on %s', (_name, start) => {
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server.stop());

  test('gives each message once, and flags it when the cursor says that it is kept', async () => {
    await server.deliver(letter({ subject: 'První' }));
    await server.deliver(letter({ subject: 'Druhá' }));

    const first = await poll();
    expect(subjects(first)).toEqual(['První', 'Druhá']);
    expect((await server.look()).map(({ flags }) => flags)).toEqual([[], []]);

    const second = await poll(first.cursor);
    expect(second).toEqual({ messages: [], cursor: first.cursor });
    expect((await server.look()).map(({ flags }) => flags)).toEqual([['\\Seen'], ['\\Seen']]);

    await server.deliver(letter({ subject: 'Třetí' }));
    expect(subjects(await poll(second.cursor))).toEqual(['Třetí']);
  });

  test('a lost answer: the same messages come again under the same ids', async () => {
    await server.deliver(letter({ subject: 'První' }));
    const [before, again] = [await poll(), await poll()];
    expect(again.messages.map(({ id }) => id)).toEqual(before.messages.map(({ id }) => id));
  });

  test('what was taken is moved to a folder, when the town has one for it', async () => {
    await server.deliver(letter({ subject: 'První' }));
    const { cursor } = await poll(undefined, { doneFolder: 'Prevzato' });
    await poll(cursor, { doneFolder: 'Prevzato' });
    expect(await server.look()).toEqual([]);
    expect((await server.look('Prevzato')).map(({ subject }) => subject)).toEqual(['První']);
  });

  test('a folder that was rebuilt lists all messages anew, under the ids that they had', async () => {
    await server.deliver(letter({ subject: 'První' }));
    await server.deliver(letter({ subject: 'Druhá' }));
    const before = await poll();

    await server.rebuild();

    const after = await poll(before.cursor);
    expect(after.cursor).not.toBe(before.cursor);
    expect(new Set(after.messages.map(({ id }) => id))).toEqual(new Set(before.messages.map(({ id }) => id)));
  });

  test('many messages come in batches', async () => {
    for (let number = 1; number <= 25; number += 1) await server.deliver(letter({ subject: `Číslo ${number}` }));
    const first = await poll();
    const second = await poll(first.cursor);
    expect([first.messages.length, second.messages.length]).toEqual([20, 5]);
  });

  test('a huge message is not read: its head is kept and it stays where it is', async () => {
    await server.deliver(letter({ subject: 'Velká', body: 'x'.repeat(200_000) }));
    const { messages, cursor } = await poll(undefined, { maxBytes: 100_000 });
    expect(messages).toMatchObject([
      {
        kind: 'mail-message',
        trouble: 'too-large',
        payload: { subject: 'Velká', trouble: 'too-large' },
        files: [{ name: 'hlavicka.txt' }],
      },
    ]);
    await poll(cursor, { maxBytes: 100_000 });
    expect(await server.look()).toHaveLength(1);
  });

  test('STARTTLS is enough, a server that nobody vouches for is not', async () => {
    await server.deliver(letter({ subject: 'První' }));
    expect(subjects(await poll(undefined, { secure: false, port: server.plain.port }))).toEqual(['První']);
    expect(await failureOf(poll(undefined, { caPem: undefined } as unknown as Partial<ImapConfig>))).toBe('imap-certificate');
    expect(await failureOf(poll(undefined, { host: '127.0.0.1', servername: 'jiny.example' }))).toBe('imap-certificate');
  });

  test('a wrong password, a missing folder and a closed door are told apart', async () => {
    expect(await failureOf(poll(undefined, { password: 'jine' }))).toBe('imap-login-refused');
    expect(await failureOf(poll(undefined, { folder: 'Neni' }))).toBe('imap-folder-missing');
    expect(await failureOf(poll(undefined, { port: 1 }))).toBe('imap-unreachable');
  });

  test('check() says in a sentence what is wrong and changes nothing', async () => {
    await server.deliver(letter());
    expect(await connector().check()).toEqual({ ok: true, text: 'Schránka e-podatelny odpovídá.' });
    expect(await connector({ doneFolder: 'Neni' }).check()).toEqual({
      ok: false,
      text: 'Ve schránce chybí složka „Neni“ pro převzaté zprávy.',
    });
    expect(await connector({ password: 'jine' }).check()).toEqual({
      ok: false,
      text: 'Poštovní server odmítl přihlášení do schránky e-podatelny.',
    });
    expect((await server.look()).map(({ flags }) => flags)).toEqual([[]]);
  });
});
