// The yearly run on a real database: what the preview says is what is prescribed, once each, by two persons; and all of it can be taken back.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../../server/books/index.ts';
import { changeDuty, endDuty } from '../../server/cases/duties/change.ts';
import { planChunk } from '../../server/cases/yearly-run/plan.ts';
import { prescribeChunk } from '../../server/cases/yearly-run/prescribe.ts';
import { proveRun, type RunProof } from '../../server/cases/yearly-run/prove.ts';
import { planTotals, sumsByAmount, sumsByDifference, sumsByRule } from '../../server/store/fee-run-sums.ts';
import { cloneDatabase } from '../setup/database.ts';
import { addDogs, ask, decide, houseDog, installDogs, prepare, prescribeAll, runNow, steer, work } from './duties-town.ts';
import { openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let towns = 0;
const open: TestTown[] = [];
/** Each test has a town of its own. */
async function aTown(): Promise<TestTown> {
  towns += 1;
  const town = await openTestTown(database, towns);
  open.push(town);
  await installDogs(town);
  return town;
}
let town: TestTown;
beforeAll(async () => {
  town = await aTown();
});
afterAll(() => Promise.all(open.map((one) => one.close())));

const inTown = <T>(at: TestTown, work: Parameters<typeof at.db.withTenant<T>>[1]): Promise<T> => at.db.withTenant(at.tenantId, work);
const prescribed = (at: TestTown) =>
  at.sql<{ duty_id: string; total: number; variable_symbol: string; run_id: string | null }>(
    `select p.duty_id, b.total::int as total, p.variable_symbol, p.run_id from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
      where p.tenant_id = $1 and b.total > 0 order by p.created_at, p.variable_symbol`,
    [at.tenantId],
  );
const senior = { ...houseDog, datumNarozeni: '1950-01-01' };
const blind = { ...houseDog, osvobozeni: 'nevidomy' };

test('the preview counts by rule, by amount and by what differs from last year, and prescribes nothing', async () => {
  await addDogs(town, [
    {},
    {},
    { basis: senior },
    { basis: blind },
    { since: '2026-09-15' },
    { basis: { ...houseDog, druhStavby: 'zamek' } },
    { since: '2027-02-01' },
  ]);
  const id = await prepare(town);

  await work(town);

  expect((await runNow(town, id)).state).toBe('planned');
  const { totals, rules, amounts, differences } = await inTown(town, async (trx) => ({
    totals: await planTotals(trx, town.tenantId, id),
    rules: await sumsByRule(trx, town.tenantId, id),
    amounts: await sumsByAmount(trx, town.tenantId, id),
    differences: await sumsByDifference(trx, town.tenantId, id),
  }));
  expect(totals).toEqual({ planned: 4, amount: 2 * 30_000 + 15_000 + 10_000, payers: 4, previous: 0 });
  expect(amounts).toEqual([
    { each: 30_000, items: 2, amount: 60_000 },
    { each: 10_000, items: 1, amount: 10_000 },
    { each: 15_000, items: 1, amount: 15_000 },
  ]);
  expect(rules.map(({ rule, items }) => [rule.split(':')[0], items])).toEqual([
    ['Rodinný dům, první pes', 3],
    ['Držitel je od poplatku osvobozen', 1],
    ['Držitel starší 65 let, první pes', 1],
  ]);
  expect(differences.map(({ difference, items }) => [difference, items])).toEqual([
    ['exempt', 1],
    ['new', 4],
    ['none', 1],
  ]);
  const [problem] = await town.sql<{ problem: string }>(`select problem from fee_run_item where tenant_id = $1 and state = 'problem'`, [
    town.tenantId,
  ]);
  expect(problem?.problem).toMatch(/Druh stavby.*nemá dovolenou hodnotu/);
  expect(await prescribed(town)).toEqual([]);
});

test('one person alone starts nothing', async () => {
  const [{ id } = { id: '' }] = await town.sql<{ id: string }>('select id from fee_run where tenant_id = $1', [town.tenantId]);
  await ask(town, id);

  await expect(decide(town, id, 'approved', town.eva)).rejects.toMatchObject({ code: 'same-person' });
  await work(town);

  expect((await runNow(town, id)).state).toBe('asked');
  expect(await prescribed(town)).toEqual([]);
});

test('a second person starts it: what was previewed is prescribed, one prescription each, and the proof agrees with the ledger', async () => {
  const [{ id } = { id: '' }] = await town.sql<{ id: string }>('select id from fee_run where tenant_id = $1', [town.tenantId]);

  await decide(town, id);
  await work(town);

  const run = await runNow(town, id);
  expect(run.state).toBe('prescribed');
  const made = await prescribed(town);
  expect(made.map(({ total }) => total).sort((a, b) => a - b)).toEqual([10_000, 15_000, 30_000, 30_000]);
  expect(new Set(made.map(({ variable_symbol }) => variable_symbol)).size).toBe(4);
  const proof = run.proof as unknown as RunProof;
  expect(proof).toMatchObject({
    items: 4,
    amount: 85_000,
    disagreements: [],
    ledger: { prescriptions: 4, duties: 4, prescribed: 85_000, balance: 85_000 },
  });
  expect(proof.head).toBe(run.head);
});

test('the proof tells when an item or the ledger says something else', async () => {
  const [{ id } = { id: '' }] = await town.sql<{ id: string }>('select id from fee_run where tenant_id = $1', [town.tenantId]);
  const run = await runNow(town, id);
  const proofAfter = async (statement: string): Promise<readonly string[]> => {
    await town.sql(statement, [town.tenantId]);
    return (await inTown(town, (trx) => proveRun(trx, town.tenantId, run))).disagreements;
  };
  expect(
    await proofAfter(
      'update fee_run_item set amount = amount + 1 where tenant_id = $1 and place = (select min(place) from fee_run_item where proof is not null)',
    ),
  ).toEqual(['chain', 'amount']);
  expect(
    await proofAfter(
      'update fee_run_item set amount = amount - 1 where tenant_id = $1 and place = (select min(place) from fee_run_item where proof is not null)',
    ),
  ).toEqual([]);
});

test('a second run of the year finds all prescribed already and takes only what is new', async () => {
  const [newcomer] = await addDogs(town, [{ since: '2026-12-24' }]);
  const id = await prescribeAll(town);

  const made = (await prescribed(town)).filter(({ run_id }) => run_id === id);
  expect(made).toEqual([expect.objectContaining({ duty_id: newcomer, total: 2_500 })]);
});

test('a duty that changed after the preview keeps the run from starting, one that changed after the start is held and prescribed by the next run', async () => {
  const at = await aTown();
  const [first = '', second = ''] = await addDogs(at, [{}, {}]);
  const said = { actor: `officer:${at.eva.id}`, reason: 'pes uhynul', at: at.clock.now().toISOString() };
  const stale = await prepare(at);
  await work(at);
  await inTown(at, (trx) => endDuty(trx, at.tenantId, { dutyId: first, until: '2026-02-10' }, said));

  await expect(ask(at, stale)).rejects.toMatchObject({ code: 'run-out-of-date', details: { count: 1 } });
  await steer(at, stale, 'discard');
  const id = await prepare(at);
  await work(at);
  await ask(at, id);
  await decide(at, id);
  await inTown(at, (trx) => changeDuty(trx, at.tenantId, { dutyId: second, basis: senior, since: '2026-01-01' }, said));
  await work(at);

  expect((await prescribed(at)).map(({ duty_id, total }) => [duty_id, total])).toEqual([[first, 5_000]]);
  expect(await at.sql(`select duty_id from fee_run_item where tenant_id = $1 and state = 'held'`, [at.tenantId])).toEqual([
    { duty_id: second },
  ]);
  await prescribeAll(at);
  expect((await prescribed(at)).map(({ duty_id, total }) => [duty_id, total])).toEqual([
    [first, 5_000],
    [second, 15_000],
  ]);
});

test('a run stops between two chunks and goes on where it stopped', async () => {
  const at = await aTown();
  await addDogs(
    at,
    Array.from({ length: 1_100 }, () => ({})),
  );
  const id = await prepare(at);
  await work(at);
  await ask(at, id);
  await decide(at, id);

  await prescribeChunk(at.corridor, at.tenantId);
  await steer(at, id, 'pause');
  await work(at);
  expect(await prescribed(at)).toHaveLength(500);
  await steer(at, id, 'resume');
  await work(at);

  expect(await prescribed(at)).toHaveLength(1_100);
  expect((await runNow(at, id)).proof).toMatchObject({ items: 1_100, amount: 33_000_000, disagreements: [] });
});

test('two workers at once plan and prescribe each duty once', async () => {
  const at = await aTown();
  await addDogs(
    at,
    Array.from({ length: 1_300 }, () => ({})),
  );
  const id = await prepare(at);
  const together = async (chunk: typeof planChunk, state: string): Promise<void> => {
    for (;;) {
      await Promise.all([1, 2, 3].map(() => chunk(at.corridor, at.tenantId)));
      if ((await runNow(at, id)).state === state) return;
    }
  };
  await together(planChunk, 'planned');
  await ask(at, id);
  await decide(at, id);
  await together(prescribeChunk, 'prescribed');

  expect((await runNow(at, id)).proof).toMatchObject({ items: 1_300, disagreements: [] });
  expect(await prescribed(at)).toHaveLength(1_300);
});

test('a refused start leaves the preview, a refusal said elsewhere as well; who asked may take it back', async () => {
  const at = await aTown();
  await addDogs(at, [{}]);
  const id = await prepare(at);
  await work(at);
  await ask(at, id);
  await decide(at, id, 'refused');
  expect((await runNow(at, id)).state).toBe('planned');
  await ask(at, id);
  await expect(decide(at, id, 'taken-back', at.petr)).rejects.toMatchObject({ code: 'same-person' });
  await decide(at, id, 'taken-back', at.eva);
  expect((await runNow(at, id)).state).toBe('planned');
  const approval = await ask(at, id);
  await at.sql(`update money_approval set verdict = 'refused', decided_by = $3, decided_at = now() where tenant_id = $1 and id = $2`, [
    at.tenantId,
    approval,
    at.petr.id,
  ]);

  await work(at);

  expect((await runNow(at, id)).state).toBe('planned');
  expect(await prescribed(at)).toEqual([]);
});

test('an undone run leaves nothing owed, money that came meanwhile is free again, and the year may be prescribed anew', async () => {
  const at = await aTown();
  const [paidDuty] = await addDogs(at, [{}, {}, {}]);
  const id = await prescribeAll(at);
  const [paid] = (await prescribed(at)).filter(({ duty_id }) => duty_id === paidDuty);
  const { paymentId } = await inTown(at, (trx) =>
    receive(
      trx,
      at.tenantId,
      {
        source: 'bank',
        sourceId: randomUUID(),
        account: 'bank:19-2000145399/0800',
        amount: 30_000,
        variableSymbol: paid?.variable_symbol ?? '',
        counterAccount: '1/0100',
        payerName: 'Poplatník',
        message: '',
        receivedOn: '2026-03-02',
      },
      { now: at.clock.now().toISOString() },
    ),
  );

  await ask(at, id, 'undo');
  await expect(decide(at, id, 'approved', at.eva)).rejects.toMatchObject({ code: 'same-person' });
  await decide(at, id);
  await work(at);

  const run = await runNow(at, id);
  expect(run.state).toBe('undone');
  expect(run.proof).toMatchObject({ items: 3, amount: 90_000, disagreements: [], ledger: { prescribed: 90_000, balance: 0 } });
  expect(await prescribed(at)).toEqual([]);
  expect(await at.sql('select free::int as free from payment_balance where tenant_id = $1 and id = $2', [at.tenantId, paymentId])).toEqual([
    { free: 30_000 },
  ]);
  await prescribeAll(at);
  expect((await prescribed(at)).map(({ total }) => total)).toEqual([30_000, 30_000, 30_000]);
});

test('two runs of the same kind and year are not prepared at once, and a year far away not at all', async () => {
  const at = await aTown();
  await prepare(at);
  await expect(prepare(at)).rejects.toMatchObject({ code: 'run-open-already' });
  await expect(prepare(at, 2031)).rejects.toMatchObject({ code: 'run-year-wrong' });
});

test('the same order twice is one run', async () => {
  const at = await aTown();
  const { prepareRun } = await import('../../server/cases/yearly-run/prepare.ts');
  const asked = { commandId: randomUUID(), actor: at.eva, situation: 'prihlaseni-psa', year: 2026 };
  expect(await prepareRun(at.corridor, at.tenantId, asked)).toBe(await prepareRun(at.corridor, at.tenantId, asked));
});

test('an empty run is not asked for', async () => {
  const at = await aTown();
  await addDogs(at, [{ basis: blind }]);
  const id = await prepare(at);
  await work(at);
  await expect(ask(at, id)).rejects.toMatchObject({ code: 'run-empty' });
});
