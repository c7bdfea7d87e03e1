// The worker of a yearly run is killed by kill -9 again and again, in the preview, in prescribing and in the storno: nothing is lost and nothing doubled.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../setup/database.ts';
import { addDogs, ask, decide, houseDog, installDogs, prepare, runNow } from '../cases/duties-town.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';

const database = await cloneDatabase();
const COUNT = 1_700;
const senior = { ...houseDog, datumNarozeni: '1950-01-01' };
/** Each third holder is over 65. */
const AMOUNT = Array.from({ length: COUNT }, (_, index) => (index % 3 === 0 ? 15_000 : 30_000)).reduce((sum, one) => sum + one, 0);
let town: TestTown;
let id: string;
beforeAll(async () => {
  town = await openTestTown(database);
  await installDogs(town);
  await addDogs(
    town,
    Array.from({ length: COUNT }, (_, index) => ({ basis: index % 3 === 0 ? senior : houseDog })),
  );
  id = await prepare(town);
}, 120_000);
afterAll(() => town.close());

/** Whether the worker came to its end by itself. */
async function worker(how: { readonly crash?: string; readonly killAfterMs?: number } = {}): Promise<boolean> {
  const args = ['--url', database.appUrl, '--tenant', String(town.tenantId), ...(how.crash === undefined ? [] : ['--crash', how.crash])];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'january-worker.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  if (how.killAfterMs !== undefined) {
    await once(child.stdout, 'data');
    await pause(how.killAfterMs);
    child.kill('SIGKILL');
  }
  const [code, signal] = await exit;
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the worker ended with ${code ?? signal}`);
  return signal === null;
}
const books = async () => {
  const [sums] = await town.sql<{ prescriptions: number; duties: number; symbols: number; balance: number }>(
    `select count(*)::int as prescriptions, count(distinct duty_id)::int as duties, count(distinct variable_symbol)::int as symbols, coalesce(sum(b.total), 0)::int as balance
       from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id where p.tenant_id = $1`,
    [town.tenantId],
  );
  const [wrong] = await town.sql<{ n: number }>(
    'select count(*)::int as n from (select transaction_id from ledger_entry group by transaction_id having sum(amount) <> 0) x',
  );
  return { ...sums, unbalanced: wrong?.n };
};

test('killed in the preview, the preview knows every duty once', { timeout: 240_000 }, async () => {
  expect(await worker({ killAfterMs: 150 })).toBe(false);
  expect(await worker({ killAfterMs: 300 })).toBe(false);
  expect(await worker()).toBe(true);

  expect((await runNow(town, id)).state).toBe('planned');
  const [sums] = await town.sql(
    'select count(*)::int as items, count(distinct duty_id)::int as duties, sum(amount)::int as amount, max(place) as last from fee_run_item where tenant_id = $1',
    [town.tenantId],
  );
  expect(sums).toEqual({ items: COUNT, duties: COUNT, amount: AMOUNT, last: COUNT });
});

test(
  'killed before a commit, after a commit and at any moment, each duty is prescribed once and the totals are exact',
  { timeout: 240_000 },
  async () => {
    await ask(town, id);
    await decide(town, id);
    for (const crash of ['before-commit:run-chunk', 'before-commit:run-chunk#2', 'after-commit:run-chunk'])
      expect(await worker({ crash }), crash).toBe(false);
    await worker({ killAfterMs: 40 });
    expect(await worker()).toBe(true);

    const run = await runNow(town, id);
    expect(run.state).toBe('prescribed');
    expect(run.proof).toMatchObject({
      items: COUNT,
      amount: AMOUNT,
      disagreements: [],
      ledger: { prescriptions: COUNT, duties: COUNT, prescribed: AMOUNT, balance: AMOUNT },
    });
    expect(await books()).toEqual({ prescriptions: COUNT, duties: COUNT, symbols: COUNT, balance: AMOUNT, unbalanced: 0 });
  },
);

test('killed in the storno, all of it is taken back and nothing twice', { timeout: 240_000 }, async () => {
  await ask(town, id, 'undo');
  await decide(town, id);
  for (const crash of ['before-commit:undo-chunk#2', 'after-commit:undo-chunk#2']) expect(await worker({ crash }), crash).toBe(false);
  await worker({ killAfterMs: 60 });
  expect(await worker()).toBe(true);

  const run = await runNow(town, id);
  expect(run.state).toBe('undone');
  expect(run.proof).toMatchObject({ items: COUNT, amount: AMOUNT, disagreements: [], ledger: { prescribed: AMOUNT, balance: 0 } });
  expect(await books()).toEqual({ prescriptions: COUNT, duties: COUNT, symbols: COUNT, balance: 0, unbalanced: 0 });
  const [storno] = await town.sql<{ n: number }>(
    `select count(*)::int as n from ledger_transaction where tenant_id = $1 and kind = 'cancel'`,
    [town.tenantId],
  );
  expect(storno?.n).toBe(COUNT);
});
