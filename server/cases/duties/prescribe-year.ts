// The prescription of a duty for a year: what stands on it, in one place for the run and for changes during the year.
import { prescribe, type NewPrescription } from '../../books/index.ts';
import type { CompiledSituation } from '../../catalog/index.ts';
import { dayOf, rollForward } from '../../domain/calendar.ts';
import { lastDay } from '../../domain/deadline.ts';
import type { Json } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import { makeRoom, type Said } from '../../store/duties.ts';
import { dutySheetOf, type Reckoned } from './reckon.ts';

export interface YearOwed {
  readonly duty: {
    readonly id: string;
    readonly kind: string;
    readonly payerId: string;
    readonly subject: string;
    readonly caseId: string | null;
  };
  readonly situation: Pick<CompiledSituation, 'sheet'>;
  readonly year: number;
  readonly reckoned: Pick<Reckoned, 'amount' | 'parts' | 'decision'>;
}

/** By itself, in the course of the year. Returns the prescription's id. */
export async function prescribeYear(trx: Transaction, tenantId: number, owed: YearOwed, said: Said): Promise<string> {
  const dueDate = dueDayOf(owed.situation, owed.year, dayOf(said.at));
  await makeRoom(trx, tenantId, [owed.duty.id], owed.year, said.at);
  const [made] = await prescribe(trx, tenantId, [prescriptionOf(owed, { dueDate })], { by: said.actor, now: said.at });
  if (!made) throw new Error('nothing was prescribed');
  return made.id;
}

/** The yearly due day, or so many days from today when that is later (§ 33 zákona č. 280/2009 Sb.); never a day off. */
export function dueDayOf(situation: Pick<CompiledSituation, 'sheet'>, year: number, today: string): string {
  const { due, dueDays } = dutySheetOf(situation);
  const yearly = rollForward(`${year}-${due}`);
  const soonest = lastDay(today, { count: dueDays, unit: 'days', regime: 'dr' });
  return yearly > soonest ? yearly : soonest;
}

export const titleOf = (situation: Pick<CompiledSituation, 'sheet'>, year: number): string =>
  `${dutySheetOf(situation).title.cs} za rok ${year}`;

export function prescriptionOf(owed: YearOwed, run: { readonly dueDate: string; readonly runId?: string }): NewPrescription {
  const { duty, situation, year, reckoned } = owed;
  return {
    payerId: duty.payerId,
    kind: duty.kind,
    title: titleOf(situation, year),
    regarding: duty.subject,
    amount: reckoned.amount,
    dueDate: run.dueDate,
    periodFrom: `${year}-01-01`,
    periodTo: `${year}-12-31`,
    regime: 'dr',
    legalBasis: dutySheetOf(situation).law,
    decision: decisionOf(reckoned),
    dutyId: duty.id,
    ...(run.runId === undefined ? {} : { runId: run.runId }),
    ...(duty.caseId === null ? {} : { caseId: duty.caseId }),
  };
}

/** The trace of the table as everywhere, and beside it the months. */
function decisionOf({ decision, parts }: YearOwed['reckoned']): Json {
  const trace = (decision ?? { decisionId: '', name: '', inputs: {}, output: null, rules: [] }) as unknown as Readonly<
    Record<string, Json>
  >;
  return { ...trace, parts: parts as unknown as Json };
}
