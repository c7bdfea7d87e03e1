// From an overdue prescription to its enforcement: reminder → assessment → hand-over, from when and until when each may be done. Data with sources; pure.
import type { LegalDate } from '../calendar.ts';
import { nextDay, plusDays, plusYears } from './days.ts';

export type DunningStage = 'reminder' | 'assessment' | 'enforcement';
export const STAGES: readonly DunningStage[] = ['reminder', 'assessment', 'enforcement'];

/** Local fees: what is not paid on time is assessed by a payment assessment or a bulk list (§ 11 odst. 1 zákona č. 565/1990 Sb.). */
export const LOCAL_FEES: readonly string[] = ['pes', 'odpad', 'prostranstvi', 'pobyt', 'vstupne', 'zhodnoceni', 'vjezd'];
export const isLocalFee = (kind: string): boolean => LOCAL_FEES.includes(kind);

export interface StageRule {
  readonly law: string;
  /** The figure has not been compared with the text of the law; shown with a warning. */
  readonly unconfirmed: boolean;
}

export const stageRules: Readonly<Record<DunningStage, StageRule>> = {
  reminder: { law: '§ 153 odst. 3 zákona č. 280/2009 Sb.', unconfirmed: true },
  assessment: { law: '§ 11 odst. 1 a 3 zákona č. 565/1990 Sb., § 139 a § 148 odst. 1 zákona č. 280/2009 Sb.', unconfirmed: true },
  enforcement: { law: '§ 175 a násl. a § 160 odst. 1 zákona č. 280/2009 Sb.', unconfirmed: true },
};

/** Figures of law; ⚠ each is data with its paragraph, to be confirmed by the town's lawyer. */
export const dunningFigures = {
  /** § 148 odst. 1 zákona č. 280/2009 Sb.: years in which a fee may be assessed. */
  assessWithinYears: 3,
  /** § 160 odst. 1 zákona č. 280/2009 Sb.: years in which it may be collected. */
  collectWithinYears: 6,
  /** § 109 odst. 4 zákona č. 280/2009 Sb.: days of appeal from delivery. */
  appealDays: 30,
  /** § 139 odst. 3 zákona č. 280/2009 Sb.: days from legal force to pay what was assessed. */
  payAfterForceDays: 15,
  /** § 50 odst. 3 zákona č. 280/2009 Sb.: a bulk list is delivered on this day after it was made accessible. */
  listDeliveredAfterDays: 30,
  /** § 11 odst. 3 zákona č. 565/1990 Sb.: the fee may be raised to so many times. */
  timesAtMost: 3,
  /** The office's habit, not law: days given by a reminder. */
  reminderGivesDays: 15,
} as const;

export interface OverdueFacts {
  readonly kind: string;
  readonly dueDate: LegalDate;
  readonly done: readonly { readonly stage: DunningStage; readonly madeOn: LegalDate; readonly deliveredOn: LegalDate | null }[];
}

/** What may be done next and from when; undefined when all is done, or what is next waits for a delivery nobody has noted. */
export function nextStage(
  facts: OverdueFacts,
): { readonly stage: DunningStage; readonly from: LegalDate; readonly latest: LegalDate } | undefined {
  const doneAs = (stage: DunningStage) => facts.done.find((step) => step.stage === stage);
  const reminder = doneAs('reminder');
  const assessment = doneAs('assessment');
  const collect = plusYears(facts.dueDate, dunningFigures.collectWithinYears);
  const assess = plusYears(facts.dueDate, dunningFigures.assessWithinYears);
  const isFee = isLocalFee(facts.kind);
  if (doneAs('enforcement')) return undefined;
  if (assessment) return afterAssessment(assessment.deliveredOn, collect);
  if (!reminder) return { stage: 'reminder', from: nextDay(facts.dueDate), latest: isFee ? assess : collect };
  const from = plusDays(reminder.madeOn, dunningFigures.reminderGivesDays + 1);
  return isFee ? { stage: 'assessment', from, latest: assess } : { stage: 'enforcement', from, latest: collect };
}

/** Enforceable after the appeal has run out and the time to pay with it. */
function afterAssessment(deliveredOn: LegalDate | null, latest: LegalDate) {
  if (deliveredOn === null) return undefined;
  const days = dunningFigures.appealDays + dunningFigures.payAfterForceDays + 2;
  return { stage: 'enforcement' as const, from: plusDays(deliveredOn, days), latest };
}

/** Haléře added to the debt when it is raised to `times` times; whole crowns down, for the payer's good. */
export const increaseOf = (owed: number, times: number): number =>
  Math.floor((owed * (Math.min(Math.max(times, 1), dunningFigures.timesAtMost) - 1)) / 100) * 100;
