// The simulated bank without its doors: orders of transfers, statements closed on request.
import { z } from 'zod';
import { journaled } from '../simulator-store.ts';
import type { SimulatorOptions } from '../simulator.ts';
import { isAccount, writeAccount } from './account-number.ts';
import { readPaymentOrder } from './order-file.ts';
import type { OrderedPayment } from './order-file.ts';
import { applyBankEvent, statementOf } from './simulator-state.ts';
import type {
  BankAccount,
  BankEvent,
  BankState,
  IssuedStatement,
  SimulatedTransfer,
  StatementToWrite,
  TakenOrder,
} from './simulator-state.ts';
import { pragueDay } from './statement.ts';
import { readSpayd } from './spayd-reading.ts';

export interface BankCore {
  readonly baseUrl: string;
  readonly state: BankState;
  readonly owner: BankAccount;
  readonly payers: readonly BankAccount[];
  readonly now: () => Date;
  order(input: unknown): Promise<TransferResult>;
  /** The bank takes the last transfer with the symbol back. */
  reverse(input: unknown): Promise<TransferResult>;
  /** Closes what is not on a statement yet into a new one; `again` = with the items of the one before once more. */
  issue(again?: boolean): Promise<void>;
  statement(issued: IssuedStatement): StatementToWrite;
  /** Movements of the account on these days, `2026-03-02`, the last one included. */
  movements(from: string, to: string): StatementToWrite;
  /** A file of payment orders of the town: carried out at once, under its key once. */
  take(key: string, file: string): Promise<TakenOrder | string>;
}

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
  const journal = journaled<BankState, BankEvent>(options.store, { transfers: [], statements: [], orders: [] }, applyBankEvent);
  const { state, record } = journal;
  const now = (): string => options.clock.now().toISOString();
  const isOurs = (transfer: SimulatedTransfer): boolean => transfer.to === owner.account || transfer.from === owner.account;
  const ours = (fits: (transfer: SimulatedTransfer, index: number) => boolean): readonly number[] =>
    state.transfers.flatMap((transfer, index) => (isOurs(transfer) && fits(transfer, index) ? [index] : []));
  const transferred = async (transfer: SimulatedTransfer | string): Promise<TransferResult> => {
    if (typeof transfer === 'string') return { ok: false, problem: transfer };
    await record({ type: 'transfer', transfer });
    return { ok: true, transfer };
  };
  return {
    baseUrl: options.baseUrl,
    state,
    owner,
    payers,
    now: () => options.clock.now(),
    order: (input) => transferred(readOrder(input, owner, payers, now())),
    reverse: (input) => {
      const { vs } = z.object({ vs: z.string() }).parse(input);
      const last = state.transfers.findLast((transfer) => transfer.vs === vs && !transfer.isReversal);
      return transferred(last ? { ...last, at: now(), isReversal: true } : 'Takový převod tu není.');
    },
    issue: async (again = false) => {
      const issued = new Set(state.statements.flatMap((statement) => statement.transfers));
      const open = ours((_transfer, index) => !issued.has(index));
      if (open.length === 0 && !again) return;
      const year = Number(now().slice(0, 4));
      const number = state.statements.filter((statement) => statement.year === year).length + 1;
      const before = again ? (state.statements.at(-1)?.transfers ?? []) : [];
      await record({ type: 'statement', statement: { year, number, at: now(), transfers: [...before, ...open] } });
    },
    statement: ({ number, at, transfers }) => ({ owner, number, date: pragueDay(at), ...statementOf(state, owner, transfers) }),
    movements: (from, to) => {
      const indexes = ours(({ at }) => pragueDay(at) >= from && pragueDay(at) <= to);
      const earlier = ours(({ at }) => pragueDay(at) < from);
      // With no movement in the days the balance is that of all before them.
      const { oldBalance, transfers } = statementOf(state, owner, indexes.length > 0 ? indexes : [(earlier.at(-1) ?? -1) + 1]);
      return { owner, number: 0, date: to, oldBalance, transfers: indexes.length > 0 ? transfers : [] };
    },
    take: async (key, file) => {
      const known = state.orders.find((order) => order.key === key);
      if (known) return known;
      const read = readPaymentOrder(file);
      if (typeof read === 'string') return read;
      if (read.from !== owner.account) return 'Účet plátce není účtem, ke kterému je přístup.';
      if (read.payments.some(({ to }) => to === owner.account)) return 'Plátce a příjemce jsou tentýž účet.';
      const total = read.payments.reduce((sum, { amount }) => sum + amount, 0);
      const order = { key, items: read.payments.length, total, at: now() };
      await record({ type: 'order', order, transfers: read.payments.flatMap((payment) => carriedOut(payment, owner, now())) });
      return order;
    },
  };
}

/** An account that cannot be one sends the money back, as the other bank would. */
function carriedOut({ to, ...payment }: OrderedPayment, owner: BankAccount, at: string): SimulatedTransfer[] {
  const sent = { ...payment, from: owner.account, to, payerName: '', at };
  return isAccount(writeAccount(to)) ? [sent] : [sent, { ...sent, isReversal: true }];
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
