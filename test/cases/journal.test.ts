// The journal proves itself: any row changed, cut out, moved or forged is found; and the database refuses to change one.
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signJournal } from '../../server/jobs/sign-journal.ts';
import { journalDigest, journalOf, verifyChain, type ChainedEntry } from '../../server/store/journal.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { aWorkshop } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { whole } from './situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
let caseId: string;
let entries: readonly ChainedEntry[];
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('zkouska', whole());
  caseId = await town.file('zkouska');
  await town.complete(caseId, 'kontrola');
  await town.withdraw(caseId);
  entries = await town.db.withTenant(town.tenantId, (trx) => journalOf(trx, town.tenantId, caseId));
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

test('a journal as it was written is intact', () => {
  expect(entries.map(({ kind }) => kind)).toEqual(['start-case', 'complete-task', 'withdraw']);
  expect(verifyChain(town.tenantId, entries)).toEqual({ intact: true });
});

test('a journal holds no name and no answer of the form', () => {
  expect(JSON.stringify(entries)).not.toMatch(/Jana|Nováková|30000|30_000/);
});

test.each([
  ['actorId', 'somebody'],
  ['actorKind', 'clock'],
  ['kind', 'add-note'],
  ['at', '2026-03-02T08:00:00.001Z'],
  ['stateHash', 'f'.repeat(64)],
  ['detail', { task: 'jiny' }],
  ['caseId', '00000000-0000-0000-0000-000000000000'],
] as const)('a changed %s is found', (field, value) => {
  for (const index of entries.keys()) {
    const forged = entries.with(index, { ...(entries[index] as ChainedEntry), [field]: value });
    expect(verifyChain(town.tenantId, forged)).toMatchObject({ intact: false, seq: index + 1, reason: 'changed' });
  }
});

test('a row cut out, moved, doubled or taken to another town is found', () => {
  const [first, second, third] = entries as [ChainedEntry, ChainedEntry, ChainedEntry];
  expect(verifyChain(town.tenantId, [first, third])).toMatchObject({ intact: false, reason: 'gap' });
  expect(verifyChain(town.tenantId, [first, { ...third, seq: 2 }])).toMatchObject({ intact: false, reason: 'broken-link' });
  expect(verifyChain(town.tenantId, [first, { ...third, seq: 2 }, { ...second, seq: 3 }])).toMatchObject({ intact: false });
  expect(verifyChain(town.tenantId, [first, second, second, third])).toMatchObject({ intact: false, reason: 'gap' });
  expect(verifyChain(town.tenantId + 1, entries)).toMatchObject({ intact: false, reason: 'changed' });
});

test('a cut tail is intact in itself, but not what was signed', async () => {
  expect(verifyChain(town.tenantId, entries.slice(0, 2))).toEqual({ intact: true });
  const before = await town.db.withTenant(town.tenantId, (trx) => journalDigest(trx, town.tenantId));
  await withClient(everyTownUrl(database), async (client) => {
    await client.query('begin');
    await client.query('alter table journal disable trigger journal_append_only');
    await client.query('delete from journal where case_id = $1 and seq = 3', [caseId]);
    await client.query('update cases set revision = 2 where id = $1', [caseId]);
    await client.query('set local row_security = off');
    const cut = await client.query<{ digest: string }>(
      `select encode(sha256(convert_to(string_agg(j.case_id::text || ':' || j.seq || ':' || encode(j.hash, 'hex'), ',' order by j.case_id), 'UTF8')), 'hex') as digest from cases c join journal j on j.case_id = c.id and j.seq = c.revision`,
    );
    expect(cut.rows[0]?.digest).not.toBe(before.digest);
    await client.query('rollback');
  });
});

test('the head of all journals is signed once an hour and the signature proves it', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const workshop = {
    ...aWorkshop(town, []),
    signHead: (text: string) => ({ signature: sign(null, Buffer.from(text), privateKey).toString('base64'), keyId: 'k' }),
  };
  await signJournal(workshop);
  town.later(59 * 60_000);
  await signJournal(workshop);
  expect(await town.sql('select count(*)::int as n from journal_head')).toEqual([{ n: 1 }]);
  town.later(60_001);
  await signJournal(workshop);
  const heads = await town.sql<{ at: Date; cases: number; digest: string; signature: string }>('select * from journal_head order by at');
  expect(heads).toHaveLength(2);
  for (const head of heads) {
    const text = `${town.tenantId}/${head.at.toISOString()}/${head.cases}/${head.digest}`;
    expect(verify(null, Buffer.from(text), publicKey, Buffer.from(head.signature, 'base64'))).toBe(true);
    expect(verify(null, Buffer.from(text.replace('/1/', '/0/')), publicKey, Buffer.from(head.signature, 'base64'))).toBe(false);
  }
});

test.each([
  'update journal set kind = kind',
  'delete from journal',
  'truncate journal',
  'update journal_head set digest = digest',
  'delete from journal_head',
  'truncate journal_head',
])('the serving role may not: %s', async (statement) => {
  await withClient(database.appUrl, async (client) => {
    await client.query(`select set_config('app.tenant', '1', false)`);
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});

test.each([
  'update journal set kind = kind',
  'delete from journal',
  'truncate journal',
  'update journal_head set digest = digest',
  'delete from journal_head',
  'truncate journal_head',
])('not even the owner of the schema may: %s', async (statement) => {
  await withClient(database.ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', '1', false)`);
    await expect(client.query(statement)).rejects.toThrow('append-only');
  });
});

test.each([
  'update situation_version set note = note',
  'delete from situation_version',
  'update command set name = name',
  'delete from command',
  'delete from payment',
  'delete from prescription',
  'delete from ledger_entry',
])('what was published, answered or paid stays: %s', async (statement) => {
  await withClient(database.appUrl, async (client) => {
    await client.query(`select set_config('app.tenant', '1', false)`);
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});
