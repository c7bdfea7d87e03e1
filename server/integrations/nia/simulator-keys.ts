// Signing keys of the simulated NIA and their change in three steps, as the real one does it about once a year: a new certificate is announced in the
// metadata, then it signs, then the old one is gone. The metadata themselves are signed by the key that the town has pinned.
import { randomUUID } from 'node:crypto';
import { signEnveloped } from '../xml-signature.ts';
import type { SigningKey } from '../xml-signature.ts';
import { METADATA } from './idp-metadata.ts';
import { NIA_ENTITY_ID, SAMLP } from './names.ts';

export const METADATA_PATH = '/FPSTS/FederationMetadata/2007-06/FederationMetadata.xml';

/** `announced`: both are published, the old one signs; `switched`: both are published, the new one signs. */
export interface KeyState {
  readonly old: SigningKey | undefined;
  readonly next: SigningKey | undefined;
  readonly isSwitched: boolean;
}
export type KeyEvent = { readonly announced: SigningKey } | { readonly switched: true } | { readonly removed: true };

export const noChange: KeyState = { old: undefined, next: undefined, isSwitched: false };

export function afterKeyEvent(state: KeyState, event: KeyEvent): KeyState {
  if ('announced' in event) return { ...state, next: event.announced, isSwitched: false };
  if ('switched' in event) return { ...state, isSwitched: true };
  return { old: state.next, next: undefined, isSwitched: false };
}

/** What the button does next. */
export async function nextKeyEvent(state: KeyState, make: () => Promise<SigningKey>): Promise<KeyEvent> {
  if (!state.next) return { announced: await make() };
  return state.isSwitched ? { removed: true } : { switched: true };
}

export const signingKey = ({ old, next, isSwitched }: KeyState, first: SigningKey): SigningKey =>
  (isSwitched ? next : undefined) ?? old ?? first;

export const publishedKeys = ({ old, next }: KeyState, first: SigningKey): readonly SigningKey[] => [old ?? first, ...(next ? [next] : [])];

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const WEEKS = 14 * 86_400_000;
const BINDINGS = 'urn:oasis:names:tc:SAML:2.0:bindings:';

/** As the test environment published them in 2020, and besides with an end. */
export function idpMetadata(
  given: { readonly keys: readonly SigningKey[]; readonly ssoUrl: string; readonly now: Date },
  signer: SigningKey,
): string {
  const { keys, ssoUrl, now } = given;
  const described = keys.map(({ certificatePem }) => {
    const base64 = certificatePem.replace(/-----[A-Z ]+-----|\s+/g, '');
    return `<KeyDescriptor use="signing"><KeyInfo xmlns="${DSIG}"><X509Data><X509Certificate>${base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
  });
  const service = (name: string, binding: string): string => `<${name} Binding="${BINDINGS}${binding}" Location="${ssoUrl}"/>`;
  const xml =
    `<EntityDescriptor xmlns="${METADATA}" ID="_${randomUUID()}" entityID="${NIA_ENTITY_ID}" validUntil="${new Date(now.getTime() + WEEKS).toISOString()}"` +
    ` cacheDuration="PT1H"><IDPSSODescriptor protocolSupportEnumeration="${SAMLP}">${described.join('')}${service('SingleLogoutService', 'HTTP-Redirect')}` +
    `${service('SingleSignOnService', 'HTTP-Redirect')}${service('SingleSignOnService', 'HTTP-POST')}</IDPSSODescriptor></EntityDescriptor>`;
  return signEnveloped(xml, signer, 'first');
}
