// Who may order a payment at the town's gateway, and who may ask how it ended: a citizen for what he may see, anybody for a symbol and its exact amount.
import { timingSafeEqual } from 'node:crypto';
import { hashOf, orderPayment, publicOrderId } from '../books/gateways/order-payment.ts';
import { dayOf } from '../domain/calendar.ts';
import { bareSymbol } from '../domain/money/symbols.ts';
import { Problem } from '../domain/problem.ts';
import { cardPaymentBy, type CardPaymentRow } from '../store/card-payments.ts';
import { reach } from '../platform/crash-point.ts';
import type { Transaction } from '../store/database.ts';
import { maySee, viewerId, visiblePayers, type AccountViewer } from '../store/payer-access.ts';
import { prescriptionBy, prescriptionsBySymbols, prescriptionsNow, type PrescriptionNow } from '../store/prescriptions.ts';
import type { Corridor } from './corridor.ts';

/** As many as fit one order by hand; a whole household has fewer. */
export const MOST_AT_ONCE = 50;

interface Wanted {
  /** Name of the town's gateway; undefined = it takes no payments by one. */
  readonly gateway: string | undefined;
  readonly commandId: string;
}
export interface OwnOrder extends Wanted {
  readonly personId: AccountViewer;
  readonly prescriptionIds: readonly string[];
  /** The case from which he pays: then each of them must belong to it, and he must be its applicant. */
  readonly caseId?: string;
}

/** Gives the id of the payment, the same for the same command. Refuses `gateway-missing`, `nothing-to-pay`, `too-many-prescriptions`, `prescription-not-found` and what order-payment.ts refuses. */
export async function payByGateway(corridor: Corridor, tenantId: number, order: OwnOrder): Promise<string> {
  const gateway = gatewayOf(order);
  const wanted = [...new Set(order.prescriptionIds.map((id) => id.toLowerCase()))];
  if (wanted.length === 0) throw new Problem('invalid', 'nothing-to-pay');
  if (wanted.length > MOST_AT_ONCE) throw new Problem('invalid', 'too-many-prescriptions', { most: MOST_AT_ONCE });
  const now = corridor.clock.now().toISOString();
  const { personId: viewer, caseId, commandId } = order;
  const personId = viewerId(viewer);
  const id = await corridor.db.withTenant(tenantId, async (trx) => {
    const debts = await prescriptionsNow(trx, tenantId, wanted);
    // Somebody else's and unknown ones answer the same: nothing is learned by trying ids.
    if (debts.length < wanted.length || !(await mayPay(trx, tenantId, { debts, viewer, caseId, now })))
      throw new Problem('not-found', 'prescription-not-found');
    const person = await trx('person').where({ tenant_id: tenantId, id: personId }).first('email', 'lang');
    const ordered = await orderPayment(trx, tenantId, {
      gateway,
      personId,
      commandId,
      prescriptionIds: oldestFirst(debts),
      returnUrl: (one) => `${corridor.town(tenantId).publicUrl}/platba/${one}`,
      email: person?.email ?? null,
      lang: person?.lang === 'en' ? 'en' : 'cs',
      now,
      ...(caseId === undefined ? {} : { caseId }),
    });
    reach('before-commit:begin-card-payment');
    return ordered;
  });
  reach('after-commit:begin-card-payment');
  corridor.poke();
  return id;
}

async function mayPay(
  trx: Transaction,
  tenantId: number,
  who: {
    readonly debts: readonly PrescriptionNow[];
    readonly viewer: AccountViewer;
    readonly caseId: string | undefined;
    readonly now: string;
  },
): Promise<boolean> {
  const { debts, viewer, caseId, now } = who;
  if (caseId !== undefined) {
    const own = await trx('cases')
      .where({ tenant_id: tenantId, id: caseId, applicant_id: viewerId(viewer) })
      .first('id');
    return own !== undefined && debts.every((debt) => debt.caseId === caseId);
  }
  const payers = await visiblePayers(trx, tenantId, viewer, dayOf(now));
  return debts.every(({ payerId, kind }) => maySee(payers, { debtor: payerId, kind }));
}

const oldestFirst = (debts: readonly PrescriptionNow[]): readonly string[] =>
  debts.toSorted((a, b) => a.dueDate.localeCompare(b.dueDate) || a.id.localeCompare(b.id)).map(({ id }) => id);

/** A citizen's own payment. Refuses `card-payment-not-found`. */
export async function ownCardPayment(corridor: Corridor, tenantId: number, personId: string, id: string): Promise<CardPaymentRow> {
  const found = await corridor.db.withTenant(tenantId, (trx) => cardPaymentBy(trx, tenantId, { id }));
  if (found?.personId !== personId) throw new Problem('not-found', 'card-payment-not-found');
  return found;
}

export interface PublicDebt {
  readonly variableSymbol: string;
  /** Haléře, exactly what is left to pay. */
  readonly amount: number;
}

/** When it was prescribed. Refuses `debt-not-found` alike for an unknown symbol, another amount and what is paid: nothing is learned by trying. */
export function requirePublicDebt(corridor: Corridor, tenantId: number, debt: PublicDebt): Promise<string> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const { id } = await publicDebt(trx, tenantId, debt);
    const prescribed = await prescriptionBy(trx, tenantId, { id });
    if (!prescribed) throw new Problem('not-found', 'debt-not-found');
    return prescribed.createdAt;
  });
}

async function publicDebt(trx: Transaction, tenantId: number, { variableSymbol, amount }: PublicDebt): Promise<PrescriptionNow> {
  const rows = await prescriptionsBySymbols(trx, tenantId, [bareSymbol(variableSymbol)]);
  const found = rows.find(({ open }) => open === amount && open > 0);
  if (!found) throw new Problem('not-found', 'debt-not-found');
  return found;
}

/** The id of his command is the payer's key too: made by his browser, known to nobody else, and the same order given twice is one. */
export async function payWithoutLogin(
  corridor: Corridor,
  tenantId: number,
  order: Wanted & PublicDebt & { readonly lang: 'cs' | 'en' },
): Promise<string> {
  const gateway = gatewayOf(order);
  const now = corridor.clock.now().toISOString();
  const accessKey = order.commandId;
  const id = await corridor.db.withTenant(tenantId, async (trx) => {
    const before = await cardPaymentBy(trx, tenantId, { order_id: publicOrderId(accessKey) });
    if (before) return before.id;
    const debt = await publicDebt(trx, tenantId, order);
    return orderPayment(trx, tenantId, {
      gateway,
      personId: null,
      accessKey,
      prescriptionIds: [debt.id],
      returnUrl: (one) => `${corridor.town(tenantId).publicUrl}/platba-bez-prihlaseni/${one}?klic=${encodeURIComponent(accessKey)}`,
      lang: order.lang,
      now,
    });
  });
  corridor.poke();
  return id;
}

/** Refuses `card-payment-not-found`, alike for a wrong id and a wrong key. */
export async function publicCardPayment(corridor: Corridor, tenantId: number, id: string, accessKey: string): Promise<CardPaymentRow> {
  const found = await corridor.db.withTenant(tenantId, (trx) => cardPaymentBy(trx, tenantId, { id }));
  const told = Buffer.from(hashOf(accessKey));
  const kept = Buffer.from(found?.accessHash ?? hashOf(''));
  if (!found || found.personId !== null || found.accessHash === null || !timingSafeEqual(told, kept))
    throw new Problem('not-found', 'card-payment-not-found');
  return found;
}

function gatewayOf({ gateway }: Wanted): string {
  if (gateway === undefined) throw new Problem('conflict', 'gateway-missing');
  return gateway;
}
