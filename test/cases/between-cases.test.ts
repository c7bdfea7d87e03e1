// Messages and signals between cases: one receiver or a person decides, kept until somebody waits, founding a case, each told once.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sortMessage } from '../../server/cases/messages/desk.ts';
import { startByMessage } from '../../server/cases/start-by-message.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { boundary, catching, end, extensions, input, message, path, start } from '../engine/diagrams.ts';
import { aWorkshop, skipPauses } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { situation, startForm, userTask } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const throwing = (id: string, name: string, attributes = ''): string =>
  `<bpmn:intermediateThrowEvent id="${id}" ${attributes}>${extensions(input('castka', '=podani.castka'))}${message(name)}</bpmn:intermediateThrowEvent>`;
const signal = '<bpmn:signalEventDefinition signalRef="signal-vyhlaska"/>';

const database = await cloneDatabase();
let town: TestTown;
let deliver: () => Promise<void>;

beforeAll(async () => {
  town = await openTestTown(database);
  const workshop = aWorkshop(town, []);
  deliver = async () => {
    await skipPauses(town);
    while ((await processInbox(workshop)) > 0);
  };
  const hello = throwing('oznamit', 'souhlas', 'spis:key="=podani.jmeno"');
  await town.install('posel', situation('posel', [startForm, hello, end('hotovo'), path('podani', 'oznamit', 'hotovo')]));
  await town.install(
    'cekatel',
    situation('cekatel', [
      startForm,
      catching('souhlas', message('souhlas'), 'spis:key="=podani.jmeno" spis:result="souhlas"'),
      userTask('kontrola'),
      end('hotovo'),
      path('podani', 'souhlas', 'kontrola', 'hotovo'),
    ]),
  );
  await town.install(
    'zadajici',
    situation('zadajici', [startForm, throwing('zadat', 'dozor'), end('hotovo'), path('podani', 'zadat', 'hotovo')]),
  );
  await town.install(
    'dozor',
    situation('dozor', [
      startForm,
      start('od-jineho', message('dozor'), 'spis:result="dozor"'),
      userTask('kontrola'),
      end('hotovo'),
      path('podani', 'kontrola', 'hotovo'),
      path('od-jineho', 'kontrola'),
    ]),
  );
  await town.install(
    'vyhlasovatel',
    situation('vyhlasovatel', [
      startForm,
      `<bpmn:intermediateThrowEvent id="vyhlasit">${signal}</bpmn:intermediateThrowEvent>`,
      end('hotovo'),
      path('podani', 'vyhlasit', 'hotovo'),
    ]),
  );
  await town.install(
    'posluchac',
    situation('posluchac', [
      startForm,
      userTask('kontrola'),
      boundary('slysel', 'kontrola', signal),
      userTask('rucne'),
      end('hotovo'),
      end('jinak'),
      path('podani', 'kontrola', 'hotovo'),
      path('slysel', 'rucne', 'jinak'),
    ]),
  );
});
beforeEach(async () => {
  await town.sql('delete from inbox');
});
afterAll(async () => {
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
  await town.close();
});

const unsorted = async (): Promise<readonly string[]> =>
  (await town.sql<{ reason: string }>(`select reason from inbox where result = 'unsorted'`)).map(({ reason }) => reason);

test('a message reaches the one case whose key it carries, with what it says', async () => {
  const mine = await town.file('cekatel', { jmeno: 'parcela 7' });
  const other = await town.file('cekatel', { jmeno: 'parcela 8' });

  await town.file('posel', { jmeno: 'parcela 7', castka: 12 });
  await deliver();

  expect(await town.waits(mine)).toEqual(['task kontrola']);
  expect(await town.waits(other)).toEqual(['message souhlas']);
  const [row] = await town.sql<{ said: string }>(`select engine_state::text as said from cases where id = $1`, [mine]);
  expect(row?.said).toContain('12');
});

test('a message that comes before anybody waits is kept and taken by the case that begins to wait', async () => {
  await town.file('posel', { jmeno: 'parcela 9' });
  await deliver();
  const late = await town.file('cekatel', { jmeno: 'parcela 9' });
  expect(await town.waits(late)).toEqual(['message souhlas']);

  await deliver();

  expect(await town.waits(late)).toEqual(['task kontrola']);
});

test('two cases that wait for the same: a person chooses, and the other waits on', async () => {
  const first = await town.file('cekatel', { jmeno: 'parcela 10' });
  const second = await town.file('cekatel', { jmeno: 'parcela 10' });
  await town.file('posel', { jmeno: 'parcela 10' });
  await deliver();
  expect(await unsorted()).toEqual(['several-receivers']);
  const [row] = await town.sql<{ id: string; mark: string }>(
    `select i.id, c.mark from inbox i, cases c where i.result = 'unsorted' and c.id = $1`,
    [second],
  );

  await sortMessage(town.corridor, town.tenantId, { commandId: 'volba', actor: town.eva, inboxId: row?.id ?? '', mark: row?.mark ?? '' });

  expect(await town.waits(second)).toEqual(['task kontrola']);
  expect(await town.waits(first)).toEqual(['message souhlas']);
  expect(await unsorted()).toEqual([]);
});

test('a message that nobody has waited for in thirty days is shown to an officer', async () => {
  await town.file('posel', { jmeno: 'parcela 11' });
  await deliver();
  expect(await unsorted()).toEqual([]);

  town.later(31 * 86_400_000);
  await deliver();

  expect(await unsorted()).toEqual(['nobody-waited']);
});

test('a message founds a case of the situation that begins by it, once, for the applicant of its sender', async () => {
  const sender = await town.file('zadajici', { jmeno: 'Nováková', castka: 5 });
  await deliver();
  await deliver();

  const founded = await town.sql<{ id: string; applicant_id: string }>(`select id, applicant_id from cases where situation = 'dozor'`);
  expect(founded).toHaveLength(1);
  expect(founded[0]?.applicant_id).toBe(town.citizen.id);
  expect(await town.waits(founded[0]?.id ?? '')).toEqual(['task kontrola']);
  expect(await town.waits(sender)).toEqual(['ended ended']);
});

test('a message told twice at once founds one case', async () => {
  await town.file('zadajici', { jmeno: 'Dvojí' });
  const [row] = await town.sql<{ id: string; payload: { from: { caseId: string; mark: string } }; version_id: string }>(
    `select i.id, i.payload, m.version_id from inbox i join message_start m on m.name = i.payload ->> 'name' where i.processed_at is null`,
  );
  if (!row) throw new Error('nothing was thrown');
  const before = await town.sql(`select id from cases where situation = 'dozor'`);
  const found = (): Promise<void> =>
    startByMessage(town.corridor, town.tenantId, {
      inboxId: row.id,
      name: 'dozor',
      payload: null,
      from: row.payload.from,
      start: { situation: 'dozor', elementId: 'od-jineho', versionId: row.version_id },
    });

  const ends = await Promise.allSettled([found(), found(), found()]);

  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await town.sql(`select id from cases where situation = 'dozor'`)).toHaveLength(before.length + 1);
});

test('a signal reaches every case that listens and none that begins to listen later', async () => {
  const listening = [await town.file('posluchac'), await town.file('posluchac'), await town.file('posluchac')];
  await town.file('vyhlasovatel');
  await deliver();
  const late = await town.file('posluchac');
  await deliver();

  for (const caseId of listening) expect(await town.waits(caseId)).toEqual(['task rucne']);
  expect(await town.waits(late)).toEqual(['signal vyhlaska', 'task kontrola']);
});
