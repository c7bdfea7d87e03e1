// The demo: the town of Lipová nad Orlicí with a whole simulated outside. Nothing of it exists on a real town.
import { join } from 'node:path';
import pg from 'pg';
import { loadOrCreateKeyPair } from '../integrations/nia/index.ts';
import { demoCitizens } from '../integrations/nia/demo-citizens.ts';
import { demoOfficers } from '../integrations/officer-login/demo-officers.ts';
import { portalBox, townBox } from '../integrations/isds/simulator-boxes.ts';
import { demoPoliceToken } from '../integrations/city-police/simulator.ts';
import { demoBankToken, townAccount } from '../integrations/bank/simulator.ts';
import { demoEconomyToken } from '../integrations/economy/simulator.ts';
import { demoSmsbrana } from '../integrations/sms/simulator.ts';
import { demoShop } from '../integrations/gopay/simulator.ts';
import type { TownConfig } from './town-config.ts';
import { createWorld, type World } from '../world/world.ts';

const OIDC_CLIENT = 'vyrizeno';
const OIDC_SECRET = 'demo-only-secret-of-the-office-login';

export interface DemoOptions {
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly deliverMs?: number;
}

/** The simulated outside, and the town's configuration that points at it. */
export async function openDemo({ publicUrl, dataDir }: DemoOptions): Promise<{ readonly world: World; readonly town: TownConfig }> {
  const keys = join(dataDir, 'keys');
  const [idp, provider] = await Promise.all([
    loadOrCreateKeyPair(keys, 'nia-simulator', 'NIA (simulator)'),
    loadOrCreateKeyPair(keys, 'portal', publicUrl),
  ]);
  const oidcKey = await loadOrCreateKeyPair(keys, 'oidc-simulator', 'OIDC (simulator)');
  const baseUrl = `${publicUrl}/zkusebni-svet`;
  const addresses = { entityId: `${publicUrl}/`, acsUrl: `${publicUrl}/nia/acs`, logoutUrl: `${publicUrl}/nia/odhlaseno` };
  const client = {
    id: OIDC_CLIENT,
    secret: OIDC_SECRET,
    redirectUri: `${publicUrl}/urad/prihlaseni/navrat`,
    postLogoutRedirectUri: `${publicUrl}/urad/`,
  };
  const world = await createWorld({
    baseUrl,
    dataDir: join(dataDir, 'world'),
    clockFile: join(dataDir, 'clock.json'),
    smtpPort: 0,
    townUrl: `${publicUrl}/`,
    nia: { key: idp, serviceProviders: [{ ...addresses, certificatePem: provider.certificatePem }] },
    officerLogin: { client, privateKeyPem: oidcKey.privateKeyPem },
  });
  return {
    world,
    town: townConfig(baseUrl, publicUrl, world.smtpPort, { addresses, idpCertificate: idp.certificatePem, provider, client }),
  };
}

interface Logins {
  readonly addresses: { readonly entityId: string; readonly acsUrl: string; readonly logoutUrl: string };
  readonly idpCertificate: string;
  readonly provider: { readonly privateKeyPem: string; readonly certificatePem: string };
  readonly client: { readonly id: string; readonly secret: string; readonly redirectUri: string; readonly postLogoutRedirectUri: string };
}

function townConfig(world: string, publicUrl: string, smtpPort: number, logins: Logins): TownConfig {
  const { client } = logins;
  return {
    name: 'Lipová nad Orlicí',
    officeName: 'Městský úřad Lipová nad Orlicí',
    address: 'Náměstí 1, 562 99 Lipová nad Orlicí',
    email: 'podatelna@lipova.example',
    phone: '+420 465 000 000',
    dataBox: townBox.id,
    portalDataBox: portalBox.id,
    account: townAccount.account,
    isds: {
      baseUrl: `${world}/isds`,
      pollMs: 1_000,
      accounts: {
        town: { boxId: townBox.id, user: townBox.user, password: townBox.password, receives: true, publicAuthority: true },
        portal: { boxId: portalBox.id, user: portalBox.user, password: portalBox.password, publicAuthority: true },
      },
    },
    gopay: {
      ...demoShop,
      baseUrl: `${world}/gopay/api`,
      returnUrl: `${publicUrl}/platba`,
      notificationUrl: `${publicUrl}/api/hooks/gopay`,
    },
    bank: { baseUrl: `${world}/bank`, token: demoBankToken, account: townAccount.account, pollMs: 1_500 },
    economy: { baseUrl: `${world}/economy`, token: demoEconomyToken },
    sms: { provider: 'smsbrana', baseUrl: `${world}/sms`, ...demoSmsbrana },
    cityPolice: { baseUrl: `${world}/city-police`, token: demoPoliceToken, pollMs: 2_000 },
    mail: {
      host: '127.0.0.1',
      port: smtpPort,
      from: 'Městský úřad Lipová nad Orlicí <podatelna@lipova.example>',
      domain: 'lipova.example',
    },
    nia: {
      ...logins.addresses,
      ssoUrl: `${world}/nia/FPSTS/saml2/basic`,
      idpCertificatesPem: [logins.idpCertificate],
      privateKeyPem: logins.provider.privateKeyPem,
      certificatePem: logins.provider.certificatePem,
    },
    officerLogin: {
      issuer: `${world}/oidc`,
      clientId: client.id,
      clientSecret: client.secret,
      redirectUri: client.redirectUri,
      postLogoutRedirectUri: client.postLogoutRedirectUri,
      allowInsecure: true,
      groupMap: Object.fromEntries(
        ['evidence', 'informace', 'doprava', 'majetek', 'vedouci', 'analytici', 'spravci', 'pokladna', 'ucetni'].map((group) => [
          group,
          group,
        ]),
      ),
    },
  };
}

/** The demo's row of the table of towns; made as the owner, because the serving role may not. */
export async function ensureTown(ownerUrl: string, slug: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      'insert into tenant (id, slug, name) select coalesce(max(id), 0) + 1, $1, $2 from tenant having not exists (select 1 from tenant where slug = $1)',
      [slug, name],
    );
  } finally {
    await client.end();
  }
}

export function demoLines(publicUrl: string): readonly string[] {
  return [
    `Občan          ${publicUrl}/`,
    `Úřad           ${publicUrl}/urad/`,
    `Zkušební svět  ${publicUrl}/zkusebni-svet/`,
    '',
    'Občané (přihlášení přes NIA):',
    ...demoCitizens.map((c) => `  ${c.givenName} ${c.familyName} – ${c.note}`),
    '',
    'Úřední osoby (přihlášení na adrese úřadu):',
    ...demoOfficers.map((o) => `  ${o.name} – ${o.position}`),
    '',
  ];
}
