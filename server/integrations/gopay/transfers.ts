// Bulk transfers (vypořádání) out of the shop's account at GoPay, read from its statement in the ABO format (records 075, positions as in a bank's).
// Assumption, until a town sees a real file: the document number is the number of the payment; a fee is a debit without a counter account; a debit
// with one is the transfer to the town, and closes what stands before it.
import { OutsideFailure } from '../connector.ts';
import type { GatewayTransfer } from '../connector.ts';
import type { GopayClient } from './client.ts';

/** Payments wait for their transfer at most this long, so that a statement from that day on holds all of a transfer's items. */
const LONGEST_WAIT_DAYS = 35;
const DAY_MS = 86_400_000;

interface Line {
  readonly counterAccount: string;
  readonly paymentId: string;
  /** Credit positive. */
  readonly amount: number;
  readonly variableSymbol: string;
  readonly day: string;
}

export async function transfersOn(client: GopayClient, day: string): Promise<readonly GatewayTransfer[]> {
  const from = new Date(Date.parse(day) - LONGEST_WAIT_DAYS * DAY_MS).toISOString().slice(0, 10);
  const answer = await client.statement(from, day);
  if ('refused' in answer) throw new OutsideFailure('gopay-statement-refused', 'Platební brána výpis účtu nevydala.', { retryable: false });
  return transfersIn(linesOf(answer.value)).filter((transfer) => transfer.day === day);
}

/** Only a transfer that agrees with its items to the haléř is one; the first of a statement may lack items from before it. */
function transfersIn(lines: readonly Line[]): readonly GatewayTransfer[] {
  const found: GatewayTransfer[] = [];
  let open: Line[] = [];
  for (const line of lines) {
    if (line.amount > 0 || /^0*$/.test(line.counterAccount)) {
      open.push(line);
      continue;
    }
    found.push(transferOf(line, open));
    open = [];
  }
  return found.filter(({ amount, fee, items }) => items.reduce((sum, item) => sum + item.amount, 0) - fee === amount);
}

function transferOf(out: Line, lines: readonly Line[]): GatewayTransfer {
  const items = new Map<string, { amount: number; fee: number }>();
  for (const { paymentId, amount, variableSymbol } of lines) {
    const item = items.get(paymentId) ?? { amount: 0, fee: 0 };
    // A refund is a debit too, but carries the payment's symbol; a fee carries none.
    if (amount < 0 && /^0*$/.test(variableSymbol)) item.fee -= amount;
    else item.amount += amount;
    items.set(paymentId, item);
  }
  return {
    id: `${out.day}/${out.paymentId}`,
    day: out.day,
    amount: -out.amount,
    fee: [...items.values()].reduce((sum, { fee }) => sum + fee, 0),
    variableSymbol: out.variableSymbol.replace(/^0+/, ''),
    items: [...items].map(([paymentId, item]) => ({ paymentId, orderNumber: '', ...item })),
  };
}

function linesOf(statement: string): readonly Line[] {
  return statement
    .split(/\r?\n/)
    .filter((text) => text.startsWith('075'))
    .map((text) => {
      const part = (from: number, to: number): string => text.slice(from - 1, to);
      const amount = Number(part(49, 60));
      const date = part(92, 97);
      if (!/^\d{6}$/.test(date) || !Number.isSafeInteger(amount))
        throw new OutsideFailure('gopay-malformed', 'Výpis účtu u platební brány nelze přečíst.', { retryable: false });
      return {
        counterAccount: part(20, 35),
        paymentId: part(36, 48).replace(/^0+/, ''),
        amount: part(61, 61) === '2' ? amount : -amount,
        variableSymbol: part(62, 71),
        day: `20${date.slice(4)}-${date.slice(2, 4)}-${date.slice(0, 2)}`,
      };
    });
}
