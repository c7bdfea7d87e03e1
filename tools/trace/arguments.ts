// The command line of `trace` as a request.
import { parseArgs } from 'node:util';
import { NOTHING_ASKED } from '../../server/engine/world/request.ts';
import type { TraceRequest } from '../../server/engine/world/request.ts';
import { requestOf } from './requests.ts';
import { UsageError } from './usage-error.ts';

export { UsageError } from './usage-error.ts';

export const USAGE = `usage: npm run -s trace -- FILE.bpmn [options]
  --process ID         start this process as a case (repeatable; default: the only executable one)
  --variables JSON     variables of the last process
  --complete WHAT      all (default), none, or JSON {"task id": {output}}
  --answers JSON       {"task id": {"done": value} | {"refused": {"code": "X"}}, each with optional "after": "PT10S"}
  --message JSON       {"name": "m", "payload": ..., "key": "...", "after": "PT5S"} (repeatable)
  --advance DURATION   virtual time to let pass, e.g. PT65S
  --deadlines JSON     {"deadline name": "P30D"}
  --save-every-step    save, drop and recover every case between any two steps
  --check              findings only
  --bare               plain BPMN 2.0, without this project's extensions
  --batch              one JSON request a line on standard input, one answer a line
See docs/trace.md.`;

export type Asked = { readonly kind: 'batch' } | { readonly kind: 'one'; readonly file: string; readonly request: TraceRequest };

const options = {
  process: { type: 'string', multiple: true },
  variables: { type: 'string' },
  complete: { type: 'string' },
  answers: { type: 'string' },
  message: { type: 'string', multiple: true },
  advance: { type: 'string' },
  deadlines: { type: 'string' },
  'save-every-step': { type: 'boolean' },
  check: { type: 'boolean' },
  bare: { type: 'boolean' },
  batch: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Throws `UsageError`. */
export function argumentsOf(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  if (values.help) throw new UsageError(USAGE);
  const [file, ...more] = positionals;
  if (values.batch) {
    const other = Object.keys(values).filter((name) => name !== 'batch');
    if (file !== undefined || other.length > 0)
      throw new UsageError('--batch takes its requests from standard input and no other arguments');
    return { kind: 'batch' };
  }
  if (file === undefined) throw new UsageError(USAGE);
  if (more.length > 0) throw new UsageError(`one file at a time, not also ${more.join(', ')}`);
  const complete = values.complete;
  const request = requestOf({
    ...(values.process ? { process: values.process } : {}),
    ...(complete === undefined ? {} : { complete: complete === 'all' || complete === 'none' ? complete : json('complete', complete) }),
    ...jsonOption('variables', values.variables),
    ...jsonOption('answers', values.answers),
    ...jsonOption('deadlines', values.deadlines),
    ...(values.message ? { message: values.message.flatMap((text) => json('message', text)) } : {}),
    ...(values.advance === undefined ? {} : { advance: values.advance }),
    saveEveryStep: values['save-every-step'] ?? NOTHING_ASKED.saveEveryStep,
    check: values.check ?? NOTHING_ASKED.check,
    bare: values.bare ?? NOTHING_ASKED.bare,
  });
  return { kind: 'one', file, request };
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function jsonOption(name: string, text: string | undefined): Record<string, unknown> {
  return text === undefined ? {} : { [name]: json(name, text) };
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words do not say which option it was.
    throw new UsageError(`--${name} is not JSON: ${text}`);
  }
}
