// A fault of one diagram is an incident of its case. Nobody else notices, and a person lets it be tried again.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retryIncident } from '../../server/cases/clerks-desk.ts';
import { retryEffect, retryElement } from '../../server/cases/commands/index.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { end, flow, gateway, input, path } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask, withdrawal } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  // A date is expected; anything else fails only when it is evaluated.
  await town.install(
    'vyraz',
    situation('vyraz', [
      startForm,
      userTask('kontrola'),
      gateway('exclusive', 'jak', 'default="f-jinak"'),
      flow('jak', 'hotovo', 'date and time(kontrola.zaver) > date and time("2026-01-01T00:00:00")', 'f-cislo'),
      flow('jak', 'jinak', undefined, 'f-jinak'),
      end('hotovo', '', 'spis:outcome="approved"'),
      end('jinak', '', 'spis:outcome="rejected"'),
      path('podani', 'kontrola', 'jak'),
      withdrawal,
    ]),
  );
  await town.install(
    'poplatek',
    situation('poplatek', [
      startForm,
      effect('predepsat', 'fee.prescribe', [
        input('amount', '=podani.castka'),
        input('title', 'x'),
        input('legalBasis', 'x'),
        input('dueDeadline', 'lhuta'),
      ]),
      end('hotovo'),
      path('podani', 'predepsat', 'hotovo'),
      withdrawal,
    ]),
  );
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

test('a refused act that nobody drew is an incident, and its neighbour goes on', async () => {
  const broken = await town.file('poplatek', { jmeno: 'Jana', castka: 0 });
  const sound = await town.file('poplatek', { jmeno: 'Jana', castka: 100 });
  expect(await town.waits(broken)).toEqual(['incident predepsat uncaught-error', 'message zpetvzeti']);
  expect(await town.waits(sound)).toEqual(['ended ended']);
});

test('an incident is tried again by an officer only, fails again as a new one, and a withdrawal closes it', async () => {
  const caseId = await town.file('poplatek', { jmeno: 'Jana', castka: 0 });
  const [incident] = await town.sql<{ id: string; execution_id: string }>('select id, execution_id from incident where case_id = $1', [
    caseId,
  ]);
  await expect(town.run(caseId, retryElement, town.citizen, { executionId: incident?.execution_id ?? '' })).rejects.toMatchObject({
    code: 'officers-only',
  });
  await retryIncident(town.corridor, town.tenantId, { commandId: 'prvni', actor: town.eva, id: incident?.id ?? '' });
  expect(await town.sql('select closed_at is null as open from incident where case_id = $1 order by since, open', [caseId])).toEqual([
    { open: false },
    { open: true },
  ]);
  await expect(
    retryIncident(town.corridor, town.tenantId, { commandId: 'druhy', actor: town.eva, id: incident?.id ?? '' }),
  ).rejects.toMatchObject({ code: 'incident-not-found' });
  await town.withdraw(caseId);
  expect(await town.waits(caseId)).toEqual(['ended withdrawn']);
});

test('a condition that fails at run time is an incident of this case, and the others go on', async () => {
  const caseId = await town.file('vyraz');
  await town.complete(caseId, 'kontrola', { zaver: 'až někdy' });
  expect(await town.waits(caseId)).toEqual(['incident jak expression-failed', 'message zpetvzeti']);
  const other = await town.file('vyraz');
  await town.complete(other, 'kontrola', { zaver: '2026-05-01T10:00:00' });
  expect(await town.waits(other)).toEqual(['ended approved']);
});

test('an effect that never was is not tried again', async () => {
  const caseId = await town.file('poplatek', { jmeno: 'Jana', castka: 0 });
  await expect(town.run(caseId, retryEffect, town.eva, { key: 'neni' })).rejects.toMatchObject({ code: 'effect-not-found' });
  await expect(town.run(caseId, retryElement, town.eva, { executionId: 'neni#1' })).rejects.toMatchObject({ code: 'no-longer-waiting' });
});
