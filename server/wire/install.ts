// What a town is given at its first start: the situations shipped with the program, and in the demo its officers and payers.
import { join } from 'node:path';
import { foundsDuty, importTable } from '../cases/import-duties.ts';
import { installSituation } from '../cases/publication.ts';
import type { Corridor } from '../cases/corridor.ts';
import { readSituationFolder, situationFolders } from '../catalog/index.ts';
import { demoOfficers } from '../integrations/officer-login/demo-officers.ts';
import { createPeople } from '../people/people.ts';
import { contactsOf, saveContact } from '../store/contacts.ts';
import type { Database } from '../store/database.ts';
import { demoPayers, demoTables } from '../town/demo-duties.ts';

/** Situations shipped with the program become version 1 where the town has none of them. */
export async function installSituations(corridor: Corridor, tenantId: number, root: string): Promise<void> {
  for (const folder of await situationFolders(join(root, 'processes'))) {
    if (nameOf(folder).startsWith('_')) continue; // a pattern to copy, not a service
    const files = await readSituationFolder(folder);
    await installSituation(corridor, tenantId, nameOf(folder), files);
  }
}
const nameOf = (folder: string): string => folder.split(/[\\/]/).at(-1) ?? '';

/** People who owe fees, the citizens of the demo among them: known as if they had logged in once. A second start changes nothing. */
export async function loadSampleData(corridor: Corridor, tenantId: number, publicUrl: string): Promise<void> {
  const people = createPeople(corridor.db);
  const persons = new Map<string, string>();
  for (const { number, identity } of demoPayers(publicUrl)) {
    const personId = await people.registerCitizen(tenantId, 'nia', identity);
    persons.set(number, personId);
    if (identity.email !== undefined) await confirmOnce(corridor, tenantId, personId, identity.email);
  }
  for (const { situation, table } of demoTables)
    if (await foundsDuty(corridor, tenantId, situation))
      await importTable(corridor, tenantId, { by: 'rule:sample-data', situation, content: table(), persons });
}

/** People of the demo have confirmed their e-mail long ago; who has forgotten it since is not asked again. */
function confirmOnce({ db, clock }: Corridor, tenantId: number, personId: string, address: string): Promise<void> {
  return db.withTenant(tenantId, async (trx) => {
    if ((await contactsOf(trx, tenantId, personId)).length > 0) return;
    await saveContact(trx, tenantId, personId, { channel: 'email', address, confirmedAt: clock.now().toISOString() });
  });
}

/** So that tasks can be assigned to officers who have not logged in yet. */
export async function registerDemoOfficers(db: Database, tenantId: number): Promise<void> {
  const people = createPeople(db);
  for (const { subject, name, email, groups } of demoOfficers) await people.registerOfficer(tenantId, { subject, name, email, groups });
}
