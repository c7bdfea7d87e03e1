// The server believes a code only as the register has it; without a register an address is a text.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseForm } from '../../forms/index.ts';
import { registeredValues } from '../../server/cases/registered-addresses.ts';
import { Problem } from '../../server/domain/problem.ts';
import { importMunicipality } from '../../server/store/address-import.ts';
import { demoAddresses } from '../../server/wire/demo-addresses.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { cloneDatabase } from '../setup/database.ts';
import { everyTownUrl, openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
});
afterAll(() => town.close());

const form = parseForm({
  type: 'default',
  id: 'f',
  components: [
    { type: 'address', key: 'kde', label: 'Kde' },
    { type: 'dynamiclist', key: 'dalsi', label: 'Další', components: [{ type: 'address', key: 'misto', label: 'Místo' }] },
  ],
});
const settle = (values: unknown): Promise<unknown> => town.db.withTenant(1, (trx) => registeredValues(trx, form, values));
const [house] = demoAddresses();
const code = house?.code ?? 0;

test('without a register the text stays and the code is dropped', async () => {
  expect(await settle({ kde: { text: 'Dlouhá 1', code } })).toEqual({ kde: { text: 'Dlouhá 1', code: null } });
});

test('with one the text is the register’s, whatever was sent beside the code, in rows too', async () => {
  await withClient(everyTownUrl(database), (client) =>
    importMunicipality(client, {
      code: 999_001,
      name: 'Lipová nad Orlicí',
      hash: 'x',
      rows: demoAddresses(),
      at: '2026-03-02T08:00:00.000Z',
    }),
  );
  const true_ = { text: 'Dlouhá 100/1, 562 99 Lipová nad Orlicí', code };
  expect(await settle({ kde: { text: 'Hrad 1, Praha', code }, dalsi: [{ misto: { text: '', code } }] })).toEqual({
    kde: true_,
    dalsi: [{ misto: true_ }],
  });
});

test('a code that the register does not know is refused at its field', async () => {
  const failure: unknown = await settle({ dalsi: [{ misto: { text: 'x', code: 5 } }] }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Problem);
  expect((failure as Problem).details).toMatchObject({ issues: [{ path: 'dalsi[0].misto', code: 'address-unknown' }] });
});

test.each([null, 'text', 5, { kde: 'Dlouhá 1' }, { kde: { code: 1e99 } }, { kde: [] }, { dalsi: 'x' }])(
  'rubbish is left to the form’s own judgement: %j',
  async (values) => {
    expect(await settle(values)).toEqual(values);
  },
);

test('the made-up register has each code and place once', () => {
  const rows = demoAddresses();
  expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(250);
});
