// Our simulated IMAP server by a client that we did not write: imaplib of Python. Skipped loudly where python3 is missing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isInstalled } from '../directory/certificates.ts';
import { letter } from './letters.ts';
import { startSimulated, type SimulatedMailServer } from './simulated.ts';

const hasPython = isInstalled('python3');
if (!hasPython) console.warn('SKIPPED: python3 is not installed, the simulated IMAP server is not tested by imaplib');

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let server: SimulatedMailServer;
let folder: string;
beforeEach(async () => {
  server = await startSimulated();
  folder = mkdtempSync(join(tmpdir(), 'imaplib-'));
  writeFileSync(join(folder, 'ca.pem'), server.caPem);
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a script over an open connection `m` and gives what it printed as JSON. */
async function inPython(script: string, isTls = false): Promise<unknown> {
  const open = isTls
    ? `m = imaplib.IMAP4_SSL('localhost', ${server.secure.port}, ssl_context=context)`
    : `m = imaplib.IMAP4('localhost', ${server.plain.port})\nbefore = list(m.capabilities)\nm.starttls(context)`;
  const file = join(folder, 'script.py');
  const head = `import imaplib, ssl, json\ncontext = ssl.create_default_context(cafile=${JSON.stringify(join(folder, 'ca.pem'))})`;
  const tools = `def words(answer):\n  kind, data = answer\n  return [kind, [d.decode() if isinstance(d, bytes) else [x.decode() for x in d] if d else d for d in data]]`;
  writeFileSync(file, [head, open, tools, script, 'm.logout()'].join('\n'));
  const child = spawn('python3', [file], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 100_000 });
  let out = '';
  let trouble = '';
  child.stdout.on('data', (bytes: Buffer) => void (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => void (trouble += bytes.toString()));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(trouble);
  return JSON.parse(out);
}
const logIn = (): string => `m.login('${server.user}', '${server.password}')`;

describe.runIf(hasPython)('imaplib', () => {
  test('upgrades by STARTTLS, and no password is offered before it', async () => {
    const said = await inPython(`${logIn()}\nprint(json.dumps([before, list(m.capabilities), words(m.list())]))`);
    const [before, after, list] = said as [string[], string[], [string, string[]]];
    expect(before).toContain('LOGINDISABLED');
    expect(before).not.toContain('AUTH=PLAIN');
    expect(after).toEqual(expect.arrayContaining(['IMAP4REV1', 'UIDPLUS', 'MOVE']));
    expect(list).toEqual(['OK', ['(\\HasNoChildren) "/" "INBOX"', '(\\HasNoChildren) "/" "Prevzato"']]);
  });

  test('reads a message byte by byte as it came, in pieces and by fields', async () => {
    const raw = letter({ subject: 'Dotaz', body: 'Dobrý den.\n)* OK {5}\n' });
    await server.deliver(raw);
    const said = await inPython(
      `${logIn()}
m.select('INBOX', readonly=True)
whole = m.uid('FETCH', '1', '(UID RFC822.SIZE BODY.PEEK[])')[1][0][1]
part = m.uid('FETCH', '1', '(BODY.PEEK[]<5.10>)')[1][0][1]
fields = m.fetch('1', '(BODY.PEEK[HEADER.FIELDS (SUBJECT)] FLAGS)')[1]
print(json.dumps([whole.hex(), part.hex(), fields[0][1].decode(), words(m.fetch('1', '(ENVELOPE)'))]))`,
      true,
    );
    const [whole, part, fields, envelope] = said as [string, string, string, unknown];
    const bytes = Buffer.from(raw);
    expect(Buffer.from(whole, 'hex').equals(bytes)).toBe(true);
    expect(Buffer.from(part, 'hex').equals(bytes.subarray(5, 15))).toBe(true);
    expect(fields).toBe('Subject: Dotaz\r\n\r\n');
    expect(JSON.stringify(envelope)).toContain('posta.example');
  });

  test('searches, flags, copies, moves and expunges', async () => {
    for (const subject of ['První', 'Druhá', 'Třetí']) await server.deliver(letter({ subject }));
    const said = await inPython(`${logIn()}
m.select('INBOX')
out = [words(m.uid('SEARCH', None, 'UNSEEN'))]
out.append(words(m.uid('STORE', '2', '+FLAGS', '(\\\\Seen \\\\Flagged)')))
out.append(words(m.uid('SEARCH', None, 'OR', 'SEEN', 'UID', '3')))
out.append(words(m.uid('COPY', '1', 'Prevzato')))
out.append(words(m.uid('MOVE', '2', 'Prevzato')))
out.append(words(m.store('1', '+FLAGS', '\\\\Deleted')))
out.append(words(m.expunge()))
out.append(words(m.status('Prevzato', '(MESSAGES UIDNEXT UNSEEN)')))
out.append(words(m.status('INBOX', '(MESSAGES UIDVALIDITY)')))
print(json.dumps(out))`);
    expect(said).toMatchObject([
      ['OK', ['1 2 3']],
      ['OK', ['2 (UID 2 FLAGS (\\Seen \\Flagged))']],
      ['OK', ['2 3']],
      ['OK', [null]],
      ['OK', expect.anything()],
      ['OK', ['1 (FLAGS (\\Deleted))']],
      ['OK', ['2', '1']],
      ['OK', ['"Prevzato" (MESSAGES 2 UIDNEXT 3 UNSEEN 1)']],
      ['OK', ['"INBOX" (MESSAGES 1 UIDVALIDITY 1)']],
    ]);
    expect((await server.look()).map(({ subject }) => subject)).toEqual(['Třetí']);
  });

  test('authenticates by PLAIN, and is told of a wrong password', async () => {
    const said = await inPython(`
try:
  m.login('${server.user}', 'jine')
except imaplib.IMAP4.error as error:
  refused = str(error)
m.authenticate('PLAIN', lambda _: b'\\0${server.user}\\0${server.password}')
print(json.dumps([refused, words(m.select('INBOX'))]))`);
    expect(said).toEqual([expect.stringContaining('AUTHENTICATIONFAILED'), ['OK', ['0']]]);
  });

  test('another connection sees what this one has moved', async () => {
    await server.deliver(letter({ subject: 'První' }));
    await server.deliver(letter({ subject: 'Druhá' }));
    const said = await inPython(`${logIn()}
other = imaplib.IMAP4('localhost', ${server.plain.port})
other.starttls(context)
other.login('${server.user}', '${server.password}')
other.select('INBOX')
m.select('INBOX')
m.uid('MOVE', '1', 'Prevzato')
other.noop()
print(json.dumps([words(other.response('EXPUNGE')), words(other.search(None, 'ALL'))]))
other.logout()`);
    expect(said).toEqual([
      ['EXPUNGE', ['1']],
      ['OK', ['1']],
    ]);
  });
});
