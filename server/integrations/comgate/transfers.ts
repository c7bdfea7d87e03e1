// Bulk transfers (vypořádání) as Comgate lists them: the transfers of a day, and the payments in each.
import { OutsideFailure } from '../connector.ts';
import type { GatewayTransfer } from '../connector.ts';
import type { ComgateClient } from './client.ts';

export async function transfersOn(client: ComgateClient, day: string): Promise<readonly GatewayTransfer[]> {
  const found: GatewayTransfer[] = [];
  for (const { transferId, transferDate, variableSymbol } of await client.transfers(day)) {
    const items = (await client.transferItems(transferId)).filter((row) => text(row, 'ID Comgate') !== '').map(itemOf);
    const fee = items.reduce((sum, item) => sum + item.fee, 0);
    const amount = items.reduce((sum, item) => sum + item.amount, 0) - fee;
    found.push({ id: transferId, day: transferDate, amount, fee, variableSymbol, items });
  }
  return found;
}

type Row = Readonly<Record<string, string | number | null | undefined>>;
const text = (row: Row, name: string): string => String(row[name] ?? '').trim();

function itemOf(row: Row): GatewayTransfer['items'][number] {
  return {
    paymentId: text(row, 'ID Comgate'),
    orderNumber: text(row, 'ID od klienta'),
    amount: halere(text(row, 'Potvrzena castka')),
    fee: halere(text(row, 'Poplatek celkem') || '0'),
  };
}

/** `1 234,50`, `-98.5` as haléře; never through a fraction. */
export function halere(written: string): number {
  const parts = /^(-?)(\d[\d \u00a0]*)(?:[.,](\d{1,2}))?$/.exec(written);
  if (!parts) throw new OutsideFailure('comgate-malformed', 'V seznamu převodů je částka, kterou nelze přečíst.', { retryable: false });
  const [, sign, crowns = '', rest = ''] = parts;
  const amount = Number(crowns.replace(/[^\d]/g, '')) * 100 + Number(rest.padEnd(2, '0'));
  return sign === '-' ? -amount : amount;
}
