// A town in which the same was asked for twice before that became impossible: the migration keeps the newer request and refuses a further one.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { ownerName } from '../../tools/postgres/names.ts';
import { address, prepareDatabase, withClient } from '../../tools/postgres/roles.ts';

const { adminUrl, prefix, password } = inject('postgres');
const name = `${prefix}one_request_${process.pid}`;
const ownerUrl = address(adminUrl, { user: { name: ownerName, password }, database: name });
const all = address(adminUrl, { database: name });
const folder = join(import.meta.dirname, '..', '..', 'migrations');
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [eva, debt, other] = [id(1), id(11), id(12)];
const asked = (n: number, kind: string, subject: string | null, at: string): string =>
  `insert into money_approval (tenant_id, id, kind, subject, amount, what, reason, asked_by, asked_at)
   values (1, '${id(n)}', '${kind}', ${subject === null ? 'null' : `'${subject}'`}, 100, '{}', 'x', '${eva}', '${at}');`;

beforeAll(async () => {
  await prepareDatabase(adminUrl, name, ownerName);
  const old = mkdtempSync(join(tmpdir(), 'old-migrations-'));
  for (const file of readdirSync(folder)) if (file < '0030') cpSync(join(folder, file), join(old, file));
  await migrate(ownerUrl, old);
  rmSync(old, { recursive: true });
  await withClient(all, (client) =>
    client.query(`
      insert into tenant (id, slug, name) values (1, 'lhota', 'Lhota');
      insert into officer (tenant_id, id, subject, name, email) values (1, '${eva}', 'eva', 'Eva', 'eva@lhota.example');
      ${asked(21, 'writeoff', debt, '2026-03-01T08:00:00Z')} ${asked(22, 'writeoff', debt, '2026-03-01T08:00:01Z')}
      ${asked(23, 'correction', debt, '2026-03-01T08:00:02Z')} ${asked(24, 'writeoff', other, '2026-03-01T08:00:03Z')}
      ${asked(25, 'deposit', null, '2026-03-01T08:00:04Z')} ${asked(26, 'deposit', null, '2026-03-01T08:00:05Z')}`),
  );
  await migrate(ownerUrl, folder);
}, 120_000);
afterAll(() => withClient(adminUrl, (client) => client.query(`drop database ${client.escapeIdentifier(name)}`)));

test('of two open requests for the same the newer one stays, whatever else was asked for is as it was', async () => {
  const { rows } = await withClient(all, (client) =>
    client.query<{ id: string; verdict: string | null }>('select id, verdict from money_approval order by id'),
  );
  expect(rows.map((row) => row.verdict)).toEqual(['taken-back', null, null, null, null, null]);
});

test('a further request for the same is refused by the database itself', async () => {
  await expect(withClient(all, (client) => client.query(asked(27, 'writeoff', debt, '2026-03-02T08:00:00Z')))).rejects.toThrow(
    'money_approval_once',
  );
});
