// What the checks of logins say about addresses, metadata and certificates.
import { expect, test } from 'vitest';
import { createKeyPair } from '../../server/integrations/nia/key-pair.ts';
import { certificateTrouble, checkAddress, checkDiscovery } from '../../server/integrations/reachable.ts';

const answering =
  (status: number, body: unknown = {}): typeof fetch =>
  () =>
    Promise.resolve(Response.json(body, { status }));
const silent: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));

test('an address answers, answers by a failure, or not at all', async () => {
  expect(await checkAddress('https://nia.example/x', 'NIA', answering(405))).toEqual({ ok: true, text: 'NIA odpovídá.' });
  expect(await checkAddress('https://nia.example/x', 'NIA', answering(503))).toEqual({ ok: false, text: 'NIA odpovídá chybou 503.' });
  expect(await checkAddress('https://nia.example/x', 'NIA', silent)).toEqual({
    ok: false,
    text: 'NIA neodpovídá na adrese https://nia.example.',
  });
});

test('a provider calls itself as the town expects, otherwise, or gives no metadata', async () => {
  const settings = { issuer: 'https://op.example/' };
  expect(await checkDiscovery(settings, 'mojeID', answering(200, settings))).toMatchObject({ ok: true });
  expect(await checkDiscovery(settings, 'mojeID', answering(200, { issuer: 'https://jiny.example' }))).toEqual({
    ok: false,
    text: 'mojeID se představuje jinak, než je nastaveno: https://jiny.example.',
  });
  expect(await checkDiscovery(settings, 'mojeID', answering(404))).toMatchObject({
    ok: false,
    text: expect.stringContaining('404') as string,
  });
  expect(await checkDiscovery(settings, 'mojeID', silent)).toMatchObject({ ok: false });
});

test('the end of a certificate is told thirty days ahead and after', async () => {
  const { certificatePem } = await createKeyPair('zkouška');
  const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
  expect(certificateTrouble(certificatePem, 'Certifikátu', new Date())).toBeUndefined();
  expect(certificateTrouble(certificatePem, 'Certifikátu', days(20_000))?.text).toMatch(/^Certifikátu skončila platnost \d/);
});
