// `npm run -s trace -- FILE.bpmn …`: runs a model in memory and prints one JSON object; see docs/trace.md. Exit 0 whatever the model did, 2 for
// wrong usage. The model runs in a worker thread, which is put down when its time is up: a hung model never hangs the command.
import { argumentsOf, UsageError } from './trace/arguments.ts';
import { runBatch } from './trace/batch.ts';
import { readJob } from './trace/job.ts';
import { layOut } from './trace/lay-out.ts';
import { createRunner } from './trace/runner.ts';

const runner = createRunner();
try {
  const asked = argumentsOf(process.argv.slice(2));
  if (asked.kind === 'batch') await runBatch(process.stdin, process.stdout, runner);
  else {
    const answer = await runner.run(readJob(asked.file, asked.request));
    if (answer.usage !== undefined) throw new UsageError(answer.usage);
    process.stdout.write(layOut(answer.answer));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
} finally {
  await runner.close();
}
