// Prescribes a fee: amount in haléře from the decision table, own variable symbol, due day, legal basis and the rules that gave it.
import { randomUUID } from 'node:crypto';
import { dayOf } from '../../domain/calendar.ts';
import { lastDay } from '../../domain/deadline.ts';
import { isLegal, reckon } from '../../catalog/index.ts';
import type { Json, TraceEntry } from '../../engine/types.ts';
import { nextNumber } from '../../store/documents.ts';
import { deadlineNamed } from '../constants.ts';
import type { CaseFile } from '../corridor.ts';
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
    ...dueOf(file, dueDeadline, today),
    legalBasis: String(legalBasis ?? ''),
    decision: lastDecision(current.trace) ?? wait.input['decision'] ?? null,
    createdAt: file.now,
  };
  scene.changes.push({ kind: 'add-prescription', prescription });
  return { done: { prescriptionId: prescription.id, variableSymbol: prescription.variableSymbol, amount, dueDate: prescription.dueDate } };
};

/**
 * A period that runs from delivery is not known yet: until it is, the day is as late as if the letter, sent today, came by fiction
 * (§ 17 odst. 4 zákona č. 300/2008 Sb.); the deadline moves it then.
 */
function dueOf(file: CaseFile, name: Json | undefined, today: string): { dueDate: string; dueDeadline: string | null } {
  if (typeof name !== 'string') return { dueDate: today, dueDeadline: null };
  const deadline = deadlineNamed(file.situation, name);
  if (!isLegal(deadline)) return { dueDate: lastDay(today, deadline), dueDeadline: null };
  const sentToday = { deadline: name, type: 'delivery', at: today, detail: { how: 'fiction', putInBoxAt: today } };
  return { dueDate: reckon(deadline, [sentToday]).due ?? today, dueDeadline: name };
}

/** The table that decided: an expression on top of it (rounding, months) has no rules to show. */
function lastDecision(trace: readonly TraceEntry[]): Json | undefined {
  const decisions = trace.flatMap((entry) => (entry.kind === 'decision' ? [entry.decision] : []));
  return (decisions.findLast((decision) => decision.rules.length > 0) ?? decisions.at(-1)) as Json | undefined;
}
