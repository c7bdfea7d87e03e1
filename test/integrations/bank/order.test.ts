// Payment orders: the file in ABO, the effect that sends it, the bank that carries it out, and what comes on the statement then.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBankConnector } from '../../../server/integrations/bank/index.ts';
import type { StatementFile } from '../../../server/integrations/bank/index.ts';
import { readPaymentOrder, writePaymentOrder } from '../../../server/integrations/bank/order-file.ts';
import { createBankSimulator, demoBankToken, townAccount } from '../../../server/integrations/bank/simulator.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

const payment = { to: '1265098001/5500', amount: 15_000, vs: '1341000017', ks: '', ss: '', message: 'Vrácení přeplatku, děkujeme' };
const order = { from: townAccount.account, name: townAccount.name, payOn: '2026-03-02', payments: [payment] };

describe('the file', () => {
  it('is ABO with CR LF, without diacritics, with the sum of its items', () => {
    expect(
      writePaymentOrder({ ...order, payments: [payment, { ...payment, to: '19-168540115/0600', amount: 1, ks: '308', ss: '7', vs: '' }] }),
    ).toBe(
      [
        'UHL1020326Mesto Lipova n. Orl.0000000000001999',
        '1 1501 001000 0800',
        '2 19-2000145399 15001 020326',
        '1265098001 15000 1341000017 55000000 0 AV:Vraceni preplatku, dekujeme',
        '19-168540115 1 0 06000308 7 AV:Vraceni preplatku, dekujeme',
        '3 +',
        '5 +',
        '',
      ].join('\r\n'),
    );
  });

  it('is read back by the bank', () => {
    expect(readPaymentOrder(writePaymentOrder(order))).toEqual({
      ...order,
      name: 'Mesto Lipova n. Orl.',
      payments: [{ ...payment, message: 'Vraceni preplatku, dekujeme' }],
    });
  });

  it.each([
    ['whose sum is another', (file: string) => file.replace(' 15000 020326', ' 15001 020326')],
    ['without its end', (file: string) => file.replace('5 +\r\n', '')],
    ['with a broken item', (file: string) => file.replace('AV:', 'XX:')],
  ])('%s is refused by the bank', (_what, change) => {
    expect(typeof readPaymentOrder(change(writePaymentOrder(order)))).toBe('string');
  });

  it('cannot be broken by what people wrote', () => {
    const file = writePaymentOrder({ ...order, payments: [{ ...payment, message: 'a\r\n5 +\r\nUHL1 \u0000 ž' }] });
    expect(readPaymentOrder(file)).toMatchObject({ payments: [{ message: 'a 5 + UHL1 z' }] });
  });
});

describe('the effect', () => {
  let bank: SimulatedServer;
  const connect = (more = {}) =>
    createBankConnector({ baseUrl: bank.baseUrl, token: demoBankToken, account: townAccount.account, timeoutMs: 1000, ...more });
  const input = { name: townAccount.name, payOn: '2026-03-02', payments: [payment] };
  const movements = async (): Promise<readonly (readonly [number, boolean])[]> => {
    const { messages } = await connect().inbox.poll(undefined);
    const items = messages.flatMap(({ payload }) => (payload as StatementFile).statements).flatMap((statement) => statement.items);
    return items.map(({ amount, isReversal }) => [amount, isReversal] as const);
  };
  beforeEach(async () => {
    bank = await serve((options) => createBankSimulator(options));
  });
  afterEach(() => bank.close());

  it('sends the file once under its key, and the debit comes on the statement', async () => {
    const send = connect().effects['bank.order'];
    expect(await send?.find?.('k1', input)).toBeUndefined();
    const done = { messageId: 'k1', items: 1, total: 15_000 };
    expect(await send?.perform('k1', input, [])).toEqual({ done });
    expect(await send?.perform('k1', input, [])).toEqual({ done });
    expect(await send?.find?.('k1', input)).toEqual(done);
    expect(await movements()).toEqual([[-15_000, false]]);
  });

  it('to an account that cannot be one comes back', async () => {
    await connect().effects['bank.order']?.perform('k1', { ...input, payments: [{ ...payment, to: '1265098002/5500' }] }, []);
    expect(await movements()).toEqual([
      [-15_000, false],
      [15_000, true],
    ]);
  });

  it('is refused for an account that is not ours to pay from', async () => {
    const stranger = connect({ account: '168540115/0600' }).effects['bank.order'];
    expect(await stranger?.perform('k1', input, [])).toEqual({
      refused: { code: 'order-refused', reason: 'Účet plátce není účtem, ke kterému je přístup.' },
    });
    expect(await movements()).toEqual([]);
  });

  it('is not offered where statements come by the Fio API', () => {
    expect(connect({ format: 'fio' }).effects).toEqual({});
  });
});
