// `npm run campaign:engine -- --minutes 30 --seed 7`: generated models on random paths, recovered after every step and compared with the reference;
// models and variables with faults. Prints its seed; the same seed asks the same questions. Exit code 1 when a fault was found.
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';

const AIMS = { recovered: 20_000, compared: 20_000, mutated: 100_000 };

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
});
const seed = Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
console.log(`seed ${seed}, at most ${values.minutes} minutes, aims ${JSON.stringify(AIMS)}`);
const outcome = await runCampaign({ seed, aims: AIMS, isOver: () => Date.now() > until, say: console.log });
for (const fault of outcome.faults) console.error(fault);
console.log(
  `seed ${seed}: ${outcome.recovered} models recovered as straight, ${outcome.compared} as the reference says, ` +
    `${outcome.mutated} with faults (${outcome.accepted} of them accepted), longest step ${Math.round(outcome.longest)} ms, ` +
    `${outcome.slow} over 100 ms, ${outcome.faults.length} faults found`,
);
process.exitCode = outcome.faults.length === 0 ? 0 : 1;
