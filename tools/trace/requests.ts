// A request as it comes (options of the command line, or a line of a batch) to one that is known to be right. Throws UsageError.
import type { Json, Variables } from '../../server/engine/types.ts';
import { NOTHING_ASKED } from '../../server/engine/world/request.ts';
import type { PlannedAnswer, PlannedOutput, PlannedPost, TraceRequest } from '../../server/engine/world/request.ts';
import { UsageError } from './usage-error.ts';

type Raw = Readonly<Record<string, unknown>>;

const known = ['file', 'process', 'variables', 'complete', 'answers', 'message', 'advance', 'deadlines', 'bare', 'saveEveryStep', 'check'];

export function requestOf(raw: Raw): TraceRequest {
  for (const name of Object.keys(raw)) if (!known.includes(name)) throw new UsageError(`unknown field ${name}`);
  const given = <T>(name: keyof TraceRequest & string, read: (value: unknown) => T): Partial<Record<string, T>> =>
    raw[name] === undefined || raw[name] === null ? {} : { [name]: read(raw[name]) };
  return {
    ...NOTHING_ASKED,
    ...given('process', processes),
    ...given('variables', (value) => objectOf('variables', value) as Variables),
    ...given('complete', completions),
    ...given('answers', answers),
    ...given('advance', (value) => duration('advance', value)),
    ...given('deadlines', (value) => mapped('deadlines', value, (text, name) => duration(`deadlines.${name}`, text))),
    ...given('bare', (value) => flag('bare', value)),
    ...given('saveEveryStep', (value) => flag('saveEveryStep', value)),
    ...given('check', (value) => flag('check', value)),
    posts: raw['message'] === undefined || raw['message'] === null ? [] : [raw['message']].flat().map(post),
  };
}

function processes(value: unknown): readonly string[] {
  return [value].flat().map((id) => text('process', id));
}

function completions(value: unknown): TraceRequest['complete'] {
  if (value === 'all' || value === 'none') return value;
  return mapped('complete', value, (planned, task) =>
    Array.isArray(planned) ? planned.map((one) => output(task, one)) : output(task, planned),
  );
}

function output(task: string, value: unknown): PlannedOutput {
  if (value === null || typeof value === 'boolean') return value;
  return objectOf(`complete.${task}`, value) as Variables;
}

function answers(value: unknown): TraceRequest['answers'] {
  return mapped('answers', value, (planned, task) =>
    Array.isArray(planned) ? planned.map((one) => answer(task, one)) : answer(task, planned),
  );
}

function answer(task: string, value: unknown): PlannedAnswer {
  const where = `answers.${task}`;
  const raw = objectOf(where, value);
  const after = raw['after'] === undefined ? {} : { after: duration(`${where}.after`, raw['after']) };
  if (Object.hasOwn(raw, 'refused')) {
    const refused = objectOf(`${where}.refused`, raw['refused']);
    const reason = refused['reason'] === undefined ? {} : { reason: text(`${where}.refused.reason`, refused['reason']) };
    return { refused: { code: text(`${where}.refused.code`, refused['code']), ...reason }, ...after };
  }
  if (!Object.hasOwn(raw, 'done') && raw['after'] === undefined) throw new UsageError(`${where} says neither done nor refused`);
  return { done: (raw['done'] ?? null) as Json, ...after };
}

function post(value: unknown): PlannedPost {
  if (typeof value === 'string') return { kind: 'message', name: value, payload: null };
  const raw = objectOf('message', value);
  const isSignal = raw['signal'] !== undefined;
  return {
    kind: isSignal ? 'signal' : 'message',
    name: text('message.name', isSignal ? raw['signal'] : raw['name']),
    payload: (raw['payload'] ?? raw['variables'] ?? null) as Json,
    ...(raw['key'] === undefined ? {} : { key: text('message.key', raw['key']) }),
    ...(raw['after'] === undefined ? {} : { after: duration('message.after', raw['after']) }),
  };
}

function mapped<T>(name: string, value: unknown, read: (value: unknown, key: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(objectOf(name, value)).map(([key, one]) => [key, read(one, key)]));
}

function objectOf(name: string, value: unknown): Raw {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${name} must be a JSON object`);
  return value as Raw;
}

function text(name: string, value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new UsageError(`${name} must be a text`);
  return value;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new UsageError(`${name} must be true or false`);
  return value;
}

/** ISO 8601, not into the past. Not read by Temporal here: the command must not load it before its thread does. */
const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,9})?S)?)?$/;

function duration(name: string, value: unknown): string {
  if (DURATION.test(text(name, value))) return text(name, value);
  throw new UsageError(`${name} is not an ISO 8601 duration: ${String(value)}`);
}
