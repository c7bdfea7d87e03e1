// From a payment to the shares that it gives: the payer's wish, its symbol, a certain match without one, and arrears of the same payer for what is over.
import { arrears, byWish, isLocalFee, shareOut, together, type Share, type Wish } from '../domain/money/allocation-order.ts';
import { certain, type Candidate } from '../domain/money/matching.ts';
import type { Transaction } from '../store/database.ts';
import { payersOfAccount, rulesOfAccount, type PaymentRecord } from '../store/payments.ts';
import { lockPrescriptions, openOfPayers, prescriptionsBySymbols, prescriptionsNow, type PrescriptionNow } from '../store/prescriptions.ts';
import type { By } from './booking.ts';

/** Why money, or a part of it, belongs to no prescription; '' when all of it does. */
export type Leftover = '' | 'no-symbol' | 'unknown-symbol' | 'overpaid' | 'already-paid' | 'prescription-cancelled' | 'wish-not-open';
export interface Match {
  readonly shares: readonly Share[];
  readonly payerId: string | null;
  readonly by: By;
  readonly reason: Leftover;
}
type Matched = Pick<PaymentRecord, 'amount' | 'variableSymbol' | 'counterAccount' | 'payerName' | 'message' | 'receivedOn' | 'source'> & {
  readonly wish: readonly Wish[];
};

/** The prescriptions that take a share are locked afterwards, and what they take is reckoned from how they stand under the lock. */
export async function matchPayment(trx: Transaction, tenantId: number, payment: Matched): Promise<Match> {
  const meant = await meantBy(trx, tenantId, payment);
  const payerId = meant.prescriptions.find((row) => row.payerId !== null)?.payerId ?? null;
  const further = payerId === null || !mayFlow(meant.prescriptions) ? [] : await openOfPayers(trx, tenantId, [payerId]);
  const ids = [...meant.prescriptions, ...further].map(({ id }) => id);
  const locked = await lockPrescriptions(trx, tenantId, [...new Set(ids)].toSorted());
  const now = (rows: readonly PrescriptionNow[]): readonly PrescriptionNow[] =>
    rows.flatMap(({ id }) => {
      const row = locked.get(id);
      return row && row.open > 0 ? [row] : [];
    });
  const first = payment.wish.length > 0 ? byWish(payment.wish, now(meant.prescriptions)) : now(meant.prescriptions);
  const shares = shareOut(payment.amount, first);
  const given = new Map(shares.map(({ prescriptionId, amount }) => [prescriptionId, amount]));
  const still = now(further).map((row) => ({ ...row, open: row.open - (given.get(row.id) ?? 0) }));
  const all = together([...shares, ...shareOut(payment.amount - sum(shares), arrears(still, payment.receivedOn))]);
  return { shares: all, payerId, by: meant.by, reason: leftover(payment, meant.prescriptions, locked, all) };
}
const sum = (shares: readonly Share[]): number => shares.reduce((total, { amount }) => total + amount, 0);

/** An overpaid fee flows to arrears of fees; money for a fine or an administrative fee does not (§ 154 odst. 2 zákona č. 280/2009 Sb.). */
const mayFlow = (meant: readonly PrescriptionNow[]): boolean => meant.length > 0 && meant.every(isLocalFee);

async function meantBy(
  trx: Transaction,
  tenantId: number,
  payment: Matched,
): Promise<{ readonly prescriptions: readonly PrescriptionNow[]; readonly by: By }> {
  if (payment.wish.length > 0) {
    const rows = await prescriptionsNow(
      trx,
      tenantId,
      payment.wish.map(({ prescriptionId }) => prescriptionId),
    );
    // In the order of the wish: the payer of its first prescription is whose arrears take what is over.
    const wished = payment.wish.flatMap(({ prescriptionId }) => rows.find(({ id }) => id === prescriptionId) ?? []);
    return { prescriptions: wished, by: 'rule:wish' };
  }
  if (payment.variableSymbol !== '') {
    const exact = await prescriptionsBySymbols(trx, tenantId, [payment.variableSymbol]);
    if (exact.length > 0) return { prescriptions: exact, by: 'rule:variable-symbol' };
  }
  const [rules, payers] = await Promise.all([
    rulesOfAccount(trx, tenantId, payment.counterAccount),
    payersOfAccount(trx, tenantId, payment.counterAccount),
  ]);
  const concerned = [...new Set([...payers, ...rules.map(({ payerId }) => payerId)])];
  if (concerned.length === 0) return { prescriptions: [], by: `rule:${payment.source}` };
  const rows = await openOfPayers(trx, tenantId, concerned);
  const found = certain(payment, { rules, ofAccount: rows.map(candidate) });
  if (!found) return { prescriptions: [], by: `rule:${payment.source}` };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { prescriptions: found.candidates.flatMap(({ prescriptionId }) => byId.get(prescriptionId) ?? []), by: found.by };
}

const candidate = (row: PrescriptionNow): Candidate => ({
  prescriptionId: row.id,
  payerId: row.payerId,
  payerName: '',
  kind: row.kind,
  variableSymbol: row.variableSymbol,
  open: row.open,
  dueDate: row.dueDate,
});

function leftover(
  payment: Matched,
  meant: readonly PrescriptionNow[],
  locked: ReadonlyMap<string, PrescriptionNow>,
  shares: readonly Share[],
): Leftover {
  if (sum(shares) === payment.amount) return '';
  if (shares.length > 0) return 'overpaid';
  if (meant.length === 0) {
    if (payment.wish.length > 0) return 'wish-not-open';
    return payment.variableSymbol === '' ? 'no-symbol' : 'unknown-symbol';
  }
  return meant.every(({ id }) => locked.get(id)?.total === 0) ? 'prescription-cancelled' : 'already-paid';
}
