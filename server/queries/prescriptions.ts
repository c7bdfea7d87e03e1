// A case's prescriptions as the payer and the clerk see them: what, how much, why, how to pay.
import type { PrescriptionCard } from '../contract/portal.ts';
import { spayd } from '../domain/qr-payment.ts';
import type { DecisionTrace } from '../engine/types.ts';
import type { Transaction } from '../store/database.ts';
import { prescriptionsOf, type PrescriptionRow } from '../store/prescriptions.ts';
import type { Reader } from './reader.ts';

export async function prescriptionCards(
  reader: Reader,
  trx: Transaction,
  tenantId: number,
  caseId: string,
): Promise<readonly PrescriptionCard[]> {
  const rows = await prescriptionsOf(trx, tenantId, caseId);
  if (rows.length === 0) return [];
  const received = await trx('live_allocation as a')
    .join('payment as p', (on) => on.on('p.tenant_id', 'a.tenant_id').andOn('p.id', 'a.payment_id'))
    .where('a.tenant_id', tenantId)
    .whereIn(
      'a.prescription_id',
      rows.map((row) => row.id),
    )
    .orderBy('a.recorded_at')
    .select('a.prescription_id', 'a.amount', 'a.recorded_at', 'p.source');
  return rows.map((row) =>
    card(
      reader.account(tenantId, row.createdAt),
      row,
      received
        .filter((r) => r.prescription_id === row.id)
        .map((r) => ({
          at: (r.recorded_at as Date).toISOString(),
          amount: Number(r.amount),
          way: wayOf(r.source),
        })),
    ),
  );
}

/** How the payer paid, as he would say it. */
const wayOf = (source: string): PrescriptionCard['receivedPayments'][number]['way'] => WAYS[source] ?? 'transfer';
const WAYS: Readonly<Record<string, PrescriptionCard['receivedPayments'][number]['way']>> = {
  gopay: 'card',
  comgate: 'card',
  terminal: 'card',
  cash: 'cash',
};

function card(
  town: { readonly account: string; readonly iban: string },
  row: PrescriptionRow,
  receivedPayments: PrescriptionCard['receivedPayments'],
): PrescriptionCard {
  return {
    id: row.id,
    title: row.title,
    amount: row.amount,
    paid: row.paid,
    state: row.isCancelled ? 'cancelled' : row.open <= 0 ? 'paid' : 'open',
    dueDate: row.dueDate,
    variableSymbol: row.variableSymbol,
    account: town.account,
    iban: town.iban,
    spayd: paymentText(town.account, row),
    qrHref: `/api/cases/${row.caseId}/prescriptions/${row.id}/qr.svg`,
    legalBasis: row.legalBasis,
    why: reasons(row.decision as DecisionTrace | null),
    receivedPayments,
  };
}

/** QR Platba for what is still open; empty when nothing is. */
export function paymentText(account: string, row: PrescriptionRow): string {
  if (row.open <= 0) return '';
  return spayd({ account, amount: row.open, variableSymbol: row.variableSymbol, due: row.dueDate, message: row.title });
}

/** The annotations of the rules that matched: what the ordinance says, in the table's own words. */
function reasons(decision: DecisionTrace | null): readonly string[] {
  return decision?.rules?.flatMap((rule) => (rule.annotation ? [rule.annotation] : [])) ?? [];
}
