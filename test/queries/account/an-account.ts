// A citizen with an account over real books: his reader, and short words for what he sees.
import type { AccountPage } from '../../../server/contract/account.ts';
import { ensurePayer } from '../../../server/books/index.ts';
import { accountPage, type AccountQuestion } from '../../../server/queries/account/page.ts';
import { accountStatement, type AccountStatement } from '../../../server/queries/account/statement.ts';
import type { Reader } from '../../../server/queries/reader.ts';
import { booksOf, type Books } from '../../books/a-payer.ts';
import type { Citizen, TestTown } from '../../cases/town.ts';

export interface Accounts extends Books {
  readonly reader: Reader;
  /** The citizen as payer. */
  own(citizen: Citizen, name?: string): Promise<string>;
  page(citizen: Citizen, asked?: Partial<Omit<AccountQuestion, 'personId'>>): Promise<AccountPage>;
  statement(citizen: Citizen, from: string, to: string, holder?: string): Promise<AccountStatement>;
  access(citizen: Citizen, payerId: string, as: string, from: string, to?: string): Promise<void>;
  /** What the books say of a payer: owed on his prescriptions, free of his payments. */
  truth(payerId: string): Promise<{ readonly owed: number; readonly free: number }>;
}

export function accountsOf(town: TestTown): Accounts {
  const books = booksOf(town);
  const { tenantId } = town;
  const reader: Reader = {
    db: town.db,
    shelf: town.corridor.shelf,
    now: town.clock.now,
    account: () => ({ account: '19-2000145399/0800', iban: 'CZ6508000000192000145399' }),
  };
  return {
    ...books,
    reader,
    own: (citizen, name = 'Jana Nováková') => books.inside((trx, t, now) => ensurePayer(trx, t, { personId: citizen.id, name }, now)),
    page: (citizen, asked = {}) => accountPage(reader, tenantId, { personId: citizen.id, year: null, kind: null, ...asked }),
    statement: (citizen, from, to, holder) => accountStatement(reader, tenantId, { personId: citizen.id, from, to, holder }),
    access: async (citizen, payerId, as, from, to) => {
      await town.sql(
        `insert into payer_access (tenant_id, person_id, payer_id, as_what, valid_from, valid_to, source) values ($1, $2, $3, $4, $5, $6, 'test')`,
        [tenantId, citizen.id, payerId, as, from, to ?? null],
      );
    },
    truth: async (payerId) => {
      const [row] = await town.sql<{ owed: string; free: string }>(
        `select coalesce(sum(e.amount) filter (where e.account = 'receivable' and e.subject in (select id from prescription where debtor_id = $1)), 0) as owed,
                coalesce(-sum(e.amount) filter (where e.account = 'payment' and e.subject in (select id from payment where payer_id = $1)), 0) as free
           from ledger_entry e`,
        [payerId],
      );
      return { owed: Number(row?.owed), free: Number(row?.free) };
    },
  };
}
