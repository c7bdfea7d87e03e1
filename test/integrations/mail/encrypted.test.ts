// mail.send to a mail server of others that wants STARTTLS and a password: encryption demanded, certificates believed only from who vouches for them, each refusal a sentence.
import { readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { OutsideFailure, type Answer, type Connector } from '../../../server/integrations/connector.ts';
import { createMailConnector, type MailConfig } from '../../../server/integrations/mail/index.ts';
import { makeCertificates, type TestCertificates } from '../directory/certificates.ts';

let certificates: TestCertificates;
let server: SMTPServer;
let got: { readonly raw: string; readonly envelopeFrom: string; readonly isSecure: boolean }[];
beforeAll(() => {
  certificates = makeCertificates('DNS:localhost');
});
afterAll(() => rmSync(certificates.folder, { recursive: true, force: true }));
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

async function open(options: SMTPServerOptions = {}): Promise<number> {
  got = [];
  server = new SMTPServer({
    key: readFileSync(certificates.keyFile),
    cert: readFileSync(certificates.certificateFile),
    closeTimeout: 200,
    logger: false,
    onAuth: (auth, _session, callback) =>
      auth.username === 'lipova' && auth.password === 'Heslo-posty-1'
        ? callback(null, { user: 'lipova' })
        : callback(new Error('Invalid login')),
    onData: (stream, session, callback) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        got.push({ raw: Buffer.concat(pieces).toString(), envelopeFrom: from, isSecure: session.secure });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (server.server.address() as AddressInfo).port;
}
const connector = (port: number, more: Partial<MailConfig> = {}): Connector =>
  createMailConnector({
    host: 'localhost',
    port,
    caPem: certificates.caPem,
    user: 'lipova',
    password: 'Heslo-posty-1',
    from: 'Město <podatelna@lipova.example>',
    domain: 'lipova.example',
    timeoutMs: 5_000,
    ...more,
  });
async function send(port: number, more: Partial<MailConfig> = {}, settings?: string): Promise<Answer<unknown>> {
  const effect = connector(port, more).effects['mail.send'];
  if (!effect) throw new Error('mail.send is missing');
  const input = effect.input.parse({
    to: 'jana@posta.example',
    subject: 'Máte novou zprávu',
    text: 'Dobrý den',
    ...(settings ? { settings } : {}),
  });
  return effect.perform('klic1', input, []);
}
const failureOf = (work: Promise<unknown>): Promise<readonly unknown[]> =>
  work.then(
    (value) => ['no failure', value],
    (error: unknown) => (error instanceof OutsideFailure ? [error.code, error.retryable] : ['no failure of ours', error]),
  );
const refusing = (responseCode: number, text: string): Promise<number> =>
  open({ onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error(text), { responseCode })) });

describe('encryption', () => {
  test('by STARTTLS and a password the message goes out', async () => {
    await send(await open());
    expect(got).toMatchObject([{ isSecure: true }]);
  });

  test('TLS from the first byte does as well', async () => {
    await send(await open({ secure: true }), { secure: true });
    expect(got).toMatchObject([{ isSecure: true }]);
  });

  test('a server that offers none gets neither the message nor the password', async () => {
    const seen: string[] = [];
    const port = await open({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, callback) => {
        seen.push(auth.password ?? '');
        callback(null, { user: 'x' });
      },
    });
    expect(await failureOf(send(port))).toEqual(['mail-not-encrypted', false]);
    expect([got, seen]).toEqual([[], []]);
  });

  test('a certificate that nobody vouches for is not believed', async () => {
    const port = await open();
    expect((await failureOf(send(port, { caPem: readFileSync(certificates.certificateFile, 'utf8') })))[1]).toBe(false);
    expect((await failureOf(send(port, { host: '127.0.0.1', servername: 'jiny.example' })))[1]).toBe(false);
    expect(got).toEqual([]);
  });

  test('a wrong password is said at once', async () => {
    expect(await failureOf(send(await open(), { password: 'jine' }))).toEqual(['mail-login-refused', false]);
  });
});

describe('what the message carries', () => {
  test('an envelope sender of its own, no invitation to automatic answers, and the page of settings', async () => {
    await send(await open(), { bounceAddress: 'vraceno@lipova.example' }, 'https://portal.example/platby/upozorneni');
    expect(got[0]?.envelopeFrom).toBe('vraceno+klic1@lipova.example');
    for (const line of [
      'Auto-Submitted: auto-generated',
      'List-Unsubscribe: <https://portal.example/platby/upozorneni>',
      'Message-ID: <klic1@lipova.example>',
    ])
      expect(got[0]?.raw).toContain(line);
  });
});

describe('what the server says', () => {
  test('an address that nobody has is a business no', async () => {
    expect(await send(await refusing(550, '5.1.1 no such user'))).toMatchObject({ refused: { code: 'address-refused' } });
  });

  test.each([
    [550, '5.7.1 we do not like you', false],
    [554, '5.7.1 spam', false],
    [450, '4.2.0 greylisted', true],
    [452, '4.2.2 mailbox full', true],
  ])('%d %s is no fault of the address', async (code, text, retryable) => {
    expect(await failureOf(send(await refusing(code, text)))).toEqual(['mail-rejected', retryable]);
  });

  test('check() says in a sentence what is wrong', async () => {
    const port = await open();
    expect(await connector(port).check()).toEqual({ ok: true, text: 'Poštovní server odpovídá.' });
    expect(await connector(port, { password: 'jine' }).check()).toEqual({ ok: false, text: 'Poštovní server odmítl přihlášení.' });
    expect((await connector(1).check()).text).toBe('Poštovní server je nedostupný nebo přerušil spojení.');
  });
});
