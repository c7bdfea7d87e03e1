// Our SAML metadata, signed, for the registration with NIA. SAML 2.0 metadata, sections 2.3.2 and 2.4.4; elements in the order of its schema.
import { signEnveloped } from '../xml-signature.ts';
import { escapeXml } from './authn-request.ts';
import type { NiaSettings } from './config.ts';
import { NAMEID_PERSISTENT, SAMLP } from './names.ts';

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const BINDINGS = 'urn:oasis:names:tc:SAML:2.0:bindings:';

export function buildMetadata(settings: NiaSettings, id: string): string {
  const certificate = settings.certificatePem.replace(/-----[A-Z ]+-----|\s+/g, '');
  const key = (use: string): string =>
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${DSIG}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>` +
    `${use === 'encryption' ? '<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>' : ''}</md:KeyDescriptor>`;
  const { sloUrl } = settings;
  const logout = (['HTTP-Redirect', 'HTTP-POST'] as const).map(
    (binding) =>
      `<md:SingleLogoutService Binding="${BINDINGS}${binding}" Location="${escapeXml(sloUrl ?? '')}" ResponseLocation="${escapeXml(settings.logoutUrl)}"/>`,
  );
  const xml =
    `<md:EntityDescriptor xmlns:md="${METADATA}" ID="${escapeXml(id)}" entityID="${escapeXml(settings.entityId)}">` +
    `<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="false" protocolSupportEnumeration="${SAMLP}">` +
    `${key('signing')}${key('encryption')}${sloUrl === undefined ? '' : logout.join('')}` +
    `<md:NameIDFormat>${NAMEID_PERSISTENT}</md:NameIDFormat>` +
    `<md:AssertionConsumerService Binding="${BINDINGS}HTTP-POST" Location="${escapeXml(settings.acsUrl)}" index="0" isDefault="true"/>` +
    `</md:SPSSODescriptor></md:EntityDescriptor>`;
  return signEnveloped(xml, settings, 'first');
}
