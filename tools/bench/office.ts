// The office of the measurements: one town, one citizen, one officer, and as many filed cases as are asked for.
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
import { files, submission } from './situation.ts';

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

export interface Office {
  readonly corridor: Corridor;
  readonly officer: string;
  /** Files one more case. */
  readonly file: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openOffice(ownerUrl: string, connections: number): Promise<Office> {
  await withClient(ownerUrl, (client) =>
    client.query(`insert into tenant (id, slug, name) values ($1, 'mereni', 'Měření') on conflict do nothing`, [TENANT]),
  );
  const db = openDatabase(applicationUrl(ownerUrl), connections);
  const corridor: Corridor = { db, clock: systemClock, shelf: createShelf(), town: () => town, poke: () => undefined };
  await installSituation(corridor, TENANT, 'mereni', files);
  return { corridor, ...(await settle(corridor)), close: () => db.close() };
}

async function settle(corridor: Corridor): Promise<{ readonly file: () => Promise<string>; readonly officer: string }> {
  const { db, clock } = corridor;
  const personId = newId(clock.now());
  const officer = await db.withTenant(TENANT, async (trx) => {
    await insertPerson(
      trx,
      TENANT,
      {
        id: personId,
        givenName: 'Jana',
        familyName: 'Nová',
        birthDate: '1980-01-01',
        placeOfBirth: null,
        address: null,
        email: null,
        phone: null,
        dataBox: null,
        lang: 'cs',
      },
      clock.now(),
    );
    return saveOfficer(
      trx,
      TENANT,
      { id: newId(clock.now()), subject: randomUUID(), name: 'Eva', email: 'eva@x.example', groups: ['evidence'] },
      null,
    );
  });
  const file = async (): Promise<string> => {
    const draftId = newId(clock.now());
    await db.withTenant(TENANT, async (trx) => {
      const version = await newestVersion(trx, TENANT, 'mereni');
      await insertDraft(trx, TENANT, {
        id: draftId,
        personId,
        situation: 'mereni',
        versionId: version?.id ?? '',
        values: {},
        sources: {},
        page: null,
        revision: 1,
        savedAt: clock.now().toISOString(),
        submittedCase: null,
      });
    });
    return (
      await startCase(corridor, TENANT, {
        commandId: randomUUID(),
        actor: { kind: 'citizen', id: personId },
        draftId,
        revision: 1,
        values: submission,
        identity: {},
      })
    ).caseId;
  };
  return { file, officer: officer.id };
}
