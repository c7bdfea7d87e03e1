// The simulated outside in its own process, and the file of a town that is to speak with it: everything `npm start -- --config` needs, secrets in files of their own.
import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createWorld, type World } from '../world/world.ts';
import { openDemoLogins } from './demo-logins.ts';
import { demoSettings } from './demo-settings.ts';
import { demoFacts } from './demo-town.ts';
import { isSecret } from './settings/secrets.ts';

export interface AloneOptions {
  /** HTTP here, SMTP on the next one, other simulators on those after it. */
  readonly port: number;
  readonly dataDir: string;
  readonly clockFile: string;
  /** Where the town will be, without a slash at the end: logins send people back there. */
  readonly townUrl: string;
  readonly deliverMs?: number;
}
export interface Alone {
  readonly world: World;
  readonly baseUrl: string;
  /** File for `npm start -- --config`. */
  readonly townFile: string;
  readonly certificates: readonly CertificateLine[];
}
export interface CertificateLine {
  /** What believes it: `isds.trustedCertificates.0`. */
  readonly usedAs: string;
  readonly subject: string;
  /** SHA-256. */
  readonly fingerprint: string;
  readonly file: string;
}

/** Further ports that simulators may ask for. */
const MORE_PORTS = 8;

export async function openAlone(options: AloneOptions): Promise<Alone> {
  const { port, dataDir, townUrl } = options;
  const baseUrl = `http://127.0.0.1:${port}/zkusebni-svet`;
  const logins = await openDemoLogins(townUrl, join(dataDir, 'keys'));
  const world = await createWorld({
    baseUrl,
    dataDir: join(dataDir, 'world'),
    clockFile: options.clockFile,
    smtpPort: port + 1,
    ports: Array.from({ length: MORE_PORTS }, (_, index) => port + 2 + index),
    townUrl: `${townUrl}/`,
    ...(options.deliverMs === undefined ? {} : { deliverMs: options.deliverMs }),
    ...logins.world,
  });
  const town = {
    ...demoFacts,
    ...demoSettings({ world: baseUrl, publicUrl: townUrl, port: world.port, authority: world.authority, logins }),
  };
  const folder = join(dataDir, 'mesto');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const certificates: CertificateLine[] = [];
  const settings = inFiles(town, '', (path, content) => {
    const name = path.replaceAll('.', '-');
    const file = join(folder, name);
    writeFileSync(file, `${content}\n`, { mode: 0o600 });
    if (content.includes('BEGIN CERTIFICATE')) certificates.push(lineOf(path, content, file));
    return { file: name };
  });
  const townFile = join(folder, 'mesto.yaml');
  writeFileSync(townFile, `${HEAD}${stringify(settings, { lineWidth: 0 })}`, { mode: 0o600 });
  return { world, baseUrl, townFile, certificates };
}

const HEAD = `# Nastavení zkušebního města pro simulátory, které běží samostatně: npm start -- --config TENTO_SOUBOR
# Klade se přes předvádění; s řádkem „demo: false“ stojí samo. Při každém spuštění simulátorů se zapíše znovu.
`;

/** Secrets and PEM blocks go to files; everything else stays readable in its place. */
function inFiles(value: unknown, path: string, put: (path: string, content: string) => unknown): unknown {
  if (typeof value === 'string') return isSecret(path) || value.includes('-----BEGIN ') ? put(path, value.trimEnd()) : value;
  if (Array.isArray(value)) return value.map((item, index) => inFiles(item, `${path}.${index}`, put));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inFiles(item, path === '' ? key : `${path}.${key}`, put)]));
}

function lineOf(usedAs: string, pem: string, file: string): CertificateLine {
  const { subject, fingerprint256 } = new X509Certificate(pem);
  return { usedAs, subject: subject.replaceAll('\n', ', '), fingerprint: fingerprint256, file };
}
