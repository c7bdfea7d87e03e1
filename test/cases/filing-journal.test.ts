// The podací deník of a town on a real database: a number of a message that was taken out of its case is a gap that is explained.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileMessage, takeMessageOut } from '../../server/cases/commands/index.ts';
import { filingJournal, journalCard } from '../../server/queries/filing-journal.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { cloneDatabase } from '../setup/database.ts';
import { end, path } from '../engine/diagrams.ts';
import { effect, situation, startForm, userTask } from './situations.ts';
import { openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
let reader: Reader;
beforeAll(async () => {
  town = await openTestTown(database);
  const steps = [startForm, effect('evidence', 'register.submission'), userTask('kontrola'), end('hotovo')];
  await town.install('spis', situation('spis', [...steps, path('podani', 'evidence', 'kontrola', 'hotovo')]));
  reader = { db: town.db, shelf: town.corridor.shelf, now: town.clock.now, account: () => ({ account: '', iban: '' }) };
});
afterAll(() => town.close());

test('every number of the year is a row or a gap with its reason; years and what an eSSL numbers are apart', async () => {
  const first = await town.file('spis');
  town.later(60_000);
  const inboxId = crypto.randomUUID();
  const payload = { messageId: '5', senderBox: 'jananov', subject: 'Doplnění', deliveredAt: town.clock.now().toISOString() };
  await town.sql(
    `insert into inbox (tenant_id, id, source, message_id, kind, payload, received_at, next_at, processed_at, result) values (1, $1, 'isds', 'm5', 'data-box-message', $2, now(), now(), now(), 'unsorted')`,
    [inboxId, JSON.stringify(payload)],
  );
  await town.run(first, fileMessage, town.eva, { inboxId, pairing: { rule: 'officer', certainty: 'certain' } });
  expect((await filingJournal(reader, town.tenantId, 2026)).lines.map(({ number }) => number)).toEqual(['ZK/1/2026', 'ZK/2/2026']);
  await town.run(first, takeMessageOut, town.eva, { inboxId, reason: 'Patří jinam' });
  town.later(60_000);
  await town.file('spis');

  const journal = await filingJournal(reader, town.tenantId, 2026);

  expect(journal.lines.map(({ place, number, department }) => [place, number, department])).toEqual([
    [1, 'ZK/1/2026', 'Podatelna'],
    [2, 'ZK/3/2026', 'Podatelna'],
  ]);
  expect(journal.gaps).toEqual([{ number: 'ZK/2/2026', why: 'message-out', detail: 'Patří jinam' }]);
  expect(journal.series).toEqual([{ series: 'ZK', last: 3 }]);
  await town.sql(`delete from records_document where number = 'ZK/3/2026'`);
  await town.sql(`update inbox set document_number = null where id = $1`, [inboxId]);
  const [row] = await town.sql<{ mark: string }>('select mark from cases order by filed_at desc limit 1');
  expect((await journalCard(reader, town.tenantId, 2026)).gaps).toEqual([
    { number: 'ZK/2/2026', why: 'unknown', detail: '' },
    { number: 'ZK/3/2026', why: 'unregistered', detail: row?.mark },
  ]);
  expect(await journalCard(reader, town.tenantId, 2025)).toEqual({ year: 2025, series: [], gaps: [], outside: 0, documents: 0 });
});
