// Payments through a gateway, from the order to the books and back, over both gateways' simulators: lost, late, doubled and wrong words, refunds, a crash anywhere.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensurePayer, orderReturn } from '../../server/books/index.ts';
import { bookItem } from '../../server/books/statement-items.ts';
import { ownCardPayment, payByGateway, payWithoutLogin, publicCardPayment, requirePublicDebt } from '../../server/cases/pay-by-gateway.ts';
import { notePayment } from '../../server/books/gateways/note-payment.ts';
import { createComgateConnector } from '../../server/integrations/comgate/index.ts';
import { createComgateSimulator, demoMerchant } from '../../server/integrations/comgate/simulator.ts';
import type { Connector } from '../../server/integrations/connector.ts';
import { createGopayConnector } from '../../server/integrations/gopay/index.ts';
import { createGopaySimulator, demoShop } from '../../server/integrations/gopay/simulator.ts';
import { askAboutOpenPayments, askGateway, hearGateway } from '../../server/jobs/ask-gateway.ts';
import { askAboutRefunds, sendGatewayRefunds } from '../../server/jobs/gateway-refunds.ts';
import { decideStuckWork } from '../../server/jobs/loose-effects.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { readGatewayTransfers } from '../../server/jobs/read-gateway-transfers.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import type { CardPaymentRow } from '../../server/store/card-payments.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { booksOf, type Books } from '../books/a-payer.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { brokenBooks } from '../../tools/ledger-check/check.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, leasesRunOut, skipPauses } from './a-workshop.ts';

const database = await cloneDatabase();
let town: TestTown;
let books: Books;
let payerId: string;
beforeAll(async () => {
  town = await openTestTown(database);
  books = booksOf(town);
});
afterAll(async () => {
  await town.close();
  expect(await brokenBooks(everyTownUrl(database))).toEqual([]);
});

const gateways = {
  gopay: {
    serve: () => serve((options) => createGopaySimulator(options)),
    connect: ({ baseUrl }: SimulatedServer): Connector =>
      createGopayConnector({
        ...demoShop,
        baseUrl: `${baseUrl}/api`,
        returnUrl: 'http://localhost:3000/platba',
        notificationUrl: 'http://127.0.0.1:9/',
      }),
    alter: { amount: 'amount', currency: 'currency', orderNumber: 'orderNumber' },
  },
  comgate: {
    serve: () =>
      serve((options) => createComgateSimulator({ ...options, shop: { ...demoMerchant, notificationUrl: 'http://127.0.0.1:9/' } })),
    connect: ({ baseUrl }: SimulatedServer): Connector =>
      createComgateConnector({ ...demoMerchant, baseUrl: `${baseUrl}/v2.0`, returnUrl: 'http://localhost:3000/platba' }),
    alter: { amount: 'price', currency: 'curr', orderNumber: 'refId' },
  },
} as const;

describe.each(['gopay', 'comgate'] as const)('%s', (gateway) => {
  /** Comgate does refunds at once and tells nothing about them. */
  const onlyGopay = gateway === 'gopay' ? test : undefined;
  let side: SimulatedServer;
  let workshop: Workshop;
  beforeAll(async () => {
    side = await gateways[gateway].serve();
    return () => side.close();
  });
  beforeEach(async () => {
    await side.faults.set([]);
    await town.sql(`update outbox set state = 'dropped', lease = null, leased_until = null where state in ('ready', 'leased', 'dead')`);
    await town.sql(`update card_payment set state = 'expired' where state in ('ordered', 'open')`);
    workshop = { ...aWorkshop(town, []), connectors: [gateways[gateway].connect(side)] };
    payerId = await books.inside((trx, t, now) => ensurePayer(trx, t, { personId: town.citizen.id, name: 'Jana Novotná' }, now));
  });

  const order = (prescriptionIds: readonly string[], commandId: string = randomUUID()): Promise<string> =>
    payByGateway(town.corridor, town.tenantId, { gateway, personId: town.citizen.id, prescriptionIds, commandId });
  const card = (id: string): Promise<CardPaymentRow> => ownCardPayment(town.corridor, town.tenantId, town.citizen.id, id);
  const ordered = async (prescriptionIds: readonly string[]): Promise<{ readonly id: string; readonly remoteId: string }> => {
    const id = await order(prescriptionIds);
    await performEffects(workshop);
    return { id, remoteId: (await card(id)).remoteId ?? '' };
  };
  const ask = async (remoteId: string): Promise<void> => {
    await askGateway(workshop, town.tenantId, gateway, remoteId);
    await processInbox(workshop);
  };
  const debt = (amount: number, given: object = {}): Promise<{ readonly id: string; readonly variableSymbol: string }> =>
    books.prescribe(payerId, amount, given);
  const act = (action: string, input: object): Promise<unknown> => side.act(action, input);
  const ledger = (): readonly Record<string, unknown>[] => side.simulator.ledger() as readonly Record<string, unknown>[];
  const collected = (): Promise<number> => books.account(`gateway:${gateway}`);

  test('one payment pays several prescriptions, each by its own share, once however often the gateway tells it', async () => {
    const [dog, waste] = [await debt(15_000), await debt(8_500, { kind: 'odpad' })];
    const before = await collected();
    const { id, remoteId } = await ordered([dog.id, waste.id]);
    expect(ledger().find((one) => one['id'] === remoteId)).toMatchObject({ amount: 23_500 });
    expect(await card(id)).toMatchObject({ state: 'open', amount: 23_500, gateway });
    await act('act', { id: remoteId, outcome: 'pay' });
    for (let time = 0; time < 3; time++) await ask(remoteId);
    expect([await books.owed(dog.id), await books.owed(waste.id)]).toEqual([
      [15_000, 15_000, 0, 0],
      [8_500, 8_500, 0, 0],
    ]);
    expect((await collected()) - before).toBe(23_500);
    const { state, paymentId, trouble } = await card(id);
    expect([state, trouble, await books.life(paymentId ?? '')]).toEqual(['paid', null, 'allocated']);
  });

  test('the same order given twice, or by two hands at once, is one payment at the gateway', async () => {
    const { id } = await debt(1_000);
    const commandId = randomUUID();
    const before = ledger().length;
    const ids = await Promise.all([order([id], commandId), order([id], commandId), order([id], commandId)]);
    await performEffects(workshop);
    expect(new Set(ids).size).toBe(1);
    expect(ledger()).toHaveLength(before + 1);
  });

  test('what is paid already, cancelled, another’s or unknown is not ordered', async () => {
    const own = await debt(1_000);
    await books.pay(1_000, own.variableSymbol);
    await expect(order([own.id])).rejects.toMatchObject({ code: 'already-paid' });
    const strangers = await books.prescribe(await books.payer(), 1_000);
    const fresh = await debt(1_000);
    for (const ids of [[strangers.id], [randomUUID()], [fresh.id, strangers.id]])
      await expect(order(ids)).rejects.toMatchObject({ code: 'prescription-not-found' });
    await expect(order([])).rejects.toMatchObject({ code: 'nothing-to-pay' });
  });

  test('a citizen orders exactly what he sees: what the household shares and what he has a mandate for, while it lasts', async () => {
    const [member, company, former, coming] = [await books.payer(), await books.payer(), await books.payer(), await books.payer()];
    await town.sql('update payer set household_id = $1 where id = $2', [town.citizen.id, member]);
    for (const [payer, from, to] of [
      [company, '2026-01-01', '2026-03-02'],
      [former, '2026-01-01', '2026-03-01'],
      [coming, '2026-03-03', null],
    ])
      await town.sql(
        `insert into payer_access (tenant_id, person_id, payer_id, as_what, valid_from, valid_to, source) values ($1, $2, $3, 'mandate', $4, $5, 'test')`,
        [town.tenantId, town.citizen.id, payer, from, to],
      );
    const prescribed = async (payer: string, kind: string): Promise<string> => (await books.prescribe(payer, 1_000, { kind })).id;
    const seen = [await prescribed(member, 'odpad'), await prescribed(member, 'pobyt'), await prescribed(company, 'pes')];
    const unseen = [await prescribed(member, 'pes'), await prescribed(member, 'pokuta'), await prescribed(former, 'odpad')];
    unseen.push(await prescribed(coming, 'odpad'));
    const own = (await debt(1_000)).id;

    const { id } = await ordered([own, ...seen]);

    expect(await card(id)).toMatchObject({ state: 'open', amount: 4_000 });
    const before = ledger().length;
    for (const one of unseen)
      for (const ids of [[one], [own, one]]) await expect(order(ids)).rejects.toMatchObject({ code: 'prescription-not-found' });
    await performEffects(workshop);
    expect(ledger()).toHaveLength(before);
  });

  test('of several the paid ones are left out and the rest is ordered', async () => {
    const [paid, open] = [await debt(1_000), await debt(2_000)];
    await books.pay(1_000, paid.variableSymbol);
    const { id } = await ordered([paid.id, open.id]);
    expect(await card(id)).toMatchObject({ amount: 2_000, variableSymbol: open.variableSymbol });
  });

  test('money for what was paid meanwhile stays visible as an overpayment', async () => {
    const { id, variableSymbol } = await debt(3_000);
    const payment = await ordered([id]);
    await books.pay(3_000, variableSymbol);
    await act('act', { id: payment.remoteId, outcome: 'pay' });
    await ask(payment.remoteId);
    expect(await books.life((await card(payment.id)).paymentId ?? '')).toBe('unmatched already-paid');
  });

  test.each(['amount', 'currency', 'orderNumber'] as const)(
    'a gateway that tells another %s books nothing and a person sees it',
    async (what) => {
      const { id } = await debt(4_000);
      const payment = await ordered([id]);
      const before = await collected();
      const lies = { amount: 4_001, currency: 'EUR', orderNumber: 'jiná' };
      await act('act', { id: payment.remoteId, outcome: 'pay' });
      await act('alter', { id: payment.remoteId, [gateways[gateway].alter[what]]: lies[what] });
      await ask(payment.remoteId);
      expect([await books.owed(id), await collected()]).toEqual([[4_000, 0, 0, 4_000], before]);
      expect(await card(payment.id)).toMatchObject({ trouble: 'card-payment-differs', paymentId: null });
      const unsorted = await town.sql(`select 1 from inbox where source = $1 and result = 'unsorted' and payload ->> 'id' = $2`, [
        gateway,
        payment.remoteId,
      ]);
      expect(unsorted).toHaveLength(1);
    },
  );

  test('a payment whose notification never came is found by asking, and one that ended is not asked about again', async () => {
    const { id } = await debt(5_000);
    const payment = await ordered([id]);
    await act('act', { id: payment.remoteId, outcome: 'pay' });
    town.later(60_000);
    await askAboutOpenPayments(workshop);
    await processInbox(workshop);
    expect(await card(payment.id)).toMatchObject({ state: 'paid' });
    await side.faults.set([{ operation: 'status', kind: 'fail-before' }]);
    town.later(60_000);
    await askAboutOpenPayments(workshop);
    expect(side.faults.list()).toHaveLength(1);
  });

  test('word that the payment was cancelled ends it, and money that comes after all still counts', async () => {
    const { id } = await debt(6_000);
    const payment = await ordered([id]);
    await act('act', { id: payment.remoteId, outcome: 'cancel' });
    await ask(payment.remoteId);
    expect(await card(payment.id)).toMatchObject({ state: 'cancelled' });
    const { effectKey } = await card(payment.id);
    const word = { gateway, id: payment.remoteId, orderNumber: effectKey, remoteState: 'PAID', amount: 6_000, currency: 'CZK', method: '' };
    const noted = (state: string): Promise<unknown> => books.inside((trx, t, now) => notePayment(trx, t, { ...word, state }, { now }));
    expect(await noted('paid')).toMatchObject({ kind: 'credited', isAllocated: true });
    expect(await noted('open')).toEqual({ kind: 'noted' });
    expect(await card(payment.id)).toMatchObject({ state: 'paid' });
    expect(await noted('disputed')).toEqual({ kind: 'trouble', reason: 'card-payment-state-unknown' });
  });

  test('a gateway that refuses the order, or never answers, tells the payer', async () => {
    const { id } = await debt(7_000);
    await side.faults.set([{ operation: 'create', kind: 'unavailable', times: 1 }]);
    const first = await order([id]);
    await performEffects(workshop);
    expect(await card(first)).toMatchObject({ state: 'ordered' });
    await skipPauses(town);
    await performEffects(workshop);
    expect(await card(first)).toMatchObject({ state: 'open' });
  });

  test('a notification makes us ask; one that is none of the gateway’s does not', async () => {
    const { id } = await debt(500);
    const { remoteId } = await ordered([id]);
    await act('act', { id: remoteId, outcome: 'pay' });
    const hear = (query: Record<string, string>, form: Record<string, string>): Promise<boolean> =>
      hearGateway(workshop, town.tenantId, { gateway, notification: { query, form } });
    expect(await hear({ id: 'x' }, { transId: remoteId, secret: 'x' })).toBe(false);
    expect(await hear({ id: remoteId }, { transId: remoteId, ...demoMerchant })).toBe(true);
    await processInbox(workshop);
    expect(await books.owed(id)).toEqual([500, 500, 0, 0]);
  });

  describe('a return', () => {
    const overpaid = async (amount: number): Promise<{ readonly paymentId: string; readonly remoteId: string; readonly id: string }> => {
      const { id, variableSymbol } = await debt(amount);
      const payment = await ordered([id]);
      await books.pay(amount, variableSymbol);
      await act('act', { id: payment.remoteId, outcome: 'pay' });
      await ask(payment.remoteId);
      return { ...payment, paymentId: (await card(payment.id)).paymentId ?? '' };
    };
    const giveBack = (paymentId: string, amount: number): Promise<string> =>
      books.inside((trx, t, now) =>
        orderReturn(trx, t, { paymentId, amount, to: '', name: '', reason: 'přeplatek', by: 'rule:test', now }),
      );
    const send = async (): Promise<void> => {
      await sendGatewayRefunds(workshop);
      await performEffects(workshop);
    };
    const stateOf = async (refundId: string): Promise<unknown> =>
      (await town.sql<{ state: string }>('select state from gateway_refund where refund_id = $1', [refundId]))[0]?.state;

    test('goes through the gateway that the money came by, in parts one after another, and leaves the books', async () => {
      const { paymentId, remoteId } = await overpaid(10_000);
      const before = await collected();
      const first = await giveBack(paymentId, 4_000);
      town.later(1_000);
      const second = await giveBack(paymentId, 6_000);
      await send();
      expect([await stateOf(first), await stateOf(second)]).toEqual(['finished', undefined]);
      await send();
      await send();
      expect([await stateOf(first), await stateOf(second)]).toEqual(['finished', 'finished']);
      expect(ledger().find((one) => one['id'] === remoteId)).toMatchObject({ refunded: 10_000 });
      expect([await collected(), await books.account('refund')]).toEqual([before - 10_000, 0]);
      expect(await books.life(paymentId)).toBe('returned returned');
      await ask(remoteId);
      expect(
        (await card((await town.sql<{ id: string }>('select id from card_payment where payment_id = $1', [paymentId]))[0]?.id ?? ''))
          .trouble,
      ).toBeNull();
    });

    test('that the gateway refuses is free money again', async () => {
      const { paymentId, remoteId, id } = await overpaid(2_000);
      await act('alter', { id: remoteId, [gateways[gateway].alter.amount]: 1_000 });
      const refundId = await giveBack(paymentId, 2_000);
      await send();
      expect(await stateOf(refundId)).toBe('failed');
      expect(await books.life(paymentId)).toBe('unmatched return-failed');
      expect((await card(id)).state).toBe('paid');
    });

    test('sent by three workers at once is sent once', async () => {
      const { paymentId, remoteId } = await overpaid(3_000);
      await giveBack(paymentId, 3_000);
      await Promise.all([send(), send(), send()]);
      await send();
      expect(ledger().find((one) => one['id'] === remoteId)).toMatchObject({ refunded: 3_000 });
    });

    test('whose answer was lost is never paid out twice', async () => {
      const { paymentId, remoteId } = await overpaid(5_000);
      const refundId = await giveBack(paymentId, 5_000);
      await side.faults.set([{ operation: 'refund', kind: 'lose-answer', times: 1 }]);
      await send();
      await skipPauses(town);
      await performEffects(workshop);
      expect(ledger().find((one) => one['id'] === remoteId)).toMatchObject({ refunded: 5_000 });
      // GoPay can be asked; Comgate cannot, so a person decides.
      expect(await stateOf(refundId)).toBe(gateway === 'gopay' ? 'finished' : 'stuck');
    });

    test('after a worker died in the middle is never paid out twice', async () => {
      const { paymentId, remoteId } = await overpaid(5_500);
      const refundId = await giveBack(paymentId, 5_500);
      await sendGatewayRefunds(workshop);
      const [held] = await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 8, 5_000));
      const effect = workshop.connectors[0]?.effects[`${gateway}.refund`];
      await effect?.perform(held?.key ?? '', effect.input.parse(held?.input), []);
      await leasesRunOut(town);
      await performEffects(workshop);
      expect(ledger().find((one) => one['id'] === remoteId)).toMatchObject({ refunded: 5_500 });
      expect(await stateOf(refundId)).toBe(gateway === 'gopay' ? 'finished' : 'stuck');
    });

    test.each([
      [true, 'finished', 'returned returned'],
      [false, 'failed', 'unmatched return-failed'],
    ])('of which nobody knows is decided by an officer (it happened: %s)', async (isDone, state, life) => {
      const { paymentId } = await overpaid(1_200);
      const refundId = await giveBack(paymentId, 1_200);
      await sendGatewayRefunds(workshop);
      await town.sql(`update outbox set state = 'dead', last_error = 'x', finished_at = now() where subject = $1`, [refundId]);
      await town.sql(`update gateway_refund set state = 'stuck' where refund_id = $1`, [refundId]);
      const [row] = await town.sql<{ key: string }>('select key from outbox where subject = $1', [refundId]);
      await decideStuckWork(workshop, town.tenantId, { key: row?.key ?? '', isDone, reason: 'ověřeno v portálu', officerId: 'x' });
      expect([await stateOf(refundId), await books.life(paymentId)]).toEqual([state, life]);
    });

    test('that surely never reached the gateway is tried again', async () => {
      const { paymentId } = await overpaid(700);
      const refundId = await giveBack(paymentId, 700);
      await side.faults.set([{ operation: 'refund', kind: 'unavailable', times: 2 }]);
      await send();
      for (let time = 0; time < 2; time++) {
        await skipPauses(town);
        await performEffects(workshop);
      }
      expect(await stateOf(refundId)).toBe('finished');
    });

    onlyGopay?.each([
      ['SUCCESS', 'finished', 'returned returned'],
      ['FAILED', 'failed', 'unmatched return-failed'],
    ])('that was only accepted is asked about until it ended: %s', async (end, state, life) => {
      const { paymentId, remoteId } = await overpaid(900);
      await act('next-refund', { result: 'ACCEPTED' });
      const refundId = await giveBack(paymentId, 900);
      await send();
      expect([await stateOf(refundId), await books.life(paymentId)]).toEqual(['accepted', 'return-ordered return-ordered']);
      town.later(60_000);
      await askAboutRefunds(workshop);
      expect(await stateOf(refundId)).toBe('accepted');
      const [{ refunds } = { refunds: [] }] = ledger().filter((one) => one['id'] === remoteId) as unknown as {
        refunds: { id: string }[];
      }[];
      await act('end-refund', { id: remoteId, refundId: refunds[0]?.id, state: end });
      town.later(60_000);
      await askAboutRefunds(workshop);
      expect([await stateOf(refundId), await books.life(paymentId)]).toEqual([state, life]);
    });

    onlyGopay?.('made by hand in the gateway’s portal is shown to a person', async () => {
      const { paymentId, remoteId, id } = await overpaid(800);
      const effect = workshop.connectors[0]?.effects['gopay.refund'];
      await effect?.perform('by-hand', effect.input.parse({ paymentId: remoteId, amount: 800 }), []);
      await ask(remoteId);
      expect(await card(id)).toMatchObject({ trouble: 'card-payment-refunded-outside', state: 'refunded' });
      expect(await books.life(paymentId)).toBe('unmatched already-paid');
    });
  });

  test('a bulk transfer is kept once with its payments, and its credit on the bank’s statement settles the gateway', async () => {
    const { id } = await debt(20_000);
    const payment = await ordered([id]);
    await act('act', { id: payment.remoteId, outcome: 'pay' });
    await ask(payment.remoteId);
    side.clock.forward(town.clock.now().getTime() - side.clock.now().getTime());
    const { amount } = (await act('transfer', {})) as { readonly amount: number };
    for (let time = 0; time < 2; time++) await readGatewayTransfers(workshop);
    const [kept, ...others] = await town.sql<{ amount: number; fee: number; variable_symbol: string; trouble: string | null }>(
      'select amount::int, fee::int, variable_symbol, trouble from gateway_transfer where gateway = $1',
      [gateway],
    );
    expect([kept?.amount, kept?.trouble, others]).toEqual([amount, null, []]);
    const items = await town.sql<{ due: number; known: number; all: number }>(
      'select sum(amount - fee)::int as due, count(card_payment_id)::int as known, count(*)::int as "all" from gateway_transfer_item where gateway = $1',
      [gateway],
    );
    expect(items).toEqual([{ due: amount, known: items[0]?.all, all: items[0]?.all }]);
    const before = await collected();
    const item = {
      ...{ id: `${gateway}-credit`, date: '2026-03-03', amount, currency: 'CZK', isHeld: false, isReversal: false },
      ...{ vs: kept?.variable_symbol ?? '', ks: '', ss: '', counterAccount: '1/0100', name: 'Brána', message: '' },
    };
    const booked = await books.inside((trx, t, now) => bookItem(trx, t, { item, account: 'bank:19-2000145399/0800', isBooked: true, now }));
    expect(booked).toMatchObject({ outcome: 'settled' });
    expect(await collected()).toBe(before - amount - (kept?.fee ?? 0));
  });

  describe('without login', () => {
    const pay = (variableSymbol: string, amount: number, commandId: string = randomUUID()): Promise<string> =>
      payWithoutLogin(town.corridor, town.tenantId, { gateway, variableSymbol, amount, commandId, lang: 'cs' });

    test('whoever knows the symbol and the exact amount pays, and only he learns how it ended', async () => {
      const { id, variableSymbol } = await debt(12_300, { title: 'Poplatek ze psa Alíka' });
      const key = randomUUID();
      const cardId = await pay(`00${variableSymbol}`.slice(-10), 12_300, key);
      expect(await pay(variableSymbol, 12_300, key)).toBe(cardId);
      await performEffects(workshop);
      const found = await publicCardPayment(town.corridor, town.tenantId, cardId, key);
      await act('act', { id: found.remoteId, outcome: 'pay' });
      await ask(found.remoteId ?? '');
      expect(await books.owed(id)).toEqual([12_300, 12_300, 0, 0]);
      expect(await publicCardPayment(town.corridor, town.tenantId, cardId, key)).toMatchObject({ state: 'paid' });
      for (const wrong of ['', randomUUID()])
        await expect(publicCardPayment(town.corridor, town.tenantId, cardId, wrong)).rejects.toMatchObject({
          code: 'card-payment-not-found',
        });
      await expect(card(cardId)).rejects.toMatchObject({ code: 'card-payment-not-found' });
    });

    test('the gateway is told no name and no title', async () => {
      const { variableSymbol } = await debt(12_301, { title: 'Poplatek ze psa Alíka' });
      await pay(variableSymbol, 12_301);
      const [row] = await town.sql<{ input: object }>(`select input from outbox where state = 'ready'`);
      expect(JSON.stringify(row?.input)).not.toMatch(/Alík|Jana|@/);
    });

    test('a wrong symbol, a wrong amount and what is paid answer the same', async () => {
      const [open, paid] = [await debt(9_900), await debt(9_901)];
      await books.pay(9_901, paid.variableSymbol);
      const refused = (variableSymbol: string, amount: number): Promise<unknown> =>
        requirePublicDebt(town.corridor, town.tenantId, { variableSymbol, amount }).then(
          () => 'found',
          (error: { code: string; kind: string; details: unknown }) => [error.kind, error.code, error.details],
        );
      expect(await refused(open.variableSymbol, 9_900)).toBe('found');
      const answers = [
        await refused(open.variableSymbol, 9_899),
        await refused('7100000000', 9_900),
        await refused(paid.variableSymbol, 9_901),
        await refused('1', 9_900),
      ];
      expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
      expect(answers[0]).toEqual(['not-found', 'debt-not-found', {}]);
    });
  });
});

test('a town without a gateway takes no such payments', async () => {
  const order = { gateway: undefined, personId: town.citizen.id, prescriptionIds: [randomUUID()], commandId: randomUUID() };
  await expect(payByGateway(town.corridor, town.tenantId, order)).rejects.toMatchObject({ code: 'gateway-missing' });
});
