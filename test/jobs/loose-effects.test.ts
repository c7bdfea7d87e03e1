// Work outside that belongs to no case: done once, its listener told in the transaction that ends it, stuck work kept for an officer.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { retryIncident } from '../../server/cases/clerks-desk.ts';
import type { EffectAnswer } from '../../server/engine/types.ts';
import type { Listener, Told } from '../../server/jobs/listener.ts';
import { decideStuckWork } from '../../server/jobs/loose-effects.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { insertFile } from '../../server/store/documents.ts';
import { claimEffects, insertEffects } from '../../server/store/outbox.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, leasesRunOut, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
let town: TestTown;
let side: OtherSide;
let workshop: Workshop;
let heard: { readonly told: Told; readonly answer: EffectAnswer | string }[];
/** Thrown by the listener at the next answer. */
let nextTrouble: Error | undefined;

const listener: Listener = {
  answered: async (trx, tenantId, told, answer) => {
    await trx('inbox_cursor').insert({ tenant_id: tenantId, source: told.key, cursor: 'heard', polled_at: told.at });
    if (nextTrouble) {
      const trouble = nextTrouble;
      nextTrouble = undefined;
      throw trouble;
    }
    heard.push({ told, answer });
  },
  gaveUp: (_trx, _tenantId, told, error) => {
    heard.push({ told, answer: error });
    return Promise.resolve();
  },
};

beforeAll(async () => {
  town = await openTestTown(database);
});
beforeEach(async () => {
  await town.sql(
    `update outbox set state = 'dropped', lease = null, leased_until = null, finished_at = now() where state in ('ready', 'leased', 'dead')`,
  );
  side = openOtherSide();
  heard = [];
  workshop = { ...aWorkshop(town, [side]), listeners: { deník: listener } };
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

async function order(given: { readonly listener?: string; readonly input?: object; readonly subject?: string } = {}): Promise<string> {
  const key = randomUUID();
  await town.db.withTenant(town.tenantId, (trx) =>
    insertEffects(trx, town.tenantId, [
      {
        key,
        caseId: null,
        executionId: null,
        elementId: null,
        effect: 'out.send',
        title: 'Vrácení přeplatku',
        input: (given.input ?? { amount: 5 }) as never,
        at: '2026-03-02T08:00:00.000Z',
        listener: given.listener ?? 'deník',
        ...(given.subject ? { subject: given.subject } : {}),
      },
    ]),
  );
  return key;
}
const stateOf = async (key: string): Promise<unknown> =>
  (await town.sql<{ state: string }>('select state from outbox where key = $1', [key]))[0]?.state;
const written = async (key: string): Promise<number> => (await town.sql('select 1 from inbox_cursor where source = $1', [key])).length;

test('work without a case is done once and its listener hears the answer', async () => {
  const subject = randomUUID();
  const key = await order({ subject });
  await performEffects(workshop);
  await performEffects(workshop);
  expect(side.deeds).toEqual([key]);
  expect(heard).toEqual([
    {
      told: { key, effect: 'out.send', subject, input: { amount: 5 }, at: '2026-03-02T08:00:00.000Z' },
      answer: { done: { messageId: `m-${key}` } },
    },
  ]);
  expect(await stateOf(key)).toBe('done');
  expect(await written(key)).toBe(1);
});

test('a refusal is told as a refusal', async () => {
  const key = await order();
  side.moods = ['refuse'];
  await performEffects(workshop);
  expect(heard.map(({ answer }) => answer)).toEqual([{ refused: { code: 'no', reason: 'Ne.' } }]);
  expect(await stateOf(key)).toBe('refused');
});

test('a listener that fails leaves nothing behind and hears the answer again; the other side is only asked', async () => {
  const key = await order();
  nextTrouble = new Error('deník je plný');
  await performEffects(workshop);
  expect([await stateOf(key), await written(key)]).toEqual(['ready', 0]);
  await skipPauses(town);
  await performEffects(workshop);
  expect([await stateOf(key), await written(key)]).toEqual(['done', 1]);
  expect(side.deeds).toEqual([key]);
});

test('a worker whose lease ran out tells nobody', async () => {
  const key = await order();
  side.moods = [() => leasesRunOut(town).then(() => claimedByAnother())];
  await performEffects(workshop);
  expect(heard).toEqual([]);
  expect(await written(key)).toBe(0);
  await leasesRunOut(town);
  await performEffects(workshop);
  expect(heard).toHaveLength(1);
  expect(side.deeds).toEqual([key]);
});
const claimedByAnother = (): Promise<void> =>
  town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 8, 5_000)).then(() => undefined);

test('what failed for ever is told to the listener and waits for an officer, who lets it be tried again', async () => {
  const key = await order();
  side.moods = ['refuse-for-ever'];
  await performEffects(workshop);
  expect(heard.map(({ answer }) => answer)).toEqual(['Takový účet není.']);
  expect(await stateOf(key)).toBe('dead');
  await retryIncident(town.corridor, town.tenantId, { commandId: randomUUID(), actor: town.eva, id: `effect:${key}` });
  await performEffects(workshop);
  expect(await stateOf(key)).toBe('done');
  expect(side.questions).toEqual([key]);
});

test.each([
  [true, 'done', { done: { skipped: true, officerId: 'x', reason: 'je v portálu brány' } }],
  [false, 'refused', { refused: { code: 'officer-decided', reason: 'je v portálu brány' } }],
] as const)('an officer who found out how stuck work ended says so, once (done: %s)', async (isDone, state, answer) => {
  const key = await order();
  side.moods = ['refuse-for-ever'];
  await performEffects(workshop);
  heard = [];
  const decide = (): Promise<boolean> =>
    decideStuckWork(workshop, town.tenantId, { key, isDone, reason: 'je v portálu brány', officerId: 'x' });
  expect([await decide(), await decide()]).toEqual([true, false]);
  expect(heard.map((one) => one.answer)).toEqual([answer]);
  expect(await stateOf(key)).toBe(state);
  expect(side.deeds).toEqual([]);
});

test('work whose answer nobody would take is not begun', async () => {
  const key = await order({ listener: 'nikdo' });
  await performEffects(workshop);
  expect(side.deeds).toEqual([]);
  expect(await stateOf(key)).toBe('dead');
});

test('stored files go out with work without a case', async () => {
  const id = randomUUID();
  const content = new TextEncoder().encode('%PDF-1.7 složenka');
  await town.db.withTenant(town.tenantId, (trx) =>
    insertFile(trx, town.tenantId, {
      id,
      ownerKind: 'outgoing',
      ownerId: 'hromadný předpis 2026',
      caseId: null,
      field: 'letter',
      name: 'predpis.pdf',
      mime: 'application/pdf',
      content,
      createdAt: '2026-03-02T08:00:00.000Z',
    }),
  );
  let sent: unknown;
  const effect = side.connector.effects['out.send'];
  if (!effect) throw new Error('no effect');
  const looking = {
    ...side.connector,
    effects: {
      'out.send': {
        ...effect,
        perform: (...given: Parameters<typeof effect.perform>) => {
          sent = given[2];
          return effect.perform(...given);
        },
      },
    },
  };
  await order({ input: { files: [id] } });
  await performEffects({ ...workshop, connectors: [looking] });
  expect(sent).toEqual([{ name: 'predpis.pdf', mime: 'application/pdf', content: Buffer.from(content) }]);
});

test('the database holds no step of a process without its case', async () => {
  await expect(
    town.sql(
      `insert into outbox (tenant_id, key, execution_id, effect, title, input, state, next_at, created_at) values ($1, 'k', 'x', 'e', 't', '{}', 'ready', now(), now())`,
      [town.tenantId],
    ),
  ).rejects.toThrow('outbox_steps_have_a_case');
});
