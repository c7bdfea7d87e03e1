// sms.send over real HTTP against both simulated gateways: succeed, be refused, fail, time out, lose the answer.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Effect } from '../../../server/integrations/connector.ts';
import { createSmsConnector } from '../../../server/integrations/sms/index.ts';
import type { SmsConfig } from '../../../server/integrations/sms/index.ts';
import { createSmsSimulator, demoGosms, demoSmsbrana } from '../../../server/integrations/sms/simulator.ts';
import { shapeOf, transliterated } from '../../../server/integrations/sms/text.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

let world: SimulatedServer;
beforeEach(async () => {
  world = await serve(createSmsSimulator);
});
afterEach(() => world.close());

type Provider = SmsConfig['provider'];
const configOf = (provider: Provider, more: object = {}): SmsConfig =>
  ({ provider, baseUrl: world.baseUrl, timeoutMs: 500, ...(provider === 'gosms' ? demoGosms : demoSmsbrana), ...more }) as SmsConfig;
const sending = (provider: Provider, more: object = {}): Effect => {
  const effect = createSmsConnector(configOf(provider, more)).effects['sms.send'];
  if (!effect) throw new Error('sms.send is missing');
  return effect;
};
const input = (more = {}): unknown =>
  sending('gosms').input.parse({ to: '+420777123456', text: 'Vaše podání má nový stav: vyřízeno.', ...more });
const ledger = (): readonly Record<string, unknown>[] => world.simulator.ledger() as readonly Record<string, unknown>[];
const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  return error instanceof OutsideFailure ? [error.code, error.retryable] : ['not a failure', error];
};

describe.each(['gosms', 'smsbrana'] as const)('%s', (provider) => {
  test('sends a text without diacritics and gives the number of the message', async () => {
    const answer = await sending(provider).perform('k1', input(), []);
    expect(answer).toEqual({ done: { providerId: '42' } });
    expect(ledger()).toMatchObject([
      { via: provider, to: '+420777123456', text: 'Vase podání má nový stav: vyrízeno.'.normalize('NFD').replaceAll(/\p{M}/gu, '') },
    ]);
  });

  test('keeps diacritics when the town wants them', async () => {
    await sending(provider, { transliterate: false }).perform('k1', input(), []);
    expect(ledger()[0]?.['text']).toBe('Vaše podání má nový stav: vyřízeno.');
  });

  test('a number that nobody has is refused as a business answer', async () => {
    expect(await sending(provider).perform('k1', input({ to: '+420777000000' }), [])).toMatchObject({
      refused: { code: 'number-refused' },
    });
    expect(ledger()).toEqual([]);
  });

  test('a text that would take too many messages is refused before it is sent', async () => {
    expect(await sending(provider).perform('k1', input({ text: 'a'.repeat(460) }), [])).toMatchObject({
      refused: { code: 'sms-too-long' },
    });
    expect(ledger()).toEqual([]);
  });

  test('a wrong password stops the tries at once', async () => {
    const wrong = sending(provider, { clientSecret: 'x', password: 'x' });
    expect(await failureOf(wrong.perform('k1', input(), []))).toEqual(['sms-login-refused', false]);
  });

  test.each([
    ['fail-before', 'sms-unavailable'],
    ['unavailable', 'sms-unavailable'],
    ['lose-answer', 'sms-unreachable'],
    ['malformed', 'sms-malformed'],
  ] as const)('%s is a failure that may be tried again', async (kind, code) => {
    await world.faults.set([{ operation: 'send', kind, times: 1 }]);
    expect(await failureOf(sending(provider).perform('k1', input(), []))).toEqual([code, true]);
  });

  test('an answer that does not come in time is a failure that may be tried again', async () => {
    await world.faults.set([{ operation: 'send', kind: 'slow', ms: 3_000, times: 1 }]);
    expect(await failureOf(sending(provider).perform('k1', input(), []))).toEqual(['sms-timeout', true]);
  });

  test('the check says whether the account works', async () => {
    expect(await createSmsConnector(configOf(provider)).check()).toMatchObject({ ok: true });
    expect(await createSmsConnector(configOf(provider, { clientSecret: 'x', password: 'x' })).check()).toMatchObject({ ok: false });
    expect(await createSmsConnector(configOf(provider, { baseUrl: 'http://127.0.0.1:1' })).check()).toMatchObject({ ok: false });
    expect(ledger()).toEqual([]);
  });
});

test('SMSbrána sends once although the first answer was lost', async () => {
  await world.faults.set([{ operation: 'send', kind: 'lose-answer', times: 1 }]);
  const effect = sending('smsbrana');
  await expect(effect.perform('k1', input(), [])).rejects.toThrow(OutsideFailure);
  expect(await effect.perform('k1', input(), [])).toEqual({ done: { providerId: 'user_id:k1' } });
  expect(ledger()).toHaveLength(1);
});

test('GoSMS renews a token that has expired', async () => {
  const effect = sending('gosms');
  await effect.perform('k1', input(), []);
  await world.faults.set([]);
  expect(await effect.perform('k2', input(), [])).toMatchObject({ done: {} });
  expect(ledger()).toHaveLength(2);
});

test.each(['777123456', '+0777123456', '', '+42077712345a'])('number "%s" is not E.164', (to) => {
  expect(sending('gosms').input.safeParse({ to, text: 'x' }).success).toBe(false);
});

test('parts are counted by the alphabet of GSM', () => {
  expect(shapeOf('a'.repeat(160))).toEqual({ isUcs2: false, parts: 1 });
  expect(shapeOf('a'.repeat(161))).toEqual({ isUcs2: false, parts: 2 });
  expect(shapeOf('€'.repeat(80))).toEqual({ isUcs2: false, parts: 1 });
  expect(shapeOf('€'.repeat(81))).toEqual({ isUcs2: false, parts: 2 });
  expect(shapeOf('ř'.repeat(70))).toEqual({ isUcs2: true, parts: 1 });
  expect(shapeOf('ř'.repeat(71))).toEqual({ isUcs2: true, parts: 2 });
});

test('a transliterated text is always of the GSM alphabet', () => {
  expect(transliterated('Příliš žluťoučký kůň – „úpěl“ ďábelské ódy…')).toBe('Prilis zlutoucky kun - "upel" dabelské ody...');
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => !shapeOf(transliterated(text)).isUcs2));
});
