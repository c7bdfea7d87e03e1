// What a worker is given: the bytes of the model, of the decisions that lie beside it, and the request.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TraceAnswer, TraceRequest } from '../../server/engine/world/request.ts';
import { UsageError } from './usage-error.ts';

export interface Job {
  readonly bytes: Uint8Array;
  /** DMN by file name. */
  readonly decisions: Readonly<Record<string, string>>;
  readonly request: TraceRequest;
}

/** `usage`: the request does not fit the file. */
export type JobAnswer = { readonly answer: TraceAnswer; readonly usage?: undefined } | { readonly usage: string };

/** Throws `UsageError` when the file cannot be read. */
export function readJob(file: string, request: TraceRequest): Job {
  return { bytes: read(file), decisions: request.check ? {} : decisionsBeside(file), request };
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function decisionsBeside(file: string): Readonly<Record<string, string>> {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.endsWith('.dmn'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
