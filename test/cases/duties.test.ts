// A duty in the course of the year: what changes is paid by the month, what was paid over is free, and the way back is the same money.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../../server/books/index.ts';
import { changeDuty, endDuty, movePayer, registerDuty } from '../../server/cases/duties/change.ts';
import { changesOfDuty, dutyById, type Basis } from '../../server/store/duties.ts';
import { cloneDatabase } from '../setup/database.ts';
import { addDogs, houseDog, installDogs, prescribeAll } from './duties-town.ts';
import { openTestTown, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
  await installDogs(town);
});
afterAll(() => town.close());

const flatDog: Basis = { ...houseDog, druhStavby: 'bytovy-dum' };
const blind: Basis = { ...houseDog, osvobozeni: 'nevidomy' };
const inTown = <T>(work: Parameters<typeof town.db.withTenant<T>>[1]): Promise<T> => town.db.withTenant(town.tenantId, work);
const said = () => ({ actor: `officer:${town.eva.id}`, reason: 'oznámeno u přepážky', at: town.clock.now().toISOString() });
const change = (dutyId: string, basis: Basis, since: string) =>
  inTown((trx) => changeDuty(trx, town.tenantId, { dutyId, basis, since }, said()));
const end = (dutyId: string, until: string) => inTown((trx) => endDuty(trx, town.tenantId, { dutyId, until }, said()));
const owed = async (dutyId: string): Promise<readonly { total: number; paid: number; variable_symbol: string }[]> =>
  town.sql(
    `select b.total::int as total, b.paid::int as paid, p.variable_symbol from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
      where p.tenant_id = $1 and p.duty_id = $2 order by p.created_at, p.variable_symbol`,
    [town.tenantId, dutyId],
  );
/** A dog prescribed for 2026 at the given rate, paid in full when asked for. */
async function aDog(given: { readonly basis?: Basis; readonly isPaid?: boolean } = {}): Promise<string> {
  // A neighbour's dog beside it, so that there is something to prescribe.
  const [id = ''] = await addDogs(town, [{ basis: given.basis ?? houseDog }, {}]);
  await prescribeAll(town);
  const [prescription] = await owed(id);
  if (given.isPaid && prescription)
    await inTown((trx) =>
      receive(
        trx,
        town.tenantId,
        {
          source: 'bank',
          sourceId: randomUUID(),
          account: 'bank:19-2000145399/0800',
          amount: prescription.total,
          variableSymbol: prescription.variable_symbol,
          counterAccount: '1/0100',
          payerName: 'x',
          message: '',
          receivedOn: '2026-03-02',
        },
        { now: town.clock.now().toISOString() },
      ),
    );
  return id;
}

test('a paid dog that died in April is owed for four months and the rest is an overpayment', async () => {
  const id = await aDog({ isPaid: true });

  const { freed, years } = await end(id, '2026-04-09');

  expect({ freed, years }).toEqual({ freed: 20_000, years: [{ year: 2026, before: 30_000, amount: 10_000 }] });
  expect(await owed(id)).toMatchObject([{ total: 10_000, paid: 10_000 }]);
});

test('a dog that moves into a flat is paid for by the dearer rate from the next month', async () => {
  const id = await aDog();
  await change(id, flatDog, '2026-06-15');
  expect(await owed(id)).toMatchObject([{ total: 6 * 2_500 + 40_000 }]);
});

test('said and taken back on the same day is the same money and one prescription', async () => {
  const id = await aDog();
  await change(id, flatDog, '2026-06-15');
  await change(id, houseDog, '2026-06-15');
  expect(await owed(id)).toMatchObject([{ total: 30_000 }]);
});

test('an end that was a mistake is taken back from the day after it', async () => {
  const id = await aDog();
  await end(id, '2026-05-10');
  await change(id, houseDog, '2026-05-11');
  expect(await owed(id)).toMatchObject([{ total: 30_000 }]);
  expect(await inTown((trx) => dutyById(trx, town.tenantId, id))).toMatchObject({ validTo: null });
});

test('a change before the end leaves the end where it is', async () => {
  const id = await aDog();
  await end(id, '2026-06-30');
  await change(id, flatDog, '2026-04-01');
  expect(await owed(id)).toMatchObject([{ total: 3 * 2_500 + 20_000 }]);
  expect(await inTown((trx) => dutyById(trx, town.tenantId, id))).toMatchObject({ validTo: '2026-06-30' });
});

test('a duty that ended long ago is not changed any more', async () => {
  const id = await aDog();
  await end(id, '2026-01-31');
  await expect(change(id, flatDog, '2026-03-01')).rejects.toMatchObject({ code: 'duty-ended' });
  await expect(end(id, '2026-02-28')).rejects.toMatchObject({ code: 'duty-ended' });
});

test('an exemption from the beginning of the year cancels the year, its end in the summer prescribes the rest anew', async () => {
  const id = await aDog({ isPaid: true });
  expect(await change(id, blind, '2026-01-01')).toMatchObject({ freed: 30_000 });
  const { prescribed } = await change(id, houseDog, '2026-07-10');
  expect(prescribed).toHaveLength(1);
  expect(await owed(id)).toMatchObject([{ total: 0 }, { total: 12_500 }]);
});

test('a dog that was exempt in January is prescribed when the exemption ends', async () => {
  const id = await aDog({ basis: blind });
  expect(await owed(id)).toEqual([]);
  await change(id, houseDog, '2026-10-01');
  expect(await owed(id)).toMatchObject([{ total: 7_500 }]);
});

test('facts that no rule knows are refused and leave no trace', async () => {
  const id = await aDog();
  await expect(change(id, { ...houseDog, druhStavby: 'zamek' }, '2026-05-01')).rejects.toMatchObject({ code: 'duty-not-reckoned' });
  expect(await inTown((trx) => changesOfDuty(trx, town.tenantId, id))).toHaveLength(1);
  expect(await owed(id)).toMatchObject([{ total: 30_000 }]);
});

test('the history of a duty is only added to, not even the owner of a town rewrites it', async () => {
  const id = await aDog();
  await end(id, '2026-05-31');
  expect((await inTown((trx) => changesOfDuty(trx, town.tenantId, id))).map(({ kind, since, reason }) => [kind, since, reason])).toEqual([
    ['registered', '2020-05-01', 'zkouška'],
    ['ended', '2026-06-01', 'oznámeno u přepážky'],
  ]);
  await expect(town.sql('update fee_duty_change set reason = $1', ['jinak'])).rejects.toThrow(/append-only/);
});

test('another payer takes the duty over; what is prescribed stays with the first one', async () => {
  const id = await aDog();
  const [other = ''] = await addDogs(town, [{}]);
  const heir = await inTown((trx) => dutyById(trx, town.tenantId, other));
  await inTown((trx) => movePayer(trx, town.tenantId, { dutyId: id, payerId: heir?.payerId ?? '', since: '2026-05-01' }, said()));
  expect(await inTown((trx) => dutyById(trx, town.tenantId, id))).toMatchObject({ payerId: heir?.payerId, basis: houseDog, validTo: null });
  const [row] = await town.sql<{ same: boolean }>(
    'select debtor_id <> $3 as same from prescription where tenant_id = $1 and duty_id = $2',
    [town.tenantId, id, heir?.payerId],
  );
  expect(row?.same).toBe(true);
});

test('a duty of the old program is known by its number and not registered twice', async () => {
  const [first = ''] = await addDogs(town, [{}]);
  const payerId = (await inTown((trx) => dutyById(trx, town.tenantId, first)))?.payerId ?? '';
  const asked = {
    kind: 'pes',
    situation: 'prihlaseni-psa',
    payerId,
    subject: 'Rek',
    basis: houseDog,
    since: '2024-01-01',
    registryId: 'PSI-7',
  };
  await inTown((trx) => registerDuty(trx, town.tenantId, asked, said()));
  await expect(inTown((trx) => registerDuty(trx, town.tenantId, asked, said()))).rejects.toMatchObject({ code: 'duty-known-already' });
});

test('whatever is said in whatever order, what is owed is what the history gives, and paid money is never lost', async () => {
  const days = ['2026-01-01', '2026-02-14', '2026-03-31', '2026-06-01', '2026-09-30', '2026-12-31'];
  const word = fc.record({ since: fc.constantFrom(...days), basis: fc.constantFrom(houseDog, flatDog, blind) });
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
      const id = await aDog({ isPaid: true });
      for (const { since, basis } of words) await change(id, basis, since);
      const before = (await owed(id)).reduce((sum, { total }) => sum + total, 0);
      await change(id, houseDog, '2026-01-01');
      const rows = await owed(id);
      expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(30_000);
      expect(before).toBeGreaterThanOrEqual(0);
      const [sums] = await town.sql<{ lost: number }>(
        `select (sum(p.amount) - sum(b.free) - sum(b.allocated) - sum(b.returning) - sum(b.returned) - sum(b.reversed))::int as lost
           from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id where p.tenant_id = $1`,
        [town.tenantId],
      );
      expect(sums?.lost).toBe(0);
    }),
    { numRuns: 8 },
  );
}, 120_000);
