// The connector to the economic system against its simulator: taken once, "already have it" the second time, refused when it differs, tried again when it fails.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutsideFailure, type Effect } from '../../../server/integrations/connector.ts';
import { createEconomyConnector } from '../../../server/integrations/economy/index.ts';
import { createEconomySimulator, demoEconomyToken } from '../../../server/integrations/economy/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';

let server: SimulatedServer;
let exporting: Effect;
beforeEach(async () => {
  server = await serve(createEconomySimulator);
  exporting = effectOf(demoEconomyToken);
});
afterEach(() => server.close());
function effectOf(token: string, baseUrl = server.baseUrl): Effect {
  const effect = createEconomyConnector({ baseUrl, token, timeoutMs: 2_000 }).effects['economy.export'];
  if (!effect) throw new Error('economy.export is missing');
  return effect;
}
const document = (more: object = {}) => ({
  id: randomUUID(),
  date: '2026-03-02',
  kind: 'prescribe',
  text: '',
  stornoOf: null,
  lines: [
    { account: 'receivable', debit: 120_000, credit: 0, variableSymbol: '1300000019' },
    { account: 'revenue:pes', debit: 0, credit: 120_000, variableSymbol: '1300000019' },
  ],
  ...more,
});
const order = (documents: readonly object[]) => ({ exportId: randomUUID(), documents });
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('an export is taken and found again by its id', async () => {
  const input = order([document(), document()]);

  const answer = await exporting.perform('k', input, []);

  expect(answer).toEqual({ done: { messageId: input.exportId, accepted: 2, alreadyHad: 0 } });
  expect(await exporting.find?.('k', input)).toEqual({ messageId: input.exportId, accepted: 2, alreadyHad: 0 });
  expect(exporting.output.parse((answer as { done: unknown }).done)).toBeDefined();
});

test('the same documents sent again change nothing: it already has them', async () => {
  const documents = [document(), document()];
  await exporting.perform('k', order(documents), []);

  expect(await exporting.perform('k2', order(documents), [])).toMatchObject({ done: { accepted: 0, alreadyHad: 2 } });
  expect(server.simulator.ledger()).toHaveLength(2);
});

test('a document that was changed is refused: it may only be taken back by a storno', async () => {
  const first = document();
  await exporting.perform('k', order([first]), []);

  expect(await exporting.perform('k2', order([{ ...first, text: 'jinak' }]), [])).toMatchObject({ refused: { code: 'doklad-se-lisi' } });
  expect(await exporting.perform('k3', order([document({ stornoOf: first.id })]), [])).toMatchObject({ done: { accepted: 1 } });
});

test.each([
  [
    'doklad-nevyrovnany',
    {
      lines: [
        { account: 'a', debit: 2, credit: 0, variableSymbol: '' },
        { account: 'b', debit: 0, credit: 1, variableSymbol: '' },
      ],
    },
  ],
  ['storno-neznameho', { stornoOf: randomUUID() }],
])('what cannot be booked is refused: %s', async (code, more) => {
  expect(await exporting.perform('k', order([document(more)]), [])).toMatchObject({ refused: { code } });
});

test('a lost answer is asked about before the retry, and nothing is there twice', async () => {
  await server.faults.set([{ operation: 'davky', kind: 'lose-answer', times: 1 }]);
  const input = order([document()]);

  const lost = await failure(exporting.perform('k', input, []));

  expect(lost).toBeInstanceOf(OutsideFailure);
  expect(await exporting.find?.('k', input)).toMatchObject({ accepted: 1 });
  expect(server.simulator.ledger()).toHaveLength(1);
});

test('when it is down, rubbish or refuses the token, the try fails; a wrong token is not repeated', async () => {
  const input = order([document()]);
  await server.faults.set([{ operation: 'davky', kind: 'unavailable', times: 1 }]);
  expect(await failure(exporting.perform('k', input, []))).toMatchObject({ code: 'economy-503', retryable: true });
  await server.faults.set([{ operation: 'davky', kind: 'malformed', times: 1 }]);
  expect(await failure(exporting.perform('k', input, []))).toMatchObject({ code: 'economy-garbled' });
  expect(await failure(effectOf('spatny').perform('k', input, []))).toMatchObject({ code: 'economy-401', retryable: false });
});

test('a town without an interface is told to carry the file', async () => {
  expect(await failure(effectOf('-', '').perform('k', order([document()]), []))).toMatchObject({
    code: 'economy-file-only',
    retryable: false,
  });
});

test('the simulator remembers over a restart', async () => {
  const store = createMemoryStore();
  const first = await serve(createEconomySimulator, { store });
  await effectOf(demoEconomyToken, first.baseUrl).perform('k', order([document()]), []);
  const again = await serve(createEconomySimulator, { store });

  expect(again.simulator.ledger()).toHaveLength(1);
  await first.close();
  await again.close();
});
