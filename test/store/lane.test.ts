// A transaction's last statements travel with its COMMIT: what fails in them is the transaction's own failure.
import { afterAll, expect, test } from 'vitest';
import { isOvertaken, isUniqueViolation, openDatabase, type Transaction } from '../../server/store/database.ts';
import { ask, writeLast } from '../../server/store/lane.ts';
import { cloneDatabase } from '../setup/database.ts';
import { everyTownUrl } from '../cases/town.ts';
import { withClient } from '../../tools/postgres/roles.ts';

const database = await cloneDatabase();
const db = openDatabase(database.appUrl, 4);
await withClient(everyTownUrl(database), (client) => client.query(`insert into tenant (id, slug, name) values (1, 'obec', 'Obec')`));
afterAll(() => db.close());

const insert = (id: string) => ({
  text: `insert into command (tenant_id, id, name, request_hash, result, at) values ($1, $2, 'x', 'x', '{}', now())`,
  values: [1, id],
});
const idsIn = async (trx: Transaction): Promise<readonly unknown[]> =>
  (await ask(trx, { text: 'select id from command where tenant_id = $1 order by id', values: [1] })).map(({ id }) => id as unknown);

test('what is held back is written by the commit, in one statement', async () => {
  await db.withTenant(1, (trx) => Promise.resolve(writeLast(trx, [insert('a'), insert('b')])));
  expect(await db.withTenant(1, idsIn)).toEqual(['a', 'b']);
});

test('a later look of the same transaction sees what was held back', async () => {
  const seen = await db.withTenant(1, async (trx) => {
    writeLast(trx, [insert('c')]);
    return [await idsIn(trx), (await trx('command').where({ tenant_id: 1 })).length];
  });
  expect(seen).toEqual([['a', 'b', 'c'], 3]);
});

test('a held statement that fails undoes the transaction, and its error is thrown', async () => {
  const failing = db.withTenant(1, async (trx) => {
    await ask(trx, insert('d'));
    writeLast(trx, [insert('a')]);
  });
  expect(isUniqueViolation(await failing.catch((error: unknown) => error), 'command_pkey')).toBe(true);
  expect(await db.withTenant(1, idsIn)).not.toContain('d');
});

test('a part that must concern one row and concerns none undoes all', async () => {
  const failing = db.withTenant(1, (trx) => {
    writeLast(trx, [
      insert('e'),
      { text: `update outbox set state = 'done' where tenant_id = $1 and key = $2 returning key`, values: [1, 'none'], must: 'lease lost' },
    ]);
    return Promise.resolve();
  });
  expect(isOvertaken(await failing.catch((error: unknown) => error))).toBe(true);
  expect(await db.withTenant(1, idsIn)).not.toContain('e');
});

test('what work throws is thrown, and nothing of it stays', async () => {
  const thrown = new Error('no');
  const failing = db.withTenant(1, async (trx) => {
    await ask(trx, insert('f'));
    throw thrown;
  });
  await expect(failing).rejects.toBe(thrown);
  expect(await db.withTenant(1, idsIn)).not.toContain('f');
});

test('a statement that comes after the end of its transaction is refused', async () => {
  let escaped: Transaction | undefined;
  await db.withTenant(1, (trx) => {
    escaped = trx;
    return Promise.resolve();
  });
  const late = escaped as Transaction;
  await expect(ask(late, insert('g'))).rejects.toThrow('after the end');
  await expect(Promise.resolve(late('command').where({ tenant_id: 1 }))).rejects.toThrow('after the end');
});
