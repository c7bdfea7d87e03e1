// Single logout: our request to NIA and NIA's answer. The answer is not signed, so it changes nothing: the local session ended before.
import { signEnveloped } from '../xml-signature.ts';
import { parseUntrustedXml } from '../untrusted-xml.ts';
import { escapeXml, samlTime } from './authn-request.ts';
import type { NiaSettings } from './config.ts';
import { NAMEID_PERSISTENT, SAML, SAMLP, STATUS_SUCCESS } from './names.ts';
import { demand } from './refusal.ts';
import { isElement, textOf, theChild } from './saml-shape.ts';

export interface LogoutInput {
  readonly id: string;
  readonly nameId: string;
  readonly sessionIndex: string;
  readonly issuedAt: Date;
}

export function buildLogoutRequest(settings: NiaSettings, input: LogoutInput): string {
  const xml =
    `<samlp:LogoutRequest xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="${escapeXml(input.id)}" Version="2.0" IssueInstant="${samlTime(input.issuedAt)}"` +
    ` Destination="${escapeXml(settings.ssoUrl)}"><saml:Issuer>${escapeXml(settings.entityId)}</saml:Issuer>` +
    `<saml:NameID Format="${NAMEID_PERSISTENT}">${escapeXml(input.nameId)}</saml:NameID>` +
    `<samlp:SessionIndex>${escapeXml(input.sessionIndex)}</samlp:SessionIndex></samlp:LogoutRequest>`;
  return signEnveloped(xml, settings);
}

export interface LogoutAnswer {
  readonly inResponseTo: string;
  /** Success only means that NIA processed the request. */
  readonly success: boolean;
}

/** Throws `NiaRefused` or `XmlRefused` when it is no LogoutResponse of this NIA. */
export function readLogoutResponse(base64: string, settings: Pick<NiaSettings, 'idpEntityId'>): LogoutAnswer {
  const root = parseUntrustedXml(Buffer.from(base64, 'base64').toString('utf8')).documentElement;
  demand(isElement(root, SAMLP, 'LogoutResponse'), 'logout-shape');
  demand(textOf(theChild(root, SAML, 'Issuer')) === settings.idpEntityId, 'logout-issuer');
  const status = theChild(theChild(root, SAMLP, 'Status'), SAMLP, 'StatusCode').getAttribute('Value');
  return { inResponseTo: root.getAttribute('InResponseTo') ?? '', success: status === STATUS_SUCCESS };
}
