// A case's prescriptions as the payer and the clerk see them: what, how much, why, how to pay.
import type { PrescriptionCard } from '../contract/portal.ts';
import { spayd } from '../domain/qr-payment.ts';
import type { DecisionTrace } from '../engine/types.ts';
import type { Transaction } from '../store/database.ts';
import { prescriptionsOf, type PrescriptionRow } from '../store/money.ts';
import type { Reader } from './reader.ts';

export async function prescriptionCards(
  reader: Reader,
  trx: Transaction,
  tenantId: number,
  caseId: string,
): Promise<readonly PrescriptionCard[]> {
  const rows = await prescriptionsOf(trx, tenantId, caseId);
  if (rows.length === 0) return [];
  const received = await trx('allocation as a')
    .join('payment as p', (on) => on.on('p.tenant_id', 'a.tenant_id').andOn('p.id', 'a.payment_id'))
    .where('a.tenant_id', tenantId)
    .whereIn(
      'a.prescription_id',
      rows.map((row) => row.id),
    )
    .orderBy('a.at')
    .select('a.prescription_id', 'a.amount', 'a.at', 'p.source');
  return rows.map((row) =>
    card(
      reader.account(tenantId),
      row,
      received
        .filter((r) => r.prescription_id === row.id)
        .map((r) => ({
          at: (r.at as Date).toISOString(),
          amount: Number(r.amount),
          way: r.source === 'gopay' ? ('card' as const) : ('transfer' as const),
        })),
    ),
  );
}

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
    state: row.cancelledAt !== null ? 'cancelled' : row.paid >= row.amount ? 'paid' : 'open',
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
  const open = row.amount - row.paid;
  if (open <= 0 || row.cancelledAt !== null) return '';
  return spayd({ account, amount: open, variableSymbol: row.variableSymbol, due: row.dueDate, message: row.title });
}

/** The annotations of the rules that matched: what the ordinance says, in the table's own words. */
function reasons(decision: DecisionTrace | null): readonly string[] {
  return decision?.rules?.flatMap((rule) => (rule.annotation ? [rule.annotation] : [])) ?? [];
}
