// A town whose letters on paper stood among the incidents: the migration puts each of them into the dispatch room, and other failures stay where they were.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { ownerName } from '../../tools/postgres/names.ts';
import { address, prepareDatabase, withClient } from '../../tools/postgres/roles.ts';

const { adminUrl, prefix, password } = inject('postgres');
const name = `${prefix}paper_${process.pid}`;
const ownerUrl = address(adminUrl, { user: { name: ownerName, password }, database: name });
const all = address(adminUrl, { database: name });
const folder = join(import.meta.dirname, '..', '..', 'migrations');
const sql = async <Row extends object>(text: string): Promise<readonly Row[]> =>
  withClient(all, async (client) => (await client.query<Row>(text)).rows);

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [caseId, version, document] = [id(1), id(2), id(3)];
const effect = (key: string, kind: string, state: string, input: object): string =>
  `insert into outbox (tenant_id, key, case_id, execution_id, element_id, effect, title, input, state, next_at, last_error, created_at, finished_at)
   values (1, '${key}', '${caseId}', '${key}', 'dorucit', '${kind}', 'Doručit', '${JSON.stringify(input)}', '${state}', now(), 'Vytiskněte.', '2026-03-01T08:00:00Z', '2026-03-02T08:00:00Z');`;
const OLD = `
  insert into tenant (id, slug, name) values (1, 'lhota', 'Lhota');
  insert into situation_version (tenant_id, id, situation, number, content_hash, files, published_at, published_by) values (1, '${version}', 'pes', 1, 'x', '{}', now(), 'x');
  insert into cases (tenant_id, id, mark, situation, version_id, filed_at, last_activity_at, engine_state, revision, head_hash)
    values (1, '${caseId}', 'S 1/2026', 'pes', '${version}', now(), now(), '{}', 0, '');
  insert into document (tenant_id, id, case_id, kind, title, direction, created_at) values (1, '${document}', '${caseId}', 'letter', 'Výzva', 'out', now());
  ${effect('stuck', 'post.print', 'dead', { documents: [document] })}
  ${effect('posted', 'post.print', 'done', { documents: [document] })}
  ${effect('other', 'isds.send', 'dead', { documents: [document] })}
`;

beforeAll(async () => {
  await prepareDatabase(adminUrl, name, ownerName);
  const old = mkdtempSync(join(tmpdir(), 'old-migrations-'));
  for (const file of readdirSync(folder)) if (file < '0030') cpSync(join(folder, file), join(old, file));
  await migrate(ownerUrl, old);
  rmSync(old, { recursive: true });
  await withClient(all, (client) => client.query(OLD));
  await migrate(ownerUrl, folder);
}, 120_000);
afterAll(() => withClient(adminUrl, (client) => client.query(`drop database ${client.escapeIdentifier(name)}`)));

test('a letter that waited among the incidents waits in the dispatch room, and nothing else has moved', async () => {
  expect(await sql('select key, state, last_error from outbox order by key')).toEqual([
    { key: 'other', state: 'dead', last_error: 'Vytiskněte.' },
    { key: 'posted', state: 'done', last_error: 'Vytiskněte.' },
    { key: 'stuck', state: 'by-hand', last_error: null },
  ]);
  expect(await sql('select effect_key as key, case_id, document_id, personal from paper_letter')).toEqual([
    { key: 'stuck', case_id: caseId, document_id: document, personal: false },
  ]);
});

test('the wall stands again around every table that the migration looked into', async () => {
  const tables = await sql<{ name: string }>(
    `select relname as name from pg_class where relname in ('outbox', 'document', 'paper_letter', 'paper_letter_event') and relrowsecurity and relforcerowsecurity order by 1`,
  );
  expect(tables.map((table) => table.name)).toEqual(['document', 'outbox', 'paper_letter', 'paper_letter_event']);
});
