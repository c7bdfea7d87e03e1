// Money that came: recorded once, booked (bank + / payment −), matched, cleared, and the cases told – all in the caller's transaction, without a lock on any case.
import type { Share, Wish } from '../domain/money/allocation-order.ts';
import type { LegalDate } from '../domain/calendar.ts';
import { bareSymbol } from '../domain/money/symbols.ts';
import type { PaymentState } from '../domain/money/payment-life.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { allocationsOf, bookedUnder, holdKey, postTransactions } from '../store/ledger.ts';
import { wishOfSymbol } from '../store/payment-groups.ts';
import { insertPaymentOnce, lockPayments, notePayer, paymentOfItem, paymentToReverse, type PaymentRecord } from '../store/payments.ts';
import { bookShares } from './allocate.ts';
import { PAYMENT, bookingDay, reasons } from './booking.ts';
import { matchPayment } from './match.ts';
import { bookBankMovement } from './movements.ts';
import { reversePayment } from './reverse.ts';

export type PaymentSource = 'bank' | 'gopay' | 'comgate' | 'cash' | 'terminal' | 'import';
export interface IncomingPayment {
  readonly source: PaymentSource;
  /** The item's id there: credited at most once. */
  readonly sourceId: string;
  /** Ledger account that is debited: bank:…, cash:…, gateway:… */
  readonly account: string;
  /** Whole haléře, more than nothing. */
  readonly amount: number;
  readonly variableSymbol: string;
  readonly specificSymbol?: string;
  readonly constantSymbol?: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  /** Day on which it was credited to us. */
  readonly receivedOn: LegalDate;
  /** Day on which the payer sent it, where the source says so. */
  readonly paidOn?: LegalDate;
  readonly wish?: readonly Wish[];
  readonly currency?: string;
  /** What was sent, in its own currency, as the source writes it. */
  readonly originalAmount?: number;
  /** The source takes an earlier payment of this amount, symbol and other side back. */
  readonly isReversal?: boolean;
}
export interface Received {
  readonly paymentId: string;
  /** Credited before: nothing was booked now. */
  readonly repeated: boolean;
  readonly allocated: readonly Share[];
  readonly state: PaymentState;
}

/** Idempotent by source and sourceId. Refuses `amount-not-positive`. A storno of a payment that we do not know stays among movements, with `paymentId` ''. */
export async function receive(
  trx: Transaction,
  tenantId: number,
  incoming: IncomingPayment,
  { now }: { readonly now: string },
): Promise<Received> {
  if (!Number.isSafeInteger(incoming.amount) || incoming.amount <= 0) throw new Problem('invalid', 'amount-not-positive');
  if (incoming.isReversal) return takeBack(trx, tenantId, incoming, now);
  const record = recordOf(incoming, now);
  if (!(await insertPaymentOnce(trx, tenantId, record))) return before(trx, tenantId, incoming);
  const by = `rule:${incoming.source}`;
  const { day, moved } = await bookingDay(trx, tenantId, incoming.receivedOn);
  await postTransactions(trx, tenantId, [
    {
      id: record.id,
      kind: incoming.source === 'import' ? 'import' : 'receive',
      key: `receive:${incoming.source}:${incoming.sourceId}`,
      bookedOn: day,
      recordedAt: now,
      actor: by,
      reason: reasons(foreign(incoming), moved),
      entries: [
        { account: incoming.account, amount: incoming.amount },
        { account: PAYMENT, subject: record.id, amount: -incoming.amount },
      ],
    },
  ]);
  // One symbol may stand for several prescriptions that a citizen pays at once.
  const wish = incoming.wish ?? (await wishOfSymbol(trx, tenantId, record.variableSymbol)) ?? [];
  const match = await matchPayment(trx, tenantId, { ...record, wish });
  if (match.payerId !== null) await notePayer(trx, tenantId, record.id, match.payerId);
  const booked = await bookShares(trx, tenantId, {
    payment: { id: record.id, receivedOn: record.receivedOn, paidOn: record.paidOn, payerId: match.payerId },
    shares: match.shares,
    reason: match.reason,
    by: match.by,
    now,
    day: incoming.receivedOn,
  });
  return { paymentId: record.id, repeated: false, allocated: booked.shares, state: booked.state };
}

function recordOf(incoming: IncomingPayment, now: string): PaymentRecord {
  return {
    id: newId(new Date(now)),
    source: incoming.source,
    sourceId: incoming.sourceId,
    amount: incoming.amount,
    variableSymbol: bareSymbol(incoming.variableSymbol),
    specificSymbol: incoming.specificSymbol ?? '',
    constantSymbol: incoming.constantSymbol ?? '',
    ledgerAccount: incoming.account,
    counterAccount: incoming.counterAccount,
    payerName: incoming.payerName,
    message: incoming.message,
    receivedOn: incoming.receivedOn,
    paidOn: incoming.paidOn ?? null,
    wish: incoming.wish ? incoming.wish.map((one) => ({ ...one })) : null,
    recordedAt: now,
  };
}

const foreign = ({ currency, originalAmount }: IncomingPayment): string =>
  currency === undefined || currency === 'CZK' ? '' : `${currency} ${originalAmount ?? ''}`.trim();

async function before(trx: Transaction, tenantId: number, incoming: IncomingPayment): Promise<Received> {
  const known = await paymentOfItem(trx, tenantId, incoming.source, incoming.sourceId);
  if (!known) throw new Error('a payment that is known is not there');
  const standing = await allocationsOf(trx, tenantId, { paymentId: known.id });
  const allocated = standing.map(({ prescriptionId, amount }) => ({ prescriptionId, amount }));
  return { paymentId: known.id, repeated: true, allocated, state: known.state as PaymentState };
}

async function takeBack(trx: Transaction, tenantId: number, storno: IncomingPayment, now: string): Promise<Received> {
  const { source, sourceId, account, amount, counterAccount, receivedOn } = storno;
  const key = `storno:${source}:${sourceId}`;
  const by = `rule:${source}`;
  await holdKey(trx, tenantId, key);
  const known = await bookedUnder(trx, tenantId, [key, `movement:${key}`]);
  if (known) return { paymentId: known.reverses ?? '', repeated: true, allocated: [], state: 'reversed' };
  const variableSymbol = bareSymbol(storno.variableSymbol);
  const paymentId = await heldToReverse(trx, tenantId, { source, ledgerAccount: account, amount, variableSymbol, counterAccount });
  if (paymentId === undefined) {
    const movement = { id: key, bookedOn: receivedOn, amount: -amount, account, reason: 'storno platby, kterou neznáme', by, now };
    const { repeated } = await bookBankMovement(trx, tenantId, movement);
    return { paymentId: '', repeated, allocated: [], state: 'reversed' };
  }
  const { state, repeated } = await reversePayment(trx, tenantId, {
    paymentId,
    reason: 'storno banky',
    source: key,
    on: receivedOn,
    by,
    now,
  });
  return { paymentId, repeated, allocated: [], state };
}

/** The payment is locked; one that was sent back or taken back while we waited for it is not the one. */
async function heldToReverse(
  trx: Transaction,
  tenantId: number,
  storno: Parameters<typeof paymentToReverse>[2],
): Promise<string | undefined> {
  for (;;) {
    const id = await paymentToReverse(trx, tenantId, storno);
    const held = id === undefined ? undefined : (await lockPayments(trx, tenantId, [id])).get(id);
    if (!held || held.reversed + held.returning + held.returned === 0) return id;
  }
}
