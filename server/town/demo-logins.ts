// Logins of the demo: the keys and registrations that the town and the simulated providers must agree on. Made once, kept in the data folder.
import { loadOrCreateKeyPair } from '../integrations/nia/index.ts';
import type { WorldLogins } from '../world/parts.ts';

const OIDC_CLIENT = 'vyrizeno';
const OIDC_SECRET = 'demo-only-secret-of-the-office-login';

const ATS_ID = 'LIPOVA1';
const PORTAL_CLIENT = 'portal-obcana';
const PORTAL_SECRETS = { mojeid: 'demo-only-secret-of-mojeid', bankid: 'demo-only-secret-of-bankid' } as const;

interface OidcClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export interface DemoLogins {
  /** What the simulators are told about the town. */
  readonly world: WorldLogins;
  /** What the town is told about them. */
  readonly town: {
    readonly nia: {
      readonly entityId: string;
      readonly acsUrl: string;
      readonly logoutUrl: string;
      readonly sloUrl: string;
      readonly idpCertificatesPem: string[];
      readonly privateKeyPem: string;
      readonly certificatePem: string;
    };
    readonly mojeid: OidcClient;
    readonly bankid: OidcClient;
    readonly isds: {
      readonly atsId: string;
      readonly certificatePem: string;
      readonly privateKeyPem: string;
      readonly authorityPem: string;
      readonly afterLogoutUrl: string;
    };
    readonly officers: {
      readonly clientId: string;
      readonly clientSecret: string;
      readonly redirectUri: string;
      readonly postLogoutRedirectUri: string;
    };
  };
}

export async function openDemoLogins(publicUrl: string, keys: string): Promise<DemoLogins> {
  const [idp, provider, oidc, channel] = await Promise.all([
    loadOrCreateKeyPair(keys, 'nia-simulator', 'NIA (simulator)'),
    loadOrCreateKeyPair(keys, 'portal', publicUrl),
    loadOrCreateKeyPair(keys, 'oidc-simulator', 'OIDC (simulator)'),
    loadOrCreateKeyPair(keys, 'isds-login-simulator', 'localhost'),
  ]);
  const addresses = {
    entityId: `${publicUrl}/`,
    acsUrl: `${publicUrl}/nia/acs`,
    logoutUrl: `${publicUrl}/nia/odhlaseno`,
    sloUrl: `${publicUrl}/nia/slo`,
  };
  const clients = { mojeid: portalClient(publicUrl, 'mojeid'), bankid: portalClient(publicUrl, 'bankid') };
  const registered = ({ clientId, clientSecret, redirectUri }: OidcClient) => ({
    client: { id: clientId, secret: clientSecret, redirectUri, backchannelLogoutUri: redirectUri.replace(/navrat$/, 'odhlaseno') },
    privateKeyPem: oidc.privateKeyPem,
  });
  const redirects = { redirectUri: `${publicUrl}/urad/prihlaseni/navrat`, postLogoutRedirectUri: `${publicUrl}/urad/` };
  return {
    world: {
      nia: { key: idp, serviceProviders: [{ ...addresses, certificatePem: provider.certificatePem }] },
      mojeid: registered(clients.mojeid),
      bankid: registered(clients.bankid),
      isdsLogin: {
        tls: channel,
        application: {
          atsId: ATS_ID,
          returnUrl: `${publicUrl}/prihlaseni/isds/navrat`,
          certificatePem: provider.certificatePem,
          afterLogoutUrl: `${publicUrl}/odhlaseni`,
        },
      },
      officerLogin: {
        client: { id: OIDC_CLIENT, secret: OIDC_SECRET, ...redirects, backchannelLogoutUri: `${publicUrl}/urad/odhlaseni/poskytovatel` },
        privateKeyPem: oidc.privateKeyPem,
      },
    },
    town: {
      nia: { ...addresses, idpCertificatesPem: [idp.certificatePem], ...provider },
      ...clients,
      isds: { atsId: ATS_ID, ...provider, authorityPem: channel.certificatePem, afterLogoutUrl: `${publicUrl}/odhlaseni` },
      officers: { clientId: OIDC_CLIENT, clientSecret: OIDC_SECRET, ...redirects },
    },
  };
}

function portalClient(publicUrl: string, name: 'mojeid' | 'bankid'): OidcClient {
  return { clientId: PORTAL_CLIENT, clientSecret: PORTAL_SECRETS[name], redirectUri: `${publicUrl}/prihlaseni/${name}/navrat` };
}
