// Simulated identity provider of the office: real OpenID Connect by oidc-provider, with demo officers to choose from instead of passwords.
import { createPrivateKey, randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import Provider from 'oidc-provider';
import type { Configuration, JWK } from 'oidc-provider';
import { underFaults } from '../fault-plan.ts';
import { readForm } from '../request-body.ts';
import { journaled, type Journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { demoOfficers, type DemoOfficer } from './demo-officers.ts';
import { claimsByScope, claimsOf, guidOfName, type ClaimRules, type ProviderShape } from './simulator-claims.ts';
import { createMemoryAdapter, type KeptThing } from '../oidc-memory.ts';
import { endSessionsOf, fetchHere, type ToldTown } from '../oidc-sessions.ts';
import { showLoggedOut, showLoginPage, showLogoutPage, showOverview, showProviderError } from './simulator-pages.ts';

export interface OfficerLoginSimulatorOptions extends SimulatorOptions {
  /** The town's application as registered here. */
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly redirectUri: string;
    readonly postLogoutRedirectUri: string;
    /** Where the town is told of a logout that begins here; absent = it is not told. */
    readonly backchannelLogoutUri?: string;
  };
  /** PEM, RSA: signs identity tokens. */
  readonly privateKeyPem: string;
  /** Of which provider the tokens have the shape. Default `openid`. */
  readonly shape?: ProviderShape;
  /** Shape `entra`: more groups than this are left out of the token. Default 200, as the real one. */
  readonly groupLimit?: number;
  /** Claim `amr`: how people prove themselves here. Default: not told. */
  readonly amr?: readonly string[];
}

interface State {
  readonly logins: { readonly at: string; readonly subject: string }[];
  /** Subjects whose accounts are disabled. */
  readonly gone: Set<string>;
  /** Refresh tokens and what they stand on: a restart of the provider ends nobody's work. */
  readonly things: Map<string, KeptThing>;
}

type Event = { readonly at: string; readonly subject: string; readonly account?: 'disabled' | 'enabled' } | { readonly thing: KeptThing };
const KEPT = ['RefreshToken', 'Grant', 'Session'];

function replay(state: State, event: Event): void {
  if ('thing' in event) {
    state.things.delete(event.thing.key);
    if (event.thing.payload) state.things.set(event.thing.key, event.thing);
    return;
  }
  const { at, subject, account } = event;
  if (account === undefined) state.logins.push({ at, subject });
  else if (account === 'disabled') state.gone.add(subject);
  else state.gone.delete(subject);
}

/** `baseUrl` is the issuer. */
export function createOfficerLoginSimulator(options: OfficerLoginSimulatorOptions): Simulator {
  const journal = journaled<State, Event>(options.store, { logins: [], gone: new Set(), things: new Map() }, replay);
  const officerOf = (subject: string | undefined): DemoOfficer | undefined =>
    demoOfficers.find((candidate) => candidate.subject === subject && !journal.state.gone.has(candidate.subject));
  const keeping = { kinds: KEPT, before: [...journal.state.things.values()], keep: (thing: KeptThing) => journal.record({ thing }) };
  const adapter = createMemoryAdapter(keeping);
  const provider = new Provider(options.baseUrl, { ...providerConfiguration(options, officerOf), adapter });
  provider.proxy = true;
  const answer = provider.callback();
  const told: ToldTown[] = [];
  const endSessions = async (subject: string): Promise<void> => {
    const given = { clientId: options.client.id, things: journal.state.things, forget: (id: string) => adapter('Session').destroy(id) };
    told.push(...(await endSessionsOf(provider, given, subject)));
  };

  const interact = async (ctx: Context): Promise<void> => {
    if (ctx.method === 'GET') {
      await provider.interactionDetails(ctx.req, ctx.res);
      return showLoginPage(ctx, `${options.baseUrl}${ctx.path}`);
    }
    const subject = (await readForm(ctx)).get('osoba') ?? '';
    const officer = officerOf(subject);
    await journal.record({ at: options.clock.now().toISOString(), subject });
    const result = officer
      ? { login: { accountId: officer.subject, ...(options.amr ? { amr: [...options.amr] } : {}) } }
      : { error: 'access_denied', error_description: 'login was cancelled' };
    const next = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
    ctx.status = 303;
    ctx.set('Location', next);
  };

  return {
    name: 'oidc',
    title: 'Přihlašovací služba úřadu',
    description: 'Přihlášení úředníků (OpenID Connect); vyberete si, za koho se přihlásíte.',
    operations: ['prihlaseni', 'protokol', 'graph'],
    accounts: demoOfficers.map(({ name, position }) => ({ label: name, value: position })),
    ledger: () => ({ logins: journal.state.logins.map((login) => ({ ...login })), told: told.map((one) => ({ ...one })) }),
    close: () => options.store.close(),
    middleware: async (ctx) => {
      if (ctx.method === 'GET' && ctx.path === '/') return showOverview(ctx, journal.state, `${options.baseUrl}/ucty`);
      if (ctx.path === '/ucty' && ctx.method === 'POST') return changeAccount(ctx, options, journal, endSessions);
      if (ctx.path === GRAPH) return underFaults(ctx, options.faults, 'graph', () => tellGroups(ctx, provider));
      if (ctx.path.startsWith('/interakce/')) return underFaults(ctx, options.faults, 'prihlaseni', () => interact(ctx));
      await underFaults(ctx, options.faults, 'protokol', async () => {
        // The library answers by itself and finds its mount point from the two addresses.
        ctx.respond = false;
        await answer(Object.assign(ctx.req, { originalUrl: ctx.originalUrl, url: ctx.url }), ctx.res);
      });
    },
  };
}

/** An administrator of the office disables an account, allows it again, or only ends its sessions. */
async function changeAccount(
  ctx: Context,
  { baseUrl, clock }: OfficerLoginSimulatorOptions,
  journal: Journaled<State, Event>,
  endSessions: (subject: string) => Promise<void>,
): Promise<void> {
  const form = await readForm(ctx);
  const [subject, act] = [form.get('osoba') ?? '', form.get('ucet') ?? ''];
  if (act === 'zakazat' || act === 'povolit')
    await journal.record({ at: clock.now().toISOString(), subject, account: act === 'zakazat' ? 'disabled' : 'enabled' });
  if (act !== 'povolit') await endSessions(subject);
  ctx.status = 303;
  ctx.set('Location', `${baseUrl}/`);
}

/** Microsoft Graph, as far as somebody with too many groups needs it. */
const GRAPH = '/graph/me/getMemberObjects';

async function tellGroups(ctx: Context, provider: Provider): Promise<void> {
  const token = await provider.AccessToken.find(ctx.get('authorization').replace(/^Bearer /, ''));
  const officer = demoOfficers.find(({ subject }) => subject === token?.accountId);
  ctx.status = officer ? 200 : 401;
  ctx.body = officer ? { value: officer.groups.map(guidOfName) } : { error: { code: 'InvalidAuthenticationToken' } };
}

const HOUR = 3600;
/** Seconds. */
const LIVES = {
  AccessToken: HOUR,
  AuthorizationCode: 60,
  IdToken: 8 * HOUR,
  Interaction: HOUR,
  Session: 8 * HOUR,
  Grant: 8 * HOUR,
  RefreshToken: 8 * HOUR,
};

function providerConfiguration(
  { baseUrl, client, privateKeyPem, ...given }: OfficerLoginSimulatorOptions,
  officerOf: (subject: string | undefined) => DemoOfficer | undefined,
): Configuration {
  const rules: ClaimRules = { shape: given.shape ?? 'openid', groupLimit: given.groupLimit ?? 200 };
  const claims = claimsByScope(rules.shape);
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        post_logout_redirect_uris: [client.postLogoutRedirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        ...(client.backchannelLogoutUri === undefined
          ? {}
          : { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }),
      },
    ],
    jwks: { keys: [{ ...(createPrivateKey(privateKeyPem).export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'RS256', kid: 'zkusebni' }] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: 'oidc-svet', interaction: 'oidc-svet-interakce', resume: 'oidc-svet-navrat' },
    },
    claims,
    scopes: [...Object.keys(claims), 'offline_access'],
    // As Entra ID: without a page of consent.
    issueRefreshToken: async (_ctx, asking) => asking.grantTypeAllowed('refresh_token'),
    conformIdTokenClaims: false, // as Entra ID and AD FS: names and groups come in the identity token
    pkce: { required: () => true },
    fetch: fetchHere,
    ttl: LIVES,
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => showLogoutPage(ctx as unknown as Context, form),
        postLogoutSuccessSource: (ctx) => showLoggedOut(ctx as unknown as Context),
      },
    },
    interactions: { url: (_ctx, interaction) => `${baseUrl}/interakce/${interaction.uid}` },
    renderError: (ctx, out) => showProviderError(ctx as unknown as Context, out),
    findAccount: (_ctx, subject) => {
      const officer = officerOf(subject);
      if (!officer) return undefined;
      return { accountId: subject, claims: async () => claimsOf(officer, rules) };
    },
    // The office's own application needs no consent page.
    loadExistingGrant: async (ctx) => {
      const accountId = ctx.oidc.session?.accountId;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.id, ...(accountId === undefined ? {} : { accountId }) });
      grant.addOIDCScope(Object.keys(claims).join(' '));
      await grant.save();
      return grant;
    },
  };
}
