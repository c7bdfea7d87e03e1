// The town dies by SIGKILL while it puts a data message into its case: after it comes back the message lies there once, with one number.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordsPage } from '../../server/contract/records.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, officer, type Client } from './town-client.ts';
import { askForInformation, caseOf, taskAt, until } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let radek: Client;

beforeAll(async () => {
  town = await startTown(database);
  [jana, radek] = await Promise.all([citizen(town.url, 'jana-novotna'), officer(town.url, 'u-radek-simunek')]);
}, 240_000);
afterAll(() => town.close());

const NOWHERE = 'nowhere';

test.each(['before-commit:file-message', 'after-commit:file-message'])('killed at %s', { timeout: 180_000 }, async (place) => {
  const { caseId, mark } = await askForInformation(jana);
  await taskAt(radek, caseId, 'posouzeni');
  await town.kill('SIGKILL');
  await town.startAgain({ CRASH_AT: place });
  await town.world('POST', '/isds/send', {
    from: 'jnovot7',
    to: 'mulipo5',
    subject: `Upřesnění ${place}`,
    text: 'Jen rok 2025.',
    recipientIdent: mark,
  });
  await until('its death', () => Promise.resolve(town.ended() ? true : undefined), 60_000);

  await town.startAgain({ CRASH_AT: NOWHERE });

  const came = async (): Promise<readonly string[]> =>
    (await caseOf(jana, caseId)).documents.flatMap(({ title }) => (title.includes(place) ? [title] : []));
  await until('the message in its case', async () => ((await came()).length > 0 ? true : undefined), 60_000);
  // Whatever is still under way has had its turn when a later message has come.
  await town.world('POST', '/isds/send', {
    from: 'jnovot7',
    to: 'mulipo5',
    subject: 'Ještě jedno upřesnění',
    text: 'Děkuji.',
    recipientIdent: mark,
  });
  await until('a later message', async () =>
    (await caseOf(jana, caseId)).documents.some(({ title }) => title.includes('Ještě jedno')) ? true : undefined,
  );
  expect((await came()).filter((title) => title.startsWith('Datová zpráva'))).toHaveLength(1);
  const { records } = await radek.get<RecordsPage>('/urad/api/records');
  expect(records.filter(({ title }) => title.includes(place))).toHaveLength(1);
  const numbers = records.flatMap(({ number }) => (number === null ? [] : [number]));
  expect(new Set(numbers).size).toBe(numbers.length);
});
