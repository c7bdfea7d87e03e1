// `npm run simulators`: the simulated outside alone, in its own process. Says where everything is; Ctrl-C ends it.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Koa from 'koa';
import { refuseConfiguration } from '../server/platform/config.ts';
import { isPortFree } from '../server/platform/free-port.ts';
import { openAlone, type Alone } from '../server/town/alone.ts';
import { claimFolder } from './start/one-per-folder.ts';

const HOST = '127.0.0.1';
const USAGE =
  'npm run simulators -- [--port-base ČÍSLO] [--data-dir SLOŽKA] [--town-url ADRESA] [--clock-file SOUBOR] [--deliver-ms ČÍSLO]';

const wanted = readWords();
mkdirSync(wanted.dataDir, { recursive: true });
const claim = claimFolder(wanted.dataDir, 'tools/simulators.ts');
if ('holder' in claim)
  refuseConfiguration(`Složku ${wanted.dataDir} už používají běžící simulátory (proces ${claim.holder}). Zvolte jinou: --data-dir.`);
for (const port of [wanted.port, wanted.port + 1]) {
  if (await isPortFree(port, HOST)) continue;
  claim.release();
  refuseConfiguration(`Port ${port} je obsazený. Zvolte jiný základ: --port-base.`);
}
const alone = await openAlone(wanted);
const app = new Koa();
app.use(alone.world.middleware);
app.use((ctx) => ctx.redirect(`${alone.baseUrl}/`));
const server = createServer(app.callback());
server.listen(wanted.port, HOST, () => {
  for (const line of linesOf(alone)) console.log(line);
});

let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    server.close(() => void alone.world.close().then(() => (claim.release(), console.log('Simulátory skončily.'), process.exit(0))));
    server.closeAllConnections();
  });

function readWords() {
  const read = (): Readonly<Record<string, string | undefined>> => {
    try {
      const text = { type: 'string' } as const;
      const options = { 'port-base': text, 'data-dir': text, 'town-url': text, 'clock-file': text, 'deliver-ms': text };
      return parseArgs({ options }).values;
    } catch {
      return refuseConfiguration(`Tomu nerozumím. Použití: ${USAGE}`);
    }
  };
  const given = read();
  const number = (name: string, initial: string, most: number): number => {
    const text = given[name] ?? initial;
    if (!/^\d{1,9}$/.test(text) || Number(text) > most) refuseConfiguration(`Chybné --${name}: musí být číslo do ${most}.`);
    return Number(text);
  };
  const dataDir = resolve(given['data-dir'] ?? join('data', 'simulators'));
  const townUrl = (given['town-url'] ?? 'http://localhost:3000').replace(/\/$/, '');
  if (!/^https?:\/\/[^/]+$/.test(townUrl))
    refuseConfiguration('Chybné --town-url: musí být adresa bez cesty, například http://localhost:3000.');
  return {
    port: number('port-base', '3500', 65_500),
    dataDir,
    townUrl,
    clockFile: resolve(given['clock-file'] ?? join(dataDir, 'clock.json')),
    deliverMs: number('deliver-ms', '1000', 3_600_000),
  };
}

function linesOf({ world, baseUrl, townFile, certificates }: Alone): readonly string[] {
  const parts = world.parts.map(({ simulator, baseUrl: address }) => `  ${simulator.title}: ${address}/`);
  const ports = world.ports().map(([name, port]) => `  ${name}: ${HOST}:${port}`);
  const accounts = world.parts.flatMap(({ simulator }) => (simulator.accounts ?? []).map(({ label, value }) => `  ${label}: ${value}`));
  const trusted = certificates.map(
    ({ usedAs, subject, fingerprint, file }) => `  ${usedAs}: ${subject}\n    SHA-256 ${fingerprint}\n    ${file}`,
  );
  return [
    `Zkušební svět ${baseUrl}/`,
    '',
    'Simulátory:',
    ...parts,
    'Na vlastních portech:',
    ...ports,
    '',
    'Účty:',
    ...accounts,
    '',
    'Certifikáty:',
    ...trusted,
    '',
    `Čas: ${wanted.clockFile}`,
    `Poruchy, čas a deníky pro programy: ${baseUrl}/ovladani/`,
    `Město s nimi spojí: npm start -- --config ${townFile}`,
    'Ukončíte je klávesami Ctrl+C.',
  ];
}
