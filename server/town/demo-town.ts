// The demo: the town of Lipová nad Orlicí with a whole simulated outside. Nothing of it exists on a real town.
import { join } from 'node:path';
import pg from 'pg';
import { townAccount } from '../integrations/bank/simulator.ts';
import { portalBox, townBox } from '../integrations/isds/simulator-boxes.ts';
import { demoCitizens } from '../integrations/nia/demo-citizens.ts';
import { demoOfficers } from '../integrations/officer-login/demo-officers.ts';
import { createWorld, type World } from '../world/world.ts';
import { openDemoLogins } from './demo-logins.ts';
import { demoSettings, dormantSettings } from './demo-settings.ts';
import type { TownConfig, TownFacts } from './town-config.ts';

export interface DemoOptions {
  readonly publicUrl: string;
  readonly dataDir: string;
}

export const demoFacts: TownFacts = {
  name: 'Lipová nad Orlicí',
  officeName: 'Městský úřad Lipová nad Orlicí',
  ico: '12345679',
  address: 'Náměstí 1, 562 99 Lipová nad Orlicí',
  officeHours: 'pondělí a středa 8–17 hodin, ostatní pracovní dny 8–13 hodin',
  email: 'podatelna@lipova.example',
  phone: '+420 465 000 000',
  web: 'https://www.lipova.example',
  dataBox: townBox.id,
  portalDataBox: portalBox.id,
  account: townAccount.account,
};

export interface DemoTown {
  readonly world: World;
  readonly town: TownConfig;
  /** Connectors that are off until somebody turns them on. */
  readonly dormant: Pick<TownConfig, 'essl'>;
}

/** The simulated outside, and the town's configuration that points at it. */
export async function openDemo({ publicUrl, dataDir }: DemoOptions): Promise<DemoTown> {
  const baseUrl = `${publicUrl}/zkusebni-svet`;
  const logins = await openDemoLogins(publicUrl, join(dataDir, 'keys'));
  const world = await createWorld({
    baseUrl,
    dataDir: join(dataDir, 'world'),
    clockFile: join(dataDir, 'clock.json'),
    smtpPort: 0,
    townUrl: `${publicUrl}/`,
    ...logins.world,
  });
  return {
    world,
    town: { ...demoFacts, ...demoSettings({ world: baseUrl, publicUrl, port: world.port, authority: world.authority, logins }) },
    dormant: dormantSettings({ world: baseUrl }),
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
