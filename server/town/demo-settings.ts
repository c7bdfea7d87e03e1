// The demo town's connectors, pointed at the simulated outside. One entry each; what is not here the demo town does not have.
import { demoBankToken, townAccount } from '../integrations/bank/simulator.ts';
import { demoPoliceToken } from '../integrations/city-police/simulator.ts';
import type { ConnectorKey, ConnectorSettings, SettingsOf } from '../integrations/connectors.ts';
import { demoEconomyToken } from '../integrations/economy/simulator.ts';
import { demoEssl } from '../integrations/essl/simulator.ts';
import { demoShop } from '../integrations/gopay/simulator.ts';
import { portalBox, townBox } from '../integrations/isds/simulator-boxes.ts';
import { demoOfficers } from '../integrations/officer-login/demo-officers.ts';
import { podatelna, smtpAccount } from '../integrations/simulated-mailboxes.ts';
import { demoSmsbrana } from '../integrations/sms/simulator.ts';
import type { DemoLogins } from './demo-logins.ts';

export interface DemoGiven {
  /** Address of the simulated outside, without a slash at the end. */
  readonly world: string;
  readonly publicUrl: string;
  /** Port on which a simulator listens beside HTTP, by its name. */
  readonly port: (simulator: string) => number;
  /** Authority that a simulator has made for itself, PEM. */
  readonly authority: (simulator: string) => string;
  readonly logins: DemoLogins;
}

const settings: { readonly [Key in ConnectorKey]?: (given: DemoGiven) => SettingsOf<Key> } = {
  isds: ({ world, authority }) => ({
    baseUrl: `${world}/isds`,
    pollMs: 1_000,
    trustedCertificates: [authority('isds')],
    accounts: {
      town: { boxId: townBox.id, user: townBox.user, password: townBox.password, receives: true, publicAuthority: true },
      portal: { boxId: portalBox.id, user: portalBox.user, password: portalBox.password, publicAuthority: true },
    },
  }),
  gateway: ({ world, publicUrl }) => ({
    kind: 'gopay',
    ...demoShop,
    baseUrl: `${world}/gopay/api`,
    returnUrl: `${publicUrl}/platba`,
    notificationUrl: `${publicUrl}/api/hooks/gopay`,
  }),
  bank: ({ world }) => ({ baseUrl: `${world}/bank`, token: demoBankToken, account: townAccount.account, pollMs: 1_500 }),
  economy: ({ world }) => ({ baseUrl: `${world}/economy`, token: demoEconomyToken }),
  sms: ({ world }) => ({ provider: 'smsbrana', baseUrl: `${world}/sms`, ...demoSmsbrana }),
  cityPolice: ({ world }) => ({ baseUrl: `${world}/city-police`, token: demoPoliceToken, pollMs: 2_000 }),
  mail: ({ port, authority }) => ({
    host: '127.0.0.1',
    port: port('mail'),
    caPem: authority('mail'),
    servername: 'localhost',
    ...smtpAccount,
    from: 'Městský úřad Lipová nad Orlicí <podatelna@lipova.example>',
    domain: 'lipova.example',
    bounceAddress: podatelna.addresses[1],
  }),
  imap: ({ port, authority }) => ({
    host: '127.0.0.1',
    port: port('imap'),
    secure: false,
    caPem: authority('imap'),
    servername: 'localhost',
    user: podatelna.user,
    password: podatelna.password,
    doneFolder: podatelna.folders[1],
    domain: 'lipova.example',
    bounceAddress: podatelna.addresses[1],
    pollMs: 2_000,
  }),
  nia: ({ world, logins }) => ({
    ...logins.town.nia,
    ssoUrl: `${world}/nia/FPSTS/saml2/basic`,
    metadataUrl: `${world}/nia/FPSTS/FederationMetadata/2007-06/FederationMetadata.xml`,
  }),
  mojeid: ({ world, logins }) => ({ ...logins.town.mojeid, profile: 'mojeid', issuer: `${world}/mojeid`, allowInsecure: true }),
  bankid: ({ world, logins }) => ({ ...logins.town.bankid, profile: 'bankid', issuer: `${world}/bankid`, allowInsecure: true }),
  isdsLogin: ({ world, port, logins }) => ({
    ...logins.town.isds,
    portalUrl: `${world}/isds-login`,
    confirmUrl: `https://localhost:${String(port('isds-login'))}/asws/extIs2Endpoint`,
  }),
  officerLogin: ({ world, logins }) => ({
    ...logins.town.officers,
    issuer: `${world}/oidc`,
    allowInsecure: true,
    recheck: true,
    groupMap: Object.fromEntries(demoOfficers.flatMap(({ groups }) => groups).map((group) => [group, group])),
  }),
};

/** Off until an administrator turns it on, with everything filled in: the demo town keeps its records itself at first. */
export const dormantSettings = ({ world }: Pick<DemoGiven, 'world'>): { readonly essl: SettingsOf<'essl'> } => ({
  essl: { baseUrl: `${world}/essl/ermsAPI`, ...demoEssl, pollMs: 2_000 },
});

export function demoSettings(given: DemoGiven): ConnectorSettings {
  return Object.fromEntries(Object.entries(settings).map(([key, make]) => [key, make(given)])) as unknown as ConnectorSettings;
}
