// Letters of a yearly run: each payer gets one, by his best channel, once; paper goes to print files in the order of addresses.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lettersOfSheet, letterSums } from '../../server/store/fee-run-letters.ts';
import { notePrinted, sheetLetters } from '../../server/cases/yearly-run/print-sheets.ts';
import { steerRun } from '../../server/cases/yearly-run/steer.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { workOnRuns } from '../../server/jobs/yearly-run.ts';
import { renderFeeLetters } from '../../server/paper/fee-letters.ts';
import { addDogs, ask, installDogs, prescribeAll, runNow, steer } from '../cases/duties-town.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
let town: TestTown;
let boxes: OtherSide;
let mail: OtherSide;
let id: string;
beforeAll(async () => {
  town = await openTestTown(database);
  await installDogs(town);
  boxes = openOtherSide('isds');
  mail = openOtherSide('mail');
  const [first = ''] = await addDogs(town, [
    { payer: { name: 'Schránka', dataBox: 'abcdefg', email: 'a@b.example' } },
    { payer: { name: 'Pošta', email: 'c@d.example' } },
    { payer: { name: 'Novák', address: 'Dlouhá 12, 562 99 Lhota' } },
    { payer: { name: 'Adam', address: 'Dlouhá 7, 562 99 Lhota' } },
    { payer: { name: 'Zeman', address: 'Krátká 1, 561 01 Jinde' } },
    { payer: { name: 'Nikdo', address: '' } },
  ]);
  // A second dog of the first payer: one letter about both.
  const [duty] = await town.sql<{ payer_id: string }>('select payer_id from fee_duty where id = $1', [first]);
  await addDogs(town, [{ payerId: duty?.payer_id ?? '' }]);
  id = await prescribeAll(town);
});
afterAll(() => town.close());

const workshop = () => aWorkshop(town, [boxes, mail]);
const sums = () => town.db.withTenant(town.tenantId, (trx) => letterSums(trx, town.tenantId, id));

test('nothing leaves the office before somebody says so', async () => {
  expect(await workOnRuns(workshop())).toBe(0);
  expect(await sums()).toEqual([]);
});

test('every payer has one letter, by his best channel; who has none is listed', async () => {
  await steer(town, id, 'send');

  while ((await workOnRuns(workshop())) > 0);

  expect((await runNow(town, id)).state).toBe('sent');
  expect(await sums()).toEqual([
    { channel: 'data-box', state: 'ordered', sheet: null, letters: 1 },
    { channel: 'e-mail', state: 'ordered', sheet: null, letters: 1 },
    { channel: 'none', state: 'nowhere', sheet: null, letters: 1 },
    { channel: 'print', state: 'ordered', sheet: 1, letters: 4 - 1 },
  ]);
});

test('the other side gets each letter once, also when its answer was lost; a refused one is named', async () => {
  boxes.moods = ['lose-answer'];
  mail.moods = ['refuse'];
  for (let round = 0; round < 3; round += 1) {
    await performEffects(workshop());
    await skipPauses(town);
  }

  expect([boxes.deeds.length, mail.deeds.length]).toEqual([1, 0]);
  expect(
    await town.sql('select channel, state, detail from fee_run_letter where tenant_id = $1 and channel in ($2, $3) order by channel', [
      town.tenantId,
      'data-box',
      'e-mail',
    ]),
  ).toEqual([
    { channel: 'data-box', state: 'sent', detail: expect.stringMatching(/^m-/) },
    { channel: 'e-mail', state: 'failed', detail: 'Ne.' },
  ]);
});

test('the letter about two dogs has both, one total and one code that a bank reads', async () => {
  const letters = await town.sql<{ amount: number; items: number }>(
    `select amount::int as amount, items from fee_run_letter where channel = 'data-box'`,
  );
  expect(letters).toEqual([{ amount: 60_000, items: 2 }]);
});

test('a print file holds its letters in the order of a walk, numbers as numbers', async () => {
  const letters = await town.db.withTenant(town.tenantId, (trx) => lettersOfSheet(trx, town.tenantId, id, 1));
  expect(letters.map(({ name }) => name)).toEqual(['Zeman', 'Adam', 'Novák']);
  const sheet = await sheetLetters(town.corridor, town.tenantId, { runId: id, sheet: 1 });
  expect(sheet.papers[1]?.recipient).toEqual(['Adam', 'Dlouhá 7', '562 99 Lhota']);
  expect(sheet.papers[1]?.qr).toMatch(/^SPD\*1\.0\*ACC:CZ\d+\*AM:300\.00\*CC:CZK\*X-VS:\d{10}\*.*CRC32:[0-9A-F]{8}$/);
  const facts = town.corridor.town(town.tenantId);
  const pdf = await renderFeeLetters(sheet.papers, facts, sheet.createdAt);
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(Buffer.from(await renderFeeLetters(sheet.papers, facts, sheet.createdAt)).length).toBe(pdf.length);
  await expect(sheetLetters(town.corridor, town.tenantId, { runId: id, sheet: 2 })).rejects.toMatchObject({ code: 'sheet-not-found' });
});

test('a print file is handed to the post once', async () => {
  await notePrinted(town.corridor, town.tenantId, { runId: id, sheet: 1 });
  await expect(notePrinted(town.corridor, town.tenantId, { runId: id, sheet: 1 })).rejects.toMatchObject({ code: 'sheet-not-found' });
  expect((await sums()).find(({ channel }) => channel === 'print')).toMatchObject({ state: 'printed', letters: 3 });
});

test('what was sent is not taken back', async () => {
  await expect(ask(town, id, 'undo')).rejects.toMatchObject({ code: 'run-not-so-far' });
  await expect(
    steerRun(town.corridor, town.tenantId, { commandId: randomUUID(), actor: town.eva, runId: id, step: 'resume', reason: '' }),
  ).rejects.toMatchObject({ code: 'run-not-so-far' });
});
