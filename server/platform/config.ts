// The configuration of the server, parsed once at the door. The only file that reads process.env; everybody else is handed what they need.
import { existsSync, mkdirSync, accessSync, constants, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export type Config = {
  /** TCP port of the one HTTP server; 0 lets the system choose. Default 3000. */
  readonly port: number;
  /** Address it listens on. Default 127.0.0.1: only this machine; a town puts its own proxy in front. */
  readonly host: string;
  /** Folder for everything that is kept: the embedded database, uploaded files' spool, keys. Default ./data, made when missing. */
  readonly dataDir: string;
  /** PostgreSQL, as the role that serves requests. Without it `npm start` runs an embedded one. */
  readonly databaseUrl: string | undefined;
  /** PostgreSQL, as the owner of the schema; only migrations use it. */
  readonly databaseOwnerUrl: string | undefined;
  /** Where people reach the server, without a slash at the end. Default http://localhost:PORT. */
  readonly publicUrl: string;
  /** Whether the demo town, its people and the simulated outside world are there. Never on a real town. Default off; `npm start` turns it on. */
  readonly demo: boolean;
  /** Whether the demo town begins with people who owe fees (`npm start`). Default off. */
  readonly sampleData?: true;
  /** Logins begun per minute from one address; a town hall or a school behind one address needs more. Default 10. */
  readonly loginsPerMinute?: number;
  /** File with the town's settings; absent in the demo = only the demo's own, on a real town `town.json` in the data folder. */
  readonly townConfig?: string;
  /** Folder in which secrets lie that administrators may name in the browser. Default `secrets` in the data folder. */
  readonly secretsDir: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Short name (slug) of the town that serves visitors. */
  readonly tenant: string;
  /** Crash campaigns only, and only in the demo: the place at which the process kills itself (crash-point.ts). */
  readonly crashAt?: string;
};

export type Settings = Readonly<Record<string, string | undefined>>;

/** `problem` is one line for the operator that names the key and never shows a secret. */
export type ConfigResult = { readonly config: Config } | { readonly problem: string };

/** Exit code for a wrong configuration (EX_CONFIG of sysexits.h). */
export const exitConfiguration = 78;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const local = new Set(['localhost', '127.0.0.1', '[::1]']);

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'musí být číslo portu 0 až 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'musí být číslo portu 0 až 65535');
const host = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'musí být adresa nebo jméno počítače');
const slug = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'musí být zkrácené jméno města: malá písmena bez diakritiky, číslice a pomlčky');
const databaseUrl = z.string().superRefine((value, context) => {
  const url = URL.parse(value);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol))
    context.addIssue('musí mít tvar postgres://uživatel:heslo@počítač:port/databáze');
  else if (url.hostname === '') context.addIssue('neříká, na kterém počítači databáze je');
  else if (url.username === '') context.addIssue('neříká, pod kterým uživatelem se přihlásit');
  else if (url.pathname.length < 2) context.addIssue('neříká jméno databáze');
});
const publicUrl = z.string().superRefine((value, context) => {
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    context.addIssue('musí začínat https:// (nebo http:// na tomto počítači)');
  else if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    context.addIssue('musí být adresa bez cesty, například https://podani.lhota.cz');
  else if (url.username !== '') context.addIssue('nesmí obsahovat jméno ani heslo');
});

const schema = z.object({
  PORT: port.default(3000),
  HOST: host.default('127.0.0.1'),
  DATA_DIR: z.string().superRefine(checkFolder).default('./data'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  PUBLIC_URL: publicUrl.optional(),
  DEMO: z.enum(['0', '1'], 'musí být 1 (předvádění) nebo 0').default('0'),
  SAMPLE_DATA: z.enum(['0', '1'], 'musí být 1 (ukázkoví poplatníci) nebo 0').default('0'),
  LOGINS_PER_MINUTE: z.coerce.number('musí být celé číslo od 1 do 1000').int().min(1).max(1_000).optional(),
  TOWN_CONFIG: z.string().optional(),
  SECRETS_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels, `musí být jedno z: ${logLevels.join(', ')}`).default('info'),
  TENANT: slug.default('lipova'),
  CRASH_AT: z
    .string()
    .regex(/^[a-z.-]+(:[a-z.-]+)?(#[1-9]\d?)?$/, 'musí být místo pádu, například performed:isds.send#1')
    .optional(),
});

/** Reads the settings given, by default those of the process. Touches nothing; see `loadConfig` for the reaction to a problem. */
export function parseConfig(settings: Settings = process.env): ConfigResult {
  const present = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, settings[key]]));
  const empty = Object.entries(present).find(([, value]) => value !== undefined && value.trim() === '');
  if (empty !== undefined) return { problem: `Chybné nastavení ${empty[0]}: je prázdné. Uveďte hodnotu, nebo ho vynechte.` };
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { problem: `Chybné nastavení ${String(issue?.path[0] ?? '')}: ${issue?.message ?? 'nelze přečíst'}.` };
  }
  const { data } = parsed;
  const url = new URL(data.PUBLIC_URL ?? `http://localhost:${data.PORT}`);
  if (url.protocol === 'http:' && data.DEMO === '0' && !local.has(url.hostname)) {
    return {
      problem: 'Chybné nastavení PUBLIC_URL: mimo tento počítač musí začínat https://, jinak by přihlašovací údaje šly po síti čitelně.',
    };
  }
  if (data.CRASH_AT !== undefined && data.DEMO === '0')
    return { problem: 'Chybné nastavení CRASH_AT: zkouška pádů je jen pro předvádění, v městě ji nelze zapnout.' };
  const config: Config = {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    databaseOwnerUrl: data.DATABASE_OWNER_URL,
    publicUrl: url.origin,
    demo: data.DEMO === '1',
    logLevel: data.LOG_LEVEL,
    secretsDir: resolve(data.SECRETS_DIR ?? join(data.DATA_DIR, 'secrets')),
    tenant: data.TENANT,
    ...(data.TOWN_CONFIG === undefined ? {} : { townConfig: resolve(data.TOWN_CONFIG) }),
    ...(data.LOGINS_PER_MINUTE === undefined ? {} : { loginsPerMinute: data.LOGINS_PER_MINUTE }),
    ...(data.SAMPLE_DATA === '1' ? { sampleData: true as const } : {}),
    ...(data.CRASH_AT === undefined ? {} : { crashAt: data.CRASH_AT }),
  };
  return { config };
}

/** The configuration, with its data folder made; ends the process with one line and exit code 78 when it is wrong. */
export function loadConfig(settings: Settings = process.env): Config {
  const result = parseConfig(settings);
  if ('problem' in result) refuseConfiguration(result.problem);
  mkdirSync(result.config.dataDir, { recursive: true });
  return result.config;
}

/** For settings whose fault shows only later, such as a database that is too old. */
export function refuseConfiguration(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(exitConfiguration);
}

function checkFolder(value: string, context: z.core.$RefinementCtx<string>): void {
  let place = resolve(value);
  // The folder may be missing; then the nearest one that exists must let us make it.
  while (!existsSync(place) && place !== resolve(place, '..')) place = resolve(place, '..');
  if (!statSync(place).isDirectory()) {
    context.addIssue(`${place} není složka`);
    return;
  }
  try {
    accessSync(place, constants.W_OK);
  } catch {
    context.addIssue(`do složky ${place} nelze zapisovat`);
  }
}
