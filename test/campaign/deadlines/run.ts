// `npm run campaign:deadlines -- --traces 1000000 --seed 7` or `--minutes 10`: random traces through the house and the naive clock until the number or the
// time is up. Prints its seed and the traces of each rule; every disagreement is a JSON line, and then the exit code is 1.
import { parseArgs } from 'node:util';
import { compare, line, type Disagreement } from './comparison.ts';

const { values } = parseArgs({
  options: { traces: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
});
const seed = Number(values.seed);
const most = Number(values.traces ?? (values.minutes === undefined ? 1_000_000 : Infinity));
const started = Date.now();
const until = values.minutes === undefined ? Infinity : started + Number(values.minutes) * 60_000;
const batch = 50_000;

const perRule = new Map<string, number>();
const found: Disagreement[] = [];
let done = 0;
let impossible = 0;
console.log(`seed ${seed}, ${Number.isFinite(most) ? `${most} traces` : `${values.minutes} minutes`}`);
while (done < most && Date.now() < until && found.length === 0) {
  const next = Math.min(done + batch, most);
  const outcome = compare(seed, done, next);
  found.push(...outcome.found);
  impossible += outcome.impossible;
  for (const [rule, count] of outcome.perRule) perRule.set(rule, (perRule.get(rule) ?? 0) + count);
  done = next;
  console.log(`${done} traces, ${((Date.now() - started) / 1000).toFixed(0)} s, ${found.length} disagreements`);
}
for (const [rule, count] of [...perRule].sort(([, one], [, other]) => other - one)) console.log(`${String(count).padStart(9)}  ${rule}`);
console.log(`seed ${seed}: ${done} traces, ${impossible} of them impossible, ${found.length} disagreements`);
for (const different of found) console.error(line(different));
process.exitCode = found.length === 0 ? 0 : 1;
