// What is kept of a message from outside: text in whatever charset, attachments with sound names, signatures noted, hostile ones refused and kept whole.
import { describe, expect, test } from 'vitest';
import iconv from 'iconv-lite';
import type { InboxMessage } from '../../../server/integrations/connector.ts';
import { readMessage } from '../../../server/integrations/imap/inbox-message.ts';
import { LIMITS } from '../../../server/integrations/imap/read-mime.ts';
import { attachment, letter, multipart, returned, text } from './letters.ts';

const settings = { domain: 'lipova.example', bounceAddress: 'vraceno@lipova.example' };
const read = (raw: string | Buffer): Promise<InboxMessage> =>
  readMessage(Buffer.from(raw), { settings, receivedAt: '2026-03-02T08:00:00.000Z' });
const payload = async (raw: string | Buffer): Promise<Record<string, unknown>> => (await read(raw)).payload as Record<string, unknown>;
const names = async (raw: string): Promise<readonly string[]> => ((await read(raw)).files ?? []).map(({ name }) => name);

describe('an ordinary message', () => {
  test('is kept with who, what about, when, the text, the attachments and as it came', async () => {
    const mixed = multipart('mixed', [
      text('Dobrý den, posílám očkovací průkaz.'),
      attachment('Očkování.pdf', 'application/pdf', '%PDF-1.4'),
    ]);
    const message = await read(letter({ subject: '=?utf-8?Q?Pes_Al=C3=ADk?=', ...mixed }));
    expect(message).toMatchObject({
      kind: 'mail-message',
      payload: {
        from: 'jana@posta.example',
        senderName: 'Jana Nová (jana@posta.example)',
        subject: 'Pes Alík',
        sentAt: '2026-03-02T08:00:00.000Z',
        files: [{ name: 'Očkování.pdf', size: 8, mime: 'application/pdf' }],
        signed: null,
      },
    });
    expect((await payload(letter(mixed)))['text']).toContain('očkovací průkaz');
    expect(message.files?.map(({ name }) => name)).toEqual(['zprava.eml', 'text-zpravy.txt', 'Očkování.pdf']);
  });

  test.each(['windows-1250', 'iso-8859-2', 'utf-8'])('is read in %s', async (charset) => {
    const raw = letter({
      headers: [`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: 8bit'],
      body: 'Žluťoučký kůň',
    });
    expect((await payload(iconv.encode(raw, charset)))['text']).toContain('Žluťoučký kůň');
  });

  test('whose charset lies is still kept, whole beside the unreadable text', async () => {
    const raw = letter({ headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'], body: 'Žluťoučký kůň' });
    const message = await read(iconv.encode(raw, 'windows-1250'));
    expect(message).toMatchObject({ kind: 'mail-message', payload: { subject: 'Dotaz' } });
    expect(message.files?.[0]).toMatchObject({ name: 'zprava.eml' });
  });

  test('in HTML only shows its text', async () => {
    const html = letter({ headers: ['Content-Type: text/html; charset=utf-8'], body: '<p>Dobr&yacute; den</p><script>alert(1)</script>' });
    expect((await payload(html))['text']).toContain('Dobrý den');
  });

  test('that answers ours says which one', async () => {
    const raw = letter({ headers: ['In-Reply-To: <abc123@lipova.example>', 'References: <abc123@lipova.example> <x@posta.example>'] });
    expect(await payload(raw)).toMatchObject({ about: ['abc123'] });
  });

  test('that is signed says so, and says that nobody has verified it', async () => {
    const signed = multipart(
      'signed',
      [text('Souhlasím.'), attachment('smime.p7s', 'application/pkcs7-signature', 'x')],
      '; protocol="application/pkcs7-signature"',
    );
    expect(await payload(letter(signed))).toMatchObject({ signature: { level: 'unverifiable', reason: 'unreadable' }, files: [] });
  });
});

describe('attachments', () => {
  test.each([
    ['faktura.exe', 'application/pdf', 'x'],
    ['faktura.pdf', 'application/pdf', Buffer.from([0x4d, 0x5a, 0x90])],
    ['faktura.pdf.js', 'text/plain', 'x'],
    ['cenik.xlsm', 'application/vnd.ms-excel', 'x'],
  ])('%s that could run is marked by its name', async (name, mime, content) => {
    const { files } = await payload(letter(multipart('mixed', [text('Viz příloha'), attachment(name, mime, content)])));
    expect(files).toMatchObject([{ name: `${name}.nebezpecne`, originalName: name, isDangerous: true, mime: 'application/octet-stream' }]);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\Users\\\\jana\\\\smlouva.pdf', 'smlouva.pdf'],
    ['smlouva\u202Efdp.txt', 'smlouvafdp.txt'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(146)}.pdf`],
  ])('%j gets a sound name', async (name, sound) => {
    expect((await names(letter(multipart('mixed', [text('x'), attachment(name, 'application/pdf', 'x')])))).at(-1)).toBe(sound);
  });

  test('more than a hundred stay in the message as it came', async () => {
    const many = Array.from({ length: 120 }, (_, index) => attachment(`${index}.txt`, 'text/plain', 'x'));
    expect(await payload(letter(multipart('mixed', [text('x'), ...many])))).toMatchObject({ attachmentsLeft: 20 });
  });
});

describe('returned mail', () => {
  test('a standard notification says which message, whom and why', async () => {
    const message = await read(returned({ messageId: '<klic1@lipova.example>', recipient: 'nikdo@posta.example' }));
    expect(message).toMatchObject({
      kind: 'mail-bounce',
      payload: { bounce: { key: 'klic1', recipients: [{ address: 'nikdo@posta.example', action: 'failed', status: '5.1.1' }] } },
    });
  });

  test('a delay is told from a failure', async () => {
    const message = await read(
      returned({ messageId: '<klic1@lipova.example>', recipient: 'x@posta.example', action: 'delayed', status: '4.4.1' }),
    );
    expect(message.payload).toMatchObject({ bounce: { recipients: [{ action: 'delayed', status: '4.4.1' }] } });
  });

  test('a server that knows no standard is understood by the address that it answers', async () => {
    const raw = letter({
      from: 'postmaster@old.example',
      to: 'vraceno+klic2@lipova.example',
      subject: 'failure notice',
      body: 'Hi. This is the qmail-send program.\n550 5.1.1 sorry, no mailbox here by that name',
    });
    expect(await read(raw)).toMatchObject({
      kind: 'mail-bounce',
      payload: { bounce: { key: 'klic2', recipients: [{ status: '5.1.1', action: 'failed' }] } },
    });
  });

  test('a person who writes about a failed message is no mail server', async () => {
    expect((await read(letter({ body: 'Přišlo mi <klic1@lipova.example> 550 5.1.1' }))).kind).toBe('mail-message');
  });
});

describe('a message of a machine', () => {
  test.each([
    ['an out-of-office reply', 'Auto-Submitted: auto-replied'],
    ['a list', 'Precedence: bulk'],
    ['an old autoresponder', 'X-Autoreply: yes'],
    ['a newsletter', 'List-Id: <noviny.example>'],
  ])('%s is no submission', async (_name, header) => {
    expect((await read(letter({ headers: [header] }))).kind).toBe('mail-auto');
  });

  test('a person’s message may say that it is not automatic', async () => {
    expect((await read(letter({ headers: ['Auto-Submitted: no'] }))).kind).toBe('mail-message');
  });
});

describe('a hostile message is kept whole with the reason', () => {
  const nested = (depth: number): string =>
    Array.from({ length: depth }, (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`).join('');
  test.each([
    ['too deep', `From: a@b.example\r\n${nested(LIMITS.depth + 5)}x`, 'too-deep'],
    ['a head without end', `Subject: ${'=?utf-8?Q?a?= '.repeat(30_000)}\r\n\r\nx`, 'headers-too-large'],
    [
      'of countless parts',
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(LIMITS.parts * 4 + 2)}`,
      'too-many-parts',
    ],
    ['of countless lines', `Subject: x\r\n\r\n${'\n'.repeat(LIMITS.lines + 1)}`, 'too-many-lines'],
  ])('%s', async (_name, raw, trouble) => {
    const message = await read(raw);
    expect(message).toMatchObject({ kind: 'mail-message', trouble, payload: { trouble } });
    expect(message.files).toMatchObject([{ name: 'zprava.eml' }]);
    expect(Buffer.from(message.files?.[0]?.content ?? []).byteLength).toBe(Buffer.byteLength(raw));
  });

  test.each([
    ['nothing at all', ''],
    ['no head', '\r\n\r\n'],
    ['rubbish', Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 37) % 256))],
    ['a boundary that never comes', letter({ headers: ['Content-Type: multipart/mixed; boundary=nikdy'], body: 'x' })],
    ['broken base64', letter({ headers: ['Content-Type: text/plain', 'Content-Transfer-Encoding: base64'], body: '####' })],
    ['an unknown charset', letter({ headers: ['Content-Type: text/plain; charset=klingon'], body: 'x' })],
    ['NUL and half a pair', letter({ subject: '=?utf-16?B?2AA=?= \u0000', body: '\u0000' })],
    ['a name that is no name', letter({ from: '"""<<>>,,;;@@' })],
  ])('%s harms nothing', async (_name, raw) => {
    const message = await read(raw);
    expect(message.kind).toBe('mail-message');
    expect(JSON.stringify(message.payload)).not.toMatch(/\\u0000|\\ud800/i);
  });
});
