// Is the identity provider configured well? One sentence for the administrator. Nobody is logged in by it.
import { z } from 'zod';
import * as oidc from 'openid-client';
import { OutsideFailure, type CheckResult } from '../connector.ts';
import { callHttp, parseJson } from '../http-json.ts';
import type { OfficerLoginSettings } from './config.ts';
import { rememberProvider } from './provider.ts';

const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export async function checkOfficerLogin(settings: OfficerLoginSettings): Promise<CheckResult> {
  const no = (text: string): CheckResult => ({ ok: false, text });
  try {
    const found = await rememberProvider(settings)();
    const { jwks_uri: keysAt, end_session_endpoint: logoutAt, authorization_endpoint: loginAt } = found.serverMetadata();
    if (!loginAt || !keysAt) return no('Poskytovatel neřekl, kde se přihlašuje nebo kde má své klíče.');
    const answer = await callHttp({ url: keysAt, timeoutMs: 10_000, service: 'oidc' }, fetch);
    const keys = keysSchema.safeParse(parseJson(answer, 'oidc')).data?.keys ?? [];
    if (!keys.some(({ kty }) => kty === 'RSA')) return no('Poskytovatel nemá klíč RSA, kterým by podepisoval přihlášení (RS256).');
    const refused = await refusalOfClient(found, settings);
    if (refused !== undefined) return no(refused);
    return { ok: true, text: `Poskytovatel odpovídá a aplikaci zná; odhlášení u něj ${logoutAt ? 'umí' : 'neumí'}.` };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return no('Poskytovatel identity neodpovídá nebo na této adrese není. Zkontrolujte adresu, síť a certifikát.');
  }
}

/** A code that nobody gave: a provider that knows us refuses the code, one that does not refuses us (RFC 6749, 5.2). */
async function refusalOfClient(found: oidc.Configuration, { redirectUri }: OfficerLoginSettings): Promise<string | undefined> {
  const callback = new URL(redirectUri);
  callback.searchParams.set('code', 'kontrola-nastaveni');
  const { issuer, authorization_response_iss_parameter_supported: tellsIssuer } = found.serverMetadata();
  if (tellsIssuer === true) callback.searchParams.set('iss', issuer);
  try {
    await oidc.authorizationCodeGrant(found, callback, { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), idTokenExpected: true });
    return undefined;
  } catch (error) {
    const code = error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError ? errorCodeOf(error) : '';
    if (code === 'invalid_client' || code === 'unauthorized_client')
      return 'Poskytovatel odmítl aplikaci: ID nebo heslo (klíč) aplikace nesouhlasí.';
    return undefined;
  }
}

function errorCodeOf(error: oidc.ResponseBodyError | oidc.WWWAuthenticateChallengeError): string {
  if (error instanceof oidc.ResponseBodyError) return error.error;
  return error.cause.map(({ parameters }) => parameters['error'] ?? '').find((code) => code !== '') ?? 'invalid_client';
}
