// `npm run bench`: figures of this machine, on an embedded PostgreSQL with every commit on the disk. `--json` for machines.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../server/platform/log.ts';
import { createShutdown } from '../server/platform/shutdown.ts';
import { migrate } from '../server/store/migrate.ts';
import { measureCorridor } from './bench/corridor.ts';
import { measureEngine } from './bench/engine.ts';
import { asJson, asTable } from './bench/figures.ts';
import type { Figure } from './bench/figures.ts';
import { measureCommits } from './bench/postgres.ts';
import { startEmbedded } from './postgres/embedded.ts';

type Measurement = (ownerUrl: string) => Promise<readonly Figure[]>;

/** As many at once as the corridor is measured with. */
const connections = 16;

const measurements: readonly Measurement[] = [
  async (ownerUrl) => [await measureCommits(ownerUrl, { connections, milliseconds: 5_000 })],
  (ownerUrl) => measureEngine(ownerUrl, 3_000),
  (ownerUrl) => measureCorridor(ownerUrl, { officers: connections, casesEach: 20, milliseconds: 8_000 }),
];

const shutdown = createShutdown({ log: createLog({ level: 'warn' }) });
shutdown.listen();
const dataDir = mkdtempSync(join(tmpdir(), 'vyrizeno-bench-'));
shutdown.onClose('folder', () => rmSync(dataDir, { recursive: true, force: true }));
const { cluster, ownerUrl } = await startEmbedded(dataDir);
shutdown.onClose('database', cluster.stop);
await migrate(ownerUrl);
const figures: Figure[] = [];
for (const measure of measurements) figures.push(...(await measure(ownerUrl)));
console.log(process.argv.includes('--json') ? asJson(figures) : asTable(figures));
await shutdown.close('done');
