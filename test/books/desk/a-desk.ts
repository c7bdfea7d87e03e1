// A town with cashiers and accountants, payers and debts, for tests of the money desk.
import { randomUUID } from 'node:crypto';
import type { Asked, Desk } from '../../../server/books/desk/once.ts';
import { ensurePayer, prescribe, receive, type NewPrescription, type Prescribed, type Received } from '../../../server/books/index.ts';
import { newId } from '../../../server/platform/ids.ts';
import { saveOfficer } from '../../../server/store/people.ts';
import { openTestTown, type Officer, type TestTown } from '../../cases/town.ts';
import type { TestDatabase } from '../../setup/database.ts';

export interface MoneyTown {
  readonly town: TestTown;
  readonly desk: Desk;
  readonly reader: { readonly db: TestTown['db']; readonly now: () => Date };
  readonly cashier: Officer;
  readonly secondCashier: Officer;
  readonly accountant: Officer;
  readonly secondAccountant: Officer;
  payer(name: string, more?: object): Promise<string>;
  /** A fee of 1,200 Kč for a dog, due 31 March 2026, unless said otherwise. */
  debt(payerId: string, more?: Partial<NewPrescription>): Promise<Prescribed>;
  transfer(amount: number, variableSymbol: string, more?: object): Promise<Received>;
  /** What stands on an account, haléře. */
  balance(account: string): Promise<number>;
  owed(prescriptionId: string): Promise<number>;
}

export async function openMoneyTown(database: TestDatabase, tenantId = 1): Promise<MoneyTown> {
  const town = await openTestTown(database, tenantId);
  const { db } = town;
  const now = (): string => town.clock.now().toISOString();
  const officer = (name: string, group: string): Promise<Officer> =>
    db.withTenant(tenantId, async (trx) => {
      const saved = await saveOfficer(
        trx,
        tenantId,
        { id: newId(town.clock.now()), subject: name, name, email: 'x@lhota.example', groups: [group] },
        null,
      );
      return { kind: 'officer', id: saved.id, groups: [group] };
    });
  const sum = async (sql: string, values: readonly unknown[]): Promise<number> =>
    Number((await town.sql<{ sum: string }>(sql, values))[0]?.sum ?? 0);
  return {
    town,
    desk: { db, tenantId, now: () => town.clock.now(), poke: () => undefined },
    reader: { db, now: () => town.clock.now() },
    cashier: await officer('Jitka Pokorná', 'pokladna'),
    secondCashier: await officer('Karel Druhý', 'pokladna'),
    accountant: await officer('Alena Ryšavá', 'ucetni'),
    secondAccountant: await officer('Zdeněk Hájek', 'ucetni'),
    payer: (name, more = {}) => db.withTenant(tenantId, (trx) => ensurePayer(trx, tenantId, { name, ...more }, now())),
    debt: async (payerId, more = {}) => {
      const fee: NewPrescription = {
        payerId,
        kind: 'pes',
        title: 'Poplatek ze psů 2026',
        amount: 120_000,
        dueDate: '2026-03-31',
        regime: 'dr',
        legalBasis: '§ 2 zákona č. 565/1990 Sb.',
        decision: null,
        ...more,
      };
      const [made] = await db.withTenant(tenantId, (trx) => prescribe(trx, tenantId, [fee], { by: 'clock', now: now() }));
      if (!made) throw new Error('nothing was prescribed');
      return made;
    },
    transfer: (amount, variableSymbol, more = {}) =>
      db.withTenant(tenantId, (trx) =>
        receive(
          trx,
          tenantId,
          {
            source: 'bank',
            sourceId: randomUUID(),
            account: 'bank:19-2000145399/0800',
            amount,
            variableSymbol,
            counterAccount: '1000000005/0100',
            payerName: 'NOVAK JAN',
            message: '',
            receivedOn: now().slice(0, 10),
            ...more,
          },
          { now: now() },
        ),
      ),
    balance: (account) => sum('select sum(amount) from ledger_entry where tenant_id = $1 and account = $2', [tenantId, account]),
    owed: (id) =>
      sum(`select sum(amount) from ledger_entry where tenant_id = $1 and account = 'receivable' and subject = $2`, [tenantId, id]),
  };
}

export const asked = <Data>(actor: Officer, data: Data, commandId: string = randomUUID()): Asked<Data> => ({ commandId, actor, data });

/** The code of the refusal; fails when there was none. */
export async function refusalOf(work: Promise<unknown> | (() => Promise<unknown>)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  throw new Error('it was not refused');
}
