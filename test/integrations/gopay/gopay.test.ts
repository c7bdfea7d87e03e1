// GoPay against its simulator: found a payment, be refused, fail, time out, lose the answer; notifications late, doubled, never.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Effect } from '../../../server/integrations/connector.ts';
import { createGopayConnector } from '../../../server/integrations/gopay/index.ts';
import type { CreatePaymentOutput, GopayConfig, GopayConnector } from '../../../server/integrations/gopay/index.ts';
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
const found = async (connector = connect(), key = 'case-1-pay'): Promise<CreatePaymentOutput> => {
  const answer = await connector.create.perform(key, input(), []);
  if (!('done' in answer)) throw new Error('refused');
  return answer.done as CreatePaymentOutput;
};
const failureOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof OutsideFailure ? error.code : `not a failure: ${String(error)}`;
};
const ledger = (): readonly Record<string, unknown>[] => gopay.simulator.ledger() as readonly Record<string, unknown>[];
const stateOf = async (id: string): Promise<unknown> =>
  ((await connect().fetchPayment(id))?.payload as { state: string } | undefined)?.state;

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

describe('the state of a payment', () => {
  it.each([
    ['pay', 'PAID'],
    ['cancel', 'CANCELED'],
    ['expire', 'TIMEOUTED'],
  ])('after the payer chose %s is %s, told to the shop and read by asking', async (outcome, state) => {
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome });
    await vi.waitFor(() => expect(notified).toEqual([`/hook?town=1&id=${paymentId}`]));
    expect(await connect().fetchPayment(paymentId)).toEqual({
      id: `payment:${paymentId}:${state}`,
      kind: 'card-payment',
      payload: { id: paymentId, orderNumber: 'case-1-pay', state, amount: 15_000, currency: 'CZK' },
    });
  });

  it('cannot be changed by a second click', async () => {
    const { paymentId } = await found();
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    expect(await gopay.act('act', { id: paymentId, outcome: 'cancel' })).toEqual({ ok: false });
    expect(await stateOf(paymentId)).toBe('PAID');
  });

  it('is unknown for a payment GoPay does not have and for rubbish from the hook', async () => {
    expect(await connect().fetchPayment('999')).toBeUndefined();
    expect(await connect().fetchPayment('1/refund')).toBeUndefined();
  });

  it('becomes refunded, in part and whole, never over the amount', async () => {
    const { paymentId } = await found();
    expect(await connect().refund(paymentId, 100)).toBe(false);
    await gopay.act('act', { id: paymentId, outcome: 'pay' });
    expect(await connect().refund(paymentId, 5000)).toBe(true);
    expect(await stateOf(paymentId)).toBe('PARTIALLY_REFUNDED');
    expect(await connect().refund(paymentId, 10_001)).toBe(false);
    expect(await connect().refund(paymentId, 10_000)).toBe(true);
    expect(await stateOf(paymentId)).toBe('REFUNDED');
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
    expect(await stateOf(paymentId)).toBe('PAID');
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
