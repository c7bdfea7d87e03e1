// Runs the simulated outside alone, in its own process: HTTP on the port base, SMTP on the next port. For work on one machine and for crash tests.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Koa from 'koa';
import { createWorld } from './world.ts';
import type { WorldOptions } from './world.ts';

const USAGE = 'usage: world/main.ts --port-base N [--data-dir DIR] [--clock-file FILE] [--town-url URL] [--deliver-ms N] [--config FILE]';

/** `--config` is JSON with any of WorldOptions: keys and service providers of the logins do not fit on a command line. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'port-base': { type: 'string' },
      'data-dir': { type: 'string' },
      'clock-file': { type: 'string' },
      'town-url': { type: 'string' },
      'deliver-ms': { type: 'string' },
      config: { type: 'string' },
    },
  });
  const port = Number(values['port-base']);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) return stop(USAGE);
  const dataDir = values['data-dir'] ?? join('data', 'world');
  const given = values.config ? (JSON.parse(readFileSync(values.config, 'utf8')) as Partial<WorldOptions>) : {};
  const baseUrl = given.baseUrl ?? `http://127.0.0.1:${port}/zkusebni-svet`;
  const world = await createWorld({
    baseUrl,
    dataDir,
    clockFile: values['clock-file'] ?? join(dataDir, 'clock.json'),
    smtpPort: port + 1,
    townUrl: values['town-url'] ?? '/',
    ...(values['deliver-ms'] ? { deliverMs: Number(values['deliver-ms']) } : {}),
    ...given,
  });
  const app = new Koa();
  app.use(world.middleware);
  const server = createServer(app.callback());
  server.listen(port, '127.0.0.1', () => {
    console.log(`Zkušební svět  ${baseUrl}/`);
    console.log(`SMTP           127.0.0.1:${world.smtpPort}`);
    for (const { simulator } of world.parts) for (const { label, value } of simulator.accounts ?? []) console.log(`${label}: ${value}`);
  });
  const end = (): void => {
    server.closeAllConnections();
    server.close(() => void world.close().then(() => process.exit(0)));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function stop(text: string): void {
  console.error(text);
  process.exitCode = 78;
}

await main();
