// The town is killed at every named point of the dog's story: nothing lost, nothing doubled, every case closed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { gather, points, runCampaign } from './campaign.ts';
import { brokenInvariants } from './invariants.ts';
import { differences, type Ledgers } from './ledgers.ts';
import { rested } from './rested.ts';

const database = await cloneDatabase();
let town: RunningTown;
beforeAll(async () => {
  town = await startTown(database);
}, 240_000);
afterAll(() => town.close());

test('killed at every named point, the town closes every case; nothing is lost and nothing doubled', { timeout: 1_200_000 }, async () => {
  const lines: string[] = [];
  const outcome = await runCampaign(town, await gather(town), points, (line) => lines.push(line)).catch((error: unknown) => {
    throw new Error(`${lines.join('\n')}\n${town.output().slice(-4_000)}`, { cause: error });
  });
  await rested(everyTownUrl(database));

  expect(outcome.missed, lines.join('\n')).toEqual([]);
  expect(new Set(outcome.closed).size).toBe(outcome.closed.length);
  const outside = await town.world<Ledgers>('GET', '/ledger');
  expect(await differences(everyTownUrl(database), outside)).toEqual([]);
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  console.log(`${points.length} points, ${outcome.closed.length} cases closed, 0 lost, 0 doubled\n${lines.join('\n')}`);
});
