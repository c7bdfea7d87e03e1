// Money that came: recorded once, booked (bank + / payment −), matched, cleared, and the cases told – all in the caller's transaction, without a lock on any case.
import { bareSymbol } from '../domain/money/symbols.ts';
import type { PaymentState } from '../domain/money/payment-life.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { allocationsOf, postTransactions } from '../store/ledger.ts';
import { wishOfSymbol } from '../store/payment-groups.ts';
import { insertPaymentOnce, notePayer, paymentOfItem, type PaymentRecord } from '../store/payments.ts';
import { bookShares } from './allocate.ts';
import { PAYMENT, bookingDay, reasons } from './booking.ts';
import type { IncomingPayment, Received } from './incoming.ts';
import { matchPayment } from './match.ts';
import { takeBack } from './storno.ts';

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
