// How oidc-provider is set up to look like mojeID and like Bank iD.
import { createPrivateKey, randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { ClientMetadata, Configuration, JWK } from 'oidc-provider';
import { fetchHere } from '../oidc-sessions.ts';
import { profiles } from './profiles.ts';
import { showProviderError } from './simulator-pages.ts';
import { acrOf, subjectOf, userinfoOf } from './simulator-people.ts';
import type { SimulatedPerson } from './simulator-people.ts';

export interface SimulatedClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  /** Where the town is told of a logout that begins here; absent = it is not told. */
  readonly backchannelLogoutUri?: string;
}

export interface SimulatedProvider {
  readonly baseUrl: string;
  readonly profile: 'mojeid' | 'bankid';
  readonly client: SimulatedClient;
  readonly privateKeyPem: string;
  readonly people: readonly SimulatedPerson[];
}

const HOUR = 3600;

export function providerConfiguration(
  { baseUrl, profile, client, privateKeyPem, people }: SimulatedProvider,
  adapter: Configuration['adapter'],
): Configuration {
  const { scopes, levels, idTokenAlgorithm } = profiles[profile];
  const known = (subject: string): SimulatedPerson | undefined =>
    people.find((person) => subjectOf(profile, client.id, person) === subject);
  const [first] = people;
  const words = first ? Object.keys(userinfoOf(profile, { ...first, email: '-', phone: '-' })) : [];
  return {
    ...(adapter ? { adapter } : {}),
    clients: [clientOf(client, idTokenAlgorithm)],
    jwks: {
      keys: [{ ...(createPrivateKey(privateKeyPem).export({ format: 'jwk' }) as JWK), use: 'sig', alg: idTokenAlgorithm, kid: 'zkusebni' }],
    },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS512'] },
    acrValues: Object.keys(levels),
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: `${profile}-svet`, interaction: `${profile}-svet-interakce`, resume: `${profile}-svet-navrat` },
    },
    claims: { openid: ['sub', ...(profile === 'mojeid' ? words : [])], ...(profile === 'bankid' ? { 'profile.name': words } : {}) },
    scopes: [...scopes],
    routes: { authorization: '/auth', token: '/token', userinfo: '/userinfo', end_session: '/logout' },
    pkce: { required: () => false },
    fetch: fetchHere,
    ttl: { AccessToken: HOUR, AuthorizationCode: 60, IdToken: HOUR, Interaction: HOUR, Session: 8 * HOUR, Grant: 8 * HOUR },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      backchannelLogout: { enabled: true },
    },
    interactions: { url: (_ctx, interaction) => `${baseUrl}/interakce/${interaction.uid}` },
    renderError: (ctx, out) => showProviderError(ctx as unknown as Context, out),
    findAccount: (_ctx, subject) => {
      const person = known(subject);
      return (
        person && {
          accountId: subject,
          claims: async () => ({ sub: subject, acr: acrOf(profile, person), ...userinfoOf(profile, person) }),
        }
      );
    },
    // The demo asks for no consent.
    loadExistingGrant: async (ctx) => {
      const accountId = ctx.oidc.session?.accountId;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.id, ...(accountId === undefined ? {} : { accountId }) });
      grant.addOIDCScope(scopes.join(' '));
      grant.addOIDCClaims(words);
      await grant.save();
      return grant;
    },
  };
}

function clientOf(client: SimulatedClient, idTokenAlgorithm: string): ClientMetadata {
  return {
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [client.redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: idTokenAlgorithm as 'RS256' | 'PS512',
    ...(client.backchannelLogoutUri === undefined
      ? {}
      : { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }),
  };
}
