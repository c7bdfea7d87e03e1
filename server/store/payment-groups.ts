// Several prescriptions paid at once under one variable symbol. A group is only added; what of it is still open is asked of the books.
import { randomUUID } from 'node:crypto';
import { isWellFormed, symbolOf } from '../domain/money/symbols.ts';
import type { Transaction } from './database.ts';
import { nextNumber } from './documents.ts';

export interface PaymentGroup {
  readonly id: string;
  readonly variableSymbol: string;
  readonly personId: string;
  readonly amount: number;
  readonly createdAt: string;
  /** In the order in which the money pays them. */
  readonly items: readonly GroupItem[];
}
export interface GroupItem {
  readonly prescriptionId: string;
  /** Haléře that were open when the group was made. */
  readonly amount: number;
}

/** A series of its own among the symbols of server/domain/money/symbols.ts, with the same check digit. */
const PREFIX = '88';

export async function insertGroup(
  trx: Transaction,
  tenantId: number,
  group: { readonly personId: string; readonly items: readonly GroupItem[]; readonly at: string },
): Promise<PaymentGroup> {
  const id = randomUUID();
  const variableSymbol = symbolOf(PREFIX, await nextNumber(trx, tenantId, `vs:${PREFIX}`, 0));
  const amount = group.items.reduce((sum, item) => sum + item.amount, 0);
  await trx('payment_group').insert({
    tenant_id: tenantId,
    id,
    variable_symbol: variableSymbol,
    person_id: group.personId,
    amount,
    created_at: group.at,
  });
  await trx('payment_group_item').insert(
    group.items.map((item, index) => ({
      tenant_id: tenantId,
      group_id: id,
      place: index + 1,
      prescription_id: item.prescriptionId,
      amount: item.amount,
    })),
  );
  return { id, variableSymbol, personId: group.personId, amount, createdAt: group.at, items: group.items };
}

export const groupById = (trx: Transaction, tenantId: number, id: string): Promise<PaymentGroup | undefined> =>
  readGroup(trx, tenantId, { id });

/** What a payment under this symbol wants paid, in order; undefined when the symbol is not a group's. */
export async function wishOfSymbol(
  trx: Transaction,
  tenantId: number,
  variableSymbol: string,
): Promise<readonly { readonly prescriptionId: string }[] | undefined> {
  if (!isGroupSymbol(variableSymbol)) return undefined;
  const group = await readGroup(trx, tenantId, { variable_symbol: variableSymbol });
  return group?.items.map(({ prescriptionId }) => ({ prescriptionId }));
}

/** A mistyped one is none. */
export const isGroupSymbol = (symbol: string): boolean => symbol.startsWith(PREFIX) && isWellFormed(symbol);

export interface OpenDebt {
  readonly id: string;
  readonly debtor: string | null;
  readonly kind: string;
  readonly open: number;
}
/** Those of `ids` that are left to pay, the oldest due first. */
export async function openDebts(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<readonly OpenDebt[]> {
  const { rows } = await trx.raw<{ rows: OpenDebt[] }>(
    `select p.id, p.debtor_id as debtor, p.kind, b.open from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id
      where p.tenant_id = ? and p.id = any(?::uuid[]) and p.cancelled_at is null and b.open > 0 order by p.due_date, p.id`,
    [tenantId, [...ids]],
  );
  return rows;
}

async function readGroup(
  trx: Transaction,
  tenantId: number,
  by: { readonly id: string } | { readonly variable_symbol: string },
): Promise<PaymentGroup | undefined> {
  const row = await trx('payment_group')
    .where({ tenant_id: tenantId, ...by })
    .first();
  if (!row) return undefined;
  const items = await trx('payment_group_item')
    .where({ tenant_id: tenantId, group_id: row.id })
    .orderBy('place')
    .select('prescription_id', 'amount');
  return {
    id: row.id as string,
    variableSymbol: row.variable_symbol as string,
    personId: row.person_id as string,
    amount: Number(row.amount),
    createdAt: (row.created_at as Date).toISOString(),
    items: items.map((item) => ({ prescriptionId: item.prescription_id as string, amount: Number(item.amount) })),
  };
}
