// A citizen wants to pay several prescriptions at once: one sum, one symbol. Only what he may see and what is still open.
import { dayOf } from '../../domain/calendar.ts';
import { Problem } from '../../domain/problem.ts';
import { maySee, viewerId, visiblePayers, type AccountViewer } from '../../store/payer-access.ts';
import { insertGroup, openDebts } from '../../store/payment-groups.ts';
import type { Corridor } from '../corridor.ts';

/** As many as fit one payment by hand; a whole household has fewer. */
export const MOST_TOGETHER = 50;
/** QR Platba takes at most seven digits before the point and banks nine in haléře (SPAYD 1.0, AM). */
const MOST_HALERE = 999_999_999;

/** Gives the id of the group. Refuses `nothing-to-pay`, `too-many-prescriptions`, `prescription-not-found`, `sum-too-large`. */
export async function payTogether(
  corridor: Corridor,
  tenantId: number,
  personId: AccountViewer,
  prescriptionIds: readonly string[],
): Promise<string> {
  const wanted = [...new Set(prescriptionIds.map((id) => id.toLowerCase()))];
  if (wanted.length === 0) throw new Problem('invalid', 'nothing-to-pay');
  if (wanted.length > MOST_TOGETHER) throw new Problem('invalid', 'too-many-prescriptions', { most: MOST_TOGETHER });
  const at = corridor.clock.now().toISOString();
  return corridor.db.withTenant(tenantId, async (trx) => {
    const payers = await visiblePayers(trx, tenantId, personId, dayOf(at));
    const debts = await openDebts(trx, tenantId, wanted);
    const seen = debts.filter((debt) => maySee(payers, debt));
    // Somebody else's, unknown and paid ones all answer the same: nothing is learned by trying ids.
    if (seen.length < wanted.length) throw new Problem('not-found', 'prescription-not-found');
    const items = seen.map(({ id, open }) => ({ prescriptionId: id, amount: open }));
    if (items.reduce((sum, { amount }) => sum + amount, 0) > MOST_HALERE) throw new Problem('invalid', 'sum-too-large');
    return (await insertGroup(trx, tenantId, { personId: viewerId(personId), items, at })).id;
  });
}
