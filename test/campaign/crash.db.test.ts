// The town is killed at every named point of the dog's story: nothing lost, nothing doubled, every case closed.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyTownUrl } from '../cases/town.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { gather, points, runCampaign } from './campaign.ts';
import { brokenInvariants } from './invariants.ts';
import { differences, type Ledgers } from './ledgers.ts';

const database = await cloneDatabase();
let town: RunningTown;
beforeAll(async () => { town = await startTown(database); }, 240_000);
afterAll(() => town.close());

test('killed at every named point, the town closes every case; nothing is lost and nothing doubled', { timeout: 1_200_000 }, async () => {
  const lines: string[] = [];
  const outcome = await runCampaign(town, await gather(town), points, (line) => lines.push(line)).catch((error: unknown) => {
    throw new Error(`${lines.join('\n')}\n${town.output().slice(-4_000)}`, { cause: error });
  });
  await rested();

  expect(outcome.missed, lines.join('\n')).toEqual([]);
  expect(new Set(outcome.closed).size).toBe(outcome.closed.length);
  const outside = await town.world<Ledgers>('GET', '/ledger');
  expect(await differences(everyTownUrl(database), outside, { mail: 1, orders: 1 })).toEqual([]);
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  console.log(`${points.length} points, ${outcome.closed.length} cases closed, 0 lost, 0 doubled\n${lines.join('\n')}`);
});

/** Letters and receipts that nobody waits for are still on their way when the last case is closed. */
async function rested(): Promise<void> {
  for (let looks = 0; looks < 300; looks += 1) {
    const { rows } = await query(`select (select count(*) from outbox where state in ('ready', 'leased'))::int + (select count(*) from inbox where processed_at is null)::int as open`);
    if (rows[0]?.open === 0) return;
    await pause(200);
  }
  const { rows } = await query(`select effect, state, attempts, last_error from outbox where state in ('ready', 'leased') union all select kind, reason, attempts, null from inbox where processed_at is null`);
  throw new Error(`the town does not come to rest: ${JSON.stringify(rows)}`);
}

async function query(sql: string): Promise<{ rows: { open?: number }[] }> {
  return withClient(everyTownUrl(database), (client) => client.query(sql));
}
