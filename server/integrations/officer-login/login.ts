// Login of officers: OpenID Connect relying party with code flow, PKCE (S256), state and nonce. Keeps no state but the discovered metadata.
import * as oidc from 'openid-client';
import type { CheckResult } from '../connector.ts';
import { checkOfficerLogin } from './check.ts';
import { readOfficerLoginConfig } from './config.ts';
import type { OfficerLoginConfig, OfficerLoginSettings } from './config.ts';
import { askGraph } from './graph.ts';
import { demandSecondFactor, groupsOf, hasTooManyGroups, readIdentity } from './identity.ts';
import type { Claims, OfficerIdentity } from './identity.ts';
import { rememberProvider } from './provider.ts';
import { refusalFrom } from './refusal.ts';

export interface OfficerLoginSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OfficerLogin {
  /** Address to send the browser to, and what must be remembered on the server until it comes back. */
  start(): Promise<{ readonly url: string; readonly secrets: OfficerLoginSecrets }>;
  /** `callback` is the full address the browser came back to. Throws `OfficerLoginRefused`. */
  finish(callback: URL, secrets: OfficerLoginSecrets): Promise<OfficerIdentity>;
  /** Undefined when the provider has no logout. */
  logoutUrl(idToken: string): Promise<string | undefined>;
  check(): Promise<CheckResult>;
}

/** Throws what zod throws when the configuration is wrong; connects to nothing yet. */
export function createOfficerLogin(config: OfficerLoginConfig): OfficerLogin {
  const settings = readOfficerLoginConfig(config);
  const provider = rememberProvider(settings);
  return {
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
      return readIdentity(claims, await allGroups(claims, tokens.access_token, settings), tokens.id_token ?? '', settings);
    },
    logoutUrl: async (idToken) => {
      const found = await provider();
      if (!found.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: settings.postLogoutRedirectUri }).href;
    },
    check: () => checkOfficerLogin(settings),
  };
}

/** Roles of the application may be in the token although the groups are not. */
async function allGroups(claims: Claims, accessToken: string, settings: OfficerLoginSettings): Promise<readonly string[]> {
  const inToken = groupsOf(claims, settings);
  const mayBeMissing = settings.claims.groups.includes('groups') && hasTooManyGroups(claims);
  if (!mayBeMissing || (settings.graphUrl === undefined && inToken.length > 0)) return inToken;
  return [...inToken, ...(await askGraph(settings, accessToken))];
}
