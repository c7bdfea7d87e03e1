// Simulated NIA: an identity provider that speaks SAML as the real one, with demo citizens to choose from and its own single sign-on.
// The path `/FPSTS/saml2/basic` and the odd form of a failed login are NIA's.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { readForm } from '../request-body.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import type { SigningKey } from '../xml-signature.ts';
import { demoCitizens } from './demo-citizens.ts';
import { isLoaEnough } from './names.ts';
import { showLoginPage, showPostForm, showRefusedRequest } from './simulator-pages.ts';
import { readRequest } from './simulator-request.ts';
import type { ReceivedRequest, ServiceProvider } from './simulator-request.ts';
import { answerLogin, logoutResponse } from './simulator-response.ts';
import { html, showPage } from '../simulator-page.ts';

export type { ServiceProvider } from './simulator-request.ts';

export interface NiaSimulatorOptions extends SimulatorOptions {
  readonly key: SigningKey;
  readonly serviceProviders: readonly ServiceProvider[];
  /** Real time: tokens are not valid in the demo's moved time. */
  readonly now?: () => Date;
}

const COOKIE = 'nia-svet';
const SSO = '/FPSTS/saml2/basic';
const KEPT_REQUESTS = 500;

type LoginRequest = Extract<ReceivedRequest, { kind: 'login' }> & { readonly relayState: string };
interface Session { readonly citizen: string; readonly sessionIndex: string }
interface State {
  readonly requests: Map<string, LoginRequest>;
  /** By the hash of the cookie. */
  readonly sessions: Map<string, Session>;
  readonly logins: { readonly at: string; readonly entityId: string; readonly request: string; readonly citizen: string }[];
}
type Event =
  | { readonly request: LoginRequest }
  | { readonly login: State['logins'][number]; readonly cookie?: string; readonly session?: Session }
  | { readonly loggedOut: string };

export function createNiaSimulator(options: NiaSimulatorOptions): Simulator {
  const journal = journaled<State, Event>(options.store, { requests: new Map(), sessions: new Map(), logins: [] }, apply);
  const { state } = journal;
  const now = options.now ?? (() => new Date());

  const sendAnswer = async (ctx: Context, request: LoginRequest, session: Session | undefined): Promise<void> => {
    const provider = options.serviceProviders.find(({ entityId }) => entityId === request.entityId);
    const citizen = demoCitizens.find(({ key }) => key === session?.citizen);
    if (!provider) return showRefusedRequest(ctx, 'unknown service provider');
    const answer = await answerLogin(
      {
        serviceProvider: provider, inResponseTo: request.id, citizen, now: now(),
        pseudonym: pseudonymOf(citizen?.key ?? randomUUID(), request.entityId), sessionIndex: session?.sessionIndex ?? `_${randomUUID()}`,
      },
      options.key,
    );
    showPostForm(ctx, { action: provider.acsUrl, fields: { SAMLResponse: answer, ...(request.relayState ? { RelayState: request.relayState } : {}) } });
  };

  const receive = async (ctx: Context, encoded: string, relayState: string, binding: 'redirect' | 'post'): Promise<void> => {
    let request: ReceivedRequest;
    try {
      request = readRequest(encoded, binding, options.serviceProviders);
    } catch (cause) {
      return showRefusedRequest(ctx, cause instanceof Error ? cause.message : 'unreadable');
    }
    if (request.kind === 'logout') return logOut(ctx, request);
    const login = { ...request, relayState };
    await journal.record({ request: login });
    const session = state.sessions.get(hash(ctx.cookies.get(COOKIE) ?? ''));
    const citizen = demoCitizens.find(({ key }) => key === session?.citizen);
    if (session && citizen && !request.forceAuthn && isLoaEnough(citizen.loa, request.loa)) return sendAnswer(ctx, login, session);
    showLoginPage(ctx, { action: `${options.baseUrl}/prihlaseni`, requestId: request.id, entityId: request.entityId });
  };

  const logOut = async (ctx: Context, request: Extract<ReceivedRequest, { kind: 'logout' }>): Promise<void> => {
    await journal.record({ loggedOut: request.sessionIndex });
    const provider = options.serviceProviders.find(({ entityId }) => entityId === request.entityId);
    if (!provider) return showRefusedRequest(ctx, 'unknown service provider');
    const answer = logoutResponse({ inResponseTo: request.id, destination: provider.logoutUrl, now: now() });
    showPostForm(ctx, { action: provider.logoutUrl, fields: { SAMLResponse: answer } });
  };

  const choose = async (ctx: Context): Promise<void> => {
    const form = await readForm(ctx);
    const request = state.requests.get(form.get('zadost') ?? '');
    if (!request) return showRefusedRequest(ctx, 'unknown request');
    const citizen = demoCitizens.find(({ key }) => key === form.get('osoba'));
    const login = { at: options.clock.now().toISOString(), entityId: request.entityId, request: request.id, citizen: citizen?.key ?? '' };
    if (!citizen) {
      await journal.record({ login });
      return sendAnswer(ctx, request, undefined);
    }
    const cookie = randomBytes(32).toString('base64url');
    const session = { citizen: citizen.key, sessionIndex: `_${randomUUID()}` };
    await journal.record({ login, cookie: hash(cookie), session });
    ctx.cookies.set(COOKIE, cookie, { httpOnly: true, sameSite: 'lax', path: '/', secure: false, overwrite: true });
    await sendAnswer(ctx, request, session);
  };

  return {
    name: 'nia',
    title: 'NIA – Identita občana',
    description: 'Přihlášení občanů; vyberete si, za koho se přihlásíte.',
    operations: ['prihlaseni', 'zadost'],
    accounts: demoCitizens.map(({ givenName, familyName, note }) => ({ label: `${givenName} ${familyName}`, value: note })),
    ledger: () => ({ logins: state.logins.map((login) => ({ ...login })), sessions: state.sessions.size }),
    close: () => options.store.close(),
    middleware: async (ctx, next) => {
      const route = `${ctx.method} ${ctx.path}`;
      if (route === `GET ${SSO}`) return underFaults(ctx, options.faults, 'zadost', () => receive(ctx, single(ctx.query['SAMLRequest']), single(ctx.query['RelayState']), 'redirect'));
      if (route === `POST ${SSO}`) {
        const form = await readForm(ctx);
        return underFaults(ctx, options.faults, 'zadost', () => receive(ctx, form.get('SAMLRequest') ?? '', form.get('RelayState') ?? '', 'post'));
      }
      if (route === 'POST /prihlaseni') return underFaults(ctx, options.faults, 'prihlaseni', () => choose(ctx));
      if (route === 'GET /') return showOverview(ctx, state);
      await next();
    },
  };
}

function apply(state: State, event: Event): void {
  if ('request' in event) {
    state.requests.set(event.request.id, event.request);
    const [oldest] = state.requests.keys();
    if (state.requests.size > KEPT_REQUESTS && oldest !== undefined) state.requests.delete(oldest);
    return;
  }
  if ('loggedOut' in event) {
    for (const [cookie, session] of state.sessions) if (session.sessionIndex === event.loggedOut) state.sessions.delete(cookie);
    return;
  }
  state.logins.push(event.login);
  if (event.cookie && event.session) state.sessions.set(event.cookie, event.session);
}

function showOverview(ctx: Context, state: State): void {
  const rows = state.logins.slice(-50).reverse().map(({ at, entityId, citizen }) => html`<tr><td>${at}</td><td>${entityId}</td><td>${citizen || 'zrušeno'}</td></tr>`);
  showPage(ctx, {
    title: 'NIA – Identita občana',
    body: html`<p>Přihlášení začíná na portálu města. Zde je vidět, kdo se hlásil.</p>
      <div class="scroll"><table><caption>Poslední přihlášení</caption><thead><tr><th scope="col">Kdy</th><th scope="col">Služba</th><th scope="col">Kdo</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  });
}

/** Stable per person and service provider, different for every provider: as NIA's pseudonyms are. */
export function pseudonymOf(citizenKey: string, entityId: string): string {
  const hex = createHash('sha256').update(`${entityId}|${citizenKey}`).digest('hex');
  return `CZ/CZ/${[hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`;
}

function hash(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}

function single(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
