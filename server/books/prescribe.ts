// Prescribing: rows, symbols of the series and the ledger, one or thousands by the same few statements. receivable + / revenue −.
import type { LegalDate } from '../domain/calendar.ts';
import { symbolOf, symbolPrefix } from '../domain/money/symbols.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import type { Json } from '../store/json.ts';
import { postTransactions, type TransactionKind } from '../store/ledger.ts';
import { insertPrescriptions, takeNumbers, type PrescriptionRecord } from '../store/prescriptions.ts';
import { RECEIVABLE, bookingDay, type BookingDay, reasons, revenue, today, type Deed } from './booking.ts';

export interface NewPrescription {
  readonly caseId?: string | null;
  readonly executionId?: string | null;
  readonly payerId: string;
  /** Fee kind: pes, odpad, prostranstvi, pobyt, spravni, pokuta, informace, naklady … */
  readonly kind: string;
  readonly title: string;
  /** Whole haléře, more than nothing. */
  readonly amount: number;
  readonly dueDate: LegalDate;
  readonly dueDeadline?: string | null;
  readonly periodFrom?: LegalDate | null;
  readonly periodTo?: LegalDate | null;
  /** dr = daňový řád (280/2009), sr = správní řád (500/2004). */
  readonly regime: 'dr' | 'sr';
  readonly legalBasis: string;
  /** Trace of the rules that gave the amount. */
  readonly decision: Json;
  readonly dutyId?: string | null;
  readonly runId?: string | null;
  readonly specificSymbol?: string;
  readonly regarding?: string;
  /** History brought from an older program: its own symbol and day. Booked as an import. */
  readonly imported?: { readonly variableSymbol: string; readonly prescribedOn: LegalDate };
}
export interface Prescribed {
  readonly id: string;
  readonly variableSymbol: string;
}

/** In the given order. Refuses `fee-not-positive`. The unique keys of the table refuse a second prescription of one step or of one duty and period. */
export async function prescribe(
  trx: Transaction,
  tenantId: number,
  given: readonly NewPrescription[],
  deed: Deed,
): Promise<readonly Prescribed[]> {
  if (given.some(({ amount }) => !Number.isSafeInteger(amount) || amount <= 0)) throw new Problem('invalid', 'fee-not-positive');
  const symbols = await symbolsFor(trx, tenantId, given);
  const on = today(deed);
  const rows = given.map((one, index) => record(one, symbols[index] as string, { on, now: deed.now }));
  await insertPrescriptions(trx, tenantId, rows);
  const days = await bookingDays(trx, tenantId, rows);
  await postTransactions(
    trx,
    tenantId,
    rows.map((row, index) => ({
      id: row.id,
      kind: (given[index]?.imported ? 'import' : 'prescribe') satisfies TransactionKind,
      key: `prescribe:${row.id}`,
      bookedOn: days.get(row.prescribedOn)?.day ?? on,
      recordedAt: deed.now,
      actor: deed.by,
      reason: reasons(days.get(row.prescribedOn)?.moved ?? ''),
      entries: [
        { account: RECEIVABLE, subject: row.id, amount: row.amount },
        { account: revenue(row.kind), subject: row.id, amount: -row.amount },
      ],
    })),
  );
  return rows.map(({ id, variableSymbol }) => ({ id, variableSymbol }));
}

/** What is taken over from another program belongs to the day on which it was prescribed there. */
async function bookingDays(
  trx: Transaction,
  tenantId: number,
  rows: readonly { readonly prescribedOn: LegalDate }[],
): Promise<ReadonlyMap<LegalDate, BookingDay>> {
  const days = new Map<LegalDate, BookingDay>();
  for (const { prescribedOn } of rows) if (!days.has(prescribedOn)) days.set(prescribedOn, await bookingDay(trx, tenantId, prescribedOn));
  return days;
}

/** Each series is asked once and gives as many consecutive numbers as are wanted. */
async function symbolsFor(trx: Transaction, tenantId: number, given: readonly NewPrescription[]): Promise<readonly string[]> {
  const wanted = new Map<string, number>();
  for (const { kind, imported } of given) if (!imported) wanted.set(symbolPrefix(kind), (wanted.get(symbolPrefix(kind)) ?? 0) + 1);
  const next = new Map<string, number>();
  // In the order of their names, so that two who need several series wait for each other and never cross.
  for (const [prefix, count] of [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    next.set(prefix, await takeNumbers(trx, tenantId, `vs:${prefix}`, count));
  return given.map(({ kind, imported }) => {
    if (imported) return imported.variableSymbol;
    const prefix = symbolPrefix(kind);
    const serial = next.get(prefix) as number;
    next.set(prefix, serial + 1);
    return symbolOf(prefix, serial);
  });
}

function record(one: NewPrescription, variableSymbol: string, at: { readonly on: string; readonly now: string }): PrescriptionRecord {
  return {
    id: newId(new Date(at.now)),
    caseId: one.caseId ?? null,
    executionId: one.executionId ?? null,
    payerId: one.payerId,
    kind: one.kind,
    title: one.title,
    amount: one.amount,
    variableSymbol,
    specificSymbol: one.specificSymbol ?? '',
    dueDate: one.dueDate,
    dueDeadline: one.dueDeadline ?? null,
    periodFrom: one.periodFrom ?? null,
    periodTo: one.periodTo ?? null,
    regime: one.regime,
    legalBasis: one.legalBasis,
    decision: one.decision,
    dutyId: one.dutyId ?? null,
    runId: one.runId ?? null,
    regarding: one.regarding ?? '',
    prescribedOn: one.imported?.prescribedOn ?? at.on,
    createdAt: at.now,
  };
}
