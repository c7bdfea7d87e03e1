// Metadata of NIA for tests: good ones as the simulator publishes them, and ones bent by an attacker; and a shelf that holds one document.
import type { KeptMetadata, MetadataShelf } from '../../../server/integrations/connector.ts';
import { idpMetadata } from '../../../server/integrations/nia/simulator-keys.ts';
import { niaConfigSchema } from '../../../server/integrations/nia/config.ts';
import type { NiaConfig, NiaSettings } from '../../../server/integrations/nia/config.ts';
import type { SigningKey } from '../../../server/integrations/xml-signature.ts';
import { ACS, ENTITY, NOW } from './a-response.ts';
import type { Parties } from './a-response.ts';

export const SOURCE = 'https://tnia.example/FPSTS/FederationMetadata/2007-06/FederationMetadata.xml';

export function configOf({ nia, town }: Pick<Parties, 'nia' | 'town'>, more: Partial<NiaConfig> = {}): NiaConfig {
  return {
    entityId: ENTITY,
    acsUrl: ACS,
    logoutUrl: 'https://portal.lipova.example/nia/odhlaseno',
    ssoUrl: 'https://tnia.example/FPSTS/saml2/basic',
    idpCertificatesPem: [nia.certificatePem],
    metadataUrl: SOURCE,
    ...town,
    ...more,
  };
}

export const settingsOf = (config: NiaConfig): NiaSettings => niaConfigSchema.parse(config);

export const metadataWith = (keys: readonly SigningKey[], signer: SigningKey, now = NOW): string =>
  idpMetadata({ keys, ssoUrl: 'https://tnia.example/FPSTS/saml2/basic', now }, signer);

/** What the database of a town would give back. */
export const shelfOf = (kept: Partial<KeptMetadata>): MetadataShelf => ({
  kept: async () => ({ failingSince: null, code: '', ...kept }),
});
