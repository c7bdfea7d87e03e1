// Comgate against its simulator, through the same face as any gateway: found a payment, be refused, fail, lose the answer; notifications with a secret; transfers.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createComgateConnector } from '../../../server/integrations/comgate/index.ts';
import type { ComgateConfig, ComgateConnector } from '../../../server/integrations/comgate/index.ts';
import { createComgateSimulator, demoMerchant } from '../../../server/integrations/comgate/simulator.ts';
import { halere } from '../../../server/integrations/comgate/transfers.ts';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Answer, Effect, GatewayPayment } from '../../../server/integrations/connector.ts';
import type { CreateOutput, RefundOutput } from '../../../server/integrations/gateway-effects.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { findFreePort } from '../../../server/platform/free-port.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

let comgate: SimulatedServer;
let town: Server;
let heard: Record<string, string>[];
let townAnswers: number[];
const store = { current: createMemoryStore() };

const townUrl = (): string => `http://127.0.0.1:${(town.address() as AddressInfo).port}`;
const configOf = (more: Partial<ComgateConfig> = {}): ComgateConfig => ({
  baseUrl: `${comgate.baseUrl}/v2.0`,
  ...demoMerchant,
  returnUrl: `${townUrl()}/platba`,
  timeoutMs: 1000,
  ...more,
});
const connect = (more: Partial<ComgateConfig> = {}): ComgateConnector => createComgateConnector(configOf(more));
const create = async (key = 'order-1', more = {}, config: Partial<ComgateConfig> = {}): Promise<Answer<CreateOutput>> => {
  const effect = connect(config).effects['comgate.create'] as Effect<unknown, CreateOutput> | undefined;
  if (!effect) throw new Error('comgate.create is missing');
  const input = { amount: 15_000, description: 'Poplatek ze psa 2026', variableSymbol: '1341000017', email: 'jana@example.cz', ...more };
  return effect.perform(key, effect.input.parse(input), []);
};
const founded = async (key = 'order-1'): Promise<CreateOutput> => {
  const answer = await create(key);
  if (!('done' in answer)) throw new Error('refused');
  return answer.done;
};
const read = (id: string): Promise<GatewayPayment | undefined> => connect().gateway.read(id);
const refund = (paymentId: string, amount: number, key = 'refund-1'): Promise<Answer<RefundOutput>> => {
  const effect = connect().effects['comgate.refund'] as Effect<unknown, RefundOutput> | undefined;
  if (!effect) throw new Error('comgate.refund is missing');
  return effect.perform(key, effect.input.parse({ paymentId, amount }), []);
};
const failureOf = async (work: Promise<unknown>): Promise<OutsideFailure> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OutsideFailure) return error;
  throw new Error(`not a failure: ${String(error)}`);
};
const ledger = (): readonly Record<string, unknown>[] => comgate.simulator.ledger() as readonly Record<string, unknown>[];
const simulate = (): Promise<SimulatedServer> =>
  serve((options) => createComgateSimulator({ ...options, shop: { ...demoMerchant, notificationUrl: `${townUrl()}/hook` } }), {
    store: store.current,
  });

beforeEach(async () => {
  heard = [];
  townAnswers = [];
  town = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      heard.push(Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString('utf8'))));
      response.writeHead(townAnswers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => town.listen(0, '127.0.0.1', resolve));
  store.current = createMemoryStore();
  comgate = await simulate();
});
afterEach(async () => {
  await comgate.close();
  town.closeAllConnections();
  await new Promise((resolve) => town.close(resolve));
});

describe('founding a payment', () => {
  it('gives its number and the address for the payer, with the key as our reference', async () => {
    const { paymentId, gatewayUrl } = await founded();
    expect(gatewayUrl).toBe(`${comgate.baseUrl}/client/instructions/index?id=${paymentId}`);
    expect(ledger()).toMatchObject([{ id: paymentId, orderNumber: 'order-1', amount: 15_000, state: 'PENDING' }]);
  });

  it('sends what the town has set: label of 16 characters, methods, language; neither pre-authorised nor recurring', async () => {
    const bodies: Record<string, unknown>[] = [];
    const listening: typeof fetch = (url, init) => {
      bodies.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
      return fetch(url, init);
    };
    const terms = { methods: ['CARD_ALL', 'BANK_ALL'], label: 'Lipová nad Orlicí', lang: 'EN' as const };
    const effect = createComgateConnector(configOf(terms), { fetch: listening }).effects['comgate.create'];
    await effect?.perform('k', effect.input.parse({ amount: 100, description: 'Pes', variableSymbol: '1' }), []);
    expect(bodies).toMatchObject([{ label: 'Lipová nad Orlic', method: 'CARD_ALL+BANK_ALL', lang: 'en', preauth: 'false', refId: 'k' }]);
    expect(bodies[0]).not.toHaveProperty('initRecurring');
  });

  it('is refused with what the gateway said', async () => {
    expect(await create('k', { amount: 50 })).toEqual({
      refused: { code: 'payment-refused', reason: expect.stringContaining('wrong parameter price') },
    });
  });

  it.each([
    ['unavailable', 'comgate-unavailable'],
    ['fail-before', 'comgate-unavailable'],
    ['malformed', 'comgate-malformed'],
    ['lose-answer', 'comgate-unreachable'],
  ] as const)('fails so that it is tried again: %s', async (kind, code) => {
    await comgate.faults.set([{ operation: 'create', kind }]);
    expect(await failureOf(create())).toMatchObject({ code, retryable: true });
  });

  it('fails for good with a wrong secret', async () => {
    expect(await failureOf(create('k', {}, { secret: 'x' }))).toMatchObject({ code: 'comgate-login-refused', retryable: false });
    expect(await connect({ secret: 'x' }).check()).toMatchObject({ ok: false });
    expect(await connect().check()).toMatchObject({ ok: true });
  });
});

describe('the state of a payment', () => {
  it.each([
    ['pay', 'paid', 'PAID'],
    ['cancel', 'cancelled', 'CANCELLED'],
    ['authorize', 'authorized', 'AUTHORIZED'],
  ])('after the payer did %s is %s (%s), read by asking', async (outcome, state, remoteState) => {
    const { paymentId } = await founded();
    await comgate.act('act', { id: paymentId, outcome });
    expect(await read(paymentId)).toEqual({
      id: paymentId,
      orderNumber: 'order-1',
      state,
      remoteState,
      amount: 15_000,
      currency: 'CZK',
      method: 'CARD_CZ_COMGATE',
    });
  });

  it('is open until somebody pays, and cancelled when nobody does for an hour', async () => {
    const { paymentId } = await founded();
    expect(await read(paymentId)).toMatchObject({ state: 'open' });
    comgate.clock.forward(2 * 3_600_000);
    expect(await read(paymentId)).toMatchObject({ state: 'cancelled' });
  });

  it('is cancelled by us only while it is open', async () => {
    const [first, second] = [await founded('a'), await founded('b')];
    await comgate.act('act', { id: second.paymentId, outcome: 'pay' });
    expect([await connect().cancel(first.paymentId), await connect().cancel(second.paymentId)]).toEqual([true, false]);
    expect(ledger().map(({ state }) => state)).toEqual(['CANCELLED', 'PAID']);
  });

  it('is unknown for a payment Comgate does not have and for rubbish', async () => {
    expect(await read('AAAA-BBBB-CCCC')).toBeUndefined();
    expect(await read('../refund')).toBeUndefined();
  });
});

describe('a notification', () => {
  it('is a form with the secret; only the number of the payment is taken from it', async () => {
    const { paymentId } = await founded();
    await comgate.act('act', { id: paymentId, outcome: 'pay' });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({
      merchant: demoMerchant.merchant,
      transId: paymentId,
      refId: 'order-1',
      price: '15000',
      status: 'PAID',
    });
    expect(connect().gateway.heard({ query: {}, form: heard[0] ?? {} })).toBe(paymentId);
  });

  it('is not ours without our secret and merchant, or with a number that cannot be one', () => {
    const { gateway } = connect();
    const form = { ...demoMerchant, transId: 'AB12-CD34-EF56' };
    const wrong = [
      { ...form, secret: 'x' },
      { ...form, secret: demoMerchant.secret.toUpperCase() },
      { ...form, merchant: '1' },
      { ...form, transId: '../refund' },
      { transId: form.transId },
    ];
    expect(gateway.heard({ query: {}, form })).toBe('AB12-CD34-EF56');
    expect(wrong.map((one) => gateway.heard({ query: {}, form: one as Record<string, string> }))).toEqual(wrong.map(() => undefined));
    expect(gateway.heard({ query: form, form: {} })).toBeUndefined();
  });

  it('is repeated until the town answers 200, and can come twice or never', async () => {
    townAnswers = [503];
    const { paymentId } = await founded();
    await comgate.act('act', { id: paymentId, outcome: 'pay' });
    await vi.waitFor(() => expect(heard).toHaveLength(2), 3000);
    await vi.waitFor(() => expect(ledger()[0]?.['notNotified']).toEqual([]));
    await comgate.faults.set([{ operation: 'notification', kind: 'answer-twice', times: 1 }]);
    await comgate.act('notify', { id: paymentId });
    await vi.waitFor(() => expect(heard).toHaveLength(4));
  });

  it('that was not told before the gateway died is told after it starts again', async () => {
    townAnswers = Array.from({ length: 50 }, () => 500);
    const { paymentId } = await founded();
    await comgate.act('act', { id: paymentId, outcome: 'pay' });
    await comgate.close();
    heard = [];
    townAnswers = [];
    comgate = await simulate();
    await vi.waitFor(() => expect(heard).toMatchObject([{ transId: paymentId }]));
  });
});

describe('a refund', () => {
  const paid = async (): Promise<string> => {
    const { paymentId } = await founded();
    await comgate.act('act', { id: paymentId, outcome: 'pay' });
    return paymentId;
  };

  it('gives back a part and then the rest, never over the amount, under our key', async () => {
    const paymentId = await paid();
    expect(await refund(paymentId, 5000, 'r1')).toEqual({ done: { paymentId, refundId: '', result: 'finished' } });
    expect(await refund(paymentId, 10_001, 'r2')).toMatchObject({
      refused: { code: 'refund-refused', reason: expect.stringContaining('1402') },
    });
    expect(await refund(paymentId, 10_000, 'r3')).toMatchObject({ done: { result: 'finished' } });
    expect(ledger()[0]).toMatchObject({
      refunded: 15_000,
      refunds: [
        { amount: 5000, refId: 'r1' },
        { amount: 10_000, refId: 'r3' },
      ],
    });
  });

  it('of an unpaid payment is refused', async () => {
    expect(await refund((await founded()).paymentId, 100)).toMatchObject({ refused: { code: 'refund-refused' } });
  });

  it.each(['lose-answer', 'fail-before', 'malformed'] as const)('whose end is unknown (%s) is never tried again blindly', async (kind) => {
    const paymentId = await paid();
    await comgate.faults.set([{ operation: 'refund', kind, times: 1 }]);
    expect(await failureOf(refund(paymentId, 5000))).toMatchObject({ code: 'comgate-refund-uncertain', retryable: false });
  });

  it('that surely was not begun is tried again', async () => {
    const paymentId = await paid();
    await comgate.faults.set([{ operation: 'refund', kind: 'unavailable', times: 1 }]);
    expect(await failureOf(refund(paymentId, 5000))).toMatchObject({ code: 'comgate-unavailable', retryable: true, untouched: true });
    const effect = connect({ baseUrl: `http://127.0.0.1:${await findFreePort(0)}/v2.0` }).effects['comgate.refund'];
    const nobody = effect?.perform('r', effect.input.parse({ paymentId, amount: 5000 }), []) ?? Promise.resolve();
    expect(await failureOf(nobody)).toMatchObject({ code: 'comgate-unreachable', untouched: true });
  });

  it('after a crash has nobody to ask, so a person decides', async () => {
    const effect = connect().effects['comgate.refund'];
    const asked = effect?.find?.('r', effect.input.parse({ paymentId: 'A', amount: 1 })) ?? Promise.resolve();
    expect(await failureOf(asked)).toMatchObject({ code: 'comgate-refund-uncertain', retryable: false });
  });
});

describe('a transfer to the town', () => {
  it('is one sum for many payments, less fees and refunds, with its list', async () => {
    const [first, second] = [await founded('a'), await founded('b')];
    for (const { paymentId } of [first, second]) await comgate.act('act', { id: paymentId, outcome: 'pay' });
    await refund(second.paymentId, 4_999);
    expect(await comgate.act('transfer', {})).toEqual({ amount: 25_001 - 700 });
    expect(await connect().gateway.transfers?.('2026-03-02')).toEqual([
      {
        id: '1',
        day: '2026-03-02',
        amount: 24_301,
        fee: 700,
        variableSymbol: demoMerchant.merchant,
        items: [
          { paymentId: first.paymentId, orderNumber: 'a', amount: 15_000, fee: 350 },
          { paymentId: second.paymentId, orderNumber: 'b', amount: 10_001, fee: 350 },
        ],
      },
    ]);
    expect(await connect().gateway.transfers?.('2026-03-01')).toEqual([]);
    expect(await comgate.act('transfer', {})).toEqual({ amount: 0 });
  });

  it.each([
    ['1 234,50', 123_450],
    ['-98.5', -9850],
    ['0,01', 1],
    ['100', 10_000],
    ['90071992547409,91', 9_007_199_254_740_991],
  ])('reads %s to the haléř', (text, value) => {
    expect(halere(text)).toBe(value);
  });
  it.each(['', '1,234', '1e3', 'NaN', '1.2.3'])('refuses the amount %j', (text) => {
    expect(() => halere(text)).toThrow('nelze přečíst');
  });
});

describe('the page of the gateway', () => {
  it('lets the payer pay and sends the browser back with the number of the payment and our reference', async () => {
    const { paymentId, gatewayUrl } = await founded();
    expect(await (await fetch(gatewayUrl)).text()).toContain('150,00');
    const back = await fetch(gatewayUrl, { method: 'POST', body: new URLSearchParams({ outcome: 'pay' }), redirect: 'manual' });
    const location = new URL(back.headers.get('location') ?? '');
    expect([back.status, location.searchParams.get('id'), location.searchParams.get('refId')]).toEqual([302, paymentId, 'order-1']);
    expect(await (await fetch(gatewayUrl)).text()).toContain('Platba je zaplacena');
  });
});
