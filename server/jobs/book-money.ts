// Kept messages about money go straight to the books, without a lock on any case: booked and ended in one transaction, the case is told afterwards.
import { notePayment, type GatewayWord, type Noted } from '../books/gateways/note-payment.ts';
import { bookBankMovement, receive } from '../books/index.ts';
import { Overtaken } from '../cases/changes.ts';
import type { Transaction } from '../store/database.ts';
import { finishMessage, type InboxRow } from '../store/inbox.ts';
import type { BankItem } from './place-message.ts';
import type { Workshop } from './workshop.ts';

interface Ended {
  readonly result: string;
  readonly reason?: string;
}

/** A movement of the town's account: a credit is a payment, a storno takes one back, any other debit is a movement of its own. */
export async function bookItem(workshop: Workshop, tenantId: number, message: InboxRow, item: BankItem): Promise<void> {
  const { corridor } = workshop;
  const now = corridor.clock.now().toISOString();
  const account = `bank:${item.account === '' ? corridor.town(tenantId).account : item.account}`;
  await corridor.db.withTenant(tenantId, async (trx) => {
    const ended = await booked(trx, tenantId, { item, account, id: message.messageId, now });
    if (!(await finishMessage(trx, tenantId, message.id, ended, now))) throw new Overtaken('message processed before');
  });
  corridor.poke();
}

async function booked(
  trx: Transaction,
  tenantId: number,
  { item, account, id, now }: { readonly item: BankItem; readonly account: string; readonly id: string; readonly now: string },
): Promise<Ended> {
  const isStorno = item.isReversal && item.amount < 0;
  if (item.amount < 0 && !isStorno) {
    const movement = { id: `bank:${id}`, bookedOn: item.date, account, amount: item.amount, reason: item.message, by: 'rule:bank', now };
    await bookBankMovement(trx, tenantId, movement);
    return { result: 'ignored', reason: 'debit' };
  }
  const incoming = {
    source: 'bank' as const,
    sourceId: id,
    account,
    amount: Math.abs(item.amount),
    variableSymbol: item.vs,
    specificSymbol: item.ss,
    constantSymbol: item.ks,
    counterAccount: item.counterAccount,
    payerName: item.name,
    message: item.message,
    receivedOn: item.date,
    currency: item.currency,
    isReversal: isStorno,
  };
  const { allocated } = await receive(trx, tenantId, incoming, { now });
  if (isStorno) return { result: 'noted', reason: 'reversal' };
  return { result: allocated.length > 0 ? 'credited' : 'unmatched' };
}

/** What a gateway said when it was asked: credited, noted, or kept for a person. `unknown`: our own record of the order is late, nothing was done. */
export async function bookWord(workshop: Workshop, tenantId: number, message: InboxRow, word: GatewayWord): Promise<Noted['kind']> {
  const { corridor } = workshop;
  const now = corridor.clock.now().toISOString();
  const noted = await corridor.db.withTenant(tenantId, async (trx) => {
    const found = await notePayment(trx, tenantId, word, { now });
    if (found.kind === 'unknown') return found;
    if (!(await finishMessage(trx, tenantId, message.id, endOf(found), now))) throw new Overtaken('message processed before');
    return found;
  });
  if (noted.kind === 'credited') corridor.poke();
  return noted.kind;
}

function endOf(noted: Exclude<Noted, { readonly kind: 'unknown' }>): Ended {
  if (noted.kind === 'trouble') return { result: 'unsorted', reason: noted.reason };
  if (noted.kind === 'noted') return { result: 'noted' };
  return { result: noted.isAllocated ? 'credited' : 'unmatched' };
}
