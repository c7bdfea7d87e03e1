// Prescribes a fee: amount in haléře from the decision table, own variable symbol, due day, legal basis and the rules that gave it.
import { ensurePayer, prescribe, type PayerFacts } from '../../books/index.ts';
import { fullName } from '../../domain/representation.ts';
import { isLegal, reckon } from '../../catalog/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { lastDay } from '../../domain/deadline.ts';
import { kindOfItem, regimeOf } from '../../domain/money/kinds.ts';
import type { Json, TraceEntry, Variables } from '../../engine/types.ts';
import { deadlineNamed } from '../constants.ts';
import type { CaseFile } from '../corridor.ts';
import type { Act, ActScene } from './act.ts';

/** Refuses `fee-not-positive` (draw a branch for an exempt payer) and `fee-not-whole`. */
export const prescribeFee: Act = async (wait, scene, current) => {
  const { amount, title, legalBasis, dueDeadline } = wait.input;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount))
    return { refused: { code: 'fee-not-whole', reason: 'Výše poplatku není celé číslo v haléřích.' } };
  if (amount <= 0) return { refused: { code: 'fee-not-positive', reason: 'Nulový poplatek se nepředepisuje.' } };
  const { file, trx } = scene;
  const kind = text(wait.input, 'kind') ?? kindOfItem(file.situation.sheet.feeKind);
  const due = dueOf(file, dueDeadline, dayOf(file.now));
  const wanted = {
    caseId: file.row.id,
    executionId: wait.executionId,
    payerId: await payerOf(scene),
    kind,
    title: String(title ?? file.situation.sheet.title.cs),
    amount,
    ...due,
    ...periodOf(wait.input),
    regime: regimeNamed(wait.input['regime']) ?? regimeOf(kind),
    legalBasis: String(legalBasis ?? ''),
    decision: lastDecision(current.trace) ?? wait.input['decision'] ?? null,
    dutyId: text(wait.input, 'duty') ?? null,
  };
  const [made] = await prescribe(trx, file.tenantId, [wanted], { by: 'rule:fee.prescribe', now: file.now });
  if (!made) throw new Error('nothing was prescribed');
  scene.booked += 1;
  return { done: { prescriptionId: made.id, variableSymbol: made.variableSymbol, amount, dueDate: due.dueDate } };
};

/** What the books keep of an applicant. */
export const payerFacts = (applicant: NonNullable<CaseFile['applicant']>): PayerFacts => ({
  personId: applicant.id,
  kind: applicant.ico === null ? 'person' : 'company',
  name: fullName(applicant),
  birthDate: applicant.birthDate,
  ico: applicant.ico,
  address: applicant.address ?? '',
  email: applicant.email,
  dataBox: applicant.dataBox,
});

/** The applicant; a case without one (founded by a message) owes under its mark until a clerk says who it is. */
function payerOf({ trx, file }: ActScene): Promise<string> {
  const { applicant, row, tenantId } = file;
  if (!applicant) return ensurePayer(trx, tenantId, { registryId: `spis:${row.mark}`, name: `Spis ${row.mark}` }, file.now);
  return ensurePayer(trx, tenantId, payerFacts(applicant), file.now);
}

/** A year is the whole calendar year, unless both days are said. */
function periodOf(input: Variables): { readonly periodFrom: string | null; readonly periodTo: string | null } {
  const year = Number(input['year'] ?? Number.NaN);
  const whole = Number.isSafeInteger(year) ? { from: `${year}-01-01`, to: `${year}-12-31` } : { from: null, to: null };
  return { periodFrom: text(input, 'periodFrom') ?? whole.from, periodTo: text(input, 'periodTo') ?? whole.to };
}
const regimeNamed = (value: Json | undefined): 'dr' | 'sr' | undefined => (value === 'dr' || value === 'sr' ? value : undefined);
export function text(input: Variables, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

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
