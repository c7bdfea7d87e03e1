// Builds responses of NIA for tests, good ones and ones bent by an attacker.
import { signEnveloped } from '../../../server/integrations/xml-signature.ts';
import type { SigningKey } from '../../../server/integrations/xml-signature.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createNiaLogin } from '../../../server/integrations/nia/login.ts';
import type { NiaLogin } from '../../../server/integrations/nia/login.ts';
import { demoCitizens } from '../../../server/integrations/nia/demo-citizens.ts';
import { assertionXml, citizenAttributes, encryptedAssertion, responseXml } from '../../../server/integrations/nia/simulator-response.ts';
import type { AssertionParts, ResponseParts } from '../../../server/integrations/nia/simulator-response.ts';

export const NOW = new Date('2026-11-20T09:00:00.000Z');
export const ENTITY = 'https://portal.lipova.example/';
export const ACS = 'https://portal.lipova.example/nia/acs';
export const ISSUER = 'urn:microsoft:cgg2010:fpsts';
export const REQUEST = '_request1';
export const PSEUDONYM = 'CZ/CZ/11111111-2222-4333-8444-555555555555';

export interface Parties {
  readonly nia: SigningKey;
  readonly stranger: SigningKey;
  readonly town: SigningKey;
  readonly login: NiaLogin;
}

export async function theParties(): Promise<Parties> {
  const [nia, stranger, town] = await Promise.all([createKeyPair('NIA'), createKeyPair('Stranger'), createKeyPair('Town')]);
  const login = createNiaLogin(
    {
      entityId: ENTITY,
      acsUrl: ACS,
      logoutUrl: 'https://portal.lipova.example/nia/odhlaseno',
      ssoUrl: 'https://tnia.example/FPSTS/saml2/basic',
      idpCertificatesPem: [nia.certificatePem],
      privateKeyPem: town.privateKeyPem,
      certificatePem: town.certificatePem,
    },
    () => NOW,
  );
  return { nia, stranger, town, login };
}

export function jana(): (typeof demoCitizens)[number] {
  const [first] = demoCitizens;
  if (!first) throw new Error('no demo citizens');
  return first;
}

export function anAssertion(changes: Partial<AssertionParts> = {}): string {
  return assertionXml({
    id: '_assertion1',
    issuer: ISSUER,
    nameId: PSEUDONYM,
    inResponseTo: REQUEST,
    recipient: ACS,
    audience: ENTITY,
    issuedAt: NOW,
    loa: 'substantial',
    sessionIndex: '_session1',
    attributes: citizenAttributes(jana(), PSEUDONYM),
    ...changes,
  });
}

export function aResponse(content: string, changes: Partial<ResponseParts> = {}): string {
  return responseXml({ id: '_response1', issuer: ISSUER, destination: ACS, inResponseTo: REQUEST, issuedAt: NOW, ...changes }, content);
}

/** Signed XML of a response with this assertion, encrypted for the town. */
export async function signedResponse(parties: Parties, assertion = anAssertion(), changes: Partial<ResponseParts> = {}): Promise<string> {
  return signEnveloped(aResponse(await encryptedAssertion(assertion, parties.town.certificatePem), changes), parties.nia);
}

export function posted(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64');
}

export function expected(isFirstUse: () => Promise<boolean> = async () => true): Parameters<NiaLogin['finish']>[1] {
  return { inResponseTo: REQUEST, loa: 'substantial', isFirstUse };
}
