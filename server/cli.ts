// What an operator does by hand: `node server/cli.ts migrate` and `node server/cli.ts config`.
import { loadConfig, refuseConfiguration } from './platform/config.ts';
import type { Config } from './platform/config.ts';
import { migrate } from './store/migrate.ts';

const commands: Readonly<Record<string, (config: Config) => Promise<void>>> = {
  migrate: async ({ databaseOwnerUrl }) => {
    if (databaseOwnerUrl === undefined)
      refuseConfiguration('Chybné nastavení DATABASE_OWNER_URL: chybí. Migrace potřebují vlastníka schématu.');
    const { applied, version } = await migrate(databaseOwnerUrl);
    console.log(applied.length === 0 ? `Schéma je aktuální (${version}).` : `Provedené migrace: ${applied.join(', ')}`);
  },
  config: async (config) => {
    const shown = { ...config, databaseUrl: hidePassword(config.databaseUrl), databaseOwnerUrl: hidePassword(config.databaseOwnerUrl) };
    console.log(JSON.stringify(shown, undefined, 2));
  },
};

const command = commands[process.argv[2] ?? ''];
if (command === undefined) {
  console.error(`Použití: node server/cli.ts ${Object.keys(commands).join(' | ')}`);
  process.exit(64);
}
await command(loadConfig());

function hidePassword(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.href;
}
