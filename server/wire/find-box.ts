// Finds the data box of a natural person or of a company, for whoever sends letters.
import { createIsdsClient, isdsConfigSchema } from '../integrations/isds/index.ts';
import type { Workshop } from '../jobs/workshop.ts';
import { refuseConfiguration } from '../platform/config.ts';
import type { TownConfig } from '../town/town-config.ts';

/** Kinds of boxes that have an IČO, in the order in which they are looked for (FindDataBox2 wants the kind said). */
const COMPANIES = ['PO', 'PFO', 'OVM'] as const;

/** Natural persons by name and date of birth, companies by IČO; an accessible box (dbState 1), exactly one. */
export function boxFinder(town: Pick<TownConfig, 'isds'>): Workshop['findDataBox'] {
  const settings = isdsConfigSchema.parse(town.isds);
  const account = settings.accounts['town'];
  if (!account) refuseConfiguration('Chybné nastavení isds.accounts.town: chybí účet datové schránky úřadu.');
  const client = createIsdsClient(settings, account, fetch);
  const only = (found: Awaited<ReturnType<typeof client.findDataBox>>): string | undefined => {
    const open = found.filter((box) => box.state === 1);
    return open.length === 1 ? open[0]?.boxId : undefined;
  };
  return async ({ givenName, familyName, birthDate, ico }) => {
    if (!ico && birthDate === null) return undefined;
    if (!ico && birthDate !== null)
      return only(await client.findDataBox({ dbType: 'FO', pnGivenNames: givenName, pnLastName: familyName, biDate: birthDate }));
    for (const dbType of COMPANIES) {
      const found = await client.findDataBox({ dbType, ...(ico ? { ic: ico } : {}) });
      if (found.length > 0) return only(found);
    }
    return undefined;
  };
}
