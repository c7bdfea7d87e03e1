// The town's own PostgreSQL under DATA_DIR, for whoever has none: `npm start` on a bare machine.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findFreePort } from '../../server/platform/free-port.ts';
import { startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { ownerName } from './names.ts';
import { address, prepareDatabase, prepareOwner } from './roles.ts';

export type EmbeddedDatabase = {
  readonly ownerUrl: string;
  readonly cluster: Cluster;
};

/** The first port tried; beside the usual 5432, which an installed PostgreSQL holds. */
const wantedPort = 54_320;
const database = 'vyrizeno';

/** Starts it, and on the first start makes it: cluster, owner, database. */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const passwords = readPasswords(join(dataDir, 'postgres-passwords.json'));
  const port = await findFreePort(wantedPort);
  const cluster = await startCluster({ folder: join(dataDir, 'postgres'), port, password: passwords.superuser });
  const admin = cluster.url('postgres');
  const owner = { name: ownerName, password: passwords.owner };
  await prepareOwner(admin, owner);
  await prepareDatabase(admin, database, ownerName);
  return { cluster, ownerUrl: address(admin, { user: owner, database }) };
}

const shape = z.object({ superuser: z.string().min(20), owner: z.string().min(20) });

/** Random, made once, readable for nobody else. */
function readPasswords(file: string): z.infer<typeof shape> {
  if (!existsSync(file)) {
    const fresh = { superuser: randomBytes(24).toString('base64url'), owner: randomBytes(24).toString('base64url') };
    writeFileSync(`${file}.new`, JSON.stringify(fresh, undefined, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
}
