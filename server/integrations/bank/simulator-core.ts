// The simulated bank without its doors: orders of transfers, statements closed on request.
import { z } from 'zod';
import { journaled } from '../simulator-store.ts';
import type { SimulatorOptions } from '../simulator.ts';
import { writeGpc } from './gpc-writer.ts';
import type { NumberedTransfer } from './gpc-writer.ts';
import { OPENING_BALANCE, amountFor, applyBankEvent } from './simulator-state.ts';
import type { BankAccount, BankEvent, BankState, IssuedStatement, SimulatedTransfer } from './simulator-state.ts';
import { readSpayd } from './spayd-reading.ts';

export interface BankCore {
  readonly baseUrl: string;
  readonly state: BankState;
  readonly owner: BankAccount;
  readonly payers: readonly BankAccount[];
  order(input: unknown): Promise<TransferResult>;
  /** Closes what is not on a statement yet into a new one. */
  issue(): Promise<void>;
  file(statement: IssuedStatement): Buffer;
}

/** The bank numbers all movements of all its accounts in one row. */
const FIRST_REFERENCE = 26_000_001;

export type TransferResult = { readonly ok: true; readonly transfer: SimulatedTransfer } | { readonly ok: false; readonly problem: string };

const account = z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/, 'Číslo účtu má tvar předčíslí-číslo/banka.');
const symbol = (length: number): z.ZodType<string> =>
  z
    .string()
    .regex(new RegExp(`^\\d{0,${length}}$`), `Symbol je nejvýše ${length} číslic.`)
    .default('');

const orderSchema = z.object({
  from: account.optional(),
  to: account.optional(),
  payerName: z.string().max(20).optional(),
  /** Haléře. */
  amount: z
    .number()
    .int('Částka není v celých haléřích.')
    .positive('Částka musí být kladná.')
    .max(999_999_999, 'Částka je příliš velká.')
    .optional(),
  vs: symbol(10),
  ks: symbol(4),
  ss: symbol(10),
  message: z.string().max(140).default(''),
  /** A scanned QR code fills in what is missing. */
  spayd: z.string().optional(),
});

export function createCore(options: SimulatorOptions, owner: BankAccount, payers: readonly BankAccount[]): BankCore {
  const journal = journaled<BankState, BankEvent>(options.store, { transfers: [], statements: [] }, applyBankEvent);
  const { state, record } = journal;
  const now = (): string => options.clock.now().toISOString();
  return {
    baseUrl: options.baseUrl,
    state,
    owner,
    payers,
    order: async (input) => {
      const transfer = readOrder(input, owner, payers, now());
      if (typeof transfer === 'string') return { ok: false, problem: transfer };
      await record({ type: 'transfer', transfer });
      return { ok: true, transfer };
    },
    issue: async () => {
      const issued = new Set(state.statements.flatMap((statement) => statement.transfers));
      const isOurs = (transfer: SimulatedTransfer): boolean => transfer.to === owner.account || transfer.from === owner.account;
      const open = state.transfers.flatMap((transfer, index) => (!issued.has(index) && isOurs(transfer) ? [index] : []));
      if (open.length === 0) return;
      const year = Number(now().slice(0, 4));
      const number = state.statements.filter((statement) => statement.year === year).length + 1;
      await record({ type: 'statement', statement: { year, number, at: now(), transfers: open } });
    },
    file: (statement) => {
      const of = (one: IssuedStatement): NumberedTransfer[] =>
        one.transfers.flatMap((index) => {
          const transfer = state.transfers[index];
          return transfer ? [{ ...transfer, reference: FIRST_REFERENCE + index }] : [];
        });
      const before = state.statements.slice(0, state.statements.indexOf(statement)).flatMap(of);
      const oldBalance = before.reduce((sum, transfer) => sum + amountFor(owner.account, transfer), OPENING_BALANCE);
      return writeGpc({
        owner,
        number: statement.number,
        date: new Date(statement.at).toLocaleDateString('sv-SE', { timeZone: 'Europe/Prague' }),
        oldBalance,
        transfers: of(statement),
      });
    },
  };
}

/** The transfer, or a Czech sentence saying why the bank does not take it. */
function readOrder(input: unknown, owner: BankAccount, payers: readonly BankAccount[], at: string): SimulatedTransfer | string {
  const parsed = orderSchema.safeParse(input);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'Příkaz je neúplný.';
  const order = parsed.data;
  const scanned = order.spayd ? readSpayd(order.spayd) : undefined;
  if (order.spayd && !scanned) return 'Text není platná QR platba.';
  const from = order.from ?? payers[0]?.account ?? '';
  const amount = order.amount ?? scanned?.amount;
  if (!amount || amount < 0) return 'Chybí částka.';
  const { vs, ks, ss, message } = scanned ?? order;
  const payerName = order.payerName ?? [...payers, owner].find((payer) => payer.account === from)?.name ?? 'Neznámý plátce';
  return { from, to: order.to ?? scanned?.to ?? owner.account, payerName, amount, vs, ks, ss, message, at };
}
