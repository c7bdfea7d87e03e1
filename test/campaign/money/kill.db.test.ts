// kill -9 of the real server while it imports a statement and prescribes for the whole town: exact totals, and not one invariant broken.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenBooks } from '../../../tools/ledger-check/check.ts';
import { everyTownUrl } from '../../cases/town.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { startTown, type RunningTown } from '../../setup/town.ts';
import { createDice } from '../engine/dice.ts';
import { exactTotals, workUnderKills } from './under-kills.ts';

const COUNT = 2_000;
const KILLS = 5;
const database = await cloneDatabase();
let town: RunningTown;
beforeAll(async () => {
  town = await startTown(database);
}, 240_000);
afterAll(() => town.close());

test('killed again and again, the server credits each item and prescribes each duty exactly once', { timeout: 600_000 }, async () => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const given = { town, appUrl: database.appUrl, count: COUNT, kills: KILLS, dice: createDice(20_261_122), say };
  const totals = await workUnderKills(given).catch((error: unknown) => {
    throw new Error(`${lines.join('\n')}\n${town.output().slice(-3_000)}`, { cause: error });
  });

  expect(totals).toEqual(exactTotals(COUNT));
  expect(await brokenBooks(everyTownUrl(database))).toEqual([]);
});
