// `npm run -s deadlines < cases.jsonl`: one case a line in, one answer a line out, in the same order; a bad line gives an error and goes on.
// `--switch name=value` (repeatable) takes the other reading of an unclear rule, `--lang en` explains in English. Described in docs/deadlines.md.
import { createInterface } from 'node:readline';
import { answerLine, readArguments, usage } from './deadlines/lines.ts';

const read = readArguments(process.argv.slice(2));
if (read.kind === 'wrong') {
  console.error(`${read.reason}\n\n${usage}`);
  process.exit(2);
}
if (read.kind === 'help') {
  console.log(usage);
  process.exit(0);
}

// Whoever reads our answers may go before we are done (`| head`): that is not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Answers of one chunk of input go out together, at once: a caller that sends line by line gets line by line.
let waiting: string[] = [];
const flush = (): void => {
  if (waiting.length > 0) process.stdout.write(`${waiting.join('\n')}\n`);
  waiting = [];
};
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on('line', (line) => {
  if (line.trim() === '') return;
  if (waiting.length === 0) setImmediate(flush);
  waiting.push(answerLine(line, read.options));
});
lines.on('close', flush);
