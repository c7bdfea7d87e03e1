// `npm run bench`: figures of this machine, on an embedded PostgreSQL with every commit on the disk. `--json` for machines; see docs/performance.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog } from '../server/platform/log.ts';
import { createShutdown } from '../server/platform/shutdown.ts';
import { migrate } from '../server/store/migrate.ts';
import { asJson, asTable } from './bench/figures.ts';
import type { Figure } from './bench/figures.ts';
import { partsOf } from './bench/parts.ts';
import type { Place } from './bench/corridor.ts';
import { openOffice } from './bench/office.ts';
import { startEmbedded } from './postgres/embedded.ts';

const { values: options, positionals: named } = parseArgs({
  // Names of parts: `npm run bench -- january`.
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    /** Names of the parts to measure, with commas; all without it. */
    only: { type: 'string' },
    /** Also what others do, installed on demand. */
    peers: { type: 'boolean', default: false },
    /** A folder for CPU profiles of the server processes. */
    profile: { type: 'string' },
    /** Waiting cases that are loaded; the target speaks of 1000000. */
    cases: { type: 'string', default: '100000' },
    /** Timers due in one second; the target speaks of 100000. */
    timers: { type: 'string', default: '20000' },
    /** Duties of the yearly run; the target speaks of 30000. */
    duties: { type: 'string', default: '30000' },
    /** Addresses of the register; the country has 3000000. */
    addresses: { type: 'string', default: '200000' },
  },
});

const parts = partsOf(options);

function isWanted(name: string): boolean {
  if (named.length > 0) return named.includes(name);
  if (options.only !== undefined) return options.only.split(',').includes(name);
  return name !== 'peers' || options.peers;
}

const shutdown = createShutdown({ log: createLog({ level: 'warn' }) });
shutdown.listen();
const dataDir = mkdtempSync(join(tmpdir(), 'vyrizeno-bench-'));
shutdown.onClose('folder', () => rmSync(dataDir, { recursive: true, force: true }));
const { cluster, ownerUrl } = await startEmbedded(dataDir);
shutdown.onClose('database', cluster.stop);
await migrate(ownerUrl);
const office = await openOffice(ownerUrl);
shutdown.onClose('office', office.close);
const profile = options.profile === undefined ? {} : { profileFolder: options.profile };
const place: Place = { office, ownerUrl, dataFolder: join(dataDir, 'postgres'), ...profile };
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (!isWanted(name)) continue;
  figures.push(...(await measure(place)));
}
console.log(options.json ? asJson(figures) : asTable(figures));
await shutdown.close('done');
