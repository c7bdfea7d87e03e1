// A process for shutdown.test.ts: holds one thing open that closes quickly, slowly, or never.
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../../server/platform/log.ts';
import { createShutdown } from '../../server/platform/shutdown.ts';

const shutdown = createShutdown({ log: createLog({ level: 'silent' }) });
const alive = setInterval(() => undefined, 1000);
shutdown.onClose('thing', async () => {
  if (process.argv[2] === 'stuck') {
    process.stdout.write('closing ');
    await new Promise(() => undefined);
  }
  if (process.argv[2] === 'slow') await pause(300);
  clearInterval(alive);
  process.stdout.write('closed ');
});
shutdown.listen();
process.stdout.write('open ');
