// Sealed messages: real ones from the test environment, ours against openssl, changed and foreign ones.
import { execFileSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BerRefused, der, readBer } from '../../../server/platform/cms/ber.ts';
import { readTrust, type SealTrust } from '../../../server/integrations/isds/seal-trust.ts';
import { openSignedData } from '../../../server/platform/cms/signed-data.ts';
import { createSeal, makeSealKeys } from '../../../server/integrations/isds/simulator-seal.ts';
import { verifyZfo } from '../../../server/integrations/isds/zfo.ts';

const samples = join(process.env['SPECS_DIR'] ?? join('..', 'shared', 'specs'), 'isds', 'samples');
const hasSamples = existsSync(samples);
if (!hasSamples) console.warn(`SKIPPED: real signed messages not found in ${samples} (set SPECS_DIR)`);
const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasOpenssl) console.warn('SKIPPED: openssl is not installed, sealed messages are not compared with it');

const SUBJECT = 'Informační systém datových schránek';
const sample = (name: string): Buffer => readFileSync(join(samples, name));
/** Authorities of 2009 have no web any more: the seal of the sample itself is pinned. */
const pinned = (file: Buffer): SealTrust => {
  const signer = openSignedData(file)?.signer;
  return { certificates: signer ? [signer] : [], sealSubject: SUBJECT };
};

const real = [
  ['received_message-330141.zfo', 'received', '330141', '2010-04-18T21:06:27.000Z', '2010-04-15T18:29:55.610Z'],
  ['signed_sent_message-151874.zfo', 'sent', '151874', '2010-01-12T11:19:53.000Z', '2009-11-06T21:36:52.891Z'],
  ['signed_sent_xml_message-376701.zfo', 'sent', '376701', '2010-06-28T18:52:39.000Z', '2010-06-28T18:52:01.585Z'],
  ['signed_delivered-DD_170272.zfo', 'delivery', '170272', '2009-11-18T14:48:53.000Z', '2009-11-18T14:18:12.811Z'],
] as const;

describe.runIf(hasSamples)('a real signed message', () => {
  it.each(real)('%s is believed', (name, kind, messageId, signedAt, stampedAt) => {
    const file = sample(name);
    const { verdict, content } = verifyZfo(file, pinned(file));
    expect(verdict).toEqual({ valid: true, signedBy: expect.stringContaining(SUBJECT), signedAt, stampedAt });
    expect(content).toMatchObject({ kind, messageId });
  });

  it.runIf(hasOpenssl).each(real)('%s has inside what openssl finds in it', (name) => {
    const file = sample(name);
    const theirs = execFileSync('openssl', ['cms', '-verify', '-noverify', '-inform', 'DER', '-in', join(samples, name)], {
      stdio: 'pipe',
      maxBuffer: 10_000_000,
    });
    expect(verifyZfo(file, pinned(file)).content?.raw.equals(theirs)).toBe(true);
  });

  it.each(real)('%s is refused after any change of one bit', (name) => {
    const file = sample(name);
    const trust = pinned(file);
    const step = file.length > 20_000 ? 997 : 3;
    const believed: number[] = [];
    for (let at = 0; at < file.length; at += step) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      if (verifyZfo(changed, trust).verdict.valid) believed.push(at);
    }
    expect(believed).toEqual([]);
  });

  it.each(real)('%s cut off anywhere is unreadable', (name) => {
    const file = sample(name);
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      const cut = file.subarray(0, Math.floor(file.length * share));
      expect(verifyZfo(cut, pinned(file)).verdict).toEqual({ valid: false, reason: 'unreadable' });
    }
  });

  it('is not believed when its seal is not trusted, or is another kind of seal', () => {
    const file = sample('received_message-330141.zfo');
    expect(verifyZfo(file, { certificates: [], sealSubject: SUBJECT }).verdict).toMatchObject({ valid: false, reason: 'not-trusted' });
    const { certificates } = pinned(file);
    expect(verifyZfo(file, { certificates, sealSubject: 'Ministerstvo kultury' }).verdict).toMatchObject({ reason: 'other-sealer' });
  });
});

describe('a message sealed by the simulator', () => {
  const at = new Date('2026-03-02T08:00:00.000Z');
  const seal = createSeal(makeSealKeys(at));
  const trust = readTrust([seal.authorityPem], SUBJECT);
  const dm = '<p:dmDm xmlns:p="http://isds.czechpoint.cz/v20"><p:dmID>42</p:dmID></p:dmDm>';
  const message = (hash = createHash('sha256').update(dm).digest('base64'), stamp = ''): Buffer =>
    Buffer.from(
      `<q:MessageDownloadResponse xmlns:q="http://isds.czechpoint.cz/v20/message"><q:dmReturnedMessage>${dm}` +
        `<q:dmHash algorithm="SHA-256">${hash}</q:dmHash><q:dmQTimestamp>${stamp}</q:dmQTimestamp></q:dmReturnedMessage></q:MessageDownloadResponse>`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'zfo-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const put = (name: string, content: Buffer | string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('is believed', () => {
    expect(verifyZfo(seal.sign(message(), at, true), trust).verdict).toEqual({
      valid: true,
      signedBy: 'Informační systém datových schránek - simulátor',
      signedAt: at.toISOString(),
    });
  });

  it.runIf(hasOpenssl)('passes openssl cms, and its time stamp openssl ts', () => {
    const authority = put('authority.pem', seal.authorityPem);
    const file = put('message.zfo', seal.sign(message(), at, true));
    const when = ['-attime', String(at.getTime() / 1000)];
    const inside = execFileSync('openssl', ['cms', '-verify', '-inform', 'DER', '-in', file, '-CAfile', authority, ...when], {
      stdio: 'pipe',
    });
    expect(inside.equals(message())).toBe(true);
    const token = put('stamp.tst', seal.stamp(createHash('sha256').update('x').digest(), at));
    const args = ['ts', '-verify', '-in', token, '-token_in', '-data', put('x', 'x'), '-CAfile', authority, ...when];
    expect(execFileSync('openssl', args, { stdio: 'pipe' }).toString()).toContain('OK');
  });

  it.each([
    ['whose hash does not fit', () => seal.sign(message('AAAA'), at, true), 'hash'],
    [
      'whose time stamp is of another message',
      () => seal.sign(message(undefined, seal.stamp(Buffer.alloc(32), at).toString('base64')), at, true),
      'time-stamp',
    ],
    ['that is no message', () => seal.sign(Buffer.from('<a/>'), at, true), 'content'],
    ['that is no XML', () => seal.sign(Buffer.from('<!DOCTYPE a><a/>'), at, true), 'content'],
    ['sealed after the certificate ended', () => seal.sign(message(), new Date('2040-01-01T00:00:00Z'), true), 'expired'],
    ['that is only a time stamp', () => seal.stamp(Buffer.alloc(32), at), 'signature'],
    ['of another world', () => createSeal(makeSealKeys(at)).sign(message(), at, true), 'not-trusted'],
    ['that is a form of 602 in a ZIP', () => Buffer.from('PK\u0003\u0004'), 'unreadable'],
    ['that is empty', () => Buffer.alloc(0), 'unreadable'],
  ] as const)('%s is not believed', (_what, file, reason) => {
    const { verdict, content } = verifyZfo(file(), trust);
    expect([verdict, content]).toEqual([expect.objectContaining({ valid: false, reason }), undefined]);
  });

  it('is not believed when the signature is stamped for another', () => {
    const one = seal.sign(message(), at, true);
    const other = seal.sign(message(), at, true);
    const stampAt = (file: Buffer): number => file.length - (openSignedData(file)?.signatureTimeStamp?.length ?? 0);
    const mixed = Buffer.concat([one.subarray(0, stampAt(one)), other.subarray(stampAt(other))]);
    expect(verifyZfo(mixed, trust).verdict.valid).toBe(false);
  });
});

describe('a hostile BER', () => {
  it.each([
    ['of a hundred levels', Array.from({ length: 100 }).reduce<Buffer>((inside) => der(0x30, inside), Buffer.from([5, 0]))],
    ['of endless levels without an end', Buffer.from('3080'.repeat(5000), 'hex')],
    ['of half a million values', der(0x30, Buffer.from('0500'.repeat(500_000), 'hex'))],
    ['that says 4 GB', Buffer.from('3084ffffffff00', 'hex')],
    ['with a length of 126 bytes', Buffer.from('30fe00', 'hex')],
    ['with a tag of more bytes', Buffer.from('3f8100', 'hex')],
    ['with something after it', Buffer.from('05000500', 'hex')],
    ['that ends too early', Buffer.from('3003', 'hex')],
  ])('%s is refused', (_what, bytes) => {
    expect(() => readBer(bytes)).toThrow(BerRefused);
  });

  it('in place of a certificate is refused', () => {
    expect(() => new X509Certificate(Buffer.from('3000', 'hex'))).toThrow();
    expect(verifyZfo(Buffer.from('3000', 'hex'), { certificates: [], sealSubject: '' }).verdict).toEqual({
      valid: false,
      reason: 'unreadable',
    });
  });
});
