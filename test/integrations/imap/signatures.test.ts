// Signed e-mails by openssl through our reading: what holds is said, what does not is said too, and only what was signed is read as the message.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readMessage } from '../../../server/integrations/imap/inbox-message.ts';
import { imapConfigSchema } from '../../../server/integrations/imap/index.ts';
import { judgeSignature } from '../../../server/integrations/imap/signature-verdict.ts';
import { readCertificates } from '../../../server/platform/cms/certificate-chain.ts';
import { isInstalled } from '../directory/certificates.ts';
import { openWorkshop, QUALIFIED, QUALIFIED_SEAL, type Authority, type Person } from './authority.ts';
import { attachment, multipart, text } from './letters.ts';

const hasOpenssl = isInstalled('openssl');
if (!hasOpenssl) console.warn('SKIPPED: openssl is not installed, signatures of e-mails are not tested');

// Every certificate is three processes of openssl and every message a thread: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
const workshop = openWorkshop();
afterAll(() => workshop.close());
const EMAIL = 'subjectAltName=email:jana@posta.example';
const ENTITY = ['Content-Type: text/plain; charset=utf-8', '', 'Žádám o povolení.', ''].join('\r\n');
let authority: Authority;
let jana: Person;
beforeAll(() => {
  if (!hasOpenssl) return;
  authority = workshop.authority('Kvalifikovaná autorita');
  jana = authority.issue('Jana Nová', { extensions: [EMAIL, QUALIFIED] });
});

interface Read {
  readonly text: string;
  readonly files: readonly { readonly name: string }[];
  readonly signature: {
    readonly level: string;
    readonly reason: string;
    readonly text: string;
    readonly signedBy: string;
    readonly isOtherSender: boolean;
  };
}
async function read(
  raw: string | Buffer,
  trusted: readonly string[] = [authority.pem],
  receivedAt = '2026-03-02T08:00:00.000Z',
): Promise<Read> {
  const settings = { domain: 'lipova.example', bounceAddress: undefined, trustedAuthorities: [...trusted] };
  const bytes = typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw;
  return (await readMessage(bytes, { settings, receivedAt })).payload as Read;
}
const reasonOf = async (...given: Parameters<typeof read>): Promise<string> => (await read(...given)).signature.reason;

describe.runIf(hasOpenssl)('a signed e-mail', () => {
  test.each([
    ['smime', 'beside the text', []],
    ['cms', 'beside the text', []],
    ['cms', 'around the text', ['-nodetach']],
    ['smime', 'around the text', ['-nodetach']],
    ['cms', 'with the identifier of the key', ['-keyid']],
    ['cms', 'in pieces', ['-stream', '-nodetach']],
    ['cms', 'by SHA-512', ['-md', 'sha512']],
  ] as const)('by openssl %s %s is recognised, and read', async (program, _where, more) => {
    const { text: words, signature, files } = await read(workshop.sign(program, ENTITY, { person: jana, more }));
    expect(signature).toMatchObject({ level: 'recognised', signedBy: 'Jana Nová', isOtherSender: false });
    expect(signature.text).toBe('Uznávaný elektronický podpis: kvalifikovaný certifikát od důvěryhodné autority.');
    expect([words.trim(), files]).toEqual(['Žádám o povolení.', []]);
  });

  test('on a curve, with attachments under the signature', async () => {
    const person = authority.issue('Jana Nová', {
      extensions: [EMAIL, QUALIFIED],
      key: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    });
    const mixed = multipart('mixed', [text('Viz příloha.'), attachment('plan.pdf', 'application/pdf', '%PDF-1.4')]);
    const entity = `${mixed.headers.join('\r\n')}\r\n\r\n${mixed.body}`;
    for (const more of [[], ['-nodetach']]) {
      const found = await read(workshop.sign('cms', entity, { person, more }));
      expect(found).toMatchObject({ signature: { level: 'recognised' }, files: [{ name: 'plan.pdf' }] });
    }
  });

  test('whose text was changed on the way is broken', async () => {
    const raw = workshop.sign('smime', ENTITY, { person: jana }).replace('povolen', 'zamitnu');
    expect((await read(raw)).signature).toMatchObject({ level: 'broken', reason: 'broken' });
    const opaque = workshop.sign('cms', ENTITY, { person: jana, more: ['-nodetach', '-outform', 'DER'] });
    expect(opaque).toBeDefined();
  });

  test('by a certificate that is not qualified is only advanced; by a seal it is a seal', async () => {
    const plain = authority.issue('Jana Nová', { extensions: [EMAIL] });
    const seal = authority.issue('Obec Lhota', { extensions: [QUALIFIED_SEAL] });
    expect((await read(workshop.sign('cms', ENTITY, { person: plain }))).signature).toMatchObject({
      level: 'advanced',
      reason: 'advanced',
    });
    expect((await read(workshop.sign('cms', ENTITY, { person: seal }))).signature).toMatchObject({ level: 'recognised', reason: 'seal' });
  });

  test('of somebody else than the sender says so', async () => {
    const other = authority.issue('Petr Jiný', { extensions: ['subjectAltName=email:petr@posta.example', QUALIFIED] });
    const { signature } = await read(workshop.sign('cms', ENTITY, { person: other }));
    expect(signature).toMatchObject({ level: 'recognised', isOtherSender: true, signedBy: 'Petr Jiný' });
    expect(signature.text).toContain('adresou petr@posta.example, ne odesílatel');
  });

  test('is judged by the time of its receipt', async () => {
    const person = authority.issue('Jana Nová', { extensions: [EMAIL, QUALIFIED], from: '20250101000000Z', to: '20260301000000Z' });
    const raw = workshop.sign('cms', ENTITY, { person });
    expect(await reasonOf(raw, [authority.pem], '2026-02-28T08:00:00.000Z')).toBe('signature');
    expect(await reasonOf(raw, [authority.pem], '2026-03-02T08:00:00.000Z')).toBe('expired');
    expect(await reasonOf(raw, [authority.pem], '2024-12-31T08:00:00.000Z')).toBe('expired');
  });

  test('of an authority that nobody has configured is not believed, nor is a certificate that passes for an authority', async () => {
    const stranger = workshop.authority('Kvalifikovaná autorita');
    const person = stranger.issue('Jana Nová', { extensions: [EMAIL, QUALIFIED] });
    expect(await reasonOf(workshop.sign('cms', ENTITY, { person }))).toBe('not-trusted');
    expect(await reasonOf(workshop.sign('cms', ENTITY, { person, more: ['-certfile', jana.certificate] }))).toBe('not-trusted');
    expect(await reasonOf(workshop.sign('cms', ENTITY, { person: jana }), [])).toBe('no-authorities');
  });

  test('with a weak digest or key, or by a key for something else, is not recognised', async () => {
    expect(await reasonOf(workshop.sign('smime', ENTITY, { person: jana, more: ['-md', 'sha1'] }))).toBe('weak');
    expect(await reasonOf(workshop.sign('smime', ENTITY, { person: jana, more: ['-md', 'md5'] }))).toBe('unsupported');
    const short = authority.issue('Jana Nová', { extensions: [EMAIL, QUALIFIED], key: ['-newkey', 'rsa:1024'] });
    expect(await reasonOf(workshop.sign('smime', ENTITY, { person: short }))).toBe('weak');
    const server = authority.issue('lhota.example', { extensions: ['extendedKeyUsage=serverAuth'] });
    expect(await reasonOf(workshop.sign('cms', ENTITY, { person: server }))).toBe('wrong-purpose');
  });

  test('without the certificate of its signer, or of two signers, cannot be verified', async () => {
    expect(await reasonOf(workshop.sign('cms', ENTITY, { person: jana, more: ['-nocerts'] }))).toBe('unsupported');
    const both = ['-signer', jana.certificate, '-inkey', jana.key];
    const other = authority.issue('Petr Jiný');
    expect(await reasonOf(workshop.sign('cms', ENTITY, { person: other, more: both }))).toBe('unreadable');
  });

  test('that is encrypted says so', async () => {
    const raw = workshop.openssl('cms', '-encrypt', '-aes256', '-in', jana.certificate, jana.certificate).toString('latin1');
    expect(await reasonOf(`From: jana@posta.example\r\n${raw.replaceAll(/\r?\n/g, '\r\n')}`)).toBe('encrypted');
  });
});

describe.runIf(hasOpenssl)('what was not signed is not read as signed', () => {
  const beforeEnd = (raw: string, added: string): string => raw.replace(/\r\n------[0-9A-F]+--/, (end) => `${end}\r\n${added}`);
  test('a text before the first boundary and after the last one', async () => {
    const signed = workshop.sign('smime', ENTITY, { person: jana });
    const raw = beforeEnd(signed.replace(/This is an S\/MIME signed message/, 'Nepodepsaný úvod'), 'Nepodepsaný dovětek');
    const found = await read(raw);
    expect(found).toMatchObject({ signature: { level: 'recognised' }, text: expect.not.stringContaining('Nepodepsaný') as string });
  });

  test('a second type of the content, a second boundary, a third part', async () => {
    const signed = workshop.sign('smime', ENTITY, { person: jana });
    expect(await reasonOf(signed.replace('MIME-Version', 'Content-Type: text/plain\r\nMIME-Version'))).toBe('unreadable');
    expect(await reasonOf(signed.replace('; boundary=', '; boundary="jina"; boundary='))).toBe('unreadable');
    const [, line = ''] = /\r\n(------[0-9A-F]+)\r\n/.exec(signed) ?? [];
    expect(await reasonOf(signed.replace(`\r\n${line}--`, `\r\n${line}\r\n\r\nNavíc\r\n${line}--`))).toBe('unreadable');
  });

  test('a signed message inside another one is signed in part', async () => {
    const signed = workshop.sign('smime', ENTITY, { person: jana });
    const inner = {
      headers: [/Content-Type: multipart[^\r]*/.exec(signed)?.[0] ?? ''],
      body: signed.slice(signed.indexOf('\r\n\r\n') + 4),
    };
    const mixed = multipart('mixed', [text('Nepodepsaný úvod'), inner]);
    const raw = `From: jana@posta.example\r\n${mixed.headers.join('\r\n')}\r\n\r\n${mixed.body}`;
    expect(await read(raw)).toMatchObject({ signature: { level: 'unverifiable', reason: 'partly' } });
  });
});

describe.runIf(hasOpenssl)('a hostile signature', () => {
  const around = (cms: Buffer): string =>
    `From: jana@posta.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n${cms.toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`;
  const cms = (): Buffer => {
    const raw = workshop.sign('cms', ENTITY, { person: jana, more: ['-nodetach'] });
    return Buffer.from(raw.slice(raw.indexOf('\r\n\r\n')).replaceAll(/\s/g, ''), 'base64');
  };

  test('cut off anywhere is refused', async () => {
    const whole = cms();
    for (const share of [0.01, 0.2, 0.5, 0.8, 0.99])
      expect(await reasonOf(around(whole.subarray(0, whole.length * share)))).toBe('unreadable');
    expect(await reasonOf(around(Buffer.concat([whole, Buffer.of(0)])))).toBe('unreadable');
  });

  test('with any byte changed is never recognised', () => {
    const whole = cms();
    const judging = {
      trust: { certificates: readCertificates([authority.pem]) },
      from: 'jana@posta.example',
      at: new Date('2026-03-02T08:00:00Z'),
    };
    expect(judgeSignature({ cms: whole }, judging)?.verdict.level).toBe('recognised');
    const wrong: number[] = [];
    for (let at = 7; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      const judged = judgeSignature({ cms: changed }, judging);
      if (judged?.verdict.level === 'recognised') wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });

  test('that is deep, wide or no signature at all is refused soon', async () => {
    const deep = Buffer.concat([...Array.from({ length: 5_000 }, () => Buffer.from([0x30, 0x80])), Buffer.alloc(10_000)]);
    const wide = Buffer.alloc(2_000_000, Buffer.from([0x05, 0x00]));
    const header = Buffer.from([0x30, 0x83, 0x1e, 0x84, 0x80]);
    for (const bytes of [deep, Buffer.concat([header, wide]), Buffer.from('nic'), Buffer.alloc(0)])
      expect(await reasonOf(around(bytes))).toBe('unreadable');
  });
});

test('the list of authorities takes certificates only', () => {
  const settings = { host: 'a', user: 'b', password: 'c', domain: 'd' };
  const issues = (pem: string): number => imapConfigSchema.safeParse({ ...settings, trustedAuthorities: [pem] }).error?.issues.length ?? 0;
  expect(issues('heslo')).toBe(1);
  expect(issues('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBe(1);
  if (hasOpenssl) expect(issues(readFileSync(jana.certificate, 'utf8'))).toBe(0);
});
