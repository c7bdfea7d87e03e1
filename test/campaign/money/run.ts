// `npm run campaign:money -- --minutes N [--seed S] [--steps N] [--lanes N]`: random stories of money told to the real books and to the reference, several towns at
// once, until the time is up or the steps are done. Prints its seed; a fault is shrunk, printed with the command that repeats it, and makes the exit code 1.
// `--replay SEED:PATH` tells one story again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applicationUrl, migrate } from '../../../server/store/migrate.ts';
import { startEmbedded } from '../../../tools/postgres/embedded.ts';
import { brokenBooks } from '../../../tools/ledger-check/check.ts';
import { runStories } from './stories.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    steps: { type: 'string' },
    lanes: { type: 'string', default: '4' },
    replay: { type: 'string' },
  },
});
const seed = Number(values.seed);
const most = Number(values.steps ?? (values.minutes === undefined ? 1_000_000 : Infinity));
const until = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
console.log(`seed ${seed}, ${Number.isFinite(most) ? `${most} steps` : `${values.minutes} minutes`}`);

const dataDir = mkdtempSync(join(tmpdir(), 'vyrizeno-money-'));
const { cluster, ownerUrl } = await startEmbedded(dataDir);
try {
  await migrate(ownerUrl);
  const everything = cluster.url(new URL(ownerUrl).pathname.slice(1));
  const outcome = await runStories({
    appUrl: applicationUrl(ownerUrl),
    everythingUrl: everything,
    seed,
    lanes: Number(values.lanes),
    ...(values.replay === undefined ? {} : { replay: values.replay }),
    isOver: (steps) => steps >= most || Date.now() > until,
    say: console.log,
  });
  const broken = outcome.fault === undefined ? await brokenBooks(everything) : [];
  for (const line of [...(outcome.fault === undefined ? [] : [outcome.fault]), ...broken]) console.error(line);
  console.log(
    `seed ${seed}: ${outcome.stories} stories, ${outcome.steps} steps, ${Math.round(outcome.steps / outcome.seconds)} a second, ${broken.length + (outcome.fault === undefined ? 0 : 1)} faults`,
  );
  process.exitCode = outcome.fault === undefined && broken.length === 0 ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
