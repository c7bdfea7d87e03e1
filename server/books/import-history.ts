// Old prescriptions and payments taken over from the town's economic system: each once by its id there, booked as opening entries, errors by line.
// A payment is debited to `opening`: its money came to an account that these books did not keep then.
import { createHash } from 'node:crypto';
import type { HistoryFile, LineError, OldDebt, OldPayment } from '../domain/money/history-file.ts';
import { regimeOf } from '../domain/money/kinds.ts';
import type { Transaction } from '../store/database.ts';
import { insertRecords, knownRecords, payersByRegistry, takenSymbols, type ForeignRecord } from '../store/foreign-records.ts';
import { notePayer } from '../store/payments.ts';
import { prescriptionsNow } from '../store/prescriptions.ts';
import { ensurePayers } from './payers.ts';
import { prescribe } from './prescribe.ts';
import { receive } from './receive.ts';

export interface HistoryChunk extends Pick<HistoryFile, 'debts' | 'payments'> {
  /** Name of the system that it comes from. */
  readonly system: string;
  /** 'officer:<uuid>' */
  readonly by: string;
  readonly now: string;
}
export interface HistoryTaken {
  readonly taken: number;
  readonly repeated: number;
  readonly errors: readonly LineError[];
}

/** In one transaction: what is wrong is left out and named, the rest is taken. */
export async function importHistory(trx: Transaction, tenantId: number, chunk: HistoryChunk): Promise<HistoryTaken> {
  const payers = await payersOf(trx, tenantId, chunk);
  const debts = await takeDebts(trx, tenantId, chunk, payers);
  const payments = await takePayments(trx, tenantId, chunk, payers);
  return {
    taken: debts.taken + payments.taken,
    repeated: debts.repeated + payments.repeated,
    errors: [...debts.errors, ...payments.errors].toSorted((a, b) => a.line - b.line),
  };
}

/** Who is known by his number stays as he is: an old file knows no newer address. */
async function payersOf(trx: Transaction, tenantId: number, { debts, payments, now }: HistoryChunk): Promise<ReadonlyMap<string, string>> {
  const names = new Map([...payments, ...debts].map(({ payer, name }) => [payer, name]));
  const known = await payersByRegistry(trx, tenantId, [...names.keys()]);
  const fresh = [...names].filter(([number]) => !known.has(number));
  const ids = await ensurePayers(
    trx,
    tenantId,
    fresh.map(([registryId, name]) => ({ registryId, name })),
    now,
  );
  return new Map([...known, ...fresh.map(([number], index) => [number, ids[index] ?? ''] as const)]);
}

async function takeDebts(
  trx: Transaction,
  tenantId: number,
  chunk: HistoryChunk,
  payers: ReadonlyMap<string, string>,
): Promise<HistoryTaken> {
  const { fresh, repeated, errors } = await unknown(trx, tenantId, chunk, 'prescription', chunk.debts);
  const taken = new Set(
    await takenSymbols(
      trx,
      tenantId,
      fresh.map(({ variableSymbol }) => variableSymbol),
    ),
  );
  const good: OldDebt[] = [];
  const bad: LineError[] = [...errors];
  for (const debt of fresh) {
    if (taken.has(debt.variableSymbol)) bad.push({ line: debt.line, code: 'symbol-taken', field: 'vs' });
    else good.push(debt);
    taken.add(debt.variableSymbol);
  }
  const made = await prescribe(
    trx,
    tenantId,
    good.map((debt) => ({
      payerId: payers.get(debt.payer) ?? '',
      kind: debt.kind,
      title: debt.title,
      amount: debt.amount,
      dueDate: debt.dueDate,
      regime: regimeOf(debt.kind),
      legalBasis: debt.legalBasis,
      decision: null,
      imported: { variableSymbol: debt.variableSymbol, prescribedOn: debt.prescribedOn },
    })),
    chunk,
  );
  await insertRecords(
    trx,
    tenantId,
    good.map((debt, index) => recordOf(chunk, 'prescription', debt, made[index]?.id ?? '')),
  );
  return { taken: good.length, repeated, errors: bad };
}

async function takePayments(
  trx: Transaction,
  tenantId: number,
  chunk: HistoryChunk,
  payers: ReadonlyMap<string, string>,
): Promise<HistoryTaken> {
  const { fresh, repeated, errors } = await unknown(trx, tenantId, chunk, 'payment', chunk.payments);
  const bad: LineError[] = [...errors];
  let taken = 0;
  for (const payment of fresh) {
    const error = await takePayment(trx, tenantId, chunk, payment, payers.get(payment.payer) ?? '');
    if (error === undefined) taken += 1;
    else bad.push({ line: payment.line, code: error, field: 'predpisy' });
  }
  return { taken, repeated, errors: bad };
}

/** The reason why it cannot be taken; undefined when it was. */
async function takePayment(
  trx: Transaction,
  tenantId: number,
  chunk: HistoryChunk,
  payment: OldPayment,
  payerId: string,
): Promise<string | undefined> {
  const { system, now } = chunk;
  const known = await knownRecords(
    trx,
    tenantId,
    { system, kind: 'prescription' },
    payment.paid.map(({ id }) => id),
  );
  const wish = payment.paid.flatMap(({ id, amount }) => {
    const prescriptionId = known.get(id)?.subject;
    return prescriptionId === undefined ? [] : [{ prescriptionId, amount }];
  });
  if (wish.length < payment.paid.length) return 'prescription-unknown';
  const ids = wish.map(({ prescriptionId }) => prescriptionId);
  if (new Set(ids).size < ids.length) return 'prescription-twice';
  const open = new Map((await prescriptionsNow(trx, tenantId, ids)).map((row) => [row.id, row.open]));
  if (wish.some(({ prescriptionId, amount }) => amount > (open.get(prescriptionId) ?? 0))) return 'more-than-owed';
  const { paymentId } = await receive(
    trx,
    tenantId,
    {
      source: 'import',
      sourceId: `${system}:${payment.id}`,
      account: 'opening',
      amount: payment.amount,
      variableSymbol: payment.variableSymbol,
      counterAccount: '',
      payerName: payment.name,
      message: '',
      receivedOn: payment.receivedOn,
      wish,
    },
    { now },
  );
  await notePayer(trx, tenantId, paymentId, payerId);
  await insertRecords(trx, tenantId, [recordOf(chunk, 'payment', payment, paymentId)]);
  return undefined;
}

async function unknown<Old extends OldDebt | OldPayment>(
  trx: Transaction,
  tenantId: number,
  { system }: HistoryChunk,
  kind: 'prescription' | 'payment',
  records: readonly Old[],
): Promise<{ readonly fresh: readonly Old[]; readonly repeated: number; readonly errors: readonly LineError[] }> {
  const known = await knownRecords(
    trx,
    tenantId,
    { system, kind },
    records.map(({ id }) => id),
  );
  const changed = records.filter((one) => known.has(one.id) && known.get(one.id)?.contentHash !== hashOf(one));
  return {
    fresh: records.filter(({ id }) => !known.has(id)),
    repeated: known.size - changed.length,
    errors: changed.map(({ line }) => ({ line, code: 'changed-since', field: 'id' })),
  };
}

const recordOf = (chunk: HistoryChunk, kind: 'prescription' | 'payment', old: OldDebt | OldPayment, subject: string): ForeignRecord => ({
  system: chunk.system,
  kind,
  externalId: old.id,
  subject,
  contentHash: hashOf(old),
  importId: null,
  at: chunk.now,
});

/** Of the content; on which line it stands does not matter. */
const hashOf = ({ line: _line, ...content }: OldDebt | OldPayment): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
