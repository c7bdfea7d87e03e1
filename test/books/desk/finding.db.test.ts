// Finding one payer among many thousands, behind the wall between towns: by an index, not by reading everybody.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPayers } from '../../../server/queries/payers.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { openMoneyTown, type MoneyTown } from './a-desk.ts';

const database = await cloneDatabase();
let money: MoneyTown;
const MANY = 20_000;
beforeAll(async () => {
  money = await openMoneyTown(database);
  await money.town.sql(
    `insert into payer (tenant_id, id, kind, name, birth_date, address, created_at)
       select 1, gen_random_uuid(), 'person', 'Jan' || n % 500 || ' Novák' || n, date '1930-01-01' + (n % 30000)::int, 'Dlouhá ' || n % 300 || ', Lipová', now() from generate_series(1, $1) n`,
    [MANY],
  );
  await money.town.sql('analyze payer, payer_word');
}, 180_000);
afterAll(() => money.town.close());

test.each([
  ['novak7777', 1],
  ['Novák7777 dlouhá', 1],
  ['jan7 novak500', 1],
  ['lipova dlouha', 50],
])('„%s“ finds whom it means', async (q, atLeast) => {
  const { payers } = await findPayers({ db: money.town.db, now: () => money.town.clock.now() } as never, 1, q);

  expect(payers.length).toBeGreaterThanOrEqual(atLeast);
});

test('the plan behind the wall reads the index of words by its beginning', async () => {
  const plan = await money.town.db.withTenant(1, async (trx) => {
    const { rows } = await trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(
      `explain select payer_id from payer_word where tenant_id = 1 and word >= 'novak777' and word < 'novak777' || U&'\\+10FFFF'`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });

  expect(plan).toMatch(/Index (Only )?Scan using payer_word_pkey|Bitmap Index Scan on payer_word_pkey/);
  expect(plan).toMatch(/Index Cond:.*word >= /);
});
