// Login of officers: OpenID Connect relying party with code flow, PKCE (S256), state and nonce. Keeps no state but the discovered metadata.
import * as oidc from 'openid-client';
import { OutsideFailure, type Connector, type StillThere } from '../connector.ts';
import { checkOfficerLogin } from './check.ts';
import { readOfficerLoginConfig } from './config.ts';
import type { OfficerLoginConfig, OfficerLoginSettings } from './config.ts';
import { askGraph } from './graph.ts';
import { demandSecondFactor, groupsOf, hasTooManyGroups, readIdentity } from './identity.ts';
import type { Claims, OfficerIdentity } from './identity.ts';
import { ProviderLogoutRefused, readLogoutToken, rememberKeys } from '../logout-token.ts';
import type { ProviderLogout } from '../logout-token.ts';
import { mayBeReached, rememberProvider } from './provider.ts';
import { OfficerLoginRefused, refusalFrom } from './refusal.ts';

export interface OfficerLoginSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OfficerLogin extends Connector {
  /** Address to send the browser to, and what must be remembered on the server until it comes back. */
  start(): Promise<{ readonly url: string; readonly secrets: OfficerLoginSecrets }>;
  /** `callback` is the full address the browser came back to. Throws `OfficerLoginRefused`. */
  finish(callback: URL, secrets: OfficerLoginSecrets): Promise<OfficerIdentity>;
  /** A logout that the provider tells directly (OpenID Connect Back-Channel Logout). Throws `ProviderLogoutRefused`. */
  hearLogout(token: string): Promise<ProviderLogout>;
  /** A logout that the provider tells through a frame of its page (OpenID Connect Front-Channel Logout): nothing is signed there, so the session must be named. */
  hearFrame(query: URLSearchParams): { readonly sid: string };
  /** Where such a frame may stand. */
  readonly frameOrigin: string;
  /** Undefined when the provider has no logout. */
  logoutUrl(idToken: string): Promise<string | undefined>;
}

/** Throws what zod throws when the configuration is wrong; connects to nothing yet. */
export function createOfficerLogin(config: OfficerLoginConfig): OfficerLogin {
  const settings = readOfficerLoginConfig(config);
  const provider = rememberProvider(settings);
  const identified = { issuer: settings.issuer, clientId: settings.clientId, algorithm: 'RS256' };
  const keysAt = rememberKeys();
  return {
    name: 'officer-login',
    effects: {},
    ...(settings.recheck ? { officerSessions: { stillThere: async (token) => stillThere(await provider(), token, settings) } } : {}),
    start: async () => {
      const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: settings.redirectUri,
        scope: settings.scopes.join(' '),
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(secrets.codeVerifier),
        code_challenge_method: 'S256',
        ...(settings.secondFactor?.ask === undefined ? {} : { acr_values: settings.secondFactor.ask }),
      });
      return { url: url.href, secrets };
    },
    finish: async (callback, secrets) => {
      const tokens = await oidc
        .authorizationCodeGrant(await provider(), callback, {
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.codeVerifier,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw refusalFrom(cause);
        });
      const claims: Claims = tokens.claims() ?? {};
      demandSecondFactor(claims, settings);
      const identity = readIdentity(claims, await allGroups(claims, tokens.access_token, settings), tokens.id_token ?? '', settings);
      return settings.recheck && tokens.refresh_token !== undefined ? { ...identity, refreshToken: tokens.refresh_token } : identity;
    },
    hearLogout: async (token) => readLogoutToken(token, { ...identified, keys: keysAt(await keysAddress(provider, settings)) }),
    hearFrame: (query) => readFrame(query, settings.issuer),
    frameOrigin: new URL(settings.issuer).origin,
    logoutUrl: async (idToken) => {
      const found = await provider();
      if (!found.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: settings.postLogoutRedirectUri }).href;
    },
    check: () => checkOfficerLogin(settings),
  };
}

async function keysAddress(provider: () => Promise<oidc.Configuration>, settings: OfficerLoginSettings): Promise<string> {
  const address = (await provider()).serverMetadata().jwks_uri;
  if (address === undefined || !mayBeReached(new URL(address), settings)) throw new OfficerLoginRefused('unavailable');
  return address;
}

/**
 * OpenID Connect Front-Channel Logout 1.0, section 2. Our cookie does not come in a foreign frame, so only a named session can end, and nobody but the
 * provider and the person's browser has ever seen its name; a short name could be guessed.
 */
function readFrame(query: URLSearchParams, issuer: string): { readonly sid: string } {
  const [issuers, sids] = [query.getAll('iss'), query.getAll('sid')];
  const [sid = ''] = sids;
  if (issuers.length !== 1 || issuers[0] !== issuer) throw new ProviderLogoutRefused('logout-iss');
  if (sids.length !== 1 || sid.length < LEAST_SID || sid.length > 1000) throw new ProviderLogoutRefused('logout-whose');
  return { sid };
}
const LEAST_SID = 16;

/** RFC 6749, 5.2: `invalid_grant` = the token was taken back, as it is when an account is disabled or a session ended. */
async function stillThere(provider: oidc.Configuration, refreshToken: string, settings: OfficerLoginSettings): Promise<StillThere> {
  try {
    const tokens = await oidc.refreshTokenGrant(provider, refreshToken);
    const claims = tokens.claims();
    const next = tokens.refresh_token ?? refreshToken;
    if (!claims) throw new OutsideFailure('unavailable', 'the provider sent no identity token');
    const { groups } = readIdentity(claims, await allGroups(claims, tokens.access_token, settings), '', settings);
    return { groups, refreshToken: next };
  } catch (error) {
    if (error instanceof OfficerLoginRefused && error.code === 'no-role') return { gone: true };
    if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return { gone: true };
    throw error instanceof OutsideFailure ? error : refusalFrom(error);
  }
}

/** Roles of the application may be in the token although the groups are not. */
async function allGroups(claims: Claims, accessToken: string, settings: OfficerLoginSettings): Promise<readonly string[]> {
  const inToken = groupsOf(claims, settings);
  const mayBeMissing = settings.claims.groups.includes('groups') && hasTooManyGroups(claims);
  if (!mayBeMissing || (settings.graphUrl === undefined && inToken.length > 0)) return inToken;
  return [...inToken, ...(await askGraph(settings, accessToken))];
}
