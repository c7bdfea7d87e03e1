// Login of citizens by OpenID Connect: code flow with PKCE (S256), state and nonce, acr against a configured list. Keeps no state but metadata.
import * as oidc from 'openid-client';
import { highestOf, isLevelEnough, oidcLoginConfigSchema } from './config.ts';
import type { Loa, OidcLoginConfig, OidcLoginSettings } from './config.ts';
import { profiles } from './profiles.ts';
import type { Claims, OidcPerson, Profile } from './profiles.ts';
import { readLogoutToken, rememberKeys } from '../logout-token.ts';
import type { ProviderLogout } from '../logout-token.ts';
import { mayBeReached, openProvider } from './provider.ts';
import type { Provider } from './provider.ts';
import { OidcLoginRefused, refusalFrom } from './refusal.ts';

export interface OidcIdentity extends OidcPerson {
  /** `sub`, stable for this client. */
  readonly subject: string;
  readonly loa: Loa;
}

export interface OidcLogin {
  readonly title: string;
  readonly hint: string;
  readonly highest: Loa;
  readonly origins: readonly string[];
  start(wanted: { readonly loa: Loa; readonly fresh: boolean }): Promise<OidcBegun>;
  idOf(callback: { readonly url: URL }): string;
  /** Throws `OidcLoginRefused`. */
  finish(
    callback: { readonly url: URL },
    expected: OidcExpected,
  ): Promise<{ readonly identity: OidcIdentity; readonly session: OidcSession }>;
  logout(session: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  /** A logout that the provider tells directly (OpenID Connect Back-Channel Logout). Throws `ProviderLogoutRefused`. */
  hearLogout(token: string): Promise<ProviderLogout>;
}

export interface OidcBegun {
  readonly id: string;
  readonly departure: { readonly binding: 'redirect'; readonly url: string };
  readonly secrets: Readonly<Record<string, string>>;
}

export interface OidcExpected {
  readonly id: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly loa: Loa;
}

/** `sub` and `sid` are the provider's words for the person and its own session. */
type OidcSession = Readonly<Record<'idToken' | 'sub', string> & Partial<Record<'sid', string>>>;

interface Desk {
  readonly settings: OidcLoginSettings;
  readonly profile: Profile;
  readonly levels: Readonly<Record<string, Loa>>;
  readonly provider: Provider;
}

const SKEW_SECONDS = 60;

export function createOidcLogin(config: OidcLoginConfig): OidcLogin {
  const settings = oidcLoginConfigSchema.parse(config);
  const profile = profiles[settings.profile];
  const levels = settings.levels ?? profile.levels;
  const algorithm = settings.idTokenAlgorithm ?? profile.idTokenAlgorithm;
  const provider = openProvider(settings, algorithm);
  const keysAt = rememberKeys();
  const desk: Desk = { settings, profile, levels, provider };
  return {
    title: profile.title,
    hint: profile.hint,
    highest: highestOf(levels),
    origins: [new URL(settings.issuer).origin],
    start: (wanted) => start(desk, wanted),
    idOf: ({ url }) => url.searchParams.get('state') ?? '',
    finish: (callback, expected) => finish(desk, callback.url, expected),
    hearLogout: async (token) => {
      const address = (await provider()).serverMetadata().jwks_uri;
      if (address === undefined || !mayBeReached(new URL(address), settings)) throw new OidcLoginRefused('unavailable');
      const { issuer, clientId } = settings;
      return readLogoutToken(token, { issuer, clientId, algorithm, keys: keysAt(address) });
    },
    logout: async ({ idToken }) => {
      if (typeof idToken !== 'string' || settings.postLogoutRedirectUri === undefined) return undefined;
      const found = await provider();
      if (!found.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: settings.postLogoutRedirectUri }).href;
    },
  };
}

async function start(
  { settings, profile, levels, provider }: Desk,
  wanted: { readonly loa: Loa; readonly fresh: boolean },
): Promise<OidcBegun> {
  const found = await provider();
  const secrets = { nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
  const state = oidc.randomState();
  const acr = Object.keys(levels).filter((name) => isLevelEnough(levels[name] ?? 'low', wanted.loa));
  const asked = Object.fromEntries(
    Object.entries(profile.claims ?? {}).map(([name, essential]) => [name, essential ? { essential } : null]),
  );
  const url = oidc.buildAuthorizationUrl(found, {
    redirect_uri: settings.redirectUri,
    scope: (settings.scopes ?? profile.scopes).join(' '),
    state,
    nonce: secrets.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(secrets.codeVerifier),
    code_challenge_method: 'S256',
    ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
    ...(profile.claims ? { claims: JSON.stringify({ userinfo: asked }) } : {}),
    // `max_age` makes the provider tell when it asked the person.
    ...(wanted.fresh ? { prompt: 'login', max_age: '0' } : {}),
  });
  const freshSince = wanted.fresh ? { freshSince: String(nowInSeconds()) } : {};
  return { id: state, departure: { binding: 'redirect', url: url.href }, secrets: { ...secrets, ...freshSince } };
}

async function finish(
  desk: Desk,
  callback: URL,
  { id, secrets, loa }: OidcExpected,
): Promise<{ identity: OidcIdentity; session: OidcSession }> {
  const { settings, profile, provider } = desk;
  try {
    const found = await provider();
    const tokens = await oidc.authorizationCodeGrant(found, atOurAddress(callback, settings.redirectUri), {
      expectedState: id,
      expectedNonce: secrets['nonce'] ?? '',
      pkceCodeVerifier: secrets['codeVerifier'] ?? '',
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (!token || token.sub === '') throw new OidcLoginRefused('claims-missing');
    requireFresh(token, secrets['freshSince']);
    const reached = levelOf(desk, token['acr']);
    if (!isLevelEnough(reached, loa)) throw new OidcLoginRefused('loa-too-low');
    const userinfo: Claims = await oidc.fetchUserInfo(found, tokens.access_token, token.sub);
    const more =
      profile.profilePath === undefined ? {} : await fetchProfile(found, tokens.access_token, settings.issuer, profile.profilePath);
    const person = profile.read(userinfo, more);
    if (person.givenName === '' || person.familyName === '') throw new OidcLoginRefused('claims-missing');
    return { identity: { ...person, subject: token.sub, loa: reached }, session: sessionOf(token, tokens.id_token ?? '') };
  } catch (cause) {
    throw refusalFrom(cause);
  }
}

function sessionOf({ sub, sid }: Claims, idToken: string): OidcSession {
  return { idToken, sub: String(sub), ...(typeof sid === 'string' && sid !== '' ? { sid } : {}) };
}

/** Behind a proxy the request may bear another host; what the provider sent is only the query. */
function atOurAddress(callback: URL, redirectUri: string): URL {
  const url = new URL(redirectUri);
  url.search = callback.search;
  return url;
}

function levelOf({ settings, levels }: Desk, acr: unknown): Loa {
  const named = typeof acr === 'string' && Object.hasOwn(levels, acr) ? levels[acr] : undefined;
  const level = acr === undefined ? settings.levelWithoutAcr : named;
  if (level === undefined) throw new OidcLoginRefused('loa-unknown');
  return level;
}

/** OpenID Connect Core, section 3.1.2.1: with max_age the token must carry auth_time. */
function requireFresh(token: Claims, freshSince: string | undefined): void {
  if (freshSince === undefined) return;
  const asked = token['auth_time'];
  if (typeof asked !== 'number' || asked < Number(freshSince) - SKEW_SECONDS || asked > nowInSeconds() + SKEW_SECONDS)
    throw new OidcLoginRefused('not-fresh');
}

async function fetchProfile(found: oidc.Configuration, accessToken: string, issuer: string, path: string): Promise<Claims> {
  const address = new URL(path, issuer.endsWith('/') ? issuer : `${issuer}/`);
  const answer = await oidc.fetchProtectedResource(found, accessToken, address, 'GET');
  if (!answer.ok) throw new OidcLoginRefused(answer.status >= 500 ? 'unavailable' : 'token-refused');
  const body: unknown = await answer.json();
  return typeof body === 'object' && body !== null ? (body as Claims) : {};
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
