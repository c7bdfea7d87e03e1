// Login of officers: OpenID Connect relying party with code flow, PKCE (S256), state and nonce. Keeps no state but the discovered metadata.
import * as oidc from 'openid-client';
import { OutsideFailure, type Connector, type StillThere } from '../connector.ts';
import { checkOfficerLogin } from './check.ts';
import { readOfficerLoginConfig } from './config.ts';
import type { OfficerLoginConfig, OfficerLoginSettings } from './config.ts';
import { askGraph } from './graph.ts';
import { demandSecondFactor, groupsOf, hasTooManyGroups, readIdentity } from './identity.ts';
import type { Claims, OfficerIdentity } from './identity.ts';
import { rememberProvider } from './provider.ts';
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
  /** Undefined when the provider has no logout. */
  logoutUrl(idToken: string): Promise<string | undefined>;
}

/** Throws what zod throws when the configuration is wrong; connects to nothing yet. */
export function createOfficerLogin(config: OfficerLoginConfig): OfficerLogin {
  const settings = readOfficerLoginConfig(config);
  const provider = rememberProvider(settings);
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
    logoutUrl: async (idToken) => {
      const found = await provider();
      if (!found.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: settings.postLogoutRedirectUri }).href;
    },
    check: () => checkOfficerLogin(settings),
  };
}

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
