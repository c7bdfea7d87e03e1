// The order of an end, and ends that do not go to plan; in processes of their own, because signals are theirs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../server/platform/log.ts';
import { createShutdown } from '../../server/platform/shutdown.ts';

const silent = createLog({ level: 'silent' });

test('what was opened last is closed first, once, and one failure does not keep the rest open', async () => {
  const closed: string[] = [];
  const shutdown = createShutdown({ log: silent, patienceMs: 50 });
  shutdown.onClose('database', () => closed.push('database'));
  shutdown.onClose('jobs', () => Promise.reject(new Error('refuses')));
  shutdown.onClose('sleeper', () => new Promise(() => undefined));
  shutdown.onClose('http', async () => closed.push('http'));

  await Promise.all([shutdown.close('test'), shutdown.close('test again')]);

  expect(closed).toEqual(['http', 'database']);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s closes what is open and ends with success', async (signal) => {
  const { code, said } = await end('quick', (child) => child.kill(signal));
  expect({ code, said }).toEqual({ code: 0, said: 'open closed ' });
});

test('a second signal does not wait for what does not close', async () => {
  const { code, said } = await end('stuck', (child) => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 600);
  });
  expect({ code, said }).toEqual({ code: 130, said: 'open closing ' });
});

test('one Ctrl-C that arrives twice is one: from the terminal, and passed on by npm', async () => {
  const { code, said } = await end('slow', (child) => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 50);
  });
  expect({ code, said }).toEqual({ code: 0, said: 'open closed ' });
});

test('a server whose starter is gone ends too', async () => {
  const { code, said } = await end('quick', (child) => child.disconnect());
  expect({ code, said }).toEqual({ code: 0, said: 'open closed ' });
});

async function end(
  kind: 'quick' | 'slow' | 'stuck',
  act: (child: ReturnType<typeof spawn>) => void,
): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'process-with-shutdown.ts'), kind], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    if (said === '') setTimeout(() => act(child), 20);
    said += chunk.toString();
  });
  // Not 'close': Node does not announce it after the channel was cut.
  const [[code]] = await Promise.all([once(child, 'exit'), new Promise((resolve) => child.stdout?.once('end', resolve))]);
  return { code, said };
}
