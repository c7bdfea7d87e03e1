// `npm run connectors`: runs the contract kit over every effect of every connector and writes docs/connectors.md.
import { writeFileSync } from 'node:fs';
import { runTrial, trials, type Trial } from '../test/integrations/kit/kit.ts';
import { page, title } from '../test/integrations/kit/page.ts';
import { subjects } from '../test/integrations/kit/subjects.ts';

const verdicts = new Map<string, string>();
let broken = 0;
for (const subject of subjects) {
  for (const trial of Object.keys(trials) as Trial[]) {
    const key = `${title(subject)}/${trial}`;
    try {
      verdicts.set(key, await runTrial(subject, trial));
    } catch (error) {
      broken += 1;
      verdicts.set(key, '**porušeno**');
      console.error(`${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
writeFileSync(
  'docs/connectors.md',
  page((subject, trial) => verdicts.get(`${title(subject)}/${trial}`) ?? ''),
);
console.log(`${verdicts.size} zkoušek, porušeno ${broken}.`);
process.exit(broken > 0 ? 1 : 0);
