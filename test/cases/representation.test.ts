// Acting for somebody else in the corridor: allowed at the very moment of the command or not at all; and cases of records that became one.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCase } from '../../server/cases/start.ts';
import { takeOverCases } from '../../server/cases/take-over-cases.ts';
import { withdraw } from '../../server/cases/commands/index.ts';
import { newId } from '../../server/platform/ids.ts';
import { journalOf, verifyChain } from '../../server/store/journal.ts';
import { mergePerson } from '../../server/store/identities.ts';
import { insertPerson } from '../../server/store/people.ts';
import { insertRepresentation, revokeRepresentation, type NewRepresentation } from '../../server/store/representations.ts';
import { visiblePayers } from '../../server/store/payer-access.ts';
import { cloneDatabase } from '../setup/database.ts';
import { whole } from './situations.ts';
import { MORNING, openTestTown, type Citizen, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
let company: string;
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('zkouska', whole());
  company = newId(MORNING);
  await town.db.withTenant(1, (trx) =>
    insertPerson(
      trx,
      1,
      {
        ...{ id: company, givenName: '', familyName: 'Psí hotel s. r. o.', ico: '27074358', birthDate: null, placeOfBirth: null },
        ...{ address: null, email: null, phone: null, dataBox: 'psipes2', lang: 'cs' },
      },
      MORNING,
    ),
  );
});
afterAll(() => town.close());

const AT = MORNING.toISOString();
async function represented(changes: Partial<NewRepresentation> = {}): Promise<Citizen> {
  const id = newId(new Date());
  const row: NewRepresentation = {
    ...{ id, principalId: company, representativeId: town.citizen.id, kind: 'mandate', situations: null, acts: ['file'], mayGrant: false },
    ...{
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      evidence: 'plná moc',
      caseId: null,
      dataBox: null,
      grantedBy: 'isds',
      grantedAt: AT,
    },
    ...changes,
  };
  await town.db.withTenant(1, (trx) => insertRepresentation(trx, 1, row));
  const scope = { situations: null, acts: ['file', 'read', 'account'] } as const;
  return { kind: 'citizen', id: row.principalId, by: { personId: town.citizen.id, representationId: id, scope } };
}
const file = async (actor: Citizen): Promise<string> =>
  (
    await startCase(town.corridor, 1, {
      commandId: randomUUID(),
      actor,
      draftId: await town.draft('zkouska', actor),
      revision: 1,
      values: { jmeno: 'Jana', castka: 30_000 },
      identity: {},
    })
  ).caseId;

describe('a company’s representative', () => {
  test('files for it: it is the applicant, he is recorded in the case, in the submission and in the journal', async () => {
    const actor = await represented();
    const caseId = await file(actor);

    const [row] = await town.sql<{ applicant_id: string; representative_id: string; representation_id: string }>(
      'select applicant_id, representative_id, representation_id from cases where id = $1',
      [caseId],
    );
    const [document] = await town.sql<{ content: { applicant: unknown } }>(
      `select content from document where case_id = $1 and kind = 'submission'`,
      [caseId],
    );
    const journal = await town.db.withTenant(1, (trx) => journalOf(trx, 1, caseId));
    expect(row).toEqual({ applicant_id: company, representative_id: town.citizen.id, representation_id: actor.by?.representationId });
    expect(document?.content.applicant).toMatchObject({ name: 'Psí hotel s. r. o.', ico: '27074358', representative: 'Jana Nováková' });
    expect(journal[0]).toMatchObject({ actorId: company, detail: { by: town.citizen.id, representation: actor.by?.representationId } });
    expect(verifyChain(1, journal).intact).toBe(true);
  });

  test('may no more from the moment the right is revoked, though his session still says so', async () => {
    const actor = await represented();
    const caseId = await file(actor);
    await town.db.withTenant(1, (trx) => revokeRepresentation(trx, 1, actor.by?.representationId ?? '', { at: AT, by: 'isds' }));

    await expect(town.run(caseId, withdraw, actor, { reason: 'x' })).rejects.toMatchObject({ code: 'representation-ended' });
    await expect(file(actor)).rejects.toMatchObject({ code: 'representation-ended' });
  });

  test.each([
    ['whose term is over', { validTo: '2026-03-01' }, 'representation-ended'],
    ['whose term has not begun', { validFrom: '2026-03-03' }, 'representation-ended'],
    ['for another life situation', { situations: ['prihlaseni-psa'] }, 'outside-representation'],
    ['who may only look', { acts: ['read'] }, 'outside-representation'],
    ['who may only pay', { acts: ['account'] }, 'outside-representation'],
  ] as const)('%s is refused', async (_what, changes, code) => {
    await expect(file(await represented(changes))).rejects.toMatchObject({ code });
  });

  test('who names a right that is not his, or not for this principal, or none at all, is refused', async () => {
    const good = await represented();
    const wrong = (by: Partial<NonNullable<Citizen['by']>>): Citizen => ({
      ...good,
      by: { ...(good.by as NonNullable<Citizen['by']>), ...by },
    });

    for (const actor of [
      wrong({ personId: town.neighbour.id }),
      { ...good, id: town.neighbour.id },
      wrong({ representationId: randomUUID() }),
    ])
      await expect(file(actor)).rejects.toMatchObject({ code: 'representation-ended' });
  });

  test('does not see accounts that the represented was only let into', async () => {
    const [payer] = [randomUUID()];
    await town.sql(`insert into payer (tenant_id, id, kind, name, address, created_at) values (1, $1, 'person', 'Teta', '', now())`, [
      payer,
    ]);
    await town.sql(
      `insert into payer_access (tenant_id, person_id, payer_id, as_what, valid_from, source) values (1, $1, $2, 'mandate', '2026-01-01', 'x')`,
      [town.neighbour.id, payer],
    );
    const seen = (viewer: Parameters<typeof visiblePayers>[2]): Promise<readonly string[]> =>
      town.db.withTenant(1, async (trx) => (await visiblePayers(trx, 1, viewer, '2026-03-02')).map(({ id }) => id));

    expect(await seen(town.neighbour.id)).toContain(payer);
    expect(await seen({ represented: town.neighbour.id })).toEqual([town.neighbour.id]);
  });
});

test('cases of a record that was joined to another go over to it once, and their journals say so', async () => {
  const caseId = (await town.submit(await town.draft('zkouska', town.neighbour), { person: town.neighbour })).caseId;
  await town.db.withTenant(1, (trx) => mergePerson(trx, 1, { from: town.neighbour.id, to: town.citizen.id, at: AT }));

  const moved = await Promise.all([takeOverCases(town.corridor, 1), takeOverCases(town.corridor, 1)]);
  const again = await takeOverCases(town.corridor, 1);

  const [row] = await town.sql<{ applicant_id: string }>('select applicant_id from cases where id = $1', [caseId]);
  const journal = await town.db.withTenant(1, (trx) => journalOf(trx, 1, caseId));
  expect(Math.max(...moved)).toBeGreaterThan(0);
  expect(again).toBe(0);
  expect(row?.applicant_id).toBe(town.citizen.id);
  expect(journal.filter(({ kind }) => kind === 'change-applicant')).toHaveLength(1);
  expect(verifyChain(1, journal).intact).toBe(true);
  await town.withdraw(caseId);
});
