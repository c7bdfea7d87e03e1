// `--batch`: one request a line, one compact answer a line at once, a fresh world each. A bad request is answered too and ends nothing.
import { createInterface } from 'node:readline';
import type { TraceAnswer } from '../../server/engine/world/request.ts';
import { readJob } from './job.ts';
import { requestOf } from './requests.ts';
import type { Runner } from './runner.ts';
import { UsageError } from './usage-error.ts';

export async function runBatch(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, runner: Runner): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    output.write(`${JSON.stringify(await answerTo(line, runner))}\n`);
  }
}

async function answerTo(line: string, runner: Runner): Promise<{ readonly file: unknown } & TraceAnswer> {
  let file: unknown = null;
  try {
    const raw = parse(line);
    file = raw['file'] ?? null;
    if (typeof file !== 'string') throw new UsageError('file is missing');
    const answered = await runner.run(readJob(file, requestOf(raw)));
    if (answered.usage !== undefined) throw new UsageError(answered.usage);
    return { file, ...answered.answer };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { file, accepted: false, findings: [{ rule: 'bad-request', severity: 'error', element: '', message: error.message }] };
  }
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const raw: unknown = JSON.parse(line);
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Record<string, unknown>;
  } catch {
    // Said below, for a line that is JSON but no object as well.
  }
  throw new UsageError('the line is not a JSON object');
}
