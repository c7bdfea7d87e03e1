// The connector to the municipal police against its simulated register: fines come once in each state, payments are told once whatever happens to the line.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCityPoliceConnector, type PoliceFine } from '../../../server/integrations/city-police/index.ts';
import { createCityPoliceSimulator, demoPoliceToken } from '../../../server/integrations/city-police/simulator.ts';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';

let police: SimulatedServer;
const connect = (more = {}): ReturnType<typeof createCityPoliceConnector> =>
  createCityPoliceConnector({ baseUrl: police.baseUrl, token: demoPoliceToken, timeoutMs: 1_000, ...more });
const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof OutsideFailure ? error.code : String(error)),
  );
const effect = (more = {}) => {
  const found = connect(more).effects['city-police.note-payment'];
  if (!found) throw new Error('no effect');
  return found;
};
const impose = async (more = {}): Promise<PoliceFine> =>
  (await police.act('impose', { payer: 'Jana Novotná', registry: 'R1', amount: 50_000, ...more })) as PoliceFine;
const payments = (): readonly unknown[] => (police.simulator.ledger() as unknown as { readonly payments: readonly unknown[] }).payments;

beforeEach(async () => {
  police = await serve((options) => createCityPoliceSimulator(options));
});
afterEach(() => police.close());

describe('fetching fines', () => {
  it('gives each fine with payer, amount, symbol, due day and legal basis, and nothing twice', async () => {
    await impose();
    const { inbox } = connect();
    const first = await inbox.poll(undefined);
    const second = await inbox.poll(first.cursor);
    expect(first.messages).toEqual([
      {
        id: 'MP-2026-1:ulozena',
        kind: 'police-fine',
        payload: expect.objectContaining({
          castka: 50_000,
          vs: '2100000001',
          ulozeno: '2026-03-02',
          splatnost: '2026-03-17',
          stav: 'ulozena',
        }),
      },
    ]);
    expect(second.messages).toEqual([]);
  });

  it('tells a cancelled fine as another message, and the same thing twice under the same id', async () => {
    const { id } = await impose();
    const { inbox } = connect();
    const { cursor } = await inbox.poll(undefined);
    await police.act('cancel', { id });
    await police.faults.set([{ operation: 'fines', kind: 'answer-twice' }]);
    const { messages } = await inbox.poll(cursor);
    expect([...new Set(messages.map((message) => message.id))]).toEqual(['MP-2026-1:zrusena']);
  });

  it.each([
    ['unavailable', 'city-police-unavailable'],
    ['fail-before', 'city-police-unavailable'],
    ['malformed', 'city-police-malformed'],
    ['lose-answer', 'city-police-unreachable'],
  ] as const)('fails on %s and loses nothing', async (kind, code) => {
    await impose();
    await police.faults.set([{ operation: 'fines', kind, times: 1 }]);
    const { inbox } = connect();
    expect(await failureOf(inbox.poll(undefined))).toBe(code);
    expect((await inbox.poll(undefined)).messages).toHaveLength(1);
  });

  it('gives up on a slow register in time', async () => {
    await police.faults.set([{ operation: 'fines', kind: 'slow', ms: 1_000, times: 1 }]);
    expect(await failureOf(connect({ timeoutMs: 100 }).inbox.poll(undefined))).toBe('city-police-timeout');
  });

  it('fails for a wrong token, and the check says so', async () => {
    expect(await failureOf(connect({ token: 'x' }).inbox.poll(undefined))).toBe('city-police-login-refused');
    expect((await connect({ token: 'x' }).check()).ok).toBe(false);
    expect((await connect().check()).ok).toBe(true);
  });
});

describe('telling a payment', () => {
  const input = (fineId: string): object => ({ fineId, state: 'paid', paid: 50_000, on: '2026-03-04' });

  it('is done once under one key', async () => {
    const { id } = await impose();
    const first = await effect().perform('k1', input(id), []);
    const again = await effect().perform('k1', input(id), []);
    expect([first, again]).toEqual([{ done: { messageId: 'U-1' } }, { done: { messageId: 'U-1' } }]);
    expect(payments()).toHaveLength(1);
  });

  it('is found when its answer was lost', async () => {
    const { id } = await impose();
    expect(await effect().find?.('k1', input(id))).toBeUndefined();
    await police.faults.set([{ operation: 'payment', kind: 'lose-answer', times: 1 }]);
    expect(await failureOf(effect().perform('k1', input(id), []))).toBe('city-police-unreachable');
    expect(await effect().find?.('k1', input(id))).toEqual({ messageId: 'U-1' });
    expect(payments()).toHaveLength(1);
  });

  it('is refused for a fine that the police does not know', async () => {
    expect(await effect().perform('k1', input('MP-1-1'), [])).toMatchObject({ refused: { code: 'fine-unknown' } });
  });

  it.each([
    ['unavailable', 'city-police-unavailable'],
    ['malformed', 'city-police-malformed'],
  ] as const)('fails on %s', async (kind, code) => {
    const { id } = await impose();
    await police.faults.set([{ operation: 'payment', kind, times: 1 }]);
    expect(await failureOf(effect().perform('k1', input(id), []))).toBe(code);
  });
});

describe('the register', () => {
  it('remembers everything over a restart', async () => {
    const store = createMemoryStore();
    const first = await serve((options) => createCityPoliceSimulator(options), { store });
    await first.act('impose', { payer: 'Jana', amount: 100 });
    await first.close();
    const second = await serve((options) => createCityPoliceSimulator(options), { store });
    await second.act('impose', { payer: 'Petr', amount: 200 });
    const { fines } = second.simulator.ledger() as unknown as { readonly fines: readonly { readonly id: string }[] };
    await second.close();
    expect(fines.map(({ id }) => id)).toEqual(['MP-2026-1', 'MP-2026-2']);
  });

  it('is used by hand on its page, shows what people wrote as text, and refuses nonsense', async () => {
    const send = (fields: Record<string, string>): Promise<Response> =>
      fetch(`${police.baseUrl}/ulozit`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    expect((await send({ payer: '<script>x</script>', crowns: '500,50', deed: 'Stání' })).status).toBe(302);
    expect((await send({ payer: '', crowns: '500' })).status).toBe(422);
    expect((await send({ payer: 'X', crowns: 'pět' })).status).toBe(422);
    const page = await (await fetch(`${police.baseUrl}/`)).text();
    expect(page).not.toContain('<script>');
    expect(page).toMatch(/500,50.Kč/);
  });
});
