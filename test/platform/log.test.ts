// What reaches the log, in both of its shapes.
import { expect, test } from 'vitest';
import { createLog } from '../../server/platform/log.ts';

function logged(pretty: boolean, level = 'info'): { readonly log: ReturnType<typeof createLog>; readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLog({ level, pretty, destination: { write: (line: string) => void lines.push(line) } }) };
}

test('a machine reads one JSON object per line, with the error and its cause', () => {
  const { log, lines } = logged(false);
  log.error({ err: new Error('no connection'), case: 'c-1' }, 'effect-failed');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, msg: 'effect-failed', case: 'c-1', err: { message: 'no connection' } });
});

test('a person reads one short line', async () => {
  const { log, lines } = logged(true);
  log.warn({ case: 'c-1', attempt: 2 }, 'effect-repeated');
  expect(lines.join('')).toMatch(/^\d{1,2}:\d\d:\d\d pozor {2}effect-repeated case=c-1 attempt=2\n$/);
});

test('session headers do not reach the log', () => {
  const { log, lines } = logged(false);
  log.info({ req: { headers: { cookie: 'session=tajne', authorization: 'Bearer tajne', accept: '*/*' } } }, 'request');
  expect(lines.join('')).not.toContain('tajne');
  expect(lines.join('')).toContain('*/*');
});

test('entries below the level are left out', () => {
  const { log, lines } = logged(false, 'warn');
  log.info('not wanted');
  expect(lines).toEqual([]);
});
