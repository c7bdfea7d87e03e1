// The command `npm run trace` as a stranger meets it: its answer, its exit codes, its batch, its limits.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TraceAnswer } from '../../server/engine/world/request.ts';
import { createRunner } from '../../tools/trace/runner.ts';
import { requestOf } from '../../tools/trace/requests.ts';
import {
  after,
  beside,
  boundary,
  catching,
  end,
  error,
  every,
  file,
  flows,
  loop,
  message,
  one,
  process as pool,
  receive,
  service,
  start,
  task,
  throwing,
  user,
  xor,
} from '../engine/conformance/drawing.ts';

const folder = mkdtempSync(join(tmpdir(), 'vyrizeno-trace-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const simple = write('simple.bpmn', one(start(), user('t'), end(), flows('s t e')));
const guarded = write(
  'guarded.bpmn',
  one(
    start(),
    service('t'),
    boundary('b', 't', error('X')),
    beside('r', 't', every('R3/PT10S')),
    end(),
    end('n'),
    end('m'),
    flows('s t e', 'b n', 'r m'),
  ),
);
const endless = write('endless.bpmn', one(start(), user('t', loop('true')), end(), flows('s t e')));
const talking = write(
  'talking.bpmn',
  file(
    pool('A', start('as'), receive('ar', 'm'), end('ae'), flows('as ar ae')),
    pool('B', start('bs'), xor('bx', 'bt'), throwing('bt', message('m')), end('be'), flows('bs bx [no] be', 'bx bt be')),
  ),
);

interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function trace(args: readonly string[], input = ''): Promise<Done> {
  const child = spawn(process.execPath, ['tools/trace.ts', ...args], { cwd: join(import.meta.dirname, '..', '..') });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

async function answer(...args: readonly string[]): Promise<TraceAnswer> {
  const { code, out, err } = await trace(args);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as TraceAnswer;
}

const ids = (told: TraceAnswer): string => (told.trace ?? []).map(({ id }) => id).join(' ');

describe('one model', () => {
  test('the answer says what was found, what came of it and when', async () => {
    const told = await answer(simple, '--bare', '--variables', '{"a":1}', '--complete', '{"t":{"b":2}}');

    expect(told).toEqual({
      accepted: true,
      findings: [],
      status: 'ended',
      trace: ['s startEvent', 't userTask', 'e endEvent'].map((row) => {
        const [id, type] = row.split(' ');
        return { id, type, process: 'P', started: '2026-01-01T00:00:00.000Z', completed: '2026-01-01T00:00:00.000Z' };
      }),
      waits: [],
      variables: { a: 1, b: 2 },
    });
  });

  test('a task nobody completes is waited for', async () => {
    const told = await answer(simple, '--bare', '--complete', 'none');

    expect([told.status, told.waits?.map(({ element, kind, process }) => ({ element, kind, process }))]).toEqual([
      'waiting',
      [{ element: 't', kind: 'task', process: 'P' }],
    ]);
  });

  test('time passes virtually, answers come late, errors are caught, and saving between steps changes nothing', async () => {
    const args = [guarded, '--bare', '--advance', 'PT65S', '--answers', '{"t":{"refused":{"code":"X"},"after":"PT25S"}}'];
    const told = await answer(...args);

    expect(ids(told)).toBe('s r m r m b n');
    expect(told.trace?.at(-1)).toMatchObject({ id: 'n', completed: '2026-01-01T00:00:25.000Z' });
    expect(await answer(...args, '--save-every-step')).toEqual(told);
  });

  test('an error nobody catches is told with its thrower', async () => {
    const told = await answer(guarded, '--bare', '--answers', '{"t":{"refused":{"code":"Y"}}}');

    expect([told.status, told.error]).toEqual(['failed', { code: 'Y', element: 't' }]);
  });

  test('several processes share a world, and the last one is spoken of', async () => {
    const told = await answer(talking, '--bare', '--process', 'A', '--process', 'B', '--variables', '{"no":false}');

    expect([ids(told), told.status, told.variables]).toEqual(['as bs bx bt be ar ae', 'ended', { no: false }]);
  });

  test('a message from outside comes when the world rests', async () => {
    const told = await answer(talking, '--bare', '--process', 'A', '--message', '{"name":"m","payload":{"v":1}}');

    expect([ids(told), told.status, told.variables]).toEqual(['as ar ae', 'ended', { v: 1 }]);
  });

  test('without --bare the rules of the house are asked for as well', async () => {
    const told = await answer(simple);

    expect(told.accepted).toBe(false);
    expect(told.findings.length).toBeGreaterThan(0);
    expect(Object.keys(told.findings[0] ?? {}).sort()).toEqual(['element', 'message', 'rule', 'severity']);
    expect(told.trace).toBeUndefined();
  });

  test('--check looks and runs nothing, at a file without a process too', async () => {
    const empty = write('empty.bpmn', file());

    expect(await answer(simple, '--bare', '--check')).toEqual({ accepted: true, findings: [] });
    expect((await answer(empty, '--check', '--bare')).trace).toBeUndefined();
  });

  test('what is not BPMN is refused with an answer', async () => {
    expect(await answer(write('letter.bpmn', 'Dear office'), '--bare')).toMatchObject({
      accepted: false,
      findings: [{ rule: 'xml-invalid' }],
    });
  });

  test('a model that never rests becomes an incident', async () => {
    const told = await answer(endless, '--bare');

    expect(told.status).toBe('incident');
    expect(['step-limit', 'time-limit']).toContain(told.incident?.code);
  });
});

describe('wrong usage', () => {
  test.each([
    ['no file', [], 'usage:'],
    ['an unknown option', [simple, '--fast'], '--fast'],
    ['a file that is not there', [join(folder, 'nowhere.bpmn')], 'cannot read'],
    ['a folder', [folder], 'cannot read'],
    ['variables that are not JSON', [simple, '--variables', '{a'], '--variables is not JSON'],
    ['variables that are no object', [simple, '--variables', '[1]'], 'must be a JSON object'],
    ['an answer that says nothing', [simple, '--answers', '{"t":{}}'], 'neither done nor refused'],
    ['a duration that is none', [simple, '--advance', '65 seconds'], 'ISO 8601'],
    ['a process that is not in the file', [simple, '--bare', '--process', 'Q'], 'process Q is not in the file'],
    ['two files', [simple, guarded], 'one file at a time'],
    ['a batch with other arguments', ['--batch', simple], '--batch'],
  ])('%s is told on standard error, with exit code 2', async (_what, args, words) => {
    const { code, out, err } = await trace(args);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe('a batch', () => {
  test('gives one line back for each, bad requests included, and ends with its input', async () => {
    const lines = [
      JSON.stringify({ file: simple, bare: true, complete: 'none' }),
      'not JSON',
      JSON.stringify({ file: join(folder, 'nowhere.bpmn') }),
      '',
      JSON.stringify({ file: simple, bare: true, speed: 3 }),
      JSON.stringify({ file: talking, bare: true, process: ['A', 'B'], saveEveryStep: true, variables: { no: false } }),
      JSON.stringify({ file: simple, bare: true, check: true }),
    ];
    const { code, out } = await trace(['--batch'], lines.join('\n'));
    const told = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as TraceAnswer & { readonly file: string | null });

    expect(code).toBe(0);
    expect(told.map(({ file: path, accepted, status }) => [path, accepted, status])).toEqual([
      [simple, true, 'waiting'],
      [null, false, undefined],
      [join(folder, 'nowhere.bpmn'), false, undefined],
      [simple, false, undefined],
      [talking, true, 'ended'],
      [simple, true, undefined],
    ]);
    expect(told[1]?.findings[0]?.rule).toBe('bad-request');
  });
});

describe('the limit of time', () => {
  const job = (path: string, bytes: string) => ({
    bytes: new TextEncoder().encode(bytes),
    decisions: {},
    request: requestOf({ file: path, bare: true }),
  });

  test('a thread that hangs is put down, and the next model gets a new one', async () => {
    const hanging = write(
      'hang.ts',
      "import { parentPort } from 'node:worker_threads';\nparentPort?.on('message', () => { for (;;); });\n",
    );
    const runner = createRunner(200, new URL(`file://${hanging}`));
    try {
      for (let round = 0; round < 2; round += 1) {
        const told = await runner.run(job('simple.bpmn', one(start(), task('t'), end(), flows('s t e'))));
        expect(told).toMatchObject({ answer: { status: 'incident', incident: { code: 'time-limit' } } });
      }
    } finally {
      await runner.close();
    }
  });

  test('a thread that dies is a defect of ours and is told as one', async () => {
    const dying = write(
      'die.ts',
      "import { parentPort } from 'node:worker_threads';\nparentPort?.on('message', () => { throw new Error('broken'); });\n",
    );
    const runner = createRunner(5_000, new URL(`file://${dying}`));
    try {
      const told = await runner.run(job('simple.bpmn', one(start(), catching('c', after('PT1S')), end(), flows('s c e'))));
      expect(told).toMatchObject({ answer: { accepted: false, findings: [{ rule: 'internal-error', message: 'broken' }] } });
    } finally {
      await runner.close();
    }
  });
});
