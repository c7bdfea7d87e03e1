// The server as a process: configuration, log, clock, an orderly end, and the town in between.
import { join } from 'node:path';
import { createDemoClock, systemClock } from './platform/clock.ts';
import { loadConfig, refuseConfiguration } from './platform/config.ts';
import { armCrash } from './platform/crash-point.ts';
import { createLog } from './platform/log.ts';
import { createShutdown } from './platform/shutdown.ts';
import { openTown } from './wire.ts';

const config = loadConfig();
const { databaseUrl } = config;
if (databaseUrl === undefined)
  refuseConfiguration('Chybné nastavení DATABASE_URL: chybí. Server ho potřebuje; s vlastní databází ho spustí příkaz npm start.');

armCrash(config.crashAt);

const log = createLog({ level: config.logLevel, pretty: config.demo });
const clock = config.demo ? createDemoClock(join(config.dataDir, 'clock.json')) : systemClock;
const shutdown = createShutdown({ log });
shutdown.listen();

try {
  const town = await openTown({ config, databaseUrl, log, clock, shutdown });
  log.info({ url: town.url }, 'listening');
  // Whoever started us with a channel (npm start) tells people where to go.
  process.send?.({ kind: 'ready', url: town.url, lines: town.lines });
} catch (err) {
  log.fatal({ err }, 'start-failed');
  await shutdown.close('start failed');
  process.exit(1);
}
