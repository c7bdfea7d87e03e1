// Finds the data box of a natural person, for whoever sends letters.
import { createIsdsClient, isdsConfigSchema } from '../integrations/isds/index.ts';
import type { Workshop } from '../jobs/workshop.ts';
import { refuseConfiguration } from '../platform/config.ts';
import type { TownConfig } from '../town/town-config.ts';

/** Natural persons only, by name and date of birth, an accessible box (dbState 1), exactly one. */
export function boxFinder(town: Pick<TownConfig, 'isds'>): Workshop['findDataBox'] {
  const settings = isdsConfigSchema.parse(town.isds);
  const account = settings.accounts['town'];
  if (!account) refuseConfiguration('Chybné nastavení isds.accounts.town: chybí účet datové schránky úřadu.');
  const client = createIsdsClient(settings, account, fetch);
  return async (person) => {
    const found = await client.findDataBox({
      dbType: 'FO',
      pnGivenNames: person.givenName,
      pnLastName: person.familyName,
      biDate: person.birthDate,
    });
    const open = found.filter((box) => box.state === 1);
    return open.length === 1 ? open[0]?.boxId : undefined;
  };
}
