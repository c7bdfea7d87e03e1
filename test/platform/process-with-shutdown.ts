// A process for shutdown.test.ts: holds one thing open that closes quickly, or never.
import { createLog } from '../../server/platform/log.ts';
import { createShutdown } from '../../server/platform/shutdown.ts';

const shutdown = createShutdown({ log: createLog({ level: 'silent' }) });
const alive = setInterval(() => undefined, 1000);
shutdown.onClose('thing', () => {
  if (process.argv[2] === 'stuck') {
    process.stdout.write('closing ');
    return new Promise(() => undefined);
  }
  clearInterval(alive);
  process.stdout.write('closed ');
  return undefined;
});
shutdown.listen();
process.stdout.write('open ');
