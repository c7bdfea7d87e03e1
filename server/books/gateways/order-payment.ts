// A payment is ordered at the town's gateway: for one prescription, several or all, once for each order given. Founded there by an effect, after this transaction.
import { createHash } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { cardPaymentBy, insertCardPayment } from '../../store/card-payments.ts';
import type { Transaction } from '../../store/database.ts';
import type { Json } from '../../store/json.ts';
import { insertEffects } from '../../store/outbox.ts';
import { insertGroup } from '../../store/payment-groups.ts';
import { prescriptionsNow, type PrescriptionNow } from '../../store/prescriptions.ts';
import { LISTENER } from './order-listener.ts';

/** A citizen with the id of his command; or whoever pays without login, with a key that his browser made. */
type Orderer = { readonly personId: string; readonly commandId: string } | { readonly personId: null; readonly accessKey: string };

export type GatewayOrder = Orderer & {
  /** Connector that does it: `gopay`, `comgate`. */
  readonly gateway: string;
  /** In the order in which the money is to pay them. Those that are paid meanwhile are left out. */
  readonly prescriptionIds: readonly string[];
  readonly caseId?: string;
  /** Where the payer comes back to. */
  readonly returnUrl: (id: string) => string;
  readonly email?: string | null;
  readonly lang: 'cs' | 'en';
  readonly now: string;
};

/** More than the gateways and banks take at once, and surely a mistake. */
const MOST_HALERE = 999_999_999;

/** The id of the payment, the same for the same order. Refuses `prescription-not-found`, `prescription-cancelled`, `already-paid`, `sum-too-large`. */
export async function orderPayment(trx: Transaction, tenantId: number, order: GatewayOrder): Promise<string> {
  const orderId = order.personId === null ? publicOrderId(order.accessKey) : `${order.personId}:${order.commandId}`;
  const before = await cardPaymentBy(trx, tenantId, { order_id: orderId });
  if (before) return before.id;
  const debts = await openDebts(trx, tenantId, order.prescriptionIds);
  const amount = debts.reduce((sum, { open }) => sum + open, 0);
  if (amount > MOST_HALERE) throw new Problem('invalid', 'sum-too-large');
  const id = newId(new Date(order.now));
  const effectKey = createHash('sha256').update(`${tenantId}/card/${id}`).digest('hex').slice(0, 30);
  const shares = debts.map((debt) => ({ prescriptionId: debt.id, amount: debt.open }));
  const variableSymbol = await symbolOf(trx, tenantId, order, debts);
  const accessHash = order.personId === null ? hashOf(order.accessKey) : null;
  const { gateway, personId, caseId = null, now: createdAt } = order;
  const row = { id, caseId, gateway, amount, variableSymbol, personId, effectKey, accessHash, orderId, createdAt, shares };
  if (!(await insertCardPayment(trx, tenantId, row))) return (await cardPaymentBy(trx, tenantId, { order_id: orderId }))?.id ?? id;
  await insertEffects(trx, tenantId, [
    {
      key: effectKey,
      caseId: null,
      executionId: null,
      elementId: null,
      effect: `${gateway}.create`,
      title: `Platba přes bránu ${variableSymbol}`,
      input: inputOf(order, { id, amount, variableSymbol, debts }),
      at: order.now,
      listener: LISTENER,
      subject: id,
    },
  ]);
  return id;
}

/** What is kept of the key of a payer without login. */
export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
export const publicOrderId = (key: string): string => `public:${hashOf(`order ${key}`)}`;

async function openDebts(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly PrescriptionNow[]> {
  const wanted = [...new Set(ids)];
  const found = new Map((await prescriptionsNow(trx, tenantId, wanted)).map((row) => [row.id, row]));
  if (wanted.length === 0 || found.size < wanted.length) throw new Problem('not-found', 'prescription-not-found');
  const debts = wanted.flatMap((id) => found.get(id) ?? []);
  const open = debts.filter((debt) => debt.open > 0);
  if (open.length > 0) return open;
  throw new Problem('conflict', debts.every(({ total }) => total === 0) ? 'prescription-cancelled' : 'already-paid');
}

/** Several debts get a symbol of their own, so that the gateway's lists name what was paid. */
async function symbolOf(
  trx: Transaction,
  tenantId: number,
  { personId, now }: GatewayOrder,
  debts: readonly PrescriptionNow[],
): Promise<string> {
  const [only] = debts;
  if (debts.length === 1 || personId === null) return only?.variableSymbol ?? '';
  const items = debts.map((debt) => ({ prescriptionId: debt.id, amount: debt.open }));
  return (await insertGroup(trx, tenantId, { personId, items, at: now })).variableSymbol;
}

interface Ordered {
  readonly id: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly debts: readonly PrescriptionNow[];
}

/** Without login the gateway is told no title: it could name a person or his matters. */
function inputOf(order: GatewayOrder, { id, amount, variableSymbol, debts }: Ordered): Json {
  const plain = order.lang === 'en' ? `Payment ${variableSymbol}` : `Platba ${variableSymbol}`;
  const [only] = debts;
  return {
    amount,
    description: (debts.length === 1 && only && order.personId !== null ? only.title : plain).slice(0, 255),
    variableSymbol,
    items: debts.map((debt) => ({ name: (order.personId === null ? plain : debt.title).slice(0, 255), amount: debt.open })),
    returnUrl: order.returnUrl(id),
    lang: order.lang === 'en' ? 'EN' : 'CS',
    ...(order.email ? { email: order.email } : {}),
  };
}
