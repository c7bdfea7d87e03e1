// The books against the reference: random stories of prescriptions, corrections, payments, returns, approvals, closings, crashes and races on a real PostgreSQL.
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { story } from './commands.ts';
import { tellStory } from './tell-story.ts';

const RUNS = 300;
const database = await cloneDatabase();
let db: Database;
const admin = new Client({ connectionString: everyTownUrl(database) });
const walled = new Client({ connectionString: database.appUrl });
beforeAll(async () => {
  db = openDatabase(database.appUrl, 4);
  await Promise.all([admin.connect(), walled.connect()]);
});
afterAll(() => Promise.all([db.close(), admin.end(), walled.end()]));

test('whatever happens to the books, they are what the reference says', { timeout: 300_000 }, async () => {
  let towns = 0;
  let commands = 0;
  const seed = Number(process.env['PROPERTY_SEED'] ?? '20261122');
  await fc.assert(
    fc.asyncProperty(story({ min: 1, max: 30 }), async (draws) => {
      commands += await tellStory({ db, admin, walled }, (towns += 1), draws);
    }),
    { numRuns: RUNS, seed: Number.isNaN(seed) ? Date.now() : seed },
  );
  expect(commands).toBeGreaterThan(RUNS * 5);
  console.log(`${RUNS} stories, ${commands} commands`);
});
