// `npm run campaign:crash -- --minutes 30 --seed 7`: kill -9 at random moments and at random named points until the time is up. Prints its seed; the same seed gives the same order of kills.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applicationUrl, migrate } from '../../server/store/migrate.ts';
import { startEmbedded } from '../../tools/postgres/embedded.ts';
import { startTown } from '../setup/town.ts';
import { gather, points, runCampaign, type Crash } from './campaign.ts';
import { brokenInvariants } from './invariants.ts';
import { differences, type Ledgers } from './ledgers.ts';
import { rested } from './rested.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
});
const seed = Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
console.log(`seed ${seed}, ${values.minutes} minutes`);

/** Mulberry32: small, and the same everywhere. */
function dice(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Half of the kills at a moment, half at a place. Places that only time or an analyst can bring are in the gate's run. */
function* crashes(): Generator<Crash> {
  const throwDice = dice(seed);
  const places = points.filter((point) => !/wake|publish|head/.test(point));
  while (Date.now() < until) {
    const isMoment = throwDice() < 0.5;
    const size = throwDice();
    yield isMoment
      ? Math.round(200 + size * 6_000)
      : `${places[Math.floor(size * places.length)] ?? 'rendered'}#${1 + Math.floor(throwDice() * 3)}`;
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'vyrizeno-campaign-'));
const { cluster, ownerUrl } = await startEmbedded(dataDir);
const everything = cluster.url(new URL(ownerUrl).pathname.slice(1));
await migrate(ownerUrl);
const town = await startTown({ name: 'campaign', ownerUrl, appUrl: applicationUrl(ownerUrl) });
try {
  const outcome = await runCampaign(town, await gather(town), crashes(), console.log);
  await rested(everything);
  const kills = outcome.reached.length;
  const broken = [...(await differences(everything, await town.world<Ledgers>('GET', '/ledger'))), ...(await brokenInvariants(everything))];
  console.log(`seed ${seed}: ${kills} kills, ${outcome.closed.length} cases closed, ${broken.length} faults`);
  for (const line of broken) console.error(line);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await town.close();
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
