// The bank connector against the simulated bank in all three formats: whole statements, each movement under one id, whatever happens to the line.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spayd } from '../../../server/domain/qr-payment.ts';
import { createBankConnector } from '../../../server/integrations/bank/index.ts';
import type { BankConfig, Statement, StatementFile, StatementItem } from '../../../server/integrations/bank/index.ts';
import { createBankSimulator, demoBankToken, demoPayers, townAccount } from '../../../server/integrations/bank/simulator.ts';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { InboxMessage } from '../../../server/integrations/connector.ts';
import { serve, testClock } from '../simulated-server.ts';
import type { SimulatedServer, TestClock } from '../simulated-server.ts';

let bank: SimulatedServer;
let clock: TestClock;
const connect = (more: Partial<BankConfig> = {}): ReturnType<typeof createBankConnector> =>
  createBankConnector({ baseUrl: bank.baseUrl, token: demoBankToken, account: townAccount.account, timeoutMs: 1000, ...more }, { clock });
const failureOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof OutsideFailure ? error.code : `not a failure: ${String(error)}`;
};
const form = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(`${bank.baseUrl}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const fileOf = (message: InboxMessage | undefined): StatementFile => message?.payload as StatementFile;
const statementsOf = (messages: readonly InboxMessage[]): readonly Statement[] => messages.flatMap((message) => fileOf(message).statements);
const itemsOf = (messages: readonly InboxMessage[]): readonly StatementItem[] => statementsOf(messages).flatMap(({ items }) => items);
const HALF_MINUTE = 31_000;

beforeEach(async () => {
  clock = testClock();
  bank = await serve((options) => createBankSimulator(options), { clock });
});
afterEach(() => bank.close());

describe.each(['gpc', 'camt', 'fio'] as const)('statements in %s', (format) => {
  const item = {
    date: '2026-03-02',
    amount: 15_000,
    currency: 'CZK',
    isHeld: false,
    isReversal: false,
    vs: '1341000017',
    ks: '308',
    ss: '7',
    counterAccount: '1265098001/5500',
    name: 'Jana Novotná',
    message: 'Poplatek ze psa',
  };

  it('come whole, with what the payer wrote', async () => {
    await bank.act('transfer', { amount: 15_000, vs: '1341000017', ks: '0308', ss: '7', message: 'Poplatek ze psa' });
    const { messages } = await connect({ format }).inbox.poll(undefined);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ kind: 'bank-statement', id: expect.stringMatching(/^file:[0-9a-f]{64}$/) as string });
    expect(statementsOf(messages)).toMatchObject([
      { format, account: townAccount.account, opening: 100_000_000, closing: 100_015_000, items: [item] },
    ]);
    expect(messages[0]?.files?.[0]?.content.byteLength).toBeGreaterThan(0);
  });

  it('give a movement one id in every statement that carries it, and another to an equal one', async () => {
    const { inbox } = connect({ format });
    await bank.act('transfer', { amount: 100, vs: '1' });
    await bank.act('transfer', { amount: 100, vs: '1' });
    const first = await inbox.poll(undefined);
    clock.forward(HALF_MINUTE);
    await bank.act('transfer', { amount: 300, vs: '3' });
    await bank.act('statementAgain', {});
    const second = await inbox.poll(first.cursor);
    const [before, after] = [itemsOf(first.messages), itemsOf(second.messages)].map((items) => items.map(({ id }) => id));
    expect(new Set(before).size).toBe(2);
    expect(after?.slice(0, 2)).toEqual(before);
    expect(after).toHaveLength(3);
  });

  it('show money that leaves as negative, a payment taken back as a reversal', async () => {
    await bank.act('transfer', { from: townAccount.account, to: demoPayers[0]?.account, amount: 700, vs: '9' });
    await bank.act('transfer', { amount: 100, vs: '1' });
    await bank.act('reverse', { vs: '1' });
    await bank.act('reverse', { vs: '9' });
    const { messages } = await connect({ format }).inbox.poll(undefined);
    expect(itemsOf(messages).map(({ amount, isReversal, vs }) => [amount, isReversal, vs])).toEqual([
      [-700, false, '9'],
      [100, false, '1'],
      [-100, true, '1'],
      [700, true, '9'],
    ]);
  });

  it('that cannot be believed are kept as refused, asked for again, and in the end passed over', async () => {
    await bank.act('transfer', { amount: 100 });
    const { inbox } = connect({ format, account: '168540115/0600' });
    let cursor: string | undefined;
    const cursors: string[] = [];
    for (let round = 1; round <= 6; round += 1) {
      const polled = await inbox.poll(cursor);
      expect(fileOf(polled.messages[0]).refused?.reason).toMatch(/výpis patří účtu 19-2000145399.*, ne účtu 168540115\/0600\./);
      cursors.push((cursor = polled.cursor));
      clock.forward(HALF_MINUTE);
    }
    expect(new Set(cursors).size).toBe(6);
    expect(JSON.parse(cursors[4] ?? '')).toMatchObject({ at: null, tries: 5 });
    expect(JSON.parse(cursors[5] ?? '')).toMatchObject({ tries: 0, at: expect.any(String) as string });
  });

  it('of a line that gave rubbish once are read when it is asked again', async () => {
    await bank.act('transfer', { amount: 100 });
    const { inbox } = connect({ format });
    // The list comes first, where there is one.
    await bank.faults.set([{ operation: format === 'fio' ? 'statements' : 'statement', kind: 'malformed', times: 1 }]);
    const first = await inbox.poll(undefined);
    expect(fileOf(first.messages[0]).refused).not.toBeNull();
    clock.forward(HALF_MINUTE);
    expect(itemsOf((await inbox.poll(first.cursor)).messages)).toHaveLength(1);
  });

  it.each([
    ['unavailable', 'bank-unavailable'],
    ['lose-answer', 'bank-unreachable'],
  ] as const)('are not there on %s and nothing is lost', async (kind, code) => {
    await bank.act('transfer', { amount: 100 });
    await bank.faults.set([{ operation: 'statements', kind, times: 1 }]);
    const { inbox } = connect({ format });
    expect(await failureOf(inbox.poll(undefined))).toBe(code);
    clock.forward(HALF_MINUTE);
    expect(itemsOf((await inbox.poll(undefined)).messages)).toHaveLength(1);
  });

  it('are not given for a wrong token, and the check says so', async () => {
    expect(await failureOf(connect({ format, token: 'x' }).inbox.poll(undefined))).toBe('bank-login-refused');
    expect((await connect({ format, token: 'x' }).check()).ok).toBe(false);
    expect((await connect({ format }).check()).ok).toBe(true);
  });
});

describe('a channel with a list', () => {
  it('goes on after the last statement read, at most so many in one poll', async () => {
    const { inbox } = connect({ statementsPerPoll: 1 });
    await bank.act('transfer', { amount: 100 });
    await connect().inbox.poll(undefined);
    await bank.act('transfer', { amount: 200 });
    const first = await inbox.poll(undefined);
    const second = await inbox.poll(first.cursor);
    const third = await inbox.poll(second.cursor);
    expect([first, second, third].map(({ messages }) => itemsOf(messages).map(({ amount }) => amount))).toEqual([[100], [200], []]);
  });

  it('is not confused by a list that comes twice', async () => {
    await bank.act('transfer', { amount: 100 });
    await bank.faults.set([{ operation: 'statements', kind: 'answer-twice' }]);
    expect((await connect().inbox.poll(undefined)).messages).toHaveLength(1);
  });

  it('whose list is rubbish has failed', async () => {
    await bank.faults.set([{ operation: 'statements', kind: 'malformed', times: 1 }]);
    expect(await failureOf(connect().inbox.poll(undefined))).toBe('bank-malformed');
  });
});

describe('the Fio API', () => {
  it('allows one question in 30 seconds, and the connector says so', async () => {
    const { inbox, check } = connect({ format: 'fio', pollMs: 1000 });
    expect(inbox.everyMs).toBeGreaterThan(30_000);
    const { cursor } = await inbox.poll(undefined);
    expect(await failureOf(inbox.poll(cursor))).toBe('bank-too-soon');
    expect((await check()).ok).toBe(true);
    clock.forward(HALF_MINUTE);
    expect((await inbox.poll(cursor)).messages).toHaveLength(1);
  });

  it('that has too much for one answer is asked for fewer days', async () => {
    for (let index = 0; index < 1001; index += 1) await bank.act('transfer', { amount: 100, vs: String(index) });
    clock.forward(20 * 86_400_000);
    const { inbox } = connect({ format: 'fio' });
    const first = await inbox.poll(undefined);
    expect(first.messages).toEqual([]);
    clock.forward(HALF_MINUTE);
    const second = await inbox.poll(first.cursor);
    expect(statementsOf(second.messages)[0]?.to).toBe('2026-02-19');
  });

  it('needs a confirmation for history older than 90 days', async () => {
    const { inbox } = connect({ format: 'fio' });
    const { cursor } = await inbox.poll(undefined);
    clock.forward(120 * 86_400_000);
    expect(await failureOf(inbox.poll(cursor))).toBe('bank-confirmation-needed');
  });
});

describe('a file that a person brings', () => {
  it('is the same message as the polled one, in whichever format it is', async () => {
    await bank.act('transfer', { amount: 100 });
    const [polled] = (await connect().inbox.poll(undefined)).messages;
    const content = polled?.files?.[0]?.content ?? new Uint8Array();
    const brought = connect({ format: 'fio' }).upload({ name: 'výpis.gpc', content });
    expect(brought.id).toBe(polled?.id);
    expect(fileOf(brought).statements).toEqual(fileOf(polled).statements);
  });

  it('is kept with its reason when it is refused', () => {
    const brought = connect().upload({ name: 'a', content: Buffer.from('hello') });
    expect(fileOf(brought)).toEqual({
      file: 'a',
      refused: { line: 1, reason: 'soubor není výpis ve formátu ABO/GPC, CAMT.053 ani Fio.' },
      statements: [],
    });
  });
});

describe('internet banking', () => {
  it('takes a scanned QR payment', async () => {
    const text = spayd({ account: townAccount.account, amount: 15_050, variableSymbol: '1341000017', message: 'Poplatek ze psa' });
    expect(await (await form('/qr', { spayd: text })).text()).toContain('value="150,50"');
    await bank.act('transfer', { spayd: text });
    expect(itemsOf((await connect().inbox.poll(undefined)).messages)[0]).toMatchObject({
      amount: 15_050,
      vs: '1341000017',
      message: 'POPLATEK ZE PSA',
    });
  });

  it('takes a transfer typed by hand with a decimal comma', async () => {
    const answer = await form('/prevod', { from: demoPayers[1]?.account ?? '', to: townAccount.account, amount: '1 234,50', vs: '42' });
    expect(answer.status).toBe(302);
    expect(itemsOf((await connect().inbox.poll(undefined)).messages)[0]).toMatchObject({ amount: 123_450, vs: '42', name: 'Zdeněk Řehoř' });
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
