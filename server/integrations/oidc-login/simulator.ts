// Simulated mojeID and Bank iD: real OpenID Connect by oidc-provider, with demo people to choose from instead of passwords.
import type { Context } from 'koa';
import Provider from 'oidc-provider';
import { underFaults } from '../fault-plan.ts';
import { createMemoryAdapter, type KeptThing } from '../oidc-memory.ts';
import { endSessionsOf, type ToldTown } from '../oidc-sessions.ts';
import { readForm } from '../request-body.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { profiles } from './profiles.ts';
import { providerConfiguration } from './simulator-configuration.ts';
import type { SimulatedClient } from './simulator-configuration.ts';
import { showLoginPage, showOverview } from './simulator-pages.ts';
import { acrOf, bankProfileOf, subjectOf } from './simulator-people.ts';
import type { SimulatedPerson } from './simulator-people.ts';

export type { SimulatedClient } from './simulator-configuration.ts';
export type { SimulatedPerson } from './simulator-people.ts';

export interface OidcLoginSimulatorOptions extends SimulatorOptions {
  readonly profile: 'mojeid' | 'bankid';
  /** The town's portal as registered here. */
  readonly client: SimulatedClient;
  /** PEM, RSA: signs identity tokens. */
  readonly privateKeyPem: string;
  readonly people: readonly SimulatedPerson[];
}

interface State {
  readonly logins: { readonly at: string; readonly person: string }[];
}

/** `baseUrl` is the issuer. */
export function createOidcLoginSimulator(options: OidcLoginSimulatorOptions): Simulator {
  const { profile, people, client, baseUrl } = options;
  const { title } = profiles[profile];
  const journal = journaled<State, State['logins'][number]>(options.store, { logins: [] }, (state, login) => void state.logins.push(login));
  const { provider, things, forget } = openProvider(options);
  provider.proxy = true;
  const answer = provider.callback();

  const interact = async (ctx: Context): Promise<void> => {
    if (ctx.method === 'GET') {
      const { params } = await provider.interactionDetails(ctx.req, ctx.res);
      const asked = [params['scope'], params['claims']].filter((text): text is string => typeof text === 'string');
      return showLoginPage(ctx, { title, action: `${baseUrl}${ctx.path}`, people, asked });
    }
    const key = (await readForm(ctx)).get('osoba') ?? '';
    const person = people.find((candidate) => candidate.key === key);
    await journal.record({ at: options.clock.now().toISOString(), person: person?.key ?? '' });
    const result = person
      ? { login: { accountId: subjectOf(profile, client.id, person), acr: acrOf(profile, person) } }
      : { error: 'access_denied', error_description: 'login was cancelled' };
    const next = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
    ctx.status = 303;
    ctx.set('Location', next);
  };

  const told: ToldTown[] = [];
  const overview = async (ctx: Context): Promise<void> => {
    if (ctx.method === 'GET') {
      const subjects = new Set([...things.values()].map(({ payload }) => payload?.accountId));
      const loggedIn = people.filter((person) => subjects.has(subjectOf(profile, client.id, person)));
      return showOverview(ctx, { title, logins: journal.state.logins, loggedIn, action: `${baseUrl}/` });
    }
    const key = (await readForm(ctx)).get('osoba') ?? '';
    const person = people.find((candidate) => candidate.key === key);
    if (person)
      told.push(...(await endSessionsOf(provider, { clientId: client.id, things, forget }, subjectOf(profile, client.id, person))));
    ctx.status = 303;
    ctx.set('Location', `${baseUrl}/`);
  };
  return {
    name: profile,
    title,
    description: `Přihlášení občanů přes ${title} (OpenID Connect); vyberete si, za koho se přihlásíte.`,
    operations: ['prihlaseni', 'protokol'],
    accounts: people.map((person) => ({ label: `${title}: ${person.givenName} ${person.familyName}`, value: person.note })),
    ledger: () => ({ logins: journal.state.logins.map((login) => ({ ...login })), told: told.map((one) => ({ ...one })) }),
    close: () => options.store.close(),
    middleware: async (ctx) => {
      if (ctx.path === '/') return overview(ctx);
      if (ctx.path.startsWith('/interakce/')) return underFaults(ctx, options.faults, 'prihlaseni', () => interact(ctx));
      if (profile === 'bankid' && ctx.path === '/profile')
        return underFaults(ctx, options.faults, 'protokol', () => showProfile(ctx, provider, options));
      await underFaults(ctx, options.faults, 'protokol', async () => {
        // The library answers by itself and finds its mount point from the two addresses.
        ctx.respond = false;
        await answer(Object.assign(ctx.req, { originalUrl: ctx.originalUrl, url: ctx.url }), ctx.res);
      });
    },
  };
}

/** Its sessions are in memory only: after a restart everybody logs in again. */
function openProvider(options: OidcLoginSimulatorOptions) {
  const things = new Map<string, KeptThing>();
  const keep = async (thing: KeptThing): Promise<void> => void (thing.payload ? things.set(thing.key, thing) : things.delete(thing.key));
  const adapter = createMemoryAdapter({ kinds: ['Session'], before: [], keep });
  const provider = new Provider(options.baseUrl, providerConfiguration(options, adapter));
  return { provider, things, forget: (id: string) => adapter('Session').destroy(id) };
}

/** Bank iD's own address for what does not fit into userinfo. */
async function showProfile(ctx: Context, provider: Provider, { people, profile, client }: OidcLoginSimulatorOptions): Promise<void> {
  const token = await provider.AccessToken.find(/^Bearer (\S+)$/.exec(ctx.get('authorization'))?.[1] ?? '');
  const person = people.find((candidate) => token && subjectOf(profile, client.id, candidate) === token.accountId);
  ctx.status = person ? 200 : 401;
  ctx.body = person ? bankProfileOf(person) : { error: 'invalid_token' };
}
