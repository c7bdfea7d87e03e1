// NIA's metadata: which keys they add, for how long, and that no hostile document adds any.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../../server/integrations/nia/certificate.ts';
import { createNiaCitizenLogin } from '../../../server/integrations/nia/citizen-login.ts';
import type { NiaConfig } from '../../../server/integrations/nia/config.ts';
import { KEPT_MS, LONGEST_MS, openIdpKeys } from '../../../server/integrations/nia/idp-keys.ts';
import { METADATA, readIdpMetadata } from '../../../server/integrations/nia/idp-metadata.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { signEnveloped } from '../../../server/integrations/xml-signature.ts';
import type { SigningKey } from '../../../server/integrations/xml-signature.ts';
import { NOW, REQUEST, posted, signedResponse, theParties } from './a-response.ts';
import type { Parties } from './a-response.ts';
import { configOf, metadataWith, settingsOf, shelfOf } from './some-metadata.ts';

const samples = join(resolve(process.env['SPECS_DIR'] ?? '../shared/specs'), 'nia', 'samples');
const DAY = 86_400_000;
let parties: Parties;
let next: SigningKey;
const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const weak = selfSignedCertificate(short, 'slabý', NOW);
beforeAll(async () => {
  [parties, next] = await Promise.all([theParties(), createKeyPair('NIA, nový')]);
});

const settings = (more: Partial<NiaConfig> = {}) => settingsOf(configOf(parties, more));
const read = (xml: string, more: Partial<NiaConfig> = {}) => readIdpMetadata(xml, settings(more));
const body = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s+/g, '');
/** Metadata without the signature, to be bent and signed (or not). */
const bare = (keys: readonly SigningKey[] = [parties.nia, next]): string =>
  metadataWith(keys, parties.nia).replace(/<(ds:)?Signature .*?<\/(ds:)?Signature>/s, '');
const signed = (xml: string, key: SigningKey = parties.nia): string => signEnveloped(xml, key, 'first');

describe('metadata signed by whom the settings name', () => {
  test('say the keys, their end and how often to ask', () => {
    const { certificatesPem, validUntil, cacheMs } = read(metadataWith([parties.nia, next], parties.nia));
    expect(certificatesPem.map(body)).toEqual([parties.nia, next].map(({ certificatePem }) => body(certificatePem)));
    expect([validUntil?.getTime(), cacheMs]).toEqual([NOW.getTime() + 14 * DAY, 3_600_000]);
  });
  test('may be signed by another key than assertions are', () => {
    const own = { metadataCertificatesPem: [next.certificatePem] };
    expect(read(metadataWith([parties.nia], next), own).certificatesPem).toHaveLength(1);
    expect(() => read(metadataWith([parties.nia], parties.nia), own)).toThrow('signature-invalid');
  });
  test('need not say when they end, and the part for SAML may say it sooner', () => {
    const endless = bare()
      .replace(/ validUntil="[^"]+"/, '')
      .replace(/ cacheDuration="[^"]+"/, '');
    expect(read(signed(endless))).toMatchObject({ validUntil: null, cacheMs: null });
    const sooner = bare().replace('<IDPSSODescriptor ', '<IDPSSODescriptor validUntil="2026-11-21T00:00:00Z" cacheDuration="PT5M" ');
    expect(read(signed(sooner))).toMatchObject({ validUntil: new Date('2026-11-21T00:00:00Z'), cacheMs: 300_000 });
  });
  test('tell nothing by keys of encryption', () => {
    const other = bare().replace(/<KeyDescriptor use="signing">/, '<KeyDescriptor use="encryption">');
    expect(read(signed(other)).certificatesPem.map(body)).toEqual([body(next.certificatePem)]);
  });
  test.runIf(existsSync(samples))('have the shape of those that the test environment published, whose signature did not survive', () => {
    const recorded = readFileSync(join(samples, 'tnia-federation-metadata.xml'), 'utf8').replace(/<!--.*?-->/gs, '');
    const certificate = readFileSync(join(samples, 'nia-test-cert.pem'), 'utf8');
    expect(() => read(recorded, { idpCertificatesPem: [certificate] })).toThrow('signature-invalid');
    const compact = recorded
      .replace(/<\?xml.*?\?>/, '')
      .replace(/<Signature .*?<\/Signature>/s, '')
      .trim();
    expect(read(signed(compact))).toMatchObject({ certificatesPem: [expect.stringContaining('BEGIN CERTIFICATE')], validUntil: null });
  });
});

describe('metadata are refused', () => {
  const good = (): string => metadataWith([parties.nia, next], parties.nia);
  const withKey = (der: string): string => bare().replace(body(next.certificatePem), der);
  test.each<readonly [string, () => string, string]>([
    ['without signature', () => bare(), 'unsigned'],
    ['signed by a stranger', () => metadataWith([parties.stranger], parties.stranger), 'signature-invalid'],
    [
      'signed by a stranger whose certificate they bring along',
      () => signed(bare([parties.stranger]), parties.stranger),
      'signature-invalid',
    ],
    [
      'with a key put in after signing',
      () => good().replace(body(next.certificatePem), body(parties.stranger.certificatePem)),
      'signature-invalid',
    ],
    ['with a longer life than was signed', () => good().replace(/validUntil="2026/, 'validUntil="2036'), 'signature-invalid'],
    ['with entities', () => `<!DOCTYPE x [<!ENTITY a "b">]>${good()}`, 'doctype'],
    ['with a comment', () => good().replace('<IDPSSODescriptor', '<!-- --><IDPSSODescriptor'), 'markup-forbidden'],
    [
      'with a processing instruction inside a key',
      () => good().replace('<X509Certificate>', '<X509Certificate><?x?>'),
      'processing-instruction',
    ],
    [
      'wrapped into other ones',
      () => bare([parties.stranger]).replace('</EntityDescriptor>', `${good()}</EntityDescriptor>`),
      'signature-misplaced',
    ],
    [
      'that wrap other ones',
      () => good().replace('</EntityDescriptor>', `${bare([parties.stranger])}</EntityDescriptor>`),
      'signature-invalid',
    ],
    ['with two signatures', () => signed(good(), parties.stranger), 'several-signatures'],
    ['with the signature over a part only', () => partSigned(), 'reference-target'],
    ['of another provider', () => signed(bare().replace('urn:microsoft:cgg2010:fpsts', 'urn:evil')), 'metadata-entity'],
    ['of many providers', () => signed(`<EntitiesDescriptor xmlns="${METADATA}" ID="_a">${bare()}</EntitiesDescriptor>`), 'metadata-shape'],
    ['with two parts for SAML', () => signed(bare().replace(/<IDPSSODescriptor.*<\/IDPSSODescriptor>/s, '$&$&')), 'idpssodescriptor-shape'],
    [
      'for another protocol',
      () => signed(bare().replace('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:1.1:protocol')),
      'metadata-protocol',
    ],
    ['without a key', () => signed(bare().replace(/<KeyDescriptor.*<\/KeyDescriptor>/s, '')), 'metadata-keys'],
    ['with eleven keys', () => signed(bare(Array.from({ length: 11 }, () => next))), 'metadata-keys'],
    ['with a key that is no certificate', () => signed(withKey('A'.repeat(400))), 'metadata-certificate'],
    ['with a key that is too short', () => signed(withKey(body(weak))), 'metadata-weak-key'],
    ['with a certificate that is no base64', () => signed(withKey('ne'.repeat(100) + '!')), 'metadata-certificate'],
    ['with an end that is no time', () => signed(bare().replace(/validUntil="[^"]+"/, 'validUntil="zítra"')), 'metadata-times'],
    ['with a negative cache', () => signed(bare().replace('"PT1H"', '"-PT1H"')), 'metadata-times'],
    ['cut off', () => good().slice(0, -30), 'malformed'],
    ['that are huge', () => `${good()}${' '.repeat(300_000)}`, 'too-large'],
    ['that are a response', () => 'x', 'malformed'],
  ])('%s', (_name, document, code) => {
    let refused: unknown;
    try {
      read(document());
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ name: 'NiaRefused', code });
  });
  /** The inner part bears the signature and its own ID, the root is the attacker's. */
  const partSigned = (): string => {
    const inner = /<IDPSSODescriptor.*<\/IDPSSODescriptor>/s.exec(bare())?.[0] ?? '';
    const own = inner.replace('<IDPSSODescriptor ', `<IDPSSODescriptor xmlns="${METADATA}" ID="_part" `);
    const signature = /<(ds:)?Signature .*?<\/(ds:)?Signature>/s.exec(signed(own))?.[0] ?? '';
    return bare([parties.stranger]).replace('<IDPSSODescriptor', `${signature}<IDPSSODescriptor`);
  };
});

describe('the keys that hold', () => {
  const keysAt = (at: Date, document: { xml: string; readAt: Date } | undefined, more: Partial<NiaConfig> = {}) =>
    openIdpKeys(settings(more), () => at, shelfOf({ document })).certificatesPem();
  const after = (ms: number): Date => new Date(NOW.getTime() + ms);
  const count = async (...given: Parameters<typeof keysAt>): Promise<number> => new Set((await keysAt(...given)).map(body)).size;
  const published = () => ({ xml: metadataWith([parties.nia, next], parties.nia), readAt: NOW });

  test('are the pinned ones without metadata, without an address and without a shelf', async () => {
    expect(await count(NOW, undefined)).toBe(1);
    const { metadataUrl: _none, ...noAddress } = configOf(parties);
    expect(await openIdpKeys(settingsOf(noAddress), () => NOW, shelfOf({ document: published() })).certificatesPem()).toHaveLength(1);
    expect(await openIdpKeys(settings(), () => NOW, undefined).certificatesPem()).toHaveLength(1);
  });
  test('are the pinned ones and those of the metadata until their end, not a moment longer', async () => {
    const end = 14 * DAY;
    expect([await count(NOW, published()), await count(after(end - 1), published()), await count(after(end), published())]).toEqual([
      2, 2, 1,
    ]);
  });
  test('end a week after the last reading where the metadata name no end, and a month after it whatever they name', async () => {
    const without = { xml: signed(bare().replace(/ validUntil="[^"]+"/, '')), readAt: NOW };
    expect([await count(after(KEPT_MS - 1), without), await count(after(KEPT_MS), without)]).toEqual([2, 1]);
    const long = { xml: signed(bare().replace(/validUntil="[^"]+"/, 'validUntil="2036-01-01T00:00:00Z"')), readAt: NOW };
    expect([await count(after(LONGEST_MS - 1), long), await count(after(LONGEST_MS), long)]).toEqual([2, 1]);
  });
  test('are never fewer than the pinned ones, unless the settings say so, and then only as long as metadata hold', async () => {
    const moved = { xml: metadataWith([next], parties.nia), readAt: NOW };
    expect(await count(NOW, moved)).toBe(2);
    const strict = { metadataReplaceCertificates: true };
    expect((await keysAt(NOW, moved, strict)).map(body)).toEqual([body(next.certificatePem)]);
    expect((await keysAt(after(15 * DAY), moved, strict)).map(body)).toEqual([body(parties.nia.certificatePem)]);
  });
  test('are not widened by a document that somebody put into the database, nor by one whose signer is no longer named', async () => {
    const planted = { xml: metadataWith([parties.stranger], parties.stranger), readAt: NOW };
    expect((await keysAt(NOW, planted)).map(body)).toEqual([body(parties.nia.certificatePem)]);
    expect(await count(NOW, published(), { metadataCertificatesPem: [parties.stranger.certificatePem] })).toBe(1);
  });
});

describe('a login', () => {
  const enter = async (key: SigningKey, document: { xml: string; readAt: Date } | undefined) => {
    const login = createNiaCitizenLogin(configOf(parties), () => NOW, shelfOf({ document }));
    const response = posted(await signedResponse({ ...parties, nia: key }));
    const { identity } = await login.finish(
      { form: new URLSearchParams({ SAMLResponse: response }) },
      { id: REQUEST, loa: 'substantial', isFirstUse: async () => true },
    );
    return identity.givenName;
  };
  test('signed by the old and by the new key passes while both are published', async () => {
    const both = { xml: metadataWith([parties.nia, next], parties.nia), readAt: NOW };
    expect([await enter(parties.nia, both), await enter(next, both)]).toEqual(['JANA', 'JANA']);
  });
  test('signed by a key that nobody published, or that was removed, does not', async () => {
    await expect(enter(next, undefined)).rejects.toThrow('signature-invalid');
    const back = { xml: metadataWith([parties.nia], parties.nia), readAt: NOW };
    await expect(enter(next, back)).rejects.toThrow('signature-invalid');
    await expect(enter(parties.stranger, back)).rejects.toThrow('signature-invalid');
  });
});
