// Builds the object graph of a running town; the only file that knows real adapters, http and jobs together.
import { join } from 'node:path';
import qrcode from 'qrcode';
import type { Corridor, Town } from './cases/corridor.ts';
import { createShelf } from './catalog/index.ts';
import { demoLines, ensureTown } from './town/demo-town.ts';
import { takeOverCases } from './cases/take-over-cases.ts';
import { dayOf } from './domain/calendar.ts';
import { ibanOf } from './domain/qr-payment.ts';
import { createApp } from './http/app.ts';
import { createAuth } from './http/auth/auth.ts';
import { loadPages } from './http/pages.ts';
import { inboxNames } from './integrations/connectors.ts';
import { takeStatementFile } from './jobs/import-statement.ts';
import { askGateway, hearGateway } from './jobs/ask-gateway.ts';
import { jobLoops } from './jobs/index.ts';
import { listeners } from './jobs/listeners.ts';
import { decideStuckWork } from './jobs/loose-effects.ts';
import { fileOf } from './jobs/outgoing-files.ts';
import { serveDoor } from './jobs/records-door.ts';
import { createRunner, type Runner } from './jobs/runner.ts';
import type { Workshop } from './jobs/workshop.ts';
import { openHeadSigner } from './town/journal-key.ts';
import { openSessionSeal } from './town/session-keys.ts';
import { renderFeeLetters } from './paper/fee-letters.ts';
import { renderPaper } from './paper/paper.ts';
import { createOfficers } from './people/officers.ts';
import { createPeople } from './people/people.ts';
import { sealOpenSessions } from './people/seal-sessions.ts';
import { type Config, refuseConfiguration } from './platform/config.ts';
import type { Clock } from './platform/clock.ts';
import type { TokenSeal } from './platform/token-seal.ts';
import type { Log } from './platform/log.ts';
import { openDatabase, type Database } from './store/database.ts';
import { documentById } from './store/documents.ts';
import type { Shutdown } from './platform/shutdown.ts';
import { createSwitchboard, type Switchboard } from './town/switchboard.ts';
import type { TownConfig } from './town/town-config.ts';
import { checksOf } from './wire/ask-outside.ts';
import { createConnectorDesk } from './wire/connector-desk.ts';
import { boxFinder } from './wire/find-box.ts';
import { loadDemoAddresses } from './wire/demo-addresses.ts';
import { installSituations, loadSampleData, registerDemoOfficers } from './wire/install.ts';
import { openPaymentAccounts, type PaymentAccounts } from './wire/payment-accounts.ts';
import { metadataShelf } from './wire/metadata-shelf.ts';
import { printers } from './wire/printers.ts';
import { loadSaved } from './wire/saved-settings.ts';
import { closeServer, readiness, serve } from './wire/serve.ts';
import { createTownDesk } from './wire/town-desk.ts';
import { openTownSettings } from './wire/town-settings.ts';

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

const ROOT = join(import.meta.dirname, '..');

/** Opens everything in order; what was opened is closed in the opposite order by `shutdown`. */
export async function openTown(given: TownGiven): Promise<OpenTown> {
  const { config, log, shutdown } = given;
  const settings = await openTownSettings(config);
  const { world } = settings;
  if (world) shutdown.onClose('world', () => world.close());
  if (config.demo && config.databaseOwnerUrl) {
    await ensureTown(config.databaseOwnerUrl, config.tenant, settings.base.name);
    await loadDemoAddresses(config.databaseOwnerUrl, given.clock.now().toISOString());
  }
  const db = openDatabase(given.databaseUrl);
  shutdown.onClose('database', () => db.close());
  const tenantId = await tenantOf(db, config.tenant);
  const kept = { db, tenantId, log, clock: given.clock, secretsDir: config.secretsDir };
  const dependencies = { clock: given.clock, metadata: metadataShelf(db, tenantId) };
  const outside = createSwitchboard((await loadSaved(kept, settings)).config, dependencies);
  const town = (): TownConfig => outside.current().config;
  const accounts = await openPaymentAccounts(kept, town().account);
  const tokenSeal = await sealedSessions(config, db, tenantId);
  const inside = { db, tenantId, outside, accounts, tokenSeal };
  const built = build(given, inside);
  await installSituations(built.corridor, tenantId, ROOT);
  if (world) await registerDemoOfficers(db, tenantId);
  if (world && config.sampleData) await loadSampleData(built.corridor, tenantId, config.publicUrl);
  const pages = await loadPages(join(ROOT, 'dist'));
  const { people, auth } = openLogins(given, { ...inside, corridor: built.corridor });
  const app = createApp({
    corridor: built.corridor,
    reader: built.reader,
    people,
    auth,
    log,
    pages,
    townCard: () => ({ ...card(town()), demo: config.demo }),
    fileOf: async (tenant, document) => {
      const row = await db.withTenant(tenant, (trx) => documentById(trx, tenant, document.id));
      if (!row) throw new Error(`document ${document.id} is gone`);
      return fileOf(built.workshop, tenant, row);
    },
    askGateway: (tenant, gateway, remoteId) => askGateway(built.workshop, tenant, gateway, remoteId),
    hearGateway: (tenant, given) => hearGateway(built.workshop, tenant, given),
    serveDoor: (tenant, connector, call) => serveDoor(built.workshop, tenant, connector, call),
    takeStatement: (tenant, file) => takeStatementFile(built.workshop, tenant, file),
    gateway: () => outside.current().gateway,
    connectors: createConnectorDesk({ ...kept, settings, outside, poke: () => built.runner.poke() }),
    town: createTownDesk({ ...kept, settings, outside, accounts, publicUrl: config.publicUrl, poke: () => built.runner.poke() }),
    decideStuckWork: (tenant, said) => decideStuckWork(built.workshop, tenant, said),
    qrSvg: (text) => qrcode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
    ...printers(town, given.clock),
    signBooks: built.workshop.signHead,
    sendsSms: () => sendsSms(outside),
    readiness: () => readiness(db, shutdown),
    ...(world ? { world: world.middleware } : {}),
  });
  const server = await serve(app.callback(), config);
  // The jobs first (in the demo their other side is served here), then the connections, then the database.
  shutdown.onClose('http', () => closeServer(server));
  shutdown.onClose('jobs', () => built.runner.stop());
  built.runner.start();
  return { url: config.publicUrl, lines: config.demo ? demoLines(config.publicUrl) : [] };
}

/** Who comes in, and how. */
function openLogins(
  { config, log, clock }: TownGiven,
  { db, tenantId, outside, tokenSeal, corridor }: Inside & { readonly corridor: Corridor },
) {
  const people = createPeople(db, undefined, () => dayOf(clock.now().toISOString()), tokenSeal);
  const auth = createAuth({
    people,
    joinIdentity: async (tenant, join) => {
      const joined = await people.joinIdentity(tenant, join);
      if ('joined' in joined) await takeOverCases(corridor, tenant);
      return joined;
    },
    tenantOf: () => tenantId,
    citizenLogins: () => outside.current().citizenLogins,
    officerLogin: () => outside.current().made.officerLogin,
    directory: { login: () => outside.current().made.directory, officers: createOfficers(db, () => new Date(), tokenSeal) },
    config: {
      publicUrl: config.publicUrl,
      loa: 'low',
      ...(config.loginsPerMinute === undefined ? {} : { loginsPerMinute: config.loginsPerMinute }),
    },
    note: (event, fields) => log.info({ event, ...fields }, 'login'),
  });
  return { people, auth };
}

/** Tokens of sessions that run are sealed before anybody is served. */
async function sealedSessions({ dataDir }: Config, db: Database, tenantId: number): Promise<TokenSeal> {
  const seal = openSessionSeal(dataDir);
  await sealOpenSessions(db, tenantId, seal);
  return seal;
}

async function tenantOf(db: Database, slug: string): Promise<number> {
  const found = (await db.tenants()).find((tenant) => tenant.slug === slug);
  if (!found) refuseConfiguration(`Chybné nastavení TENANT: město „${slug}“ v databázi není.`);
  return found.id;
}

interface Inside {
  readonly db: Database;
  readonly tenantId: number;
  readonly outside: Switchboard;
  readonly accounts: PaymentAccounts;
  readonly tokenSeal: TokenSeal;
}

function build(given: TownGiven, { db, tenantId, outside, accounts, tokenSeal }: Inside) {
  const { config, clock, log } = given;
  const town = (): TownConfig => outside.current().config;
  const shelf = createShelf();
  const late: { runner?: Runner } = {}; // the runner is made from what needs it
  const corridor: Corridor = {
    db,
    clock,
    shelf,
    town: () => ({
      ...townFacts(town(), config.publicUrl),
      accountAt: (prescribedAt) => accounts.at(prescribedAt).account,
      records: recordsOf(town(), outside.current().made.essl !== undefined),
      sendsSms: sendsSms(outside),
    }),
    poke: () => late.runner?.poke(),
  };
  const workshop: Workshop = {
    corridor,
    tenantIds: [tenantId],
    get connectors() {
      return outside.current().connectors;
    },
    inboxNames,
    checks: () => checksOf(outside.current()),
    listeners,
    log,
    tokenSeal,
    signHead: openHeadSigner(config.dataDir),
    renderLetters: (letters, createdAt) => renderFeeLetters(letters, town(), createdAt),
    renderDocument: (document) => renderPaper(document as Parameters<typeof renderPaper>[0], town()),
    findDataBox: outside.derive((now) => boxFinder(now)),
  };
  const loops = createRunner(jobLoops(workshop), log);
  late.runner = loops;
  const reader = { db, shelf, now: clock.now, account: (_tenant: number, prescribedAt?: string) => accounts.at(prescribedAt) };
  return { corridor, workshop, runner: loops, reader };
}

function townFacts(town: TownConfig, publicUrl: string): Town {
  const { name, officeName, address, email, phone, dataBox, portalDataBox, account } = town;
  return { name, officeName, address, email, phone, dataBox, portalDataBox, account, iban: ibanOf(account), publicUrl };
}
const sendsSms = (outside: Switchboard): boolean => outside.current().connectors.some(({ effects }) => 'sms.send' in effects);
/** A town that has an eSSL keeps its records there, unless it says otherwise. */
const recordsOf = ({ records }: TownConfig, hasService: boolean): 'builtin' | 'essl' => records ?? (hasService ? 'essl' : 'builtin');
const card = ({ name, email, phone, address, dataBox, ico, officeHours, web }: TownConfig) => ({
  ...{ name, email, phone, address, dataBox },
  ...(ico === undefined ? {} : { ico }),
  ...(officeHours === undefined ? {} : { officeHours }),
  ...(web === undefined ? {} : { web }),
});
