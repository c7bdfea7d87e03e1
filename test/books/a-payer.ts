// A town with books: short words for prescribing, paying and looking, over the real database.
import { randomUUID } from 'node:crypto';
import { ensurePayer, prescribe, receive, type IncomingPayment, type NewPrescription, type Received } from '../../server/books/index.ts';
import type { Transaction } from '../../server/store/database.ts';
import type { TestTown } from '../cases/town.ts';

export const RULE = 'rule:test';
export interface Books {
  readonly town: TestTown;
  inside<T>(work: (trx: Transaction, tenantId: number, now: string) => Promise<T>): Promise<T>;
  payer(name?: string, account?: string): Promise<string>;
  prescribe(
    payerId: string,
    amount: number,
    given?: Partial<NewPrescription>,
  ): Promise<{ readonly id: string; readonly variableSymbol: string }>;
  pay(amount: number, variableSymbol: string, given?: Partial<IncomingPayment>): Promise<Received>;
  /** total, paid, writtenOff, open of a prescription. */
  owed(id: string): Promise<readonly number[]>;
  /** state and reason of a payment. */
  life(id: string): Promise<string>;
  moves(id: string): Promise<readonly string[]>;
  /** Sum of an account over the whole town. */
  account(name: string): Promise<number>;
}

export const BANK = 'bank:19-2000145399/0800';
export function booksOf(town: TestTown): Books {
  const now = (): string => town.clock.now().toISOString();
  const inside: Books['inside'] = (work) => town.db.withTenant(town.tenantId, (trx) => work(trx, town.tenantId, now()));
  return {
    town,
    inside,
    payer: (name = 'Jan Novák', account) =>
      inside((trx, t, at) => ensurePayer(trx, t, { registryId: randomUUID(), name, ...(account ? { account } : {}) }, at)),
    prescribe: async (payerId, amount, given = {}) => {
      const [made] = await inside((trx, t, at) =>
        prescribe(
          trx,
          t,
          [
            {
              payerId,
              kind: 'pes',
              title: 'Poplatek ze psa',
              amount,
              dueDate: '2026-03-31',
              regime: 'dr',
              legalBasis: 'OZV 1/2026',
              decision: null,
              ...given,
            },
          ],
          { by: RULE, now: at },
        ),
      );
      if (!made) throw new Error('nothing was prescribed');
      return made;
    },
    pay: (amount, variableSymbol, given = {}) =>
      inside((trx, t, at) =>
        receive(
          trx,
          t,
          {
            source: 'bank',
            sourceId: randomUUID(),
            account: BANK,
            amount,
            variableSymbol,
            counterAccount: '',
            payerName: '',
            message: '',
            receivedOn: '2026-03-02',
            ...given,
          },
          { now: at },
        ),
      ),
    owed: async (id) => {
      const [row] = await town.sql<{ total: number; paid: number; written_off: number; open: number }>(
        'select total::int, paid::int, written_off::int, open::int from prescription_balance where id = $1',
        [id],
      );
      return row ? [row.total, row.paid, row.written_off, row.open] : [];
    },
    life: async (id) => {
      const [row] = await town.sql<{ state: string; reason: string }>('select state, reason from payment_balance where id = $1', [id]);
      return row ? `${row.state} ${row.reason}`.trim() : '';
    },
    moves: async (id) =>
      (await town.sql<{ to_state: string }>('select to_state from payment_move where payment_id = $1 order by seq', [id])).map(
        (row) => row.to_state,
      ),
    account: async (name) => {
      const [row] = await town.sql<{ sum: number }>(
        'select coalesce(sum(amount), 0)::int as sum from ledger_entry where tenant_id = $1 and account = $2',
        [town.tenantId, name],
      );
      return row?.sum ?? 0;
    },
  };
}
