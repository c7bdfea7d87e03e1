// The people of the demo who owe fees: all lines are good, twice is once, and whoever logs in finds his own account.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importTable } from '../../server/cases/import-duties.ts';
import { createPeople } from '../../server/people/people.ts';
import { demoDogs, demoPayers } from '../../server/town/demo-duties.ts';
import { cloneDatabase } from '../setup/database.ts';
import { DOG, installDogs } from './duties-town.ts';
import { openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  await installDogs(town);
});
afterAll(() => town.close());

const load = async () => {
  const people = createPeople(town.db);
  const persons = new Map<string, string>();
  for (const { number, identity } of demoPayers('http://localhost:3000'))
    persons.set(number, await people.registerCitizen(town.tenantId, 'nia', identity));
  return {
    persons,
    done: await importTable(town.corridor, town.tenantId, { by: 'rule:sample-data', situation: DOG, content: demoDogs(), persons }),
  };
};

test('every line of the sample is taken, and a second start takes nothing', async () => {
  const first = await load();
  const second = await load();

  expect(first.done.errors).toEqual([]);
  expect(first.done.duties).toBeGreaterThanOrEqual(25);
  expect(second.done).toEqual({ ...first.done, duties: 0, known: first.done.duties });
  expect([...second.persons]).toEqual([...first.persons]);
});

test('a citizen who can log in is his own payer and has something to look at', async () => {
  const rows = await town.sql<{ name: string; own: boolean; total: number; open: number }>(
    `select y.name, y.person_id = y.id as own, b.total::int as total, b.open::int as open from payer y join prescription p on p.tenant_id = y.tenant_id and p.debtor_id = y.id
       join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id where y.tenant_id = $1 and y.person_id is not null order by y.name`,
    [town.tenantId],
  );
  expect(rows.map(({ name }) => name)).toContain('Jana Novotná');
  expect(rows.every(({ own, total }) => own && total > 0)).toBe(true);
});
