// Builds the object graph of a running town; the only file that knows real adapters, http and jobs together.
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import qrcode from 'qrcode';
import { foundsDuty, importTable } from './cases/import-duties.ts';
import { installSituation } from './cases/publication.ts';
import type { Corridor, Town } from './cases/corridor.ts';
import { createShelf, readSituationFolder, situationFolders } from './catalog/index.ts';
import { demoPayers, demoTables } from './town/demo-duties.ts';
import { demoLines, ensureTown, openDemo } from './town/demo-town.ts';
import { demoOfficers } from './integrations/officer-login/demo-officers.ts';
import { ibanOf } from './domain/qr-payment.ts';
import { createApp } from './http/app.ts';
import { createAuth } from './http/auth/auth.ts';
import { loadPages } from './http/pages.ts';
import { createBankConnector } from './integrations/bank/index.ts';
import { createCityPoliceConnector } from './integrations/city-police/index.ts';
import type { Connector } from './integrations/connector.ts';
import { createEconomyConnector } from './integrations/economy/index.ts';
import { createIsdsClient, createIsdsConnector, isdsConfigSchema } from './integrations/isds/index.ts';
import { createMailConnector } from './integrations/mail/index.ts';
import { createNiaCitizenLogin } from './integrations/nia/index.ts';
import { createOfficerLogin } from './integrations/officer-login/index.ts';
import { createSmsConnector } from './integrations/sms/index.ts';
import { createPostConnector } from './integrations/post/index.ts';
import { takeStatementFile } from './jobs/import-statement.ts';
import { askGateway, hearGateway } from './jobs/ask-gateway.ts';
import { jobLoops } from './jobs/index.ts';
import { listeners } from './jobs/listeners.ts';
import { decideStuckWork } from './jobs/loose-effects.ts';
import { fileOf } from './jobs/outgoing-files.ts';
import { createRunner, type Runner } from './jobs/runner.ts';
import type { Workshop } from './jobs/workshop.ts';
import { openHeadSigner } from './town/journal-key.ts';
import { renderAccountStatement } from './paper/account-statement.ts';
import { renderFeeLetters } from './paper/fee-letters.ts';
import { renderPaper } from './paper/paper.ts';
import { renderSheets } from './paper/sheet.ts';
import { createPeople } from './people/people.ts';
import { type Config, refuseConfiguration } from './platform/config.ts';
import type { Clock } from './platform/clock.ts';
import type { Log } from './platform/log.ts';
import type { Shutdown } from './platform/shutdown.ts';
import { openDatabase, type Database } from './store/database.ts';
import { documentById } from './store/documents.ts';
import { readTownFile, type TownConfig } from './town/town-config.ts';
import { openGateways } from './town/town-gateway.ts';

export interface TownGiven {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly shutdown: Shutdown;
}
export interface OpenTown {
  readonly url: string;
  readonly lines: readonly string[];
}

/** A town without an interface to its economic system carries the files by hand. */
const FILES_ONLY = { baseUrl: '', token: '-' } as const;
const ROOT = join(import.meta.dirname, '..');

/** Opens everything in order; what was opened is closed in the opposite order by `shutdown`. */
export async function openTown(given: TownGiven): Promise<OpenTown> {
  const { config, log, shutdown } = given;
  const demo = config.demo ? await openDemo({ publicUrl: config.publicUrl, dataDir: config.dataDir }) : undefined;
  if (demo) shutdown.onClose('world', () => demo.world.close());
  const town = demo?.town ?? readTownFile(join(config.dataDir, 'town.json'));
  if (config.demo && config.databaseOwnerUrl) await ensureTown(config.databaseOwnerUrl, config.tenant, town.name);
  const db = openDatabase(given.databaseUrl);
  shutdown.onClose('database', () => db.close());
  const tenantId = await tenantOf(db, config.tenant);
  const built = build(given, db, tenantId, town);
  await install(built.corridor, tenantId);
  if (demo) await registerDemoOfficers(db, tenantId);
  if (demo && config.sampleData) await loadSampleData(built.corridor, tenantId, config.publicUrl);
  const pages = await loadPages(join(ROOT, 'dist'));
  const auth = createAuth({
    people: createPeople(db),
    tenantOf: () => tenantId,
    citizenLogins: { nia: createNiaCitizenLogin(town.nia) },
    officerLogin: createOfficerLogin(town.officerLogin),
    config: { publicUrl: config.publicUrl, loa: 'low' },
    note: (event, fields) => log.info({ event, ...fields }, 'login'),
  });
  const app = createApp({
    corridor: built.corridor,
    reader: built.reader,
    auth,
    log,
    pages,
    townCard: () => ({ ...card(town), demo: config.demo }),
    fileOf: async (tenant, document) => {
      const row = await db.withTenant(tenant, (trx) => documentById(trx, tenant, document.id));
      if (!row) throw new Error(`document ${document.id} is gone`);
      return fileOf(built.workshop, tenant, row);
    },
    askGateway: (tenant, gateway, remoteId) => askGateway(built.workshop, tenant, gateway, remoteId),
    hearGateway: (tenant, given) => hearGateway(built.workshop, tenant, given),
    takeStatement: (tenant, file) => takeStatementFile(built.workshop, tenant, file),
    gateway: built.gateway,
    decideStuckWork: (tenant, said) => decideStuckWork(built.workshop, tenant, said),
    qrSvg: (text) => qrcode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
    printLetters: (letters, createdAt) => renderFeeLetters(letters, town, createdAt),
    signBooks: built.workshop.signHead,
    printSheets: (_tenant, sheets, at) => renderSheets(sheets, town, at ?? given.clock.now().toISOString()),
    printStatement: (_tenant, statement) => renderAccountStatement(statement, town),
    sendsSms: built.workshop.connectors.some(({ effects }) => 'sms.send' in effects),
    readiness: () => readiness(db, shutdown),
    ...(demo ? { world: demo.world.middleware } : {}),
  });
  const server = createServer(app.callback());
  await listen(server, config);
  // The jobs first (in the demo their other side is served here), then the connections, then the database.
  shutdown.onClose('http', () => closeServer(server));
  shutdown.onClose('jobs', () => built.runner.stop());
  built.runner.start();
  return { url: config.publicUrl, lines: config.demo ? demoLines(config.publicUrl) : [] };
}

async function tenantOf(db: Database, slug: string): Promise<number> {
  const found = (await db.tenants()).find((tenant) => tenant.slug === slug);
  if (!found) refuseConfiguration(`Chybné nastavení TENANT: město „${slug}“ v databázi není.`);
  return found.id;
}

function build(given: TownGiven, db: Database, tenantId: number, town: TownConfig) {
  const { config, clock, log } = given;
  const shelf = createShelf();
  const late: { runner?: Runner } = {}; // the runner is made from what needs it
  const corridor: Corridor = { db, clock, shelf, town: () => townFacts(town, config.publicUrl), poke: () => late.runner?.poke() };
  const gateways = openGateways(town);
  const connectors: readonly Connector[] = [
    createIsdsConnector(town.isds, { clock }),
    ...gateways.connectors,
    createBankConnector(town.bank, { clock }),
    ...(town.cityPolice ? [createCityPoliceConnector(town.cityPolice)] : []),
    createMailConnector(town.mail),
    ...(town.sms ? [createSmsConnector(town.sms)] : []),
    createPostConnector(),
    createEconomyConnector(town.economy ?? FILES_ONLY),
  ];
  const workshop: Workshop = {
    corridor,
    tenantIds: [tenantId],
    connectors,
    listeners,
    log,
    signHead: openHeadSigner(config.dataDir),
    renderLetters: (letters, createdAt) => renderFeeLetters(letters, town, createdAt),
    renderDocument: (document) => renderPaper(document as Parameters<typeof renderPaper>[0], town),
    findDataBox: boxFinder(town),
  };
  const loops = createRunner(jobLoops(workshop), log);
  late.runner = loops;
  const reader = { db, shelf, now: clock.now, account: () => ({ account: town.account, iban: ibanOf(town.account) }) };
  return { corridor, workshop, runner: loops, reader, gateway: gateways.current };
}

/** Natural persons only, by name and date of birth, an accessible box (dbState 1), exactly one. */
function boxFinder(town: TownConfig): Workshop['findDataBox'] {
  const settings = isdsConfigSchema.parse(town.isds);
  const account = settings.accounts['town'];
  if (!account) refuseConfiguration('Chybné nastavení isds.accounts.town: chybí účet datové schránky úřadu.');
  const client = createIsdsClient(settings, account, fetch);
  return async (person) => {
    const found = await client.findDataBox({
      dbType: 'FO',
      pnGivenNames: person.givenName,
      pnLastName: person.familyName,
      biDate: person.birthDate,
    });
    const open = found.filter((box) => box.state === 1);
    return open.length === 1 ? open[0]?.boxId : undefined;
  };
}

function townFacts(town: TownConfig, publicUrl: string): Town {
  const { name, officeName, address, email, phone, dataBox, portalDataBox, account } = town;
  return { name, officeName, address, email, phone, dataBox, portalDataBox, account, iban: ibanOf(account), publicUrl };
}
const card = (town: TownConfig) => ({
  name: town.name,
  email: town.email,
  phone: town.phone,
  address: town.address,
  dataBox: town.dataBox,
});

/** Situations shipped with the program become version 1 where the town has none of them. */
async function install(corridor: Corridor, tenantId: number): Promise<void> {
  for (const folder of await situationFolders(join(ROOT, 'processes'))) {
    if (nameOf(folder).startsWith('_')) continue; // a pattern to copy, not a service
    const files = await readSituationFolder(folder);
    await installSituation(corridor, tenantId, nameOf(folder), files);
  }
}
const nameOf = (folder: string): string => folder.split(/[\\/]/).at(-1) ?? '';

/** People who owe fees, the citizens of the demo among them: known as if they had logged in once. A second start changes nothing. */
async function loadSampleData(corridor: Corridor, tenantId: number, publicUrl: string): Promise<void> {
  const people = createPeople(corridor.db);
  const persons = new Map<string, string>();
  for (const { number, identity } of demoPayers(publicUrl)) persons.set(number, await people.registerCitizen(tenantId, 'nia', identity));
  for (const { situation, table } of demoTables)
    if (await foundsDuty(corridor, tenantId, situation))
      await importTable(corridor, tenantId, { by: 'rule:sample-data', situation, content: table(), persons });
}

/** So that tasks can be assigned to officers who have not logged in yet. */
async function registerDemoOfficers(db: Database, tenantId: number): Promise<void> {
  const people = createPeople(db);
  for (const { subject, name, email, groups } of demoOfficers) await people.registerOfficer(tenantId, { subject, name, email, groups });
}

async function readiness(db: Database, shutdown: Shutdown): Promise<{ readonly ok: boolean; readonly reason?: string }> {
  if (shutdown.isClosing()) return { ok: false, reason: 'closing' };
  try {
    await db.ping();
    return { ok: true };
  } catch {
    return { ok: false, reason: 'database' };
  }
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
}
