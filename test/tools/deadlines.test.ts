// The command `npm run -s deadlines` as others use it: a process with lines in and lines out.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { readArguments } from '../../tools/deadlines/lines.ts';

const program = join(import.meta.dirname, '../../tools/deadlines.ts');
const run = (input: string, ...args: string[]) => spawnSync(process.execPath, [program, ...args], { input, encoding: 'utf8' });
const received = (id: unknown, date: string): string =>
  JSON.stringify({ id, regime: 'sr', rule: 'decision', events: [{ type: 'received', date }], ask: ['due'] });

test('one line in, one line out, in the same order; a bad line is answered with an error and the run goes on', () => {
  const { stdout, status } = run(
    [received('a', '2026-03-05'), '{broken', '[1]', '', received(7, '2026-02-30'), received('z', '2026-03-06')].join('\n'),
  );
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers.map(({ id, due, error }) => [id, due ?? (error as { code: string }).code])).toEqual([
    ['a', '2026-04-07'],
    [null, 'bad-json'],
    [null, 'bad-case'],
    [7, 'bad-date'],
    ['z', '2026-04-07'],
  ]);
  expect(status).toBe(0);
});

test('a switch takes the other reading, --lang speaks English, a day off of the town counts', () => {
  const line = JSON.stringify({
    regime: 'info',
    rule: 'provide',
    events: [
      { type: 'received', date: '2026-06-19' },
      { type: 'extended', date: '2026-06-25', days: 10 },
    ],
  });
  expect(JSON.parse(run(line).stdout)).toMatchObject({ due: '2026-07-14' });
  expect(JSON.parse(run(line, '--switch', 'extension=after_roll').stdout)).toMatchObject({ due: '2026-07-17' });
  const english = JSON.parse(run(line, '--lang=en', '--day-off', '2026-07-14').stdout) as { due: string; derivation: { text: string }[] };
  expect(english.due).toBe('2026-07-15');
  expect(english.derivation.at(-1)?.text).toBe(
    "14 July 2026 is the town's own day off, so the end moves to the next working day, 15 July 2026",
  );
});

test('a line may carry switches and a language of its own', () => {
  const own = JSON.stringify({ ...(JSON.parse(received(1, '2005-03-05')) as object), switches: { before_effect: 'error' }, lang: 'en' });
  expect(JSON.parse(run(own).stdout)).toMatchObject({
    id: 1,
    error: { code: 'rule-not-in-force', text: 'Rule sr/decision was not in force on that day.' },
  });
});

test('wrong usage ends with 2 and says why, on the error stream only', () => {
  for (const args of [
    ['--switch', 'nonsense=1'],
    ['--switch', 'ban_roll=maybe'],
    ['--switch', 'ban_roll'],
    ['--lang', 'de'],
    ['--day-off', '2026-02-30'],
    ['file.jsonl'],
    ['--lang'],
  ]) {
    const { status, stdout, stderr } = run('', ...args);
    expect([status, stdout, stderr.length > 0], args.join(' ')).toEqual([2, '', true]);
  }
  expect(readArguments(['--help'])).toEqual({ kind: 'help' });
});

test('an answer comes before the next line is sent', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const date of ['2026-03-05', '2026-03-06', '2026-03-09']) {
    child.stdin.write(`${received(date, date)}\n`);
    const { value } = (await answers.next()) as { value: string };
    expect(JSON.parse(value)).toMatchObject({ id: date });
  }
  child.stdin.end();
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
});
