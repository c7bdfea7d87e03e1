// A second opinion: node-saml reads the same response by its own path and must see the same session of the same person.
// It is not the policy (measured: it lets a wrong Recipient, Destination or status through); two readers are harder to fool than one.
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import type { NiaSettings } from './config.ts';
import { NiaRefused, demand } from './refusal.ts';

export async function confirmByNodeSaml(
  base64: string,
  settings: NiaSettings,
  accepted: { readonly nameId: string; readonly sessionIndex: string },
): Promise<void> {
  const reader = new SAML({
    issuer: settings.entityId,
    callbackUrl: settings.acsUrl,
    idpCert: [...settings.idpCertificatesPem],
    idpIssuer: settings.idpEntityId,
    audience: settings.entityId,
    decryptionPvk: settings.privateKeyPem,
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.never,
    acceptedClockSkewMs: -1, // times were checked by the policy with the injected clock
  });
  const { profile } = await reader.validatePostResponseAsync({ SAMLResponse: base64 }).catch((cause: unknown) => {
    throw new NiaRefused('second-verdict', 'untrusted', { cause });
  });
  demand(profile?.nameID === accepted.nameId && profile.sessionIndex === accepted.sessionIndex, 'second-verdict');
}
