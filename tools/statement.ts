// `npm run -s statement -- FILE [--format gpc|camt|fio] [--bank CODE] [--account NUMBER|IBAN]`: reads a bank statement as the house does and
// prints one JSON object per statement, one a line. A file that is not believed ends with 1, wrong usage with 2. Changes nothing.
import { askedOf } from './statement/arguments.ts';
import { answerTo } from './statement/answer.ts';
import { readBytes } from './statement/read-bytes.ts';

// Whoever reads our answers may go before we are done (`| head`): that is not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const asked = askedOf(process.argv.slice(2));
if (asked.kind === 'wrong') {
  process.stderr.write(`${asked.reason}\n`);
  process.exitCode = 2;
} else if (asked.kind === 'help') process.stdout.write(asked.text);
else {
  const read = readBytes(asked.file);
  if (read.kind === 'unreadable') {
    process.stderr.write(`${read.reason}\n`);
    process.exitCode = 2;
  } else {
    const answer = answerTo(asked.file, read.bytes, asked.options);
    process.stdout.write(answer.out);
    process.stderr.write(answer.problem);
    process.exitCode = answer.code;
  }
}
