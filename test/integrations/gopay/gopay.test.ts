// GoPay against its simulator: found a payment, be refused, fail, time out, lose the answer; notifications late, doubled, never.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Answer, Effect, GatewayPayment } from '../../../server/integrations/connector.ts';
import type { CreateOutput, RefundOutput } from '../../../server/integrations/gateway-effects.ts';
import { createGopayConnector } from '../../../server/integrations/gopay/index.ts';
import type { GopayConfig, GopayConnector } from '../../../server/integrations/gopay/index.ts';
import { createGopaySimulator, demoShop } from '../../../server/integrations/gopay/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

let gopay: SimulatedServer;
let shop: Server;
let notified: string[];
let shopAnswers: number[];
const store = { current: createMemoryStore() };

const configOf = (more: Partial<GopayConfig> = {}): GopayConfig => {
  const shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  return {
    baseUrl: `${gopay.baseUrl}/api`,
    ...demoShop,
    returnUrl: `${shopUrl}/navrat`,
    notificationUrl: `${shopUrl}/hook?town=1`,
    timeoutMs: 1000,
    ...more,
  };
};
const connect = (more: Partial<GopayConfig> = {}): GopayConnector & { create: Effect } => {
  const connector = createGopayConnector(configOf(more));
  const create = connector.effects['gopay.create'];
  if (!create) throw new Error('gopay.create is missing');
  return { ...connector, create };
};
const input = (more = {}): unknown => ({
  amount: 15_000,
  description: 'Poplatek ze psa 2026',
  variableSymbol: '1341000017',
  email: 'jana@example.cz',
  ...more,
});
const found = async (connector = connect(), key = 'case-1-pay'): Promise<CreateOutput> => {
  const answer = await connector.create.perform(key, input(), []);
  if (!('done' in answer)) throw new Error('refused');
  return answer.done as CreateOutput;
};
const failureOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof OutsideFailure ? error.code : `not a failure: ${String(error)}`;
};
const ledger = (): readonly Record<string, unknown>[] => gopay.simulator.ledger() as readonly Record<string, unknown>[];
const read = (id: string): Promise<GatewayPayment | undefined> => connect().gateway.read(id);
const stateOf = async (id: string): Promise<unknown> => (await read(id))?.state;
const refund = (paymentId: string, amount: number, known: readonly string[] = []): Promise<Answer<RefundOutput>> => {
  const effect = connect().effects['gopay.refund'] as Effect<unknown, RefundOutput> | undefined;
  if (!effect) throw new Error('gopay.refund is missing');
  return effect.perform('r', effect.input.parse({ paymentId, amount, known }), []);
};
const wasRefunded = (paymentId: string, amount: number, known: readonly string[] = []): Promise<unknown> => {
  const effect = connect().effects['gopay.refund'];
  return effect?.find?.('r', effect.input.parse({ paymentId, amount, known })) ?? Promise.reject(new Error('nobody can be asked'));
};

beforeEach(async () => {
  notified = [];
  shopAnswers = [];
  shop = createServer((request, response) => {
    notified.push(request.url ?? '');
    response.writeHead(shopAnswers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  store.current = createMemoryStore();
  gopay = await serve((options) => createGopaySimulator(options), { store: store.current });
});
afterEach(async () => {
  await gopay.close();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

describe('founding a payment', () => {
  it('gives its number and the address for the payer, with the key as order number', async () => {
    const { paymentId, gatewayUrl } = await found();
    expect(gatewayUrl.startsWith(`${gopay.baseUrl}/gw/v3/`)).toBe(true);
    expect(ledger()).toMatchObject([
      { id: paymentId, orderNumber: 'case-1-pay', amount: 15_000, variableSymbol: '1341000017', state: 'CREATED' },
    ]);
    expect(connect().create.output.safeParse({ paymentId, gatewayUrl }).success).toBe(true);
  });

  it('is refused with the name of the wrong field', async () => {
    const answer = await connect({ goid: 1 }).create.perform('k', input(), []);
    expect(answer).toEqual({ refused: { code: 'payment-refused', reason: expect.stringContaining('target.goid') } });
  });

  it.each([
    ['unavailable', 'gopay-unavailable'],
    ['fail-before', 'gopay-unavailable'],
    ['malformed', 'gopay-malformed'],
    ['lose-answer', 'gopay-unreachable'],
  ] as const)('fails so that it is tried again: %s', async (kind, code) => {
    await gopay.faults.set([{ operation: 'create', kind }]);
    expect(await failureOf(connect().create.perform('k', input(), []))).toBe(code);
  });

  it('times out by itself', async () => {
    await gopay.faults.set([{ operation: 'create', kind: 'slow', ms: 300 }]);
    expect(await failureOf(connect({ timeoutMs: 100 }).create.perform('k', input(), []))).toBe('gopay-timeout');
  });

  it('fails for good with a wrong secret', async () => {
    expect(await failureOf(connect({ clientSecret: 'x' }).create.perform('k', input(), []))).toBe('gopay-login-refused');
  });

  it('after a lost answer leaves an orphan that nobody can pay and that expires; only the second one is payable by us', async () => {
    const connector = connect();
    await gopay.faults.set([{ operation: 'create', kind: 'lose-answer', times: 1 }]);
    await failureOf(connector.create.perform('case-1-pay', input(), []));
    const { paymentId } = await found(connector);
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    gopay.clock.forward(2 * 3_600_000);
    expect(connector.create.find).toBeUndefined();
    expect(ledger().map(({ state }) => state)).toEqual(['TIMEOUTED', 'PAID']);
  });

  it('goes on when the token has expired meanwhile', async () => {
    const connector = connect();
    await found(connector, 'k1');
    gopay.clock.forward(3_600_000);
    await found(connector, 'k2');
    expect(ledger()).toHaveLength(2);
  });
});

describe('an order', () => {
  it('names its parts, the methods and the town as the town has set them, and is never a recurring one', async () => {
    const bodies: Record<string, unknown>[] = [];
    const heard: typeof fetch = (url, init) => {
      if (String(url).endsWith('/payments/payment')) bodies.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
      return fetch(url, init);
    };
    const terms = { methods: ['BANK_ACCOUNT', 'PAYMENT_CARD'], label: 'Lipová', lang: 'EN' as const };
    const effect = createGopayConnector(configOf(terms), { fetch: heard }).effects['gopay.create'];
    const items = [
      { name: 'Pes', amount: 10_000 },
      { name: 'Odpad', amount: 5_000 },
    ];
    await effect?.perform('k', effect.input.parse(input({ items })), []);
    expect(bodies).toMatchObject([
      {
        payer: { default_payment_instrument: 'BANK_ACCOUNT', allowed_payment_instruments: ['BANK_ACCOUNT', 'PAYMENT_CARD'] },
        order_description: 'Lipová: Poplatek ze psa 2026',
        items: [
          { name: 'Pes', amount: 10_000, count: 1 },
          { name: 'Odpad', amount: 5_000, count: 1 },
        ],
        lang: 'EN',
      },
    ]);
    expect(bodies[0]).not.toHaveProperty('recurrence');
    expect(bodies[0]).not.toHaveProperty('preauthorization');
  });
});

describe('the state of a payment', () => {
  it.each([
    ['pay', 'paid', 'PAID'],
    ['choose', 'open', 'PAYMENT_METHOD_CHOSEN _101'],
    ['refuse', 'cancelled', 'CANCELED _5002'],
    ['cancel', 'cancelled', 'CANCELED'],
    ['expire', 'expired', 'TIMEOUTED'],
    ['authorize', 'authorized', 'AUTHORIZED'],
  ])('after the payer did %s is %s (%s), told to the shop and read by asking', async (outcome, state, remoteState) => {
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome });
    await vi.waitFor(() => expect(notified).toEqual([`/hook?town=1&id=${paymentId}`]));
    expect(await read(paymentId)).toEqual({
      id: paymentId,
      orderNumber: 'case-1-pay',
      state,
      remoteState,
      amount: 15_000,
      currency: 'CZK',
      method: 'PAYMENT_CARD',
    });
  });

  it('cannot be changed by a second click', async () => {
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    expect(await gopay.act('act', { id: paymentId, outcome: 'cancel' })).toEqual({ ok: false });
    expect(await stateOf(paymentId)).toBe('paid');
  });

  it('is unknown for a payment GoPay does not have and for rubbish from the hook', async () => {
    expect(await read('999')).toBeUndefined();
    expect(await read('1/refund')).toBeUndefined();
    const { heard } = connect().gateway;
    expect([{ id: '1/refund' }, { id: '' }, {}, { id: '3000000001' }].map((query) => heard({ query: query as never, form: {} }))).toEqual([
      undefined,
      undefined,
      undefined,
      '3000000001',
    ]);
  });

  it('of a kind that GoPay has added since is shown to a person instead of being guessed', async () => {
    const { paymentId } = await found();
    const spoken: typeof fetch = async (...given) => {
      const answer = await fetch(...given);
      return new Response((await answer.text()).replace('"CREATED"', '"DISPUTED"'), { status: answer.status });
    };
    const connector = createGopayConnector(configOf(), { fetch: spoken });
    expect(await connector.gateway.read(paymentId)).toMatchObject({ state: 'unknown', remoteState: 'DISPUTED' });
  });

  it('tells how the payer paid', async () => {
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay', instrument: 'BANK_ACCOUNT' });
    expect(await read(paymentId)).toMatchObject({ state: 'paid', method: 'BANK_ACCOUNT' });
  });

  it('is asked for once more with a fresh token when the gateway forgot ours, and fails for good when that does not help', async () => {
    const { paymentId } = await found();
    const tries: number[] = [];
    const forgetful =
      (times: number): typeof fetch =>
      async (...given) => {
        if (!String(given[0]).includes('/payments/')) return fetch(...given);
        tries.push(1);
        return tries.length <= times ? new Response('{}', { status: 403 }) : fetch(...given);
      };
    expect(await createGopayConnector(configOf(), { fetch: forgetful(1) }).gateway.read(paymentId)).toMatchObject({ state: 'open' });
    tries.length = 0;
    expect(await failureOf(createGopayConnector(configOf(), { fetch: forgetful(9) }).gateway.read(paymentId))).toBe('gopay-login-refused');
    expect(tries).toHaveLength(2);
  });
});

describe('a refund', () => {
  const paid = async (): Promise<string> => {
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    return paymentId;
  };

  it('gives back a part and then the rest, never over the amount', async () => {
    const { paymentId } = await found();
    expect(await refund(paymentId, 100)).toMatchObject({ refused: { code: 'refund-refused' } });
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    expect(await refund(paymentId, 5000)).toMatchObject({ done: { paymentId, result: 'finished' } });
    expect(await stateOf(paymentId)).toBe('part-refunded');
    expect(await refund(paymentId, 10_001)).toMatchObject({ refused: { code: 'refund-refused' } });
    expect(await refund(paymentId, 10_000)).toMatchObject({ done: { result: 'finished' } });
    expect(await stateOf(paymentId)).toBe('refunded');
  });

  it.each([
    ['SUCCESS', 'finished', 'refunded'],
    ['FAILED', 'failed', 'paid'],
  ] as const)('that was accepted ends later as %s, which is asked for', async (end, word, state) => {
    const paymentId = await paid();
    await gopay.act('next-refund', { result: 'ACCEPTED' });
    const answer = await refund(paymentId, 15_000);
    if (!('done' in answer)) throw new Error('refused');
    const { refundId, result } = answer.done;
    expect([result, await connect().gateway.readRefund?.(paymentId, refundId)]).toEqual(['accepted', 'accepted']);
    await gopay.act('end-refund', { id: paymentId, refundId, state: end });
    expect([await connect().gateway.readRefund?.(paymentId, refundId), await stateOf(paymentId)]).toEqual([word, state]);
  });

  it('that failed at once is refused', async () => {
    const paymentId = await paid();
    await gopay.act('next-refund', { result: 'FAILED' });
    expect(await refund(paymentId, 15_000)).toMatchObject({ refused: { code: 'refund-failed' } });
    expect(await wasRefunded(paymentId, 15_000)).toBeUndefined();
  });

  it('whose answer was lost is found in the history, and is not taken for another of the same amount', async () => {
    const paymentId = await paid();
    const first = await refund(paymentId, 5000);
    const known = 'done' in first ? [first.done.refundId] : [];
    expect(await wasRefunded(paymentId, 5000, known)).toBeUndefined();
    await gopay.faults.set([{ operation: 'refund', kind: 'lose-answer', times: 1 }]);
    expect(await failureOf(refund(paymentId, 5000, known))).toBe('gopay-unreachable');
    expect(await wasRefunded(paymentId, 5000, known)).toMatchObject({ paymentId, result: 'finished' });
    expect(ledger()[0]).toMatchObject({ refunded: 10_000 });
  });
});

describe('a transfer to the town', () => {
  it('is one sum for many payments, less fees and refunds, with its list', async () => {
    const first = await found(connect(), 'k1');
    const second = await found(connect(), 'k2');
    await found(connect(), 'k3');
    for (const { paymentId } of [first, second]) await gopay.act('act', { id: paymentId, outcome: 'pay' });
    await refund(second.paymentId, 5000);
    expect(await gopay.act('transfer', {})).toEqual({ amount: 25_000 - 2 * 450 });
    expect(await connect().gateway.transfers?.('2026-03-02')).toEqual([
      {
        id: '2026-03-02/1',
        day: '2026-03-02',
        amount: 24_100,
        fee: 900,
        variableSymbol: '8123456789',
        items: [
          { paymentId: first.paymentId, orderNumber: '', amount: 15_000, fee: 450 },
          { paymentId: second.paymentId, orderNumber: '', amount: 10_000, fee: 450 },
        ],
      },
    ]);
    expect(await connect().gateway.transfers?.('2026-03-01')).toEqual([]);
  });

  it('leaves the gateway once: what was sent is not sent again, a later refund lowers the next', async () => {
    const first = await found(connect(), 'k1');
    await gopay.act('act', { id: first.paymentId, outcome: 'pay' });
    await gopay.act('transfer', {});
    expect(await gopay.act('transfer', {})).toEqual({ amount: 0 });
    await refund(first.paymentId, 5000);
    const second = await found(connect(), 'k2');
    await gopay.act('act', { id: second.paymentId, outcome: 'pay' });
    gopay.clock.forward(86_400_000);
    expect(await gopay.act('transfer', {})).toEqual({ amount: 15_000 - 450 - 5000 });
    expect((await connect().gateway.transfers?.('2026-03-03'))?.map(({ amount, fee }) => [amount, fee])).toEqual([[9550, 450]]);
  });
});

describe('a notification', () => {
  it('is repeated until the shop answers 200', async () => {
    shopAnswers = [503];
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    await vi.waitFor(() => expect(notified).toHaveLength(2), 3000);
    await vi.waitFor(() => expect(ledger()[0]?.['notNotified']).toEqual([]));
  });

  it('can come twice', async () => {
    await gopay.faults.set([{ operation: 'notification', kind: 'answer-twice', times: 1 }]);
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    await vi.waitFor(() => expect(notified).toHaveLength(2));
  });

  it('can never come, and the payment is still found by asking', async () => {
    await gopay.faults.set([{ operation: 'notification', kind: 'fail-before' }]);
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(notified).toEqual([]);
    expect(await stateOf(paymentId)).toBe('paid');
  });

  it('that was not told before the gateway died is told after it starts again', async () => {
    shopAnswers = Array.from({ length: 50 }, () => 500);
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    await gopay.close();
    notified = [];
    shopAnswers = [];
    gopay = await serve((options) => createGopaySimulator(options), { store: store.current });
    await vi.waitFor(() => expect(notified).toEqual([`/hook?town=1&id=${paymentId}`]));
  });
});

describe('the page of the gateway', () => {
  it('lets the payer pay and sends the browser back with the number of the payment', async () => {
    const { paymentId, gatewayUrl } = await found();
    expect(await (await fetch(gatewayUrl)).text()).toContain('150,00');
    const back = await fetch(gatewayUrl, { method: 'POST', body: new URLSearchParams({ outcome: 'pay' }), redirect: 'manual' });
    expect([back.status, new URL(back.headers.get('location') ?? '').searchParams.get('id')]).toEqual([302, paymentId]);
    expect(await (await fetch(gatewayUrl)).text()).toContain('Platba je zaplacena');
  });

  it('does not exist for a guessed address', async () => {
    expect((await fetch(`${gopay.baseUrl}/gw/v3/guess`)).status).toBe(404);
  });
});
