// Login of citizens through NIA (Identita občana): SAML 2.0 service provider. No state: single use of requests and assertions is
// asked from the caller, who has a database.
import { randomBytes } from 'node:crypto';
import { buildAuthnRequest, departWith, redirectUrl } from './authn-request.ts';
import type { Departure } from './authn-request.ts';
import { niaConfigSchema } from './config.ts';
import type { NiaConfig, NiaSettings } from './config.ts';
import { attributeStatement, decodeAddress, decodeAddressCodes, readAttributes, readExtras } from './identity.ts';
import type { NiaIdentity } from './identity.ts';
import { buildLogoutRequest, readLogoutResponse } from './logout.ts';
import type { LogoutAnswer } from './logout.ts';
import { buildLogoutResponse, readLogoutRequest } from './logout-request.ts';
import type { LogoutMessage, LogoutWish } from './logout-request.ts';
import { buildMetadata } from './metadata.ts';
import type { Loa } from './names.ts';
import { readResponse } from './read-response.ts';
import { demand } from './refusal.ts';
import { confirmByNodeSaml } from './second-verdict.ts';

export interface NiaStart {
  readonly id: string;
  readonly relayState?: string;
  readonly loa: Loa;
  /** Asks NIA to authenticate again even if the person has a session there. */
  readonly forceAuthn?: boolean;
}

export interface NiaExpected {
  readonly inResponseTo: string;
  /** Lowest level accepted; the one that was asked for. */
  readonly loa: Loa;
  /** Remembers the assertion until the given time; false when it was seen before. */
  isFirstUse(assertionId: string, until: Date): Promise<boolean>;
  /** With which NIA may have signed; absent = only the pinned ones. */
  readonly certificatesPem?: readonly string[];
}

export interface NiaLogin {
  /** SAML metadata of the service provider, for the registration with NIA. */
  metadata(): string;
  start(input: NiaStart): Departure;
  /** Throws `NiaRefused`. */
  finish(samlResponseBase64: string, expected: NiaExpected): Promise<NiaIdentity>;
  /** Address with a signed LogoutRequest; NIA takes logout by redirect only. */
  logout(input: { readonly nameId: string; readonly sessionIndex: string }): string;
  finishLogout(samlResponseBase64: string): LogoutAnswer;
  /** A logout that NIA began. Throws `NiaRefused`. The caller sees to it that a request is used once. */
  hearLogout(message: LogoutMessage, certificatesPem?: readonly string[]): LogoutWish;
  /** Address to send the browser to when that logout is done. */
  answerLogout(inResponseTo: string, relayState?: string): string;
  /** Origin of NIA, for `form-action` of the content security policy. */
  readonly origin: string;
}

/** A request id: an NCName with 160 random bits. */
export function newRequestId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}

/** `now` is the real system time: an assertion is valid in the world's time, not in the demo's. */
export function createNiaLogin(config: NiaConfig, now: () => Date = () => new Date()): NiaLogin {
  const settings = niaConfigSchema.parse(config);
  return {
    origin: new URL(settings.ssoUrl).origin,
    metadata: () => buildMetadata(settings, newRequestId()),
    start: (input) => departWith(buildAuthnRequest(settings, { ...input, issuedAt: now() }), settings, input.relayState),
    finish: async (base64, expected) => {
      const trusting = withKeys(settings, expected.certificatesPem);
      const accepted = await readResponse(base64, trusting, { ...expected, now: now() });
      const attributes = readAttributes(attributeStatement(accepted.assertion));
      const loa = accepted.requireLoa();
      const { personIdentifier, givenName, familyName, birthDate, placeOfBirth, email, phone } = attributes;
      demand(
        personIdentifier !== undefined && givenName !== undefined && familyName !== undefined && birthDate !== undefined,
        'attribute-missing',
      );
      demand(personIdentifier === accepted.nameId, 'subject-mismatch');
      demand(/^\d{4}-\d{2}-\d{2}$/.test(birthDate), 'birth-date');
      await confirmByNodeSaml(base64, trusting, accepted);
      demand(await expected.isFirstUse(accepted.assertionId, accepted.notOnOrAfter), 'replayed');
      const ruian = attributes.addressCodes ? decodeAddressCodes(attributes.addressCodes) : undefined;
      const { nameId, sessionIndex, assertionId, notOnOrAfter } = accepted;
      return {
        subject: personIdentifier,
        givenName,
        familyName,
        birthDate,
        loa,
        nameId,
        sessionIndex,
        assertionId,
        notOnOrAfter,
        ...(placeOfBirth ? { placeOfBirth } : {}),
        ...(attributes.currentAddress ? { address: decodeAddress(attributes.currentAddress, ruian) } : {}),
        ...(ruian ? { ruian } : {}),
        ...(email ? { email } : {}),
        ...(phone ? { phone } : {}),
        ...readExtras(attributes),
      };
    },
    logout: (input) => redirectUrl(settings.ssoUrl, buildLogoutRequest(settings, { ...input, id: newRequestId(), issuedAt: now() })),
    hearLogout: (message, certificatesPem) => readLogoutRequest(message, withKeys(settings, certificatesPem), now()),
    answerLogout: (inResponseTo, relayState) =>
      redirectUrl(
        settings.ssoUrl,
        buildLogoutResponse(settings, { id: newRequestId(), inResponseTo, issuedAt: now() }),
        relayState,
        'SAMLResponse',
      ),
    finishLogout: (base64) => readLogoutResponse(base64, settings),
  };
}

const withKeys = (settings: NiaSettings, certificatesPem: readonly string[] | undefined): NiaSettings =>
  certificatesPem === undefined ? settings : { ...settings, idpCertificatesPem: [...certificatesPem] };
