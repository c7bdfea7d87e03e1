// What the two database roles may and may not do, seen from a cloned database.
import { expect, test } from 'vitest';
import { withClient } from '../../tools/postgres/roles.ts';
import { cloneDatabase } from '../setup/database.ts';

const database = await cloneDatabase();

test('the serving role can neither step round row-level security nor make tables', async () => {
  const { rows } = await withClient(database.appUrl, (client) =>
    client.query('select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user'),
  );

  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  await expect(withClient(database.appUrl, (client) => client.query('create table smuggled (id int)'))).rejects.toThrow(
    'permission denied',
  );
});

test('names are sorted the Czech way', async () => {
  const words = ['chata', 'cihla', 'hrad', 'ihned', 'čáp', 'zebra', 'žába'];
  const { rows } = await withClient(database.ownerUrl, (client) =>
    client.query<{ word: string }>('select word from unnest($1::text[]) word order by word', [words]),
  );

  expect(rows.map(({ word }) => word)).toEqual(['cihla', 'čáp', 'hrad', 'chata', 'ihned', 'zebra', 'žába']);
});
