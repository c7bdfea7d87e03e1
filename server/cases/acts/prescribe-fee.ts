// Prescribes a fee: amount in haléře from the decision table, own variable symbol, due day, legal basis and the rules that gave it.
import { randomUUID } from 'node:crypto';
import { dayOf } from '../../domain/calendar.ts';
import { lastDay } from '../../domain/deadline.ts';
import type { Json, TraceEntry } from '../../engine/types.ts';
import { nextNumber } from '../../store/documents.ts';
import { deadlineNamed } from '../constants.ts';
import type { Act } from './act.ts';

const SYMBOL_DIGITS = 10;

/** Refuses `fee-not-positive` (draw a branch for an exempt payer) and `fee-not-whole`. */
export const prescribeFee: Act = async (wait, scene, current) => {
  const { amount, title, legalBasis, dueDeadline } = wait.input;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount))
    return { refused: { code: 'fee-not-whole', reason: 'Výše poplatku není celé číslo v haléřích.' } };
  if (amount <= 0) return { refused: { code: 'fee-not-positive', reason: 'Nulový poplatek se nepředepisuje.' } };
  const { file, trx } = scene;
  const kind = file.situation.sheet.feeKind ?? '9999';
  const serial = await nextNumber(trx, file.tenantId, `vs:${kind}`, 0);
  const today = dayOf(file.now);
  const prescription = {
    id: randomUUID(),
    caseId: file.row.id,
    executionId: wait.executionId,
    payerId: file.row.applicantId,
    title: String(title ?? file.situation.sheet.title.cs),
    amount,
    variableSymbol: `${kind}${String(serial).padStart(SYMBOL_DIGITS - kind.length, '0')}`,
    dueDate: typeof dueDeadline === 'string' ? lastDay(today, deadlineNamed(file.situation, dueDeadline)) : today,
    legalBasis: String(legalBasis ?? ''),
    decision: lastDecision(current.trace) ?? wait.input['decision'] ?? null,
    createdAt: file.now,
  };
  scene.changes.push({ kind: 'add-prescription', prescription });
  return { done: { prescriptionId: prescription.id, variableSymbol: prescription.variableSymbol, amount, dueDate: prescription.dueDate } };
};

/** The table that decided: an expression on top of it (rounding, months) has no rules to show. */
function lastDecision(trace: readonly TraceEntry[]): Json | undefined {
  const decisions = trace.flatMap((entry) => (entry.kind === 'decision' ? [entry.decision] : []));
  return (decisions.findLast((decision) => decision.rules.length > 0) ?? decisions.at(-1)) as Json | undefined;
}
