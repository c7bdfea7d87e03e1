// The office of the measurements: one town, one citizen, one officer, the situations of the measured sizes, and cases filed through the corridor.
import { randomUUID } from 'node:crypto';
import type { Corridor, Town } from '../../server/cases/corridor.ts';
import { installSituation } from '../../server/cases/publication.ts';
import { startCase } from '../../server/cases/start.ts';
import { createShelf } from '../../server/catalog/index.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { newId } from '../../server/platform/ids.ts';
import { openDatabase } from '../../server/store/database.ts';
import { insertDraft } from '../../server/store/drafts.ts';
import { applicationUrl } from '../../server/store/migrate.ts';
import { insertPerson, saveOfficer } from '../../server/store/people.ts';
import { newestVersion } from '../../server/store/situations.ts';
import { withClient } from '../postgres/roles.ts';
import { filesOf, situationName, SIZES, submission, type Size } from './situation.ts';

export const TENANT = 1;
const town: Town = {
  name: 'x',
  officeName: 'x',
  address: 'x',
  email: 'x@x.example',
  phone: 'x',
  dataBox: 'aaaaaaa',
  portalDataBox: 'bbbbbbb',
  account: '19-2000145399/0800',
  iban: 'x',
  publicUrl: 'http://localhost',
};

/** The corridor as the server has it; every process of a measurement opens its own. */
export function openCorridor(ownerUrl: string, connections: number, poke: () => void = () => undefined): Corridor {
  const db = openDatabase(applicationUrl(ownerUrl), connections);
  return { db, clock: systemClock, shelf: createShelf(), town: () => town, poke };
}

export interface Office {
  readonly corridor: Corridor;
  readonly officer: string;
  /** Files one case of this size. */
  readonly file: (size: Size) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Makes the town and its people; once per run. */
export async function openOffice(ownerUrl: string): Promise<Office> {
  await withClient(ownerUrl, (client) =>
    client.query(`insert into tenant (id, slug, name) values ($1, 'mereni', 'Měření') on conflict do nothing`, [TENANT]),
  );
  const corridor = openCorridor(ownerUrl, 4);
  for (const size of SIZES) await installSituation(corridor, TENANT, situationName(size), filesOf(size));
  const { personId, officer } = await settle(corridor);
  return { corridor, officer, file: (size) => fileCase(corridor, personId, size), close: () => corridor.db.close() };
}

function settle({ db, clock }: Corridor): Promise<{ readonly personId: string; readonly officer: string }> {
  const personId = newId(clock.now());
  const nothing = { placeOfBirth: null, address: null, email: null, phone: null, dataBox: null };
  const person = { id: personId, givenName: 'Jana', familyName: 'Nová', birthDate: '1980-01-01', lang: 'cs' as const, ...nothing };
  const officer = { id: newId(clock.now()), subject: randomUUID(), name: 'Eva', email: 'eva@x.example', groups: ['evidence'] };
  return db.withTenant(TENANT, async (trx) => {
    await insertPerson(trx, TENANT, person, clock.now());
    return { personId, officer: (await saveOfficer(trx, TENANT, officer, null)).id };
  });
}

async function fileCase(corridor: Corridor, personId: string, size: Size): Promise<string> {
  const draftId = newId(corridor.clock.now());
  const situation = situationName(size);
  await corridor.db.withTenant(TENANT, async (trx) => {
    const version = await newestVersion(trx, TENANT, situation);
    const draft = { id: draftId, personId, situation, versionId: version?.id ?? '', values: {}, sources: {}, page: null, revision: 1 };
    await insertDraft(trx, TENANT, { ...draft, savedAt: corridor.clock.now().toISOString(), submittedCase: null });
  });
  const actor = { kind: 'citizen' as const, id: personId };
  return (await startCase(corridor, TENANT, { commandId: randomUUID(), actor, draftId, revision: 1, values: submission, identity: {} }))
    .caseId;
}
