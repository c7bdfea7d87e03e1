// Bulk transfers of gateways to the town's account, as the gateways list them. Only added.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface TransferRecord {
  readonly gateway: string;
  readonly id: string;
  readonly day: string;
  readonly amount: number;
  readonly fee: number;
  readonly variableSymbol: string;
  readonly items: readonly { readonly paymentId: string; readonly amount: number; readonly fee: number }[];
  readonly readAt: string;
}

/** False when it was read before. */
export async function insertTransfer(trx: Transaction, tenantId: number, t: TransferRecord): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into gateway_transfer (tenant_id, gateway, id, day, amount, fee, variable_symbol, read_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (tenant_id, gateway, id) do nothing returning id`,
    values: [tenantId, t.gateway, t.id, t.day, t.amount, t.fee, t.variableSymbol, t.readAt],
  });
  if (rows.length === 0) return false;
  await ask(trx, {
    text: `insert into gateway_transfer_item (tenant_id, gateway, transfer_id, place, remote_id, card_payment_id, amount, fee)
           select $1, $2, $3, i.place, i."paymentId", c.id, i.amount, i.fee
             from jsonb_to_recordset($4::jsonb) as i(place int, "paymentId" text, amount bigint, fee bigint)
             left join card_payment c on c.tenant_id = $1 and c.remote_id = i."paymentId" and c.gateway = $2`,
    values: [tenantId, t.gateway, t.id, JSON.stringify(t.items.map((item, index) => ({ ...item, place: index + 1 })))],
  });
  return true;
}

/** Why a person must look at a transfer that was just read; undefined when all agrees. */
export async function troubleOfTransfer(
  trx: Transaction,
  tenantId: number,
  t: Pick<TransferRecord, 'gateway' | 'id' | 'amount' | 'variableSymbol'>,
): Promise<'unknown-payment' | 'credited-before' | undefined> {
  const [row] = await ask<{ unknown: boolean; before: boolean }>(trx, {
    text: `select exists (select from gateway_transfer_item where tenant_id = $1 and gateway = $2 and transfer_id = $3 and card_payment_id is null) as unknown,
                  exists (select from payment where tenant_id = $1 and source = 'bank' and amount = $4 and variable_symbol = ltrim($5, '0') and variable_symbol <> '') as before`,
    values: [tenantId, t.gateway, t.id, t.amount, t.variableSymbol],
  });
  if (row?.before) return 'credited-before';
  return row?.unknown ? 'unknown-payment' : undefined;
}

export async function noteTransferTrouble(
  trx: Transaction,
  tenantId: number,
  { gateway, id }: Pick<TransferRecord, 'gateway' | 'id'>,
  trouble: string,
): Promise<void> {
  await trx('gateway_transfer').where({ tenant_id: tenantId, gateway, id }).update({ trouble });
}
