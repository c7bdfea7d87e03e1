// The bank connector against the simulated bank: items come once, in order, whatever happens to the line.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spayd } from '../../../server/domain/qr-payment.ts';
import { createBankConnector } from '../../../server/integrations/bank/index.ts';
import type { BankItem } from '../../../server/integrations/bank/index.ts';
import { createBankSimulator, demoBankToken, demoPayers, townAccount } from '../../../server/integrations/bank/simulator.ts';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

let bank: SimulatedServer;
const connect = (more = {}): ReturnType<typeof createBankConnector> =>
  createBankConnector({ baseUrl: bank.baseUrl, token: demoBankToken, account: townAccount.account, timeoutMs: 1000, ...more });
const failureOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof OutsideFailure ? error.code : `not a failure: ${String(error)}`;
};
const form = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(`${bank.baseUrl}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

beforeEach(async () => {
  bank = await serve((options) => createBankSimulator(options));
});
afterEach(() => bank.close());

describe('reading the statements', () => {
  it('gives each transfer once, with symbols, counter account and message', async () => {
    await bank.act('transfer', { amount: 15_000, vs: '1341000017', message: 'Poplatek ze psa' });
    const { inbox } = connect();
    const first = await inbox.poll(undefined);
    const second = await inbox.poll(first.cursor);

    expect(first.messages).toEqual([
      {
        id: expect.stringMatching(/^19-2000145399\/0800:26000001:[0-9a-f]{16}$/) as string,
        kind: 'bank-item',
        payload: {
          account: townAccount.account,
          statement: '2026/1',
          item: 1,
          amount: 15_000,
          currency: 'CZK',
          isHeld: false,
          isReversal: false,
          vs: '1341000017',
          ks: '',
          ss: '',
          counterAccount: '1265098001/5500',
          name: 'Jana Novotná',
          message: 'Poplatek ze psa',
          date: '2026-03-02',
        } satisfies BankItem,
      },
    ]);
    expect(second).toEqual({ messages: [], cursor: first.cursor });
  });

  it('goes on after the last statement read, and keeps ids when read again from the start', async () => {
    const { inbox } = connect();
    await bank.act('transfer', { amount: 100, vs: '1' });
    const { cursor } = await inbox.poll(undefined);
    await bank.act('transfer', { amount: 200, vs: '2' });
    await bank.act('transfer', { amount: 300, vs: '3' });
    const later = await inbox.poll(cursor);
    const all = await inbox.poll(undefined);

    expect(later.messages.map(({ payload }) => (payload as BankItem).amount)).toEqual([200, 300]);
    expect(all.messages.slice(1).map(({ id }) => id)).toEqual(later.messages.map(({ id }) => id));
  });

  it('reads at most so many statements in one poll and the rest in the next', async () => {
    const { inbox } = connect({ statementsPerPoll: 1 });
    await bank.act('transfer', { amount: 100 });
    await connect().inbox.poll(undefined);
    await bank.act('transfer', { amount: 200 });
    const first = await inbox.poll(undefined);
    const second = await inbox.poll(first.cursor);
    expect([first.messages.length, second.messages.length]).toEqual([1, 1]);
  });

  it('shows money leaving the account as negative', async () => {
    await bank.act('transfer', { from: townAccount.account, to: demoPayers[0]?.account, amount: 700 });
    expect((await connect().inbox.poll(undefined)).messages[0]?.payload).toMatchObject({ amount: -700 });
  });

  it('is not confused by a list that comes twice', async () => {
    await bank.act('transfer', { amount: 100 });
    await bank.faults.set([{ operation: 'statements', kind: 'answer-twice' }]);
    expect((await connect().inbox.poll(undefined)).messages).toHaveLength(1);
  });

  it.each([
    ['unavailable', 'bank-unavailable'],
    ['fail-before', 'bank-unavailable'],
    ['malformed', 'bank-malformed'],
    ['lose-answer', 'bank-unreachable'],
  ] as const)('fails on %s and loses nothing', async (kind, code) => {
    await bank.act('transfer', { amount: 100 });
    await bank.faults.set([{ operation: 'statements', kind, times: 1 }]);
    const { inbox } = connect();
    expect(await failureOf(inbox.poll(undefined))).toBe(code);
    expect((await inbox.poll(undefined)).messages).toHaveLength(1);
  });

  it('fails for a wrong token, and the check says so', async () => {
    expect(await failureOf(connect({ token: 'x' }).inbox.poll(undefined))).toBe('bank-login-refused');
    expect((await connect({ token: 'x' }).check()).ok).toBe(false);
    expect((await connect().check()).ok).toBe(true);
  });

  it('fails when the statement is of another account', async () => {
    await bank.act('transfer', { amount: 100 });
    expect(await failureOf(connect({ account: '168540115/0600' }).inbox.poll(undefined))).toBe('bank-statement-broken');
  });
});

describe('internet banking', () => {
  it('takes a scanned QR payment', async () => {
    const text = spayd({ account: townAccount.account, amount: 15_050, variableSymbol: '1341000017', message: 'Poplatek ze psa' });
    expect(await (await form('/qr', { spayd: text })).text()).toContain('value="150,50"');
    await bank.act('transfer', { spayd: text });
    expect((await connect().inbox.poll(undefined)).messages[0]?.payload).toMatchObject({
      amount: 15_050,
      vs: '1341000017',
      message: 'POPLATEK ZE PSA',
    });
  });

  it('takes a transfer typed by hand with a decimal comma', async () => {
    const answer = await form('/prevod', { from: demoPayers[1]?.account ?? '', to: townAccount.account, amount: '1 234,50', vs: '42' });
    expect(answer.status).toBe(302);
    expect((await connect().inbox.poll(undefined)).messages[0]?.payload).toMatchObject({ amount: 123_450, vs: '42', name: 'Zdeněk Řehoř' });
  });

  it.each([{ amount: '-5' }, { amount: 'x' }, { amount: '0' }, { amount: '5', to: 'kamkoli' }, { amount: '5', vs: '12345678901' }])(
    'refuses %j and takes nothing',
    async (wrong) => {
      const answer = await form('/prevod', { from: demoPayers[0]?.account ?? '', to: townAccount.account, ...wrong });
      expect(answer.status).toBe(422);
      expect((await connect().inbox.poll(undefined)).messages).toEqual([]);
    },
  );

  it.each(['SPD*1.0*ACC:CZ0008000000192000145399*AM:1.00', 'hello', 'SPD*1.0*AM:1.00', ''])('refuses the scanned text %j', async (text) => {
    expect((await form('/qr', { spayd: text })).status).toBe(422);
  });

  it('shows what people wrote as text, never as HTML', async () => {
    await bank.act('transfer', { amount: 100, message: '<script>alert(1)</script>' });
    expect(await (await fetch(`${bank.baseUrl}/`)).text()).not.toContain('<script>');
  });
});
