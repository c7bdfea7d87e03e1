// Runs jobs in a worker thread, one after another. A job past its time costs the thread its life; the next job gets a new one.
import { Worker } from 'node:worker_threads';
import type { Finding, TraceAnswer } from '../../server/engine/world/request.ts';
import type { Job, JobAnswer } from './job.ts';

/** Wall-clock milliseconds for one job, after which its thread is put down. */
export const HARD_LIMIT = 10_000;

export interface Runner {
  run(job: Job): Promise<JobAnswer>;
  close(): Promise<void>;
}

/** What a worker says: first what it found in the file, then the answer. */
export type Word =
  { readonly kind: 'found'; readonly findings: readonly Finding[] } | { readonly kind: 'answer'; readonly answer: JobAnswer };

export function createRunner(limit = HARD_LIMIT, program = new URL('./worker.ts', import.meta.url)): Runner {
  const open = (): Worker => new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
  let worker: Worker | undefined = open();
  const drop = async (): Promise<void> => {
    const old = worker;
    worker = undefined;
    await old?.terminate();
  };
  return {
    run: async (job) => {
      worker ??= open();
      const answer = await ask(worker, job, limit);
      if (answer.isLost) await drop();
      return answer.answer;
    },
    close: drop,
  };
}

interface Outcome {
  readonly answer: JobAnswer;
  /** The thread is dead or must die. */
  readonly isLost: boolean;
}

function ask(worker: Worker, job: Job, limit: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let findings: readonly Finding[] | undefined;
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      worker.off('message', hear);
      worker.off('error', fall);
      resolve(outcome);
    };
    const lose = (code: string, reason: string): void => settle({ answer: { answer: stopped(findings, code, reason) }, isLost: true });
    const timer = setTimeout(() => lose('time-limit', 'Vypršel čas vymezený pro běh modelu.'), limit);
    const hear = (word: Word): void => {
      if (word.kind === 'found') findings = word.findings;
      else settle({ answer: word.answer, isLost: false });
    };
    const fall = (error: Error & { readonly code?: string }): void =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? lose('memory-limit', 'Model spotřeboval paměť vymezenou pro běh.')
        : settle({ answer: { answer: broken(findings, error) }, isLost: true });
    worker.on('message', hear);
    worker.on('error', fall);
    worker.postMessage(job);
  });
}

function stopped(findings: readonly Finding[] | undefined, code: string, reason: string): TraceAnswer {
  // The limit says nothing against the model.
  return {
    accepted: true,
    findings: findings ?? [],
    status: 'incident',
    incident: { code, element: '', reason },
    trace: [],
    waits: [],
    variables: {},
  };
}

function broken(findings: readonly Finding[] | undefined, error: Error): TraceAnswer {
  const finding: Finding = { rule: 'internal-error', severity: 'error', element: '', message: error.message };
  return { accepted: findings !== undefined, findings: [...(findings ?? []), finding] };
}
