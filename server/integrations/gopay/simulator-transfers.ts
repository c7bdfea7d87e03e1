// The simulated gateway sends the shop what it has collected, less refunds and fees, and says so in the statement of the shop's account (ABO).
import type { Context } from 'koa';
import { z } from 'zod';
import { readBody } from '../request-body.ts';
import { refuse, type GopayCore } from './simulator-core.ts';
import type { SimulatedTransfer } from './simulator-state.ts';

/** What the gateway keeps of a payment: 1 % and 3 Kč. */
export const feeOf = (amount: number): number => Math.round(amount / 100) + 300;
const SHOP_ACCOUNT = '0000002000145399';

/** One transfer of all that was not transferred yet; undefined when nothing is there to send. */
export async function transferAll(core: GopayCore): Promise<SimulatedTransfer | undefined> {
  const items = [...core.payments.values()].flatMap((tracked) => {
    const { id, amount, variableSymbol = '' } = tracked.payment;
    const isCollected = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(tracked.state);
    const due = isCollected ? amount - tracked.refunded - tracked.transferred : 0;
    const isFirst = tracked.transferred === 0 && tracked.state !== 'REFUNDED';
    return due === 0 ? [] : [{ paymentId: id, variableSymbol, amount: due, fee: isFirst ? feeOf(amount) : 0 }];
  });
  const amount = items.reduce((sum, item) => sum + item.amount - item.fee, 0);
  if (amount <= 0) return undefined;
  const id = (core.payments.transfers?.length ?? 0) + 1;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Prague' }).format(core.clock.now());
  const transfer = { id, day, amount, variableSymbol: String(core.shop.goid).slice(-10), items };
  await core.record({ type: 'transferred', transfer });
  return transfer;
}

const askedSchema = z.object({
  goid: z.number(),
  currency: z.literal('CZK'),
  date_from: z.iso.date(),
  date_to: z.iso.date(),
  format: z.literal('ABO_A'),
});

export async function statement(core: GopayCore, ctx: Context): Promise<void> {
  const asked = askedSchema.safeParse(JSON.parse((await readBody(ctx)).toString('utf8')));
  if (!asked.success || asked.data.goid !== core.shop.goid) return refuse(core, ctx, 409, 'INVALID', 'goid');
  const { date_from, date_to } = asked.data;
  const transfers = (core.payments.transfers ?? []).filter(({ day }) => day >= date_from && day <= date_to);
  ctx.type = 'application/octet-stream';
  ctx.body = [headOf(core, date_to), ...transfers.flatMap(linesOf)].map((line) => `${line}\r\n`).join('');
}

const digits = (value: number | string, length: number): string => String(value).padStart(length, '0').slice(-length);
const czechDay = (day: string): string => day.slice(8) + day.slice(5, 7) + day.slice(2, 4);

function headOf(core: GopayCore, day: string): string {
  const none = `${digits(0, 14)}+`;
  return `074${digits(core.shop.goid, 16)}${'GoPay'.padEnd(20)}${czechDay(day)}${none}${none}${none}${none}001${czechDay(day)}`.padEnd(128);
}

function linesOf({ id, day, amount, variableSymbol, items }: SimulatedTransfer): readonly string[] {
  const line = (what: { account?: string; document: number; amount: number; symbol: string; name: string }): string =>
    `075${digits(0, 16)}${digits(what.account ?? 0, 16)}${digits(what.document, 13)}${digits(Math.abs(what.amount), 12)}${what.amount > 0 ? 2 : 1}` +
    `${digits(what.symbol, 10)}${digits(0, 10)}${digits(0, 10)}${czechDay(day)}${what.name.padEnd(20)}000203${czechDay(day)}`;
  return [
    ...items.flatMap((item) => [
      line({ document: item.paymentId, amount: item.amount, symbol: item.variableSymbol || '1', name: 'Platba' }),
      ...(item.fee > 0 ? [line({ document: item.paymentId, amount: -item.fee, symbol: '0', name: 'Poplatek' })] : []),
    ]),
    line({ account: SHOP_ACCOUNT, document: id, amount: -amount, symbol: variableSymbol, name: 'Vyrovnani' }),
  ];
}
