// Money that comes: credited once, to the right prescription, and the process told when all is paid. Nothing that came is lost.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearPayment } from '../../server/cases/clear-payment.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { catching, end, eventSubProcess, gateway, input, message, path, start } from '../engine/diagrams.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { effect, situation, startForm, userTask } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
const fee = effect(
  'predepsat',
  'fee.prescribe',
  [input('amount', '=podani.castka'), input('title', 'Poplatek'), input('legalBasis', 'Zkušební předpis'), input('dueDeadline', 'lhuta')],
  'spis:result="predpis"',
);
const withdrawn = eventSubProcess(
  'zpet',
  start('zpet-start', message('zpetvzeti')),
  effect('zrusit', 'fee.cancel', [input('reason', 'zpetvzeti')]),
  end('zpet-konec', '', 'spis:outcome="withdrawn"'),
  path('zpet-start', 'zrusit', 'zpet-konec'),
);
const money = catching('platba', message('platba'), 'spis:result="platba"');
const paid = end('hotovo', '', 'spis:outcome="approved"');

let town: TestTown;
let bank: OtherSide;
let workshop: Workshop;
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install(
    'poplatek',
    situation('poplatek', [startForm, fee, money, paid, path('podani', 'predepsat', 'platba', 'hotovo'), withdrawn]),
  );
  await town.install(
    'pozdeji',
    situation('pozdeji', [
      startForm,
      fee,
      userTask('dopis'),
      money,
      paid,
      path('podani', 'predepsat', 'dopis', 'platba', 'hotovo'),
      withdrawn,
    ]),
  );
  await town.install(
    'dve',
    situation('dve', [
      startForm,
      fee,
      gateway('parallel', 'oboji'),
      userTask('znamka'),
      money,
      gateway('parallel', 'hotovo-oboji'),
      paid,
      path('podani', 'predepsat', 'oboji', 'znamka', 'hotovo-oboji', 'hotovo'),
      path('oboji', 'platba', 'hotovo-oboji'),
      withdrawn,
    ]),
  );
});
beforeEach(() => {
  bank = openOtherSide('bank');
  workshop = aWorkshop(town, [bank]);
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

let items = 0;
const item = (vs: string, amount: number, id = `2026/${(items += 1)}`) => ({
  id,
  kind: 'bank-item',
  payload: { amount, vs, counterAccount: '1/0100', name: 'Jana', message: '', date: '2026-03-03' },
});
const statement = async (...messages: readonly ReturnType<typeof item>[]): Promise<void> => {
  bank.messages = [...messages];
  for (const loop of inboxLoops(workshop)) await loop.run();
  await skipPauses(town);
  await processInbox(workshop);
  // What was booked is told to the cases in a second reading.
  await processInbox(workshop);
};
const symbolOf = async (caseId: string): Promise<string> =>
  (await town.sql<{ vs: string }>('select variable_symbol as vs from prescription where case_id = $1', [caseId]))[0]?.vs ?? '';
const payments = (symbol: string): Promise<readonly object[]> =>
  town.sql(
    `select p.amount, nullif(b.reason, '') as rest, b.allocated::int as allocated from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id
      where p.variable_symbol = $1 order by p.amount, b.reason`,
    [symbol],
  );

test('a transfer with the symbol pays the fee and the case goes on', async () => {
  const caseId = await town.file('poplatek');
  await statement(item(await symbolOf(caseId), 30_000));
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('leading zeros of a symbol mean nothing', async () => {
  const caseId = await town.file('poplatek');
  await statement(item(`00${await symbolOf(caseId)}`, 30_000));
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('a part of the fee is kept and the rest completes it', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await statement(item(symbol, 10_000));
  expect(await town.waits(caseId)).toEqual(['message platba', 'message zpetvzeti']);
  await statement(item(symbol, 20_000));
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(await payments(symbol)).toEqual([
    { amount: 10_000, rest: null, allocated: 10_000 },
    { amount: 20_000, rest: null, allocated: 20_000 },
  ]);
});

test('what is over stays visible as overpaid', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await statement(item(symbol, 50_000));
  expect(await payments(symbol)).toEqual([{ amount: 50_000, rest: 'overpaid', allocated: 30_000 }]);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('a second payment of a paid fee belongs to nothing', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await statement(item(symbol, 30_000), item(symbol, 30_000));
  expect(await payments(symbol)).toEqual(
    expect.arrayContaining([
      { amount: 30_000, rest: null, allocated: 30_000 },
      { amount: 30_000, rest: 'already-paid', allocated: 0 },
    ]),
  );
});

test('the same item in two statements is one payment', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  const same = item(symbol, 10_000);
  await statement(same);
  await statement(same, item('999', 1));
  expect(await payments(symbol)).toEqual([{ amount: 10_000, rest: null, allocated: 10_000 }]);
  await town.withdraw(caseId);
});

test('one item read and processed by four workers at once is one payment', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  bank.messages = [item(symbol, 30_000)];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const loop of inboxLoops(workshop)) await loop.run();
    }),
  );
  await Promise.all(Array.from({ length: 4 }, () => processInbox(workshop)));
  await processInbox(workshop);
  expect(await payments(symbol)).toEqual([{ amount: 30_000, rest: null, allocated: 30_000 }]);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('two halves that come at the same moment pay the fee once', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  bank.messages = [item(symbol, 15_000), item(symbol, 15_000)];
  for (const loop of inboxLoops(workshop)) await loop.run();
  await Promise.all(Array.from({ length: 4 }, () => processInbox(workshop)));
  await skipPauses(town);
  await processInbox(workshop);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('money with an unknown symbol or none is kept for a clerk', async () => {
  await statement(item('777', 5_000), item('', 6_000));
  expect(await payments('777')).toEqual([{ amount: 5_000, rest: 'unknown-symbol', allocated: 0 }]);
  expect(await payments('')).toEqual([{ amount: 6_000, rest: 'no-symbol', allocated: 0 }]);
});

test('a clerk clears unmatched money by hand, once', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await statement(item('778', 30_000));
  const [payment] = await town.sql<{ id: string }>(`select id from payment where variable_symbol = '778'`);
  const match = (): Promise<unknown> =>
    clearPayment(town.corridor, town.tenantId, {
      commandId: crypto.randomUUID(),
      actor: town.eva,
      data: { paymentId: payment?.id ?? '', variableSymbol: symbol, note: 'překlep' },
    });
  const ends = await Promise.allSettled([match(), match()]);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await processInbox(workshop);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('money for a cancelled fee belongs to nothing', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await town.withdraw(caseId);
  await statement(item(symbol, 30_000));
  expect(await payments(symbol)).toEqual([{ amount: 30_000, rest: 'prescription-cancelled', allocated: 0 }]);
});

test('a part paid before a withdrawal is shown as money to be returned', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await statement(item(symbol, 10_000));
  await town.withdraw(caseId);
  expect(await payments(symbol)).toEqual([{ amount: 10_000, rest: 'prescription-cancelled', allocated: 0 }]);
});

test('a payer faster than the office is not lost: the process learns of the money when it begins to wait for it', async () => {
  const caseId = await town.file('pozdeji');
  await statement(item(await symbolOf(caseId), 30_000));
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task dopis']);
  await town.complete(caseId, 'dopis');
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('a payment beside an open task moves only its own branch', async () => {
  const caseId = await town.file('dve');
  await statement(item(await symbolOf(caseId), 30_000));
  expect(await town.waits(caseId)).toEqual(['message zpetvzeti', 'task znamka']);
  await town.complete(caseId, 'znamka');
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('a payment and a completion at once both count', async () => {
  const caseId = await town.file('dve');
  bank.messages = [item(await symbolOf(caseId), 30_000)];
  for (const loop of inboxLoops(workshop)) await loop.run();
  await Promise.all([processInbox(workshop), town.complete(caseId, 'znamka')]);
  await processInbox(workshop);
  expect(await town.waits(caseId)).toEqual(['ended approved']);
});

test('an item that cannot be read and one that nobody knows are shown to a person, their neighbours are credited', async () => {
  const caseId = await town.file('poplatek');
  const symbol = await symbolOf(caseId);
  await statement(
    { ...item(symbol, 1), payload: { amount: 'mnoho' } as never },
    { ...item(symbol, 1), kind: 'holub' },
    item(symbol, 30_000),
  );
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(await town.sql(`select reason from inbox where result = 'unsorted' order by reason`)).toEqual([
    { reason: 'unknown-kind:holub' },
    { reason: 'unreadable' },
  ]);
});

test('a debit of the account is no payment', async () => {
  await statement(item('1', -5_000));
  expect(await payments('1')).toEqual([]);
});

test('an effect of a town nobody serves waits', async () => {
  expect(await performEffects({ ...workshop, tenantIds: [] })).toBe(0);
});
