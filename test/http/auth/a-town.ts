// A town's server with its doors only, and beside it the simulated providers, over real HTTP and a real database.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { Middleware } from 'koa';
import pg from 'pg';
import { Problem } from '../../../server/domain/problem.ts';
import { createAuth } from '../../../server/http/auth/auth.ts';
import type { AuthOptions } from '../../../server/http/auth/auth.ts';
import type { CitizenLogins, PasswordLogin } from '../../../server/http/auth/ports.ts';
import { authState, requireCitizen, requireOfficer } from '../../../server/http/auth/guards.ts';
import { createFaultPlan } from '../../../server/integrations/fault-plan.ts';
import type { FaultPlan } from '../../../server/integrations/fault-plan.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createNiaCitizenLogin } from '../../../server/integrations/nia/citizen-login.ts';
import { createNiaSimulator } from '../../../server/integrations/nia/simulator.ts';
import { createOfficerLogin } from '../../../server/integrations/officer-login/login.ts';
import { createOfficerLoginSimulator } from '../../../server/integrations/officer-login/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { createOfficers } from '../../../server/people/officers.ts';
import { createPeople } from '../../../server/people/people.ts';
import type { People } from '../../../server/people/people.ts';
import type { SigningKey } from '../../../server/integrations/xml-signature.ts';
import { openDatabase } from '../../../server/store/database.ts';
import type { TestDatabase } from '../../setup/database.ts';

export const TOWN = 7;
export const OTHER_TOWN = 8;

/** Ways to log in beside NIA, and the simulators behind them. */
export interface MoreWays {
  readonly logins: CitizenLogins;
  readonly rooms: Readonly<Record<string, Middleware>>;
  close(): Promise<void>;
}

export interface Town {
  readonly url: string;
  readonly people: People;
  readonly notes: readonly { readonly event: string; readonly fields: Readonly<Record<string, string>> }[];
  readonly faults: FaultPlan;
  /** Moves the town's idea of now, in milliseconds. */
  later(ms: number): void;
  close(): Promise<void>;
}

export async function startTown(
  database: TestDatabase,
  config: Partial<AuthOptions['config']> = {},
  directory?: PasswordLogin,
  openMore?: (url: string, townKey: SigningKey) => Promise<MoreWays>,
): Promise<Town> {
  await insertTowns(database.ownerUrl);
  const db = openDatabase(database.appUrl, 4);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  let offset = 0;
  const people = createPeople(db, () => new Date(Date.now() + offset));
  const [niaKey, townKey, officeKey] = await Promise.all([createKeyPair('NIA'), createKeyPair('Město'), createKeyPair('OIDC')]);
  const town = { entityId: `${url}/`, acsUrl: `${url}/nia/acs`, logoutUrl: `${url}/nia/odhlaseno`, sloUrl: `${url}/nia/slo` };
  const more = await openMore?.(url, townKey);
  const clock = { now: () => new Date() };
  const faults = createFaultPlan(createMemoryStore(), clock);
  const client = {
    id: 'vyrizeno',
    secret: 'a-secret-of-the-test-only',
    redirectUri: `${url}/urad/prihlaseni/navrat`,
    postLogoutRedirectUri: `${url}/urad/`,
    backchannelLogoutUri: `${url}/urad/odhlaseni/poskytovatel`,
  };
  const niaSimulator = createNiaSimulator({
    baseUrl: `${url}/zkusebni-svet/nia`,
    store: createMemoryStore(),
    clock,
    faults,
    key: niaKey,
    serviceProviders: [{ ...town, certificatePem: townKey.certificatePem }],
  });
  const officeSimulator = createOfficerLoginSimulator({
    baseUrl: `${url}/zkusebni-svet/oidc`,
    store: createMemoryStore(),
    clock,
    faults,
    client,
    privateKeyPem: officeKey.privateKeyPem,
  });
  const notes: { event: string; fields: Readonly<Record<string, string>> }[] = [];
  const logins = {
    nia: createNiaCitizenLogin({
      ...town,
      ssoUrl: `${url}/zkusebni-svet/nia/FPSTS/saml2/basic`,
      idpCertificatesPem: [niaKey.certificatePem],
      ...townKey,
    }),
    ...more?.logins,
  };
  const auth = createAuth({
    people,
    tenantOf: () => TOWN,
    citizenLogins: () => logins,
    joinIdentity: people.joinIdentity,
    officerLogin: createOfficerLogin({
      issuer: `${url}/zkusebni-svet/oidc`,
      clientId: client.id,
      clientSecret: client.secret,
      redirectUri: client.redirectUri,
      postLogoutRedirectUri: client.postLogoutRedirectUri,
      groupMap: { evidence: 'evidence', informace: 'informace', vedouci: 'vedouci', spravci: 'spravci' },
      allowInsecure: true,
    }),
    ...(directory ? { directory: { login: () => directory, officers: createOfficers(db, () => new Date(Date.now() + offset)) } } : {}),
    config: { publicUrl: url, loginsPerMinute: 1000, ...config },
    note: (event, fields) => void notes.push({ event, fields }),
  });
  const app = new Koa();
  for (const step of [
    problems,
    auth.securityHeaders,
    mounted('/zkusebni-svet/nia', niaSimulator.middleware),
    mounted('/zkusebni-svet/oidc', officeSimulator.middleware),
    ...Object.entries(more?.rooms ?? {}).map(([path, room]) => mounted(path, room)),
    auth.authenticate,
    auth.routes,
    auth.guardUnsafe,
  ])
    app.use(step);
  app.use(pages(auth.limitForms));
  server.on('request', (request, response) => void app.callback()(request, response));
  return {
    url,
    people,
    notes,
    faults,
    later: (ms) => void (offset += ms),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await more?.close();
      await db.close();
    },
  };
}

async function insertTowns(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(
    `insert into tenant (id, slug, name) values ($1, 'lipova', 'Lipová nad Orlicí'), ($2, 'jina', 'Jiná') on conflict do nothing`,
    [TOWN, OTHER_TOWN],
  );
  await client.end();
}

const mounted =
  (prefix: string, inner: Middleware): Middleware =>
  async (ctx, next) => {
    if (!ctx.path.startsWith(prefix)) return next();
    const path = ctx.path;
    ctx.path = path.slice(prefix.length) || '/';
    await inner(ctx, async () => undefined);
    ctx.path = path;
  };

const problems: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    ctx.status = { invalid: 400, forbidden: 403, 'not-found': 404, conflict: 409, gone: 410, unavailable: 503 }[error.kind];
    ctx.body = { code: error.code };
  }
};

/** A few pages that tell who is there. */
function pages(limitForms: Middleware): Middleware {
  const guards: Readonly<Record<string, Middleware>> = {
    '/api/me': requireCitizen('substantial'),
    '/urad/api/me': requireOfficer(),
    '/urad/api/model': requireOfficer('spravci', 'analytici'),
    '/api/forms': requireCitizen(),
  };
  const answer: Middleware = async (ctx) => {
    const { citizen, officer } = authState(ctx);
    ctx.body = {
      name: citizen?.person.givenName ?? officer?.officer.name ?? null,
      csrf: (citizen ?? officer)?.csrf,
      person: citizen?.person,
      groups: officer?.officer.groups,
    };
  };
  return async (ctx) => {
    const limited = ctx.path === '/api/forms' ? limitForms : (_ctx: typeof ctx, next: () => Promise<unknown>) => next();
    await (guards[ctx.path] ?? ((_ctx, next) => next()))(ctx, () =>
      Promise.resolve(limited(ctx, () => Promise.resolve(answer(ctx, async () => undefined)))),
    );
  };
}
