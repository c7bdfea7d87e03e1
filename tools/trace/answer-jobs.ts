// What the thread does: takes jobs, tells first what it found in the file and then what came of it.
import { parentPort } from 'node:worker_threads';
import { compileDecisions } from '../../server/engine/compile-decisions.ts';
import { traceModel } from '../../server/engine/world/trace-model.ts';
import type { Job, JobAnswer } from './job.ts';
import type { Word } from './runner.ts';

/** A little less than the limit after which this thread is put down: what happened until then can still be told. */
const SOFT_LIMIT = 9_000;
/** Wall-clock milliseconds for one step of a case. */
const STEP_LIMIT = 5_000;

export function answerJobs(): void {
  parentPort?.on('message', (job: Job) => void answer(job).then((found) => say({ kind: 'answer', answer: found })));
}

function say(word: Word): void {
  parentPort?.postMessage(word);
}

async function answer({ bytes, decisions, request }: Job): Promise<JobAnswer> {
  const until = performance.now() + SOFT_LIMIT;
  return traceModel(bytes, request, {
    decisions: (isNeeded) => compileDecisions(isNeeded ? decisions : {}),
    isTimeUp: () => performance.now() > until,
    budget: { elapsed: () => performance.now(), limit: STEP_LIMIT },
    found: (findings) => say({ kind: 'found', findings }),
  });
}
