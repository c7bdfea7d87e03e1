// `npm start`: everything a town needs on one machine. Database, schema, pages, server; one line per address; Ctrl-C ends it all.
import { setTimeout as pause } from 'node:timers/promises';
import { exitConfiguration, loadConfig, refuseConfiguration } from '../server/platform/config.ts';
import { findFreePort, isPortFree } from '../server/platform/free-port.ts';
import { createLog } from '../server/platform/log.ts';
import { createShutdown } from '../server/platform/shutdown.ts';
import { applicationUrl, migrate } from '../server/store/migrate.ts';
import { ensureTown } from '../server/town/demo-town.ts';
import { buildUi, watchUi } from './build-ui.ts';
import { startEmbedded } from './postgres/embedded.ts';
import { findFault } from './postgres/given.ts';
import { readArguments } from './start/arguments.ts';
import { claimFolder } from './start/one-per-folder.ts';
import { createProgress } from './start/progress.ts';
import { ServerEnded, startServer } from './start/server-process.ts';

const { isDevelopment, settings: asked, townName } = readArguments(process.argv.slice(2));
const config = loadConfig({ DEMO: '1', ...process.env, ...asked });
const progress = createProgress();
const shutdown = createShutdown({ log: createLog({ level: 'warn', pretty: true }) });
shutdown.listen();
process.on('SIGHUP', () => process.emit('SIGTERM'));
endWithNpm();

try {
  await start();
} catch (error) {
  // A signal during the start makes the rest of it fail; that is no news.
  if (!shutdown.isClosing()) explain(error);
  await shutdown.close('start failed');
  process.exit(error instanceof ServerEnded ? error.code : 1);
}

async function start(): Promise<void> {
  const claim = claimFolder(config.dataDir);
  if ('holder' in claim)
    refuseConfiguration(`Chybné nastavení DATA_DIR: složku ${config.dataDir} už používá běžící Vyřízeno (proces ${claim.holder}).`);
  shutdown.onClose('claim', claim.release);
  const pages = progress.step('Sestavuji stránky pro občany a úřad', buildUi());
  pages.catch(() => undefined); // awaited below; a database that fails first must not leave it unheard
  const ownerUrl = await progress.step('Spouštím databázi', openDatabase());
  await progress.step('Připravuji tabulky', migrate(ownerUrl));
  if (townName !== undefined) await ensureTown(ownerUrl, config.tenant, townName);
  await pages;
  if (isDevelopment) shutdown.onClose('pages', watchUi());
  const port = await choosePort();
  const settings = {
    PORT: String(port),
    DATA_DIR: config.dataDir,
    DEMO: config.demo ? '1' : '0',
    SAMPLE_DATA: config.demo ? '1' : '0',
    DATABASE_URL: applicationUrl(ownerUrl),
    ...(config.townConfig === undefined ? {} : { TOWN_CONFIG: config.townConfig }),
    // The demo makes its town when it is missing, which the serving role may not.
    ...(config.demo ? { DATABASE_OWNER_URL: ownerUrl } : {}),
  };
  const server = await progress.step('Spouštím server', startServer(settings, isDevelopment));
  shutdown.onClose('server', () => {
    server.stop();
    return server.ended;
  });
  void server.ended.then((code) => endWith('server', code));
  progress.done([`Vyřízeno běží na ${server.url}`, ...server.lines, 'Ukončíte ho klávesami Ctrl+C.']);
}

/** Address of the schema's owner. A given database is only checked; an own one is started and goes with us. */
async function openDatabase(): Promise<string> {
  if (config.databaseUrl !== undefined) {
    const fault = await findFault(config.databaseUrl);
    if (fault !== undefined) refuseConfiguration(fault);
    return config.databaseUrl;
  }
  const { cluster, ownerUrl } = await startEmbedded(config.dataDir);
  shutdown.onClose('database', () => cluster.stop());
  void cluster.ended.then(() => endWith('database', 1));
  return ownerUrl;
}

/** The wanted port, or the next free one. A server of ours that was just killed gets a moment to let go of it. */
async function choosePort(): Promise<number> {
  for (let tries = 0; tries < 10 && !(await isPortFree(config.port, config.host)); tries += 1) await pause(100);
  const port = await findFreePort(config.port, config.host);
  if (config.port !== 0 && port !== config.port) progress.say(`Port ${config.port} je obsazený, beru ${port}.`);
  return port;
}

/** One part ended by itself: the others must not go on without it. */
function endWith(part: string, code: number): void {
  if (shutdown.isClosing()) return;
  if (code !== exitConfiguration) progress.say(`Neočekávaně skončila část „${part}“ (${code}), ukončuji ostatní.`);
  void shutdown.close(`${part} ended`).then(() => process.exit(code === 0 ? 1 : code));
}

/** npm killed without a word leaves us with another parent. Only under npm: a person may well let us outlive a shell. */
function endWithNpm(): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.emit('SIGTERM');
  }, 1000).unref();
}

function explain(error: unknown): void {
  if (error instanceof ServerEnded) return;
  progress.say(error instanceof Error ? error.message : String(error));
}
