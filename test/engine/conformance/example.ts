// One example of the conformance suite: a model, what is done to it, and what BPMN 2.0.2 says must come of it.
import { compileDecisions } from '../../../server/engine/compile-decisions.ts';
import { NOTHING_ASKED } from '../../../server/engine/world/request.ts';
import type { TraceAnswer, TraceRequest } from '../../../server/engine/world/request.ts';
import { traceModel } from '../../../server/engine/world/trace-model.ts';
import type { Variables } from '../../../server/engine/types.ts';
import { allows, readPattern } from './trace-pattern.ts';

export interface Example {
  /** Row of the conformance table. */
  readonly element: string;
  /** A sentence: what the specification says. */
  readonly says: string;
  readonly model: string | Uint8Array;
  readonly asks?: Partial<TraceRequest>;
  readonly expects: Expectation | Refusal;
}

export interface Expectation {
  /** Pattern of completed elements, see trace-pattern.ts; `...` is any. */
  readonly trace: string;
  /** Ended unless it says otherwise. */
  readonly status?: TraceAnswer['status'];
  /** `element kind`, sorted. Empty unless it says otherwise and the case has ended; not looked at when it has failed. */
  readonly waits?: readonly string[];
  readonly variables?: Variables;
  readonly error?: NonNullable<TraceAnswer['error']>;
  /** Code of the incident. */
  readonly incident?: string;
  /** `id seconds`: virtual times of completion since the beginning. */
  readonly at?: readonly string[];
}

export interface Refusal {
  readonly refusedBy: string;
}

const decisions = compileDecisions({});

export async function ask(example: Example, more: Partial<TraceRequest> = {}): Promise<TraceAnswer> {
  const request = { ...NOTHING_ASKED, bare: true, ...example.asks, ...more };
  const until = performance.now() + 5_000;
  const traced = await traceModel(example.model, request, {
    decisions: () => decisions,
    isTimeUp: () => performance.now() > until,
    found: () => undefined,
  });
  if (traced.usage !== undefined) throw new Error(traced.usage);
  return traced.answer;
}

/** What is wrong with an answer; empty when it is as expected. */
export function differences(expects: Example['expects'], answer: TraceAnswer): readonly string[] {
  const internal = answer.findings.filter(({ rule }) => rule === 'internal-error').map(({ message }) => `internal error: ${message}`);
  if (internal.length > 0) return internal;
  const errors = answer.findings.filter(({ severity }) => severity === 'error').map(({ rule, element }) => `${rule} ${element}`);
  if ('refusedBy' in expects) {
    if (answer.accepted) return [`accepted, but ${expects.refusedBy} should refuse it`];
    return errors.some((error) => error.startsWith(`${expects.refusedBy} `))
      ? []
      : [`refused by ${errors.join(', ')}, not by ${expects.refusedBy}`];
  }
  if (!answer.accepted) return [`refused: ${errors.join(', ')}`];
  return [...statusDifferences(expects, answer), ...traceDifferences(expects, answer), ...valueDifferences(expects, answer)];
}

function statusDifferences(expects: Expectation, answer: TraceAnswer): readonly string[] {
  const status = expects.status ?? 'ended';
  const found: string[] = [];
  if (answer.status !== status)
    found.push(`status ${answer.status} ${JSON.stringify(answer.incident ?? answer.error ?? '')}, not ${status}`);
  const waits = (answer.waits ?? []).map(({ element, kind }) => `${element} ${kind}`).sort();
  const expected = expects.waits ?? (status === 'ended' ? [] : undefined);
  if (expected && JSON.stringify(waits) !== JSON.stringify([...expected].sort()))
    found.push(`waits [${waits.join(', ')}], not [${expected.join(', ')}]`);
  if (expects.error && JSON.stringify(answer.error) !== JSON.stringify(expects.error)) found.push(`error ${JSON.stringify(answer.error)}`);
  if (expects.incident && answer.incident?.code !== expects.incident) found.push(`incident ${JSON.stringify(answer.incident)}`);
  return found;
}

function traceDifferences(expects: Expectation, answer: TraceAnswer): readonly string[] {
  const rows = answer.trace ?? [];
  const ids = rows.map(({ id, body }) => (body ? `${id}*` : id));
  const found = expects.trace === '...' || allows(readPattern(expects.trace), ids) ? [] : [`trace ${ids.join(' ')}, not ${expects.trace}`];
  const times = rows.map(({ id, completed }) => `${id} ${(Date.parse(completed) - Date.parse('2026-01-01T00:00:00Z')) / 1_000}`);
  for (const time of expects.at ?? []) if (!times.includes(time)) found.push(`${time} is not among ${times.join(', ')}`);
  if (rows.some(({ started, completed }) => started > completed)) found.push('something was completed before it was started');
  return found;
}

function valueDifferences(expects: Expectation, answer: TraceAnswer): readonly string[] {
  return Object.entries(expects.variables ?? {}).flatMap(([name, value]) => {
    const actual = answer.variables?.[name];
    return JSON.stringify(actual ?? null) === JSON.stringify(value)
      ? []
      : [`${name} is ${JSON.stringify(actual)}, not ${JSON.stringify(value)}`];
  });
}
