// docs/connectors.md: connector × effect × fault, generated from what the kit has seen.
import { trials, type Subject, type Trial } from './kit.ts';
import { subjects } from './subjects.ts';

export const title = (subject: Subject): string => (subject.way === undefined ? subject.effect : `${subject.effect} (${subject.way})`);

const INTRO = `# What every connector keeps

Generated from the contract kit (\`test/integrations/kit\`); \`npm run connectors\` writes it anew, and a test compares it with what the kit has just seen.
Each effect of each connector is run as the job runs it, against its simulator over the real protocol: perform, and from the second try on ask first.

The columns are what happens to the call: it is done; it is refused as a business answer; the other side fails before the work; it is down (503); it works
and keeps silent past our limit; it works and the answer is lost; it answers or tells twice; it answers late but in time; it answers rubbish; it answers
byte by byte; it is down for good. **jednou** = the work was done exactly once. **nic, věta pro úředníka** = nothing was done and the incident is a sentence that
an officer understands.
`;

export function page(verdict: (subject: Subject, trial: Trial) => string): string {
  const names = Object.keys(trials) as Trial[];
  const head = `| účinek | ${names.join(' | ')} |\n|---|${names.map(() => '---').join('|')}|`;
  const rows = subjects.map(
    (subject) =>
      `| \`${subject.effect}\`${subject.way ? ` (${subject.way})` : ''} | ${names.map((trial) => verdict(subject, trial)).join(' | ')} |`,
  );
  const notes = subjects.flatMap((subject) => (subject.mayRepeat === undefined ? [] : [`- \`${title(subject)}\`: ${subject.mayRepeat}`]));
  const asked = subjects.flatMap((subject) => (subject.asksPerson === undefined ? [] : [`- \`${title(subject)}\`: ${subject.asksPerson}`]));
  return [
    INTRO,
    [head, ...rows].join('\n'),
    `\nWhere the work may be done twice when its answer is lost, and why:\n\n${notes.join('\n')}`,
    `\nWhere a person must look at the other side before the work is tried again:\n\n${asked.join('\n')}`,
    '\n`post.print` touches no machine: people carry it out on the page "Zásilky", no worker takes it any more, and an officer\'s word that the letter was posted ends it.\n',
  ].join('\n');
}
