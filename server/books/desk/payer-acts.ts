// What a clerk does on a payer's account: corrections, write-offs, clearing and its release, returns, notes, rules. Above the limit it only asks a second person.
import { needsSecond } from '../../domain/money/four-eyes.ts';
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import type { Transaction } from '../../store/database.ts';
import { allocationsOf } from '../../store/ledger.ts';
import { insertPayerNote, learnRule, payerExists, revokeRule } from '../../store/payer-desk.ts';
import { paymentsNow } from '../../store/payments.ts';
import { prescriptionsNow, type PrescriptionNow } from '../../store/prescriptions.ts';
import { adjust, allocate, askApproval, limitOf, orderReturn, release, writeOff } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';

/** Done, or the id of the request that waits for a second person. */
export type MoneyDone = { readonly done: true } | { readonly approvalId: string };
const DONE: MoneyDone = { done: true };

export interface Weighed {
  readonly kind: string;
  readonly subject: string;
  /** Haléře that are decided about. */
  readonly amount: number;
  readonly what: Readonly<Record<string, string | number | readonly string[]>>;
  readonly reason: string;
  readonly officerId: string;
  readonly now: string;
}
/** Does the act when one person is enough, otherwise asks for the second one. */
export async function weigh(trx: Transaction, tenantId: number, act: Weighed, perform: () => Promise<unknown>): Promise<MoneyDone> {
  const limit = await limitOf(trx, tenantId);
  if (needsSecond(`officer:${act.officerId}`, act.amount, limit)) return { approvalId: await askApproval(trx, tenantId, act) };
  await perform();
  return DONE;
}

async function prescriptionOf(trx: Transaction, tenantId: number, id: string): Promise<PrescriptionNow> {
  const [row] = await prescriptionsNow(trx, tenantId, [id]);
  if (!row) throw new Problem('not-found', 'prescription-not-found');
  return row;
}

/** `amount` is the new total. Refuses what `adjust` refuses. */
export function adjustPrescription(
  desk: Desk,
  asked: Asked<{ readonly prescriptionId: string; readonly amount: number; readonly reason: string }>,
): Promise<MoneyDone> {
  permitMoney(asked.actor);
  const { prescriptionId, amount, reason } = asked.data;
  return once(desk, 'money-adjust', asked, async (trx, { now, by }) => {
    const { total } = await prescriptionOf(trx, desk.tenantId, prescriptionId);
    const act = { kind: 'correction', subject: prescriptionId, amount: Math.abs(amount - total), what: { total: amount, was: total } };
    return weigh(trx, desk.tenantId, { ...act, reason, officerId: asked.actor.id, now }, () =>
      adjust(trx, desk.tenantId, { prescriptionId, amount, reason, by, now }),
    );
  });
}

export function writeOffPrescription(
  desk: Desk,
  asked: Asked<{ readonly prescriptionId: string; readonly amount: number; readonly reason: string }>,
): Promise<MoneyDone> {
  permitMoney(asked.actor);
  const { prescriptionId, amount, reason } = asked.data;
  return once(desk, 'money-write-off', asked, async (trx, { now, by }) => {
    const { open } = await prescriptionOf(trx, desk.tenantId, prescriptionId);
    if (amount > open) throw new Problem('conflict', 'more-than-owed', { open });
    const act = { kind: 'writeoff', subject: prescriptionId, amount, what: { amount } };
    return weigh(trx, desk.tenantId, { ...act, reason, officerId: asked.actor.id, now }, () =>
      writeOff(trx, desk.tenantId, { prescriptionId, amount, reason, by, now }),
    );
  });
}

/** Clears a payment by a clerk's decision; `learn` makes a rule of it. Refuses `rule-without-account` and `rule-several-payers`. */
export function allocatePayment(
  desk: Desk,
  asked: Asked<{
    readonly paymentId: string;
    readonly shares: readonly { readonly prescriptionId: string; readonly amount: number }[];
    readonly learn?: { readonly kind: string } | null | undefined;
  }>,
): Promise<MoneyDone> {
  permitMoney(asked.actor);
  const { paymentId, shares, learn } = asked.data;
  return once(desk, 'money-allocate', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    await allocate(trx, tenantId, { paymentId, shares, by, now });
    if (!learn) return DONE;
    const [payment] = await paymentsNow(trx, tenantId, [paymentId]);
    const rows = await prescriptionsNow(
      trx,
      tenantId,
      shares.map(({ prescriptionId }) => prescriptionId),
    );
    const payers = new Set(rows.flatMap(({ payerId }) => (payerId === null ? [] : [payerId])));
    const [payerId] = payers;
    if (!payment || payment.counterAccount === '') throw new Problem('invalid', 'rule-without-account');
    if (payers.size !== 1 || payerId === undefined) throw new Problem('invalid', 'rule-several-payers');
    const rule = { id: newId(new Date(now)), counterAccount: payment.counterAccount, payerId, kind: learn.kind };
    await learnRule(trx, tenantId, { ...rule, learnedFrom: paymentId, officerId: asked.actor.id, at: now });
    return DONE;
  });
}

/** Takes back what a payment gave to a prescription; the money lies free again. */
export function releaseAllocation(
  desk: Desk,
  asked: Asked<{ readonly paymentId: string; readonly prescriptionId: string; readonly reason: string }>,
): Promise<MoneyDone> {
  permitMoney(asked.actor);
  const { paymentId, prescriptionId, reason } = asked.data;
  return once(desk, 'money-release', asked, async (trx, { now, by }) => {
    const standing = await allocationsOf(trx, desk.tenantId, { paymentId });
    const amount = standing.filter((one) => one.prescriptionId === prescriptionId).reduce((sum, one) => sum + one.amount, 0);
    const act = { kind: 'release', subject: paymentId, amount, what: { prescriptionId } };
    return weigh(trx, desk.tenantId, { ...act, reason, officerId: asked.actor.id, now }, () =>
      release(trx, desk.tenantId, { paymentId, prescriptionId, reason, by, now }),
    );
  });
}

/** Sends money back; '' as the account = where it came from. */
export function returnPayment(
  desk: Desk,
  asked: Asked<{
    readonly paymentId: string;
    readonly amount: number;
    readonly account: string;
    readonly name: string;
    readonly reason: string;
  }>,
): Promise<MoneyDone> {
  permitMoney(asked.actor);
  const { paymentId, amount, account, name, reason } = asked.data;
  return once(desk, 'money-return', asked, async (trx, { now, by }) => {
    const [payment] = await paymentsNow(trx, desk.tenantId, [paymentId]);
    if (!payment) throw new Problem('not-found', 'payment-not-found');
    if (amount > payment.free) throw new Problem('conflict', 'not-enough-free', { free: payment.free });
    const act = { kind: 'return', subject: paymentId, amount, what: { to: account, name } };
    return weigh(trx, desk.tenantId, { ...act, reason, officerId: asked.actor.id, now }, () =>
      orderReturn(trx, desk.tenantId, { paymentId, amount, to: account, name, reason, by, now }),
    );
  });
}

export function addPayerNote(
  desk: Desk,
  asked: Asked<{ readonly payerId: string; readonly text: string }>,
): Promise<{ readonly id: string; readonly at: string }> {
  permitMoney(asked.actor);
  const { payerId, text } = asked.data;
  return once(desk, 'payer-note', asked, async (trx, { now }) => {
    if (!(await payerExists(trx, desk.tenantId, payerId))) throw new Problem('not-found', 'payer-not-found');
    const id = newId(new Date(now));
    await insertPayerNote(trx, desk.tenantId, { id, payerId, officerId: asked.actor.id, text, at: now });
    return { id, at: now };
  });
}

export function forgetRule(desk: Desk, asked: Asked<{ readonly ruleId: string }>): Promise<MoneyDone> {
  permitMoney(asked.actor);
  return once(desk, 'money-rule-revoke', asked, async (trx, { now }) => {
    if (!(await revokeRule(trx, desk.tenantId, asked.data.ruleId, asked.actor.id, now)))
      throw new Problem('conflict', 'rule-revoked-before');
    return DONE;
  });
}
